"""The year's plan as an iCalendar file (RFC 5545), for the calendars that offices keep already."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from gwannae.programme.calendar import Occasion
from gwannae.programme.dates import write_date, write_time
from gwannae.programme.ledger import PostKind

# Posts about a day that another entry stands for.
_ABOUT_ANOTHER_DAY = (PostKind.OVERDUE, PostKind.CLOSING_COUNTDOWN)


def calendar_ics(occasions: Iterable[Occasion], *, city_code: str, city_name: str, made_at: datetime) -> bytes:
    """One whole day for each occasion; what is only a post about such a day is left out.

    A day keeps its UID however often it moves, so a newer file changes the entry instead of adding one.
    """
    from icalendar import Calendar, Event  # 80 ms, for the few times that somebody takes the file

    calendar = Calendar()
    calendar.add("prodid", f"-//gwannae//{city_code}//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"{city_name} 지역상품 우선구매")
    for one in occasions:
        if one.kind in _ABOUT_ANOTHER_DAY:
            continue
        event = Event()
        event.add("uid", f"{one.kind.value}-{one.period}@{city_code}.gwannae")
        event.add("dtstamp", made_at.astimezone(UTC))
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.label)
        event.add("description", "\n".join(_description(one)))
        event.add("transp", "TRANSPARENT")  # nobody is busy because reports are due
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(one: Occasion) -> Iterable[str]:
    if one.moved:
        why = ", ".join(off.name for off in one.moved)
        yield f"{write_date(one.meant)}에서 옮긴 날입니다({why})."
    if one.until is not None:
        yield f"이의 신청은 {write_date(one.until)}까지입니다."
    yield f"안내는 {write_date(one.opens.date())} {write_time(one.opens)}부터 나갑니다."
