"""끝나는 인증: what the programme office sees of certificates that end soon."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section
from gwannae.messages.vendor_retirements import OPEN
from gwannae.programme.certificates import EndingCertificate, EndingCertificates
from gwannae.programme.dates import write_day

NOT_ALLOWED = "이 일은 총괄 부서만 할 수 있습니다. 아무것도 바꾸지 않았습니다."
CLOSED = "창이 닫혔습니다. 홈에서 [끝나는 인증]을 다시 눌러 주세요."


def certificates_row(ending: int) -> Block:
    """The office's buttons about the registry on the Home tab, with how many certificates end."""
    row = [button(ids.CERTIFICATES_OPEN, f"끝나는 인증 {ending:,}건"), button(ids.RETIRED_OPEN, OPEN)]
    return actions("home-certificates-row", row)


def certificates_page(found: EndingCertificates, warn_days: Sequence[int]) -> Block:
    """One page of the list, each certificate under the nearest warning that it has come to."""
    head = f"*{found.within}일 안에 끝나는 인증 {found.total:,}건* · {write_day(found.day)} 기준"
    blocks = [section("certificates-head", head)]
    if not found.total:
        blocks.append(section("certificates-none", "곧 끝나는 인증이 없습니다. 새로 생기면 여기에 나옵니다."))
    before: int | None = None
    for number, entry in enumerate(found.entries, start=found.offset + 1):
        bound = min((days for days in warn_days if entry.days_left <= days), default=found.within)
        if bound != before:
            blocks.append(section(ids.numbered("certificates-within", bound), f"*{bound}일 안*"))
            before = bound
        detail = button(ids.VENDOR_DETAIL, "상세", str(entry.vendor_id))
        blocks.append(section(ids.numbered("certificate", number), line_of(entry), detail))
    if row := _turning(found):
        blocks.append(actions("certificates-row", row))
    note = "이미 새로 받은 인증과 명부에서 내린 업체는 빠져 있습니다. 새 인증은 업체 명부를 다시 넣으면 들어옵니다."
    blocks.append(context("certificates-note", note))
    return modal(ids.CERTIFICATES_VIEW, "끝나는 인증", blocks)


def line_of(entry: EndingCertificate) -> str:
    """One certificate: whose, which, until when and how long still."""
    certificate = entry.certificate
    assert certificate.valid_to is not None, "only what has an end can end"
    number = f" · {escape(certificate.number)}" if certificate.number else ""
    left = f"{entry.days_left:,}일 남음" if entry.days_left else "오늘까지"
    return (
        f"*{escape(entry.vendor_name)}* · {certificate.kind.label}{number}\n"
        f"{write_day(certificate.valid_to)}까지 · {left}"
    )


def _turning(found: EndingCertificates) -> list[Block]:
    row = []
    after = found.offset + len(found.entries)
    if after < found.total:
        label = f"더 보기 ({found.total - after:,}건)"
        row.append(button(ids.CERTIFICATES_MORE, label, str(after), style="primary"))
    if found.offset:
        row.append(button(ids.CERTIFICATES_BACK, "처음으로", "0"))
    return row
