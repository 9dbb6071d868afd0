"""쉬는 날 정하기: the office's form, and what its word for a day moves."""

from collections.abc import Sequence
from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    datepicker,
    divider,
    escape,
    input_block,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.dates import write_date
from gwannae.programme.office_days import (
    LONGEST_NAME,
    YEARS_AHEAD,
    DayFault,
    DayRefused,
    DaysDesk,
    DaySet,
    DayTakenBack,
    Moved,
)
from gwannae.programme.working_days import OfficeDay

OFF, WORKED = "off", "worked"
SHOWN = 30
MOVED_SHOWN = 10


def days_form(desk: DaysDesk) -> Block:
    """A day, whether it is off, and how it is called; below, what the office has said of later days."""
    kinds = [option("쉬는 날", OFF), option("근무하는 날", WORKED)]
    blocks = [
        input_block(ids.DAYS_DAY, "날짜", datepicker(ids.DAYS_DAY, desk.today.isoformat())),
        input_block(ids.DAYS_KIND, "이 날은", static_select(ids.DAYS_KIND, "고르기", kinds, OFF)),
        input_block(
            ids.DAYS_NAME,
            "이름",
            text_input(ids.DAYS_NAME, placeholder="예) 임시공휴일, 선거일, 대체 근무", limit=LONGEST_NAME),
        ),
        context(
            "days-note",
            "저장하면 바로 적용됩니다. 오늘을 쉬는 날로 정하면 아직 나가지 않은 안내는 다음 근무일로 옮겨집니다. "
            "토요일·일요일과 법으로 정해진 공휴일은 적지 않으셔도 됩니다.",
        ),
    ]
    if desk.days:
        blocks += [divider("days-line"), section("days-list", "*정해 둔 날*")]
        blocks += [_day(one) for one in desk.days[:SHOWN]]
    if len(desk.days) > SHOWN:
        blocks.append(context("days-more", f"{len(desk.days) - SHOWN:,}일이 더 있습니다."))
    return modal(ids.DAYS_VIEW, "쉬는 날 정하기", blocks, submit="저장", close="그만두기")


def _day(one: OfficeDay) -> Block:
    sure = confirmation("거두기", f"{write_date(one.day)}은 다시 달력대로 됩니다.", "거두기")
    take_back = button(ids.DAYS_TAKE_BACK, "거두기", one.day.isoformat(), style="danger", confirm=sure)
    return section(ids.numbered("days", one.day.isoformat()), f"{write_date(one.day)} {_named(one)}", take_back)


def done_page(outcome: DaySet | DayTakenBack | DayRefused | NotAllowed) -> Block:
    """In the form's place, with a way to the next day."""
    more = [] if isinstance(outcome, NotAllowed) else [actions("days-row", [button(ids.DAYS_MORE, "다른 날 정하기")])]
    return modal(ids.DAYS_DONE_VIEW, "쉬는 날 정하기", [section("days-done", said(outcome)), *more])


def errors(refused: DayRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_FIELDS[fault]: _fault(fault, refused) for fault in refused.faults}


def said(outcome: DaySet | DayTakenBack | DayRefused | NotAllowed) -> str:
    """What is so now, and what moved."""
    if isinstance(outcome, NotAllowed):
        return OFFICE_ALONE
    if isinstance(outcome, DayRefused):
        return " ".join(_fault(fault, outcome) for fault in outcome.faults)
    if isinstance(outcome, DayTakenBack):
        if outcome.day is None:
            return "그 날은 따로 정해 두지 않았습니다. 아무것도 바꾸지 않았습니다."
        head = f"{write_date(outcome.day.day)} {_named(outcome.day)} 지정을 거두었습니다. 다시 달력대로 됩니다."
        return "\n".join((head, *_moved(outcome.moved)))
    day = write_date(outcome.day.day)
    if not outcome.fresh:
        return f"{day}은 이미 그렇게 정해져 있습니다. 아무것도 바꾸지 않았습니다."
    return "\n".join((f"{day}을 {_named(outcome.day)}로 정했습니다.", *_moved(outcome.moved)))


def _named(one: OfficeDay) -> str:
    return f"{'쉬는 날' if one.off else '근무하는 날'}({escape(one.name)})"


def _moved(moved: Sequence[Moved]) -> list[str]:
    if not moved:
        return ["옮겨지는 일정은 없습니다."]
    lines = [f"• {escape(m.after.label)}: {_span(m)}" for m in moved[:MOVED_SHOWN]]
    more = [f"… 외 {len(moved) - MOVED_SHOWN:,}건"] if len(moved) > MOVED_SHOWN else []
    return [f"옮겨지는 일정 {len(moved):,}건", *lines, *more]


def _span(moved: Moved) -> str:
    if moved.before.on != moved.after.on:
        return _from_to(moved.before.on, moved.after.on)
    return f"보내는 때 {_from_to(moved.before.opens.date(), moved.after.opens.date())}"


def _from_to(before: date, after: date) -> str:
    return f"{write_date(before)} → {write_date(after)}"


def _fault(fault: DayFault, refused: DayRefused) -> str:
    because = f"({escape(refused.because.name)})" if refused.because else ""
    return _FAULTS[fault].format(because=because)


_FIELDS = {
    DayFault.DAY: ids.DAYS_DAY,
    DayFault.PAST: ids.DAYS_DAY,
    DayFault.TOO_FAR: ids.DAYS_DAY,
    DayFault.KIND: ids.DAYS_KIND,
    DayFault.OFF_ALREADY: ids.DAYS_DAY,
    DayFault.WORKED_ALREADY: ids.DAYS_DAY,
    DayFault.NAME: ids.DAYS_NAME,
    DayFault.NAME_TOO_LONG: ids.DAYS_NAME,
}
_FAULTS = {
    DayFault.DAY: "날짜를 골라 주세요.",
    DayFault.PAST: "지난 날은 바꿀 수 없습니다. 오늘이나 그 뒤의 날을 골라 주세요.",
    DayFault.TOO_FAR: f"{YEARS_AHEAD}년 뒤까지만 정할 수 있습니다. 연도를 다시 확인해 주세요.",
    DayFault.KIND: "쉬는 날인지 근무하는 날인지 골라 주세요.",
    DayFault.OFF_ALREADY: "이미 쉬는 날입니다{because}. 따로 정하지 않으셔도 됩니다.",
    DayFault.WORKED_ALREADY: "이미 근무하는 날입니다. 따로 정하지 않으셔도 됩니다.",
    DayFault.NAME: "어떤 날인지 적어 주세요. 예) 임시공휴일",
    DayFault.NAME_TOO_LONG: f"이름은 {LONGEST_NAME}자까지 적을 수 있습니다.",
}
