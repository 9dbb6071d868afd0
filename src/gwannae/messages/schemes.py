"""What is said of the other duties to buy: on a receipt, in an explanation, and as a page of figures."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import Block, context, divider, escape, header, modal, section
from gwannae.programme.amount import write_short
from gwannae.programme.dates import write_day
from gwannae.programme.ratio import write_ratio_amount, write_ratio_count
from gwannae.programme.schemes import Filled, Scheme, SchemeFigures, SchemesAnswer
from gwannae.programme.vendors import Certificate
from gwannae.programme.verdict import Judgement

MOST = 30


def filled_line(filled: Sequence[Filled]) -> str:
    """ "함께 집계: 여성기업 · 확인서가 41일 뒤 끝납니다." """
    labels = [escape(f.scheme.label) for f in filled]
    ending = []
    certified = {f.certificate for f in filled if f.certificate}
    for certificate, days in dict.fromkeys((f.certificate, f.ends_in) for f in filled if f.certificate):
        if certificate is not None and days is not None:
            whose = f"{certificate.kind.label} 확인서가" if len(certified) > 1 else "확인서가"
            ending.append(f"{whose} {f'{days}일 뒤' if days else '오늘'} 끝납니다.")
    return " · ".join([f"함께 집계: {', '.join(labels)}", *ending])


def filled_lines(filled: Sequence[Filled], judgement: Judgement) -> list[str]:
    """For somebody who has to show by what a purchase counts where."""
    if judgement.certificates is None:
        return ["함께 집계: 인증을 함께 저장하기 전의 보고라 알 수 없습니다."]
    if not filled:
        return ["함께 집계: 없음(계약일에 유효한 인증 기준)"]
    return [f"함께 집계: {escape(f.scheme.label)} · {_proof(f.certificate)} · {_source(f.scheme)}" for f in filled]


def _proof(certificate: Certificate | None) -> str:
    if certificate is None:
        return "중소기업·소상공인으로 확인"
    number = f" {escape(certificate.number)}" if certificate.number else ""
    since = f"{write_day(certificate.valid_from)}부터 " if certificate.valid_from else ""
    until = f"{write_day(certificate.valid_to)}까지" if certificate.valid_to else "유효기간 적혀 있지 않음"
    return f"{certificate.kind.label} 확인서{number}({since}{until})"


def schemes_window(every: SchemesAnswer, own: SchemesAnswer | None) -> Block:
    """The page: the asker's own figures first, then those of all together."""
    blocks: list[Block] = []
    if not every.figures:
        text = f"{every.year}년에 셀 의무구매 제도가 도시 설정에 없습니다. 총괄 부서에 알려 주세요."
        return modal(ids.SCHEMES_VIEW, "함께 집계되는 제도", [section("schemes-none", text)])
    for place, answer in (("own", own), ("all", every)):
        if answer is None:
            continue
        if blocks:
            blocks.append(divider(f"schemes-{place}-line"))
        blocks.append(header(f"schemes-{place}", f"{answer.organisation or '모든 부서·기관'} {answer.year}년"))
        blocks += [
            section(ids.numbered(f"schemes-{place}", number), "\n".join(_lines(figures)))
            for number, figures in enumerate(answer.figures[:MOST])
        ]
    note = (
        "계약일에 유효한 인증으로 셉니다. 한 계약이 여러 제도에 들 수 있고, 한 제도 안에서는 한 번만 셉니다. "
        "법률 자문이 아닙니다. 공표하기 전에 원문을 확인해 주세요."
    )
    return modal(ids.SCHEMES_VIEW, "함께 집계되는 제도", [*blocks[:98], context("schemes-note", note)])


def _lines(figures: SchemeFigures) -> list[str]:
    scheme = figures.scheme
    rate = f"목표 {write_rate(scheme.rate)}" if scheme.rate is not None else "정해진 비율 없음"
    lines = [f"*{escape(scheme.label)}* · {rate} · 기준: {write_base(scheme)}"]
    if not figures.base_count:
        lines.append("아직 이 기준에 드는 구매가 없습니다.")
    else:
        amount = f"금액 {write_ratio_amount(figures.by_amount)}"
        lines.append(f"{amount} · 건수 {write_ratio_count(figures.by_count)}")
        if figures.missing:
            lines.append(f"지금 기준으로 {write_short(figures.missing)}을 더 사면 목표에 닿습니다.")
        if figures.unknown_count:
            lines.append(f"인증을 저장하기 전의 보고 {figures.unknown_count:,}건은 넣지 않았습니다.")
    note = f" · {escape(scheme.note)}" if scheme.note else ""
    return [*lines, f"{_source(scheme)}{note}"]


def write_base(scheme: Scheme) -> str:
    """What the rate is a part of: "물품·용역 구매"."""
    kinds = "·".join(kind.label for kind in scheme.kinds)
    return f"중소기업에서 산 {kinds}" if scheme.base_small else f"{kinds} 구매"


def write_rate(rate: int) -> str:
    """Basis points as percent: 500 -> "5%", 110 -> "1.1%"."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def _source(scheme: Scheme) -> str:
    return f"{escape(scheme.law)} 기준({write_day(scheme.checked_on)} 확인)"
