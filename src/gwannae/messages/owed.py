"""남은 일 in sentences with the buttons that do it: the same in a reminder, a hand-over and the office's digest."""

from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, confirmation, escape, section
from gwannae.programme.confirmations import ConfirmationStatus
from gwannae.programme.hangul import shorten
from gwannae.programme.owed import OpenFile, Owed
from gwannae.programme.periods import Cycle, Period

FILES_SHOWN = 3
PERIODS_SHOWN = 6


def short_period(period: Period, today: date) -> str:
    """ "5월분", "1분기"; with its year where that is not this one."""
    plain = f"{period.number}{'분기' if period.cycle is Cycle.QUARTER else '월분'}"
    return plain if period.year == today.year else f"{period.year}년 {plain}"


def periods_named(periods: tuple[Period, ...], today: date) -> str:
    """Several in a row: "3월분, 4월분"."""
    named = [short_period(period, today) for period in periods[:PERIODS_SHOWN]]
    more = len(periods) - len(named)
    return ", ".join(named) + (f" 외 {more:,}개 기간" if more > 0 else "")


def owed_lines(owed: Owed, today: date, *, files: bool = True) -> list[str]:
    """One sentence for each thing that is left, what comes first first; `files`: those about files as well."""
    lines = []
    if owed.unreported:
        lines.append(f"{periods_named(owed.unreported, today)} 구매 보고가 아직 없습니다")
    if files:
        lines += [_file_line(file) for file in owed.files[:FILES_SHOWN]]
        if (more := len(owed.files) - FILES_SHOWN) > 0:
            lines.append(f"확인을 기다리는 파일이 {more:,}개 더 있습니다")
    if owed.unconfirmed:
        lines.append(f"미확인 {owed.unconfirmed:,}건은 업체 주소나 사업자등록번호를 적어 주시면 판정됩니다")
    if owed.unanswered:
        lines.append(f"관외 구매 {owed.unanswered:,}건에 사유가 필요합니다")
    if owed.to_confirm:
        named = periods_named(tuple(state.period for state in owed.to_confirm), today)
        again = any(state.status is ConfirmationStatus.CHANGED for state in owed.to_confirm)
        why = "보고가 바뀌어 책임자의 확정이 다시" if again else "책임자의 확정이"
        lines.append(f"{named} 실적은 {why} 필요합니다")
    return lines


def owed_in_short(owed: Owed, today: date) -> str:
    """The same for a list of many: "5월분 보고, 파일 1개, 미확인 2건, 사유 1건, 확정 1건"."""
    parts = []
    if owed.unreported:
        parts.append(f"{periods_named(owed.unreported, today)} 보고")
    if owed.files:
        parts.append(f"파일 {len(owed.files):,}개")
    if owed.unconfirmed:
        parts.append(f"미확인 {owed.unconfirmed:,}건")
    if owed.unanswered:
        parts.append(f"사유 {owed.unanswered:,}건")
    if owed.to_confirm:
        parts.append(f"확정 {len(owed.to_confirm):,}건")
    return ", ".join(parts)


def owed_rows(owed: Owed, today: date, memo: str, *, confirming: bool = True) -> list[Block]:
    """The buttons that do it. `memo` comes back with "실적 없음", behind the organisation and the period. `confirming`:
    the window of confirmations among them, where the message has no buttons of its own for that.
    """
    several = len(owed.unreported) > 1
    first = [button(ids.REPORT_OPEN, "구매 보고", style="primary")] if owed.unreported else []
    if owed.unreported and not several:
        first.append(_nothing(owed, owed.unreported[0], today, memo, "실적 없음"))
    if owed.unconfirmed:
        first.append(button(ids.OWED_UNCONFIRMED, "미확인 보기", str(owed.organisation.id)))
    if owed.unanswered:
        first.append(button(ids.REASON_LIST, "사유 적기"))
    if owed.to_confirm and confirming:
        first.append(button(ids.CONFIRM_OPEN, "확정하기"))
    rows = [actions("owed-row", first)] if first else []
    if several:
        rows += [_nothing_row(owed, period, today, memo) for period in owed.unreported[:PERIODS_SHOWN]]
    rows += [_file_row(file) for file in owed.files[:FILES_SHOWN]]
    return rows


def nothing_value(organisation_id: int, period: Period, memo: str) -> str:
    """What the button "실적 없음" carries."""
    return f"{organisation_id}:{period.key}:{memo}"


def read_nothing_value(value: str) -> tuple[int, str, str]:
    """Organisation, the period's key, memo; empty where it is not ours."""
    number, _, rest = value.partition(":")
    key, _, memo = rest.partition(":")
    return ids.read_number(number), key, memo


def _nothing_row(owed: Owed, period: Period, today: date, memo: str) -> Block:
    label = f"{short_period(period, today)} 실적 없음"
    return actions(ids.numbered("owed-nothing", period.key), [_nothing(owed, period, today, memo, label)])


def _nothing(owed: Owed, period: Period, today: date, memo: str, label: str) -> Block:
    text = f"{short_period(period, today)}에 산 것이 없다고 남깁니다. 뒤에 보고하셔도 됩니다."
    sure = confirmation("실적 없음", text, "실적 없음")
    return button(ids.OWED_NOTHING, label, nothing_value(owed.organisation.id, period, memo), confirm=sure)


def _file_row(file: OpenFile) -> Block:
    label = "확인하기" if file.questions else "확정하러 가기"
    value = str(file.import_id)
    return section(
        ids.numbered("owed-file", file.import_id), _file_line(file) + ".", button(ids.OWED_FILE, label, value)
    )


def _file_line(file: OpenFile) -> str:
    name = escape(shorten(file.name, 60))
    if file.questions:
        return f"‘{name}’ 파일에서 {file.questions:,}건을 확인해 주세요"
    return f"‘{name}’ 파일은 확정하셔야 집계됩니다"
