"""내린 업체: the office's list of firms that nobody finds any more, and the line above a look-up that names one."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, escape, modal, section
from gwannae.messages.vendor_office import RESTORE
from gwannae.programme.business_number import write_business_number
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.vendor_retirements import RetiredFirm, RetiredFirms

CLOSED = "창이 닫혔습니다. 홈에서 [내린 업체]를 다시 눌러 주세요."
OPEN = "내린 업체"
NAME_SHOWN = 60
MEANT_SHOWN = 3


def retired_page(found: RetiredFirms) -> Block:
    """One page of the list, the last retired first."""
    blocks = [section("retired-head", f"*명부에서 내린 업체 {found.total:,}곳* · 최근에 내린 것이 위에 있습니다.")]
    if not found.total:
        blocks.append(section("retired-none", "명부에서 내린 업체가 없습니다."))
    blocks += [_entry(number, firm) for number, firm in enumerate(found.entries, start=found.offset + 1)]
    if row := _turning(found):
        blocks.append(actions("retired-row", row))
    note = "다시 올리면 내릴 때 닫은 주소가 이어지고 찾기에 나옵니다. 합친 기록은 되돌리지 않고 지금 기록을 고칩니다."
    blocks.append(context("retired-note", note))
    return modal(ids.RETIRED_VIEW, OPEN, blocks)


def retired_meant(firms: Sequence[RetiredFirm]) -> list[Block]:
    """Above an answer to the office: what was typed is the name or number of a firm that is off the list."""
    return [_entry(number, firm, "retired-meant") for number, firm in enumerate(firms[:MEANT_SHOWN], start=1)]


def _entry(number: int, firm: RetiredFirm, block: str = "retired") -> Block:
    gone = firm.retirement
    known = f" · {write_business_number(firm.business_number)}" if firm.business_number else ""
    if gone.merged_into is None:
        how = f"{write_day(gone.day)}부터 명부에서 내림"
        press = button(ids.KEEP_RESTORE, RESTORE, str(firm.vendor_id))
    else:
        how = f"{write_day(gone.day)} {escape(shorten(firm.merged_name, NAME_SHOWN))}에 합침"
        press = button(ids.VENDOR_DETAIL, "지금 기록 보기", str(gone.merged_into))
    text = f"*{escape(shorten(firm.name, NAME_SHOWN))}*{known}\n{how} · 사유: {escape(gone.reason)}"
    return section(ids.numbered(block, number), text, press)


def _turning(found: RetiredFirms) -> list[Block]:
    row = []
    after = found.offset + len(found.entries)
    if after < found.total:
        label = f"더 보기 ({found.total - after:,}곳)"
        row.append(button(ids.RETIRED_MORE, label, str(after), style="primary"))
    if found.offset:
        row.append(button(ids.RETIRED_BACK, "처음으로", "0"))
    return row
