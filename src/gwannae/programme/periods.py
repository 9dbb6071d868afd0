"""기간: the months and quarters of the programme, how each is named, and the city's dated choice between them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_KEY = re.compile(r"(\d{4})-(?:(\d{2})|Q([1-4]))", re.ASCII)
_OTHER_KEY = re.compile(r"(\d{4})(?:-H([12])|-W(\d{2}))?", re.ASCII)


class Cycle(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"

    @property
    def months(self) -> int:
        """How many months make one."""
        return {"month": 1, "quarter": 3}[self.value]


@dataclass(frozen=True, slots=True)
class CycleRule:
    """From `valid_from` on (the first day of a quarter) leads confirm by this cycle; a period closes so many days after
    the due day of its reports. By the cycle `report` somebody must have reported, or said that nothing was bought.
    """

    valid_from: date
    confirm: Cycle
    closes_after_days: int
    report: Cycle = Cycle.MONTH


# Quarterly confirmation is how the evaluation of divisions is done where a city file says nothing.
USUAL_CYCLE = CycleRule(date(2000, 1, 1), Cycle.QUARTER, 20)


@dataclass(frozen=True, slots=True)
class Period:
    """One month or quarter of a year; `number` from 1."""

    year: int
    cycle: Cycle
    number: int

    @property
    def key(self) -> str:
        """The one spelling by which a period is stored: "2027-05", "2027-Q2"."""
        return f"{self.year}-Q{self.number}" if self.cycle is Cycle.QUARTER else f"{self.year}-{self.number:02}"

    @property
    def label(self) -> str:
        """The words that offices use: "2027년 5월분", "2027년 2분기"."""
        return f"{self.year}년 {self.number}{'분기' if self.cycle is Cycle.QUARTER else '월분'}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * self.cycle.months + 1, 1)

    @property
    def last(self) -> date:
        """Its last day, inclusive."""
        return self.next_first - timedelta(days=1)

    @property
    def next_first(self) -> date:
        """The first day of what comes after."""
        months = self.year * 12 + self.number * self.cycle.months
        return date(months // 12, months % 12 + 1, 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def period_of(day: date, cycle: Cycle) -> Period:
    """The month or quarter that a day lies in."""
    return Period(day.year, cycle, (day.month - 1) // cycle.months + 1)


def read_key(text: str) -> Period | None:
    """The period of a key; None for what is none."""
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    year, month, quarter = found.groups()
    if quarter:
        return Period(int(year), Cycle.QUARTER, int(quarter)) if int(year) else None
    return Period(int(year), Cycle.MONTH, int(month)) if int(year) and 1 <= int(month) <= 12 else None


def half_key(year: int, half: int) -> str:
    """How the first or second half of a year is stored: "2027-H1"."""
    return f"{year}-H{half}"


def week_key(day: date) -> str:
    """How the week of a day is stored, by the calendar of ISO 8601: "2027-W23"."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def label_of(key: str) -> str:
    """The words that offices use for a stored period: "2027년 5월분", "2027년 상반기"; else the key itself."""
    if period := read_key(key):
        return period.label
    found = _OTHER_KEY.fullmatch(key)
    if found is None:
        return key
    year, half, week = found.groups()
    if half:
        return f"{year}년 {'상반기' if half == '1' else '하반기'}"
    return f"{year}년 {int(week)}주" if week else f"{year}년"


def cycle_on(cycles: Sequence[CycleRule], day: date) -> CycleRule:
    """The rule in force on a day; before the first one, and where there is none, the usual one holds."""
    begun = [rule for rule in cycles if rule.valid_from <= day]
    return max(begun, key=lambda rule: rule.valid_from, default=USUAL_CYCLE)


def period_at(cycles: Sequence[CycleRule], day: date) -> Period:
    """The period that a contract date belongs to. Rules begin with a quarter, so no day belongs to two."""
    return period_of(day, cycle_on(cycles, day).confirm)


def periods_between(cycles: Sequence[CycleRule], first: date, last: date) -> Iterator[Period]:
    """The periods that days from `first` to `last`, both inclusive, belong to, earliest first."""
    day = first
    while day <= last:
        period = period_at(cycles, day)
        yield period
        day = period.next_first
