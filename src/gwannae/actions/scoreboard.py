"""점수판: every organisation's points for a year by the city's formula, and what the office adds to them by hand."""

from collections.abc import Iterable
from datetime import date, datetime

from gwannae.actions.calendar import working_days
from gwannae.actions.permission import allowed
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.city import City
from gwannae.programme.closing import last_open_day
from gwannae.programme.organisations import Actor
from gwannae.programme.periods import Period, periods_between
from gwannae.programme.ratio import Ratio
from gwannae.programme.roles import Deed
from gwannae.programme.score import Addition, ScoreBasis, scored
from gwannae.programme.score_rules import EntryKind, ScoreEntry, formula_for
from gwannae.programme.scoreboard import Scoreboard
from gwannae.programme.standings import Figures, Place
from gwannae.programme.year_end import award_span
from gwannae.storage import audit, confirmations, score_entries
from gwannae.storage.database import Transaction


def scoreboard(toolkit: Toolkit, year: int, now: datetime) -> Scoreboard | None:
    """Points of a year as they are now; None where the city has no formula for it."""
    with toolkit.database.read() as tx:
        return scoreboard_in(tx, toolkit.city, year, now)


def scoreboard_in(tx: Transaction, city: City, year: int, as_of: datetime) -> Scoreboard | None:
    """The same inside a transaction that is open. What was confirmed or added after `as_of` is not looked at, so that a
    frozen result can be reckoned again.
    """
    formula = formula_for(city.score_formulas, year)
    if formula is None:
        return None
    first, last = award_span(year, city.calendar.award_first_month, city.calendar.award_last_month)
    places = compute(tx, city, year, (first, last)).places
    before = _before(tx, city, year - 1)
    periods = _Periods(tx, city, first, last, as_of)
    entries = score_entries.in_force(tx, year, as_of)
    bases = [
        ScoreBasis(
            place,
            before[place.organisation.id].effective if place.organisation.id in before else Figures(),
            periods.of(place.organisation.id),
            *_added(entries, place.organisation.id),
        )
        for place in places
    ]
    return Scoreboard(year, first, last, formula, scored(bases, formula))


def add_entry(toolkit: Toolkit, actor: Actor, entry: ScoreEntry, now: datetime) -> ScoreEntry | NotAllowed:
    """Write down what the office adds to a score; the audit log keeps who and when."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"score:{entry.year}"):
            return NotAllowed()
        score_entries.add(tx, entry, by=actor, at=now)
        detail: dict[str, object] = {
            "organisation": entry.organisation_id,
            "kind": entry.kind.value,
            "label": entry.label,
            "amount": entry.amount,
        }
        audit.write(
            tx,
            AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.SCORE_ENTERED, f"score:{entry.year}", detail),
        )
    return entry


def _before(tx: Transaction, city: City, year: int) -> dict[int, Place]:
    span = award_span(year, city.calendar.award_first_month, city.calendar.award_last_month)
    return {place.organisation.id: place for place in compute(tx, city, year, span).places}


def _added(entries: Iterable[ScoreEntry], organisation_id: int) -> tuple[int, tuple[Addition, ...]]:
    own = [entry for entry in entries if entry.organisation_id == organisation_id]
    indirect = sum(entry.amount for entry in own if entry.kind is EntryKind.INDIRECT)
    return indirect, tuple(Addition(e.label, e.amount) for e in own if e.kind is EntryKind.ADDITION)


class _Periods:
    """The periods of the months that count, and who confirmed them in time."""

    def __init__(self, tx: Transaction, city: City, first: date, last: date, as_of: datetime) -> None:
        days = working_days(tx, city)
        over = [p for p in periods_between(city.cycles, first, last) if p.last < as_of.date()]
        self._until = {period: last_open_day(city, period, days) for period in over}
        self._first = confirmations.first_in(tx, [period.key for period in over])
        self._zone, self._as_of = city.zone, as_of

    def of(self, organisation_id: int) -> Ratio:
        """In time, of those that were confirmed or whose last day is over."""
        found = [self._in_time(organisation_id, period) for period in self._until]
        due = [one for one in found if one is not None]
        return Ratio(sum(due), len(due))

    def _in_time(self, organisation_id: int, period: Period) -> bool | None:
        at = self._first.get((organisation_id, period.key))
        if at is not None and at <= self._as_of:
            return at.astimezone(self._zone).date() <= self._until[period]
        return False if self._until[period] < self._as_of.date() else None
