"""보내는 시간: when something timed may go out. Not at night, not at lunch, not as people leave for a long holiday."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gwannae.programme.working_days import UnconfirmedYearError, WorkingDays
from gwannae.programme.year_rules import SendRules, YearRules, year_rules_of

_DAY = timedelta(days=1)


class SendWindows:
    """The windows of a city, by its dated rules. Moments are aware; days and hours are the city's.

    What lies on a day that nobody has confirmed raises UnconfirmedYearError.
    """

    def __init__(self, rules: Sequence[YearRules], days: WorkingDays, zone: ZoneInfo) -> None:
        self._rules = tuple(rules)
        self._days = days
        self._zone = zone

    def may_send(self, now: datetime) -> bool:
        """Whether something timed may be sent at this moment."""
        local = now.astimezone(self._zone)
        return any(start <= local.timetz().replace(tzinfo=None) < end for start, end in self._windows(local.date()))

    def next_opening(self, now: datetime) -> datetime:
        """The first moment from `now` on at which something may be sent: `now` itself inside a window."""
        local = now.astimezone(self._zone)
        if self.may_send(local):
            return local
        day, clock = local.date(), local.time()
        while True:
            for start, _ in self._windows(day):
                if day > local.date() or start > clock:
                    return datetime.combine(day, start, self._zone)
            day += _DAY

    def openings_on(self, day: date) -> tuple[datetime, ...]:
        """When the windows of a day open. Of a day that nobody has confirmed, where nothing may be sent and that has to
        be said, when they would on an ordinary one.
        """
        try:
            windows = self._windows(day)
        except UnconfirmedYearError:
            windows = year_rules_of(self._rules, day.year).send.windows
        return tuple(datetime.combine(day, start, self._zone) for start, _ in windows)

    def _windows(self, day: date) -> tuple[tuple[time, time], ...]:
        if not self._days.is_working(day):
            return ()
        rules = year_rules_of(self._rules, day.year).send
        if not self._is_eve(day, rules):
            return rules.windows
        return tuple((start, min(end, rules.eve_until)) for start, end in rules.windows if start < rules.eve_until)

    def _is_eve(self, day: date, rules: SendRules) -> bool:
        """Whether a long holiday begins on the day after. Days that nobody has confirmed count as off here: whoever
        may be leaving for long is left alone.
        """
        return all(self._may_be_off(day + n * _DAY) for n in range(1, rules.long_holiday_days + 1))

    def _may_be_off(self, day: date) -> bool:
        try:
            return not self._days.is_working(day)
        except UnconfirmedYearError:
            return True
