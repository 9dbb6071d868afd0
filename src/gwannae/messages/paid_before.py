"""What is said before buying: what one's own division paid before, and the way to report it once it is bought."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, escape, section
from gwannae.programme.amount import write_short, write_won
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import shorten
from gwannae.programme.lamp import estimate
from gwannae.programme.paid_before import PaidBefore, PreCheck

WORD_SHOWN = 60


def pre_check_blocks(checked: PreCheck | None) -> list[Block]:
    """Beside the firms of an answer; nothing where no amount was named."""
    if checked is None:
        return []
    both = f"예정 금액이 부가세 포함이면 추정가격은 약 {write_short(estimate(checked.planned))}입니다(부가세 제외)."
    report = button(ids.REPORT_PLANNED, "이대로 보고", planned_value(checked))
    return [
        section("localvendor-paid", f"{_paid(checked)}\n{both}"),
        actions("localvendor-paid-row", [report]),
    ]


def _paid(checked: PreCheck) -> str:
    if not checked.known:
        return "우리 부서가 전에 얼마에 샀는지는 소속이 확인된 뒤에 보입니다."
    if checked.paid is None:
        return f"우리 부서의 ‘{escape(shorten(checked.word, WORD_SHOWN))}’ 구매는 아직 보고된 것이 없습니다."
    return paid_line(checked.paid)


def paid_line(paid: PaidBefore) -> str:
    """ "공원과의 지난 구매 3건 · 250,000원~400,000원 · 마지막 2027. 5. 3. 300,000원(가온인쇄)" """
    last = f"{write_day(paid.last_day)} {write_won(paid.last_amount)}({escape(paid.last_firm)})"
    if paid.number == 1:
        return f"*{escape(paid.organisation)}의 지난 구매* 1건 · {last}"
    same = paid.least == paid.most
    span = write_won(paid.least) if same else f"{write_won(paid.least)}~{write_won(paid.most)}"
    return f"*{escape(paid.organisation)}의 지난 구매* {paid.number:,}건 · {span} · 마지막 {last}"


def planned_value(checked: PreCheck) -> str:
    """What the button carries: the amount, then what was looked for."""
    return f"{checked.planned}:{checked.word[:200]}"


def read_planned_value(value: str) -> tuple[int, str]:
    """The other way round; 0 and no word for what is not ours."""
    amount, _, word = value.partition(":")
    return ids.read_number(amount), word
