"""연간 일정: what a year holds and when, made from the city's settings and its working days. Nothing here is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gwannae.programme.city import City
from gwannae.programme.closing import last_open_day
from gwannae.programme.ledger import PostKind, year_key
from gwannae.programme.periods import Cycle, half_key, label_of, period_at, period_of, week_key
from gwannae.programme.send_windows import SendWindows
from gwannae.programme.working_days import DayOff, UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import MonthDay, YearRules, year_rules_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing that the year asks for. `on` is its day (the due day, the closing, the day of the council), `meant` the
    day before it moved off the days in `moved` (empty: it did not).

    Its post may go out from `opens` on, a moment inside a send window, and is of no use from `useful_until` on; both
    are aware, in the city's zone. `occurrence` tells apart what one period has several of (10: ten working days before
    the closing). `until`: the last day for what it asks, where that is not `on` (objections to standings).
    """

    kind: PostKind
    period: str
    meant: date
    on: date
    moved: tuple[DayOff, ...]
    opens: datetime
    useful_until: datetime
    occurrence: int = 1
    until: date | None = None

    @property
    def label(self) -> str:
        """What it is, as offices call it: "5월분 구매 보고 기한", "2027년 1분기 실적 확정"."""
        when = label_of(self.period)
        # A month stands there for itself here, not for what was bought in it.
        return f"{when.removesuffix('분') if self.kind is PostKind.HAND_OVER else when} {_LABELS[self.kind]}"


_LABELS = {
    PostKind.GUIDANCE: "지역상품 우선구매 안내",
    PostKind.REMINDER: "구매 보고 기한",
    PostKind.OVERDUE: "미보고 알림",
    PostKind.CONFIRMATION: "실적 확정 기한",
    PostKind.CLOSING_COUNTDOWN: "마감 전 알림",
    PostKind.CLOSING: "마감",
    PostKind.COUNCIL_PACKET: "실무협의회 자료",
    PostKind.PRELIMINARY_STANDINGS: "잠정 순위",
    PostKind.FINAL_STANDINGS: "최종 순위",
    PostKind.ANNOUNCEMENT: "우수부서 발표",
    PostKind.BONUS_POINTS: "성과지표 가점 자료",
    PostKind.HAND_OVER: "인수인계 안내",
    PostKind.WEEKLY_DIGEST: "주간 요약",
    PostKind.TROUBLE_DIGEST: "보내지 못한 안내",
    PostKind.PROJECT_REMINDER: "사업 알림",
}


@dataclass(frozen=True, slots=True)
class Coming:
    """What is open or opens soon, earliest first. `unconfirmed`: a year that is reached and that nobody has looked at;
    nothing of it is planned, and that must be said.
    """

    occasions: tuple[Occasion, ...]
    unconfirmed: int | None = None


def year_plan(city: City, days: WorkingDays, year: int) -> tuple[Occasion, ...]:
    """Everything whose day was meant to lie in the calendar year, by the moment it opens: January's confirmation and
    bonus points are those of the year before. Weekly digests are apart (`weekly_digests`).

    Raises UnconfirmedYearError where a day of it is not known to be worked or off.
    """
    plan = _Plan(city, days, year)
    found = [
        *plan.guidance(),
        *plan.monthly(),
        *plan.confirmations(),
        *plan.council(),
        *plan.closing(),
        *plan.december(),
        *plan.bonus_points(),
        *plan.hand_over(),
    ]
    return tuple(sorted(found, key=lambda one: (one.opens, one.on, list(PostKind).index(one.kind))))


def weekly_digests(city: City, days: WorkingDays, year: int) -> tuple[Occasion, ...]:
    """The office's weekly digests of a year: on the city's weekday, else on the next working day of the same week;
    a week without one (and what is left of the year's last) has none. Period: the ISO week, "2027-W23".
    """
    return tuple(_Plan(city, days, year).digests())


def coming(city: City, days: WorkingDays, now: datetime, ahead: timedelta) -> Coming:
    """What may be sent at `now` or opens until `now + ahead`, whichever year it is of."""
    local = now.astimezone(city.zone)
    found: list[Occasion] = []
    unconfirmed: int | None = None
    for year in range(local.year - 1, (local + ahead).year + 1):
        try:
            found += year_plan(city, days, year)
        except UnconfirmedYearError as error:
            unconfirmed = error.year if error.year >= local.year and unconfirmed is None else unconfirmed
    near = [one for one in found if one.opens <= now + ahead and now < one.useful_until]
    return Coming(tuple(sorted(near, key=lambda one: one.opens)), unconfirmed)


class _Plan:
    """The parts of one year's plan."""

    def __init__(self, city: City, days: WorkingDays, year: int) -> None:
        self._city = city
        self._days = days
        self._year = year
        self._rules: YearRules = year_rules_of(city.year_rules, year)
        self._windows = SendWindows(city.year_rules, days, city.zone)

    def guidance(self) -> Iterator[Occasion]:
        """On the nth working day of January, for as long as the year is young."""
        on = self._days.nth(self._year, 1, self._rules.guidance_working_day)
        yield self._occasion(PostKind.GUIDANCE, year_key(date(self._year, 1, 1)), on, on, useful=date(self._year, 3, 1))

    def monthly(self) -> Iterator[Occasion]:
        """The reminder of each month, for the month before; and the one notice once its due day is over."""
        for month in range(self._rules.reminder_first_month, self._rules.reminder_last_month + 1):
            meant = date(self._year, month, self._city.calendar.due_day)
            due = self._moved(meant)
            first = date(self._year, month, 1)
            key = period_of(first - _DAY, Cycle.MONTH).key
            # A month is reminded of when it is over, however early its due day is.
            opens = max(self._days.before(due, self._rules.reminder_days_before), first)
            yield self._occasion(PostKind.REMINDER, key, meant, due, opens=opens, useful=max(due, opens) + _DAY)
            late = self._days.after(due, self._rules.overdue_days_after)
            # Until the next month's reminder has its turn.
            useful = max(period_of(first, Cycle.MONTH).next_first, late + 7 * _DAY)
            yield self._occasion(PostKind.OVERDUE, key, meant, due, opens=late, useful=useful)

    def confirmations(self) -> Iterator[Occasion]:
        """Of each period of the city's cycle that has ended, until it closes; and of the halves, where they are."""
        for month in range(1, 13):
            first = date(self._year, month, 1)
            period = period_at(self._city.cycles, first - _DAY)
            if period.next_first == first:
                due = self._days.nth(self._year, month, self._rules.confirmation_working_day)
                useful = max(last_open_day(self._city, period, self._days), due) + _DAY
                yield self._confirmation(period.key, due, due, useful)
        if self._rules.half_year_confirmation is not None:
            for month, key in ((1, half_key(self._year - 1, 2)), (7, half_key(self._year, 1))):
                meant = date(self._year, month, self._rules.half_year_confirmation)
                due = self._moved(meant)
                yield self._confirmation(key, meant, due, max(date(self._year, month + 1, 1), due + _DAY))

    def council(self) -> Iterator[Occasion]:
        """The packets for the working council of each half."""
        for half, day in enumerate(self._rules.council, start=1):
            meant = day.of(self._year)
            on = self._moved(meant)
            opens = self._days.before(on, self._rules.council_days_before)
            key = half_key(self._year, half)
            yield self._occasion(PostKind.COUNCIL_PACKET, key, meant, on, opens=opens, useful=on + 14 * _DAY)

    def closing(self) -> Iterator[Occasion]:
        """The countdown, each call useful until the next one; then, on the working day after, that it is closed."""
        key, meant = year_key(date(self._year, 1, 1)), self._rules.closing.of(self._year)
        on = self._moved(meant)
        counts = sorted(self._rules.closing_countdown, reverse=True)
        calls = [self._days.before(on, count) for count in counts]
        for count, opens, useful in zip(counts, calls, [*calls[1:], on + _DAY], strict=True):
            kind = PostKind.CLOSING_COUNTDOWN
            yield self._occasion(kind, key, meant, on, opens=opens, useful=useful, occurrence=count)
        after = self._days.after(on, 1)
        yield self._occasion(PostKind.CLOSING, key, meant, on, opens=after, useful=after + 14 * _DAY)

    def december(self) -> Iterator[Occasion]:
        """Standings before and after objections, and the announcement, for which a person may take until January."""
        key, rules = year_key(date(self._year, 1, 1)), self._rules
        objections = self._moved(rules.objections_until.of(self._year))
        yield self._on(PostKind.PRELIMINARY_STANDINGS, key, rules.preliminary_standings, objections + _DAY, objections)
        next_year = date(self._year + 1, 1, 1)
        yield self._on(PostKind.FINAL_STANDINGS, key, rules.final_standings, next_year)
        yield self._on(PostKind.ANNOUNCEMENT, key, rules.announcement, next_year.replace(month=2))

    def bonus_points(self) -> Iterator[Occasion]:
        """Of the year before, to the planning office."""
        key = year_key(date(self._year - 1, 1, 1))
        yield self._on(PostKind.BONUS_POINTS, key, self._rules.bonus_points, date(self._year, 3, 1))

    def hand_over(self) -> Iterator[Occasion]:
        """When staff rotate."""
        for month in self._rules.hand_over_months:
            on = self._days.nth(self._year, month, self._rules.hand_over_working_day)
            period = period_of(on, Cycle.MONTH)
            yield self._occasion(PostKind.HAND_OVER, period.key, on, on, useful=period.next_first)

    def digests(self) -> Iterator[Occasion]:
        """One for each week of the year whose weekday lies in it."""
        first = date(self._year, 1, 1)
        meant = first + ((self._rules.digest_weekday - first.isoweekday()) % 7) * _DAY
        while meant.year == self._year:
            monday = meant - (meant.isoweekday() - 1) * _DAY
            week = (meant + n * _DAY for n in range(8 - meant.isoweekday()))
            on = next((day for day in week if day.year == self._year and self._days.is_working(day)), None)
            if on is not None:
                useful = monday + 7 * _DAY
                yield self._occasion(PostKind.WEEKLY_DIGEST, week_key(meant), meant, on, useful=useful)
            meant += 7 * _DAY

    def _confirmation(self, key: str, meant: date, due: date, useful: date) -> Occasion:
        opens = max(self._days.before(due, self._rules.confirmation_days_before), meant.replace(day=1))
        return self._occasion(PostKind.CONFIRMATION, key, meant, due, opens=opens, useful=useful)

    def _on(self, kind: PostKind, key: str, day: MonthDay, useful: date, until: date | None = None) -> Occasion:
        """What goes out on its own day."""
        meant = day.of(self._year)
        return self._occasion(kind, key, meant, self._moved(meant), useful=useful, until=until)

    def _moved(self, meant: date) -> date:
        return self._days.shifted(meant, self._city.calendar.due_on_holiday)

    def _occasion(
        self,
        kind: PostKind,
        key: str,
        meant: date,
        on: date,
        *,
        useful: date,
        opens: date | None = None,
        occurrence: int = 1,
        until: date | None = None,
    ) -> Occasion:
        """`useful` is the first day on which it is of no use; `opens` the day of the post, else `on`."""
        moved = self._days.between(min(meant, on), max(meant, on)) if meant != on else ()
        opening = self._windows.next_opening(self._midnight(opens or on))
        useful = max(useful, opening.date() + _DAY)  # what may go out on a day is of use on that day
        return Occasion(kind, key, meant, on, moved, opening, self._midnight(useful), occurrence, until)

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._city.zone)


def of_kind(occasions: Sequence[Occasion], *kinds: PostKind) -> tuple[Occasion, ...]:
    """Those of some kinds, in their order."""
    return tuple(one for one in occasions if one.kind in kinds)
