"""The demo's clock: a fixed morning, until somebody on the page sets it forward and lets the time between pass."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from gwannae.actions.calendar import agenda_in, send_windows
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.demo_year import DEMO_TODAY
from gwannae.programme.agenda import Audience
from gwannae.programme.city import City
from gwannae.programme.dates import write_date, write_time
from gwannae.sandbox.clock_hand import ClockHand, ClockStep

OPENS_AT = time_of_day(10)  # an ordinary morning
_NIGHT = time_of_day(23)
# What the bot does by itself is asked for at each opening of a window and some time after it, for what had to wait.
_AFTER_OPENING = timedelta(minutes=50)
OnClockMoved = Callable[[datetime], Awaitable[object]]


class DemoClock:
    """Runs from ten in the morning of the fixed day and never reaches the next by itself: the made-up year has none."""

    def __init__(self, city: City, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._zone = city.zone
        self._monotonic = monotonic
        self.set(datetime.combine(DEMO_TODAY, OPENS_AT, city.zone))

    def __call__(self) -> datetime:
        """The moment, in the city's zone."""
        elapsed = (self._monotonic() - self._set_at) % self._until_night
        return self._from + timedelta(seconds=elapsed)

    def set(self, moment: datetime) -> None:
        """Let it be this moment now; from there on it runs again, until night."""
        self._from = moment.astimezone(self._zone)
        self._set_at = self._monotonic()
        night = self._from.replace(hour=_NIGHT.hour, minute=0, second=0, microsecond=0)
        if night <= self._from:
            night = datetime.combine(self._from.date() + timedelta(days=1), time_of_day(), self._zone)
        self._until_night = (night - self._from).total_seconds()


class DemoHand:
    """Sets the clock forward from one moment to the next at which the bot may have something to do.

    `on_clock_moved` is told each of them once the clock stands there, and waited for. `show` redraws the pages.
    """

    def __init__(
        self, toolkit: Toolkit, clock: DemoClock, on_clock_moved: OnClockMoved | None, show: Callable[[], None]
    ) -> None:
        self._toolkit = toolkit
        self._clock = clock
        self._on_clock_moved = on_clock_moved
        self._show = show
        self._one_at_a_time = asyncio.Lock()

    def hand(self) -> ClockHand:
        """What the page is given."""
        return ClockHand(self._clock, self.steps, self.on_day, self.move)

    def steps(self) -> tuple[ClockStep, ...]:
        """The next post of the plan, a day, a week."""
        now = self._clock()
        with self._toolkit.database.read() as tx:
            later = now + timedelta(seconds=1)  # what goes out at this very moment is not ahead any more
            agenda = agenda_in(tx, self._toolkit.city, later, Audience.OFFICE, 1)
        coming = (
            ClockStep(f"다음 안내까지: {write_date(one.opens.date())} {write_time(one.opens)}", one.opens)
            for one in agenda.occasions
        )
        return (*coming, ClockStep("하루 뒤", now + timedelta(days=1)), ClockStep("일주일 뒤", now + timedelta(days=7)))

    def on_day(self, day: date) -> datetime:
        """An ordinary morning of a day."""
        return datetime.combine(day, OPENS_AT, self._toolkit.city.zone)

    async def move(self, moment: datetime) -> str:
        """Let the time pass up to a moment, and say where the clock stands."""
        async with self._one_at_a_time:
            shown = self._clock().date()
            for between in self._moments(self._clock(), moment):
                self._clock.set(between)
                if self._on_clock_moved is not None:
                    await self._on_clock_moved(between)
                if between.date() != shown:
                    shown = between.date()
                    self._show()
                    await asyncio.sleep(0)  # the pages follow along
            self._show()
        now = self._clock()
        return f"{write_date(now.date())} {write_time(now)}입니다."

    def _moments(self, start: datetime, end: datetime) -> Iterator[datetime]:
        """In turn, the last one `end`. The office's days are read anew for each day, for they may change on the way."""
        for number in range((end.date() - start.date()).days + 1):
            day = start.date() + timedelta(days=number)
            with self._toolkit.database.read() as tx:
                openings = send_windows(tx, self._toolkit.city).openings_on(day)
            for opening in openings:
                yield from (at for at in (opening, opening + _AFTER_OPENING) if start < at < end)
        if end > start:
            yield end
