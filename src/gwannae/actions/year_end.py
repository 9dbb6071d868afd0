"""결산: the programme office freezes a year's standings, lets them out and settles them; anybody may recompute."""

from contextlib import suppress
from datetime import date, datetime, timedelta

from gwannae.actions.calendar import working_days
from gwannae.actions.permission import allowed, asked
from gwannae.actions.released_results import results_of
from gwannae.actions.scoreboard import scoreboard_in
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.calendar import of_kind, year_plan
from gwannae.programme.city import City
from gwannae.programme.confirmations import ConfirmedRow
from gwannae.programme.effective import together
from gwannae.programme.ledger import PostKind
from gwannae.programme.organisations import Actor
from gwannae.programme.result_rules import table_for
from gwannae.programme.results import Result, ResultLine, Stage, StoredResult, canonical, moved, rows_fingerprint
from gwannae.programme.roles import Deed
from gwannae.programme.score import Score
from gwannae.programme.standings import Place
from gwannae.programme.working_days import UnconfirmedYearError
from gwannae.programme.year_end import (
    Frozen,
    Recomputed,
    Release,
    Released,
    WentOut,
    YearEnd,
    YearEndFault,
    YearEndRefused,
    award_span,
    settled_year,
)
from gwannae.storage import audit, awards, confirmations, results
from gwannae.storage.database import Transaction


def year_end(toolkit: Toolkit, actor: Actor, now: datetime) -> YearEnd | NotAllowed:
    """How far the settling of the year is, for the programme office."""
    if not asked(toolkit, actor, now, Deed.SETTLE_YEAR, "results"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        return state_of(tx, toolkit.city, now)


def freeze(
    toolkit: Toolkit, actor: Actor, year: int, stage: Stage, now: datetime
) -> Frozen | YearEndRefused | NotAllowed:
    """Freeze the year's standings as they are in this transaction.

    Preliminary ones once the last month that counts is over; final ones after these were out for as long as objections
    are taken and every objection is answered; an amended one where the rows say otherwise than the last settled one.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"results:{year}"):
            return NotAllowed()
        state = state_of(tx, toolkit.city, now, year)
        if not state.over:
            return YearEndRefused(YearEndFault.NOT_OVER)
        result = computed(tx, toolkit.city, year, now)
        if refused := _may_not_freeze(state, stage, result, now):
            return refused
        number = state.results[0].number + 1 if state.results else 1
        stored = results.add(tx, number, stage, result, by=actor, at=now)
        if stored is None:  # two presses at once: the other one has frozen the same rows
            return YearEndRefused(YearEndFault.UNCHANGED)
        before = state.results[0].result if state.results else None
        detail: dict[str, object] = {
            "number": number,
            "stage": stage.value,
            "fingerprint": stored.fingerprint,
        }
        _write(tx, actor, now, AuditEvent.RESULT_FROZEN, year, detail)
        return Frozen(stored, () if before is None else moved(before, result))


def release(
    toolkit: Toolkit, actor: Actor, year: int, what: Release, number: int, now: datetime
) -> WentOut | YearEndRefused | NotAllowed:
    """Let something out: a person's press. `number` is that of the result (or decision) that the person was shown; an
    older one is not let out any more.
    """
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.SETTLE_YEAR, f"results:{year}"):
            return NotAllowed()
        state = state_of(tx, toolkit.city, now, year)
        if state.has_gone(what, number):
            return YearEndRefused(YearEndFault.ALREADY_GONE)
        if refused := _may_not_go(tx, toolkit.city, state, what, number):
            return refused
        until = _objections_until(tx, toolkit.city, year, now.date()) if what is Release.PRELIMINARY else None
        if not results.release(tx, year, what, number, until, by=actor, at=now):
            return YearEndRefused(YearEndFault.ALREADY_GONE)
        _write(tx, actor, now, AuditEvent.RESULT_RELEASED, year, {"what": what.value, "number": number})
        return WentOut(Released(what, number, until, now, actor.team_id, actor.user_id))


def stored_result(toolkit: Toolkit, actor: Actor, year: int, number: int, now: datetime) -> StoredResult | None:
    """One frozen result, for who reads all results; None also where there is no such."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"results:{year}"):
        return None
    with toolkit.database.read() as tx:
        return next((r for r in results_of(tx, toolkit.city, year) if r.number == number), None)


def recomputed(toolkit: Toolkit, year: int) -> list[Recomputed]:
    """Every frozen result of a year, latest first, held against what the rows give now; for the command line."""
    with toolkit.database.read() as tx:
        return [_held_against(tx, toolkit.city, stored) for stored in results_of(tx, toolkit.city, year)]


def _held_against(tx: Transaction, city: City, stored: StoredResult) -> Recomputed:
    again = computed(tx, city, stored.result.year, stored.made_at)
    return Recomputed(stored, stored.content == canonical(again), moved(stored.result, again))


def state_of(tx: Transaction, city: City, now: datetime, year: int | None = None) -> YearEnd:
    """The same for a year (the one that is settled now, if none is given), inside a transaction that is open."""
    last_month = city.calendar.award_last_month
    year = settled_year(now.date(), last_month) if year is None else year
    if not year:
        return YearEnd(0, over=False)
    over = now.date() > award_span(year, city.calendar.award_first_month, last_month)[1]
    return YearEnd(
        year, over, results_of(tx, city, year), results.releases(tx, year), results.open_objections(tx, year)
    )


def computed(tx: Transaction, city: City, year: int, as_of: datetime) -> Result:
    """The standings over the months that count, with a fingerprint of every organisation's rows; by the city's formula
    where it has one. What was confirmed or added to a score after `as_of` is not looked at.
    """
    first, last = award_span(year, city.calendar.award_first_month, city.calendar.award_last_month)
    board = scoreboard_in(tx, city, year, as_of)
    ranked: list[tuple[Place, int | None, Score | None]]
    if board is None:
        ranked = [(place, place.rank, None) for place in compute(tx, city, year, span=(first, last)).places]
    else:
        ranked = [(line.basis.place, line.rank, line.score) for line in board.lines]
    versions: set[str] = set()
    lines = []
    for place, rank, score in ranked:
        rows = confirmations.rows_of(tx, place.organisation.id, first, last)
        versions.update(row.rule_version for row in rows)
        lines.append(_line(place, rank, score, rows))
    formula = None if board is None else board.formula
    return Result(year, first, last, city.standings_order, tuple(sorted(versions)), tuple(lines), formula)


def _line(place: Place, rank: int | None, score: Score | None, rows: list[ConfirmedRow]) -> ResultLine:
    return ResultLine(
        place.organisation.code,
        place.organisation.name,
        rank,
        place.total,
        place.by_kind,
        together(place.left_out),
        len(rows),
        rows_fingerprint(rows),
        score,
    )


def _may_not_freeze(state: YearEnd, stage: Stage, result: Result, now: datetime) -> YearEndRefused | None:
    settled, preliminary = state.latest(settled=True), state.latest(settled=False)
    if stage is Stage.PRELIMINARY:
        return _same(preliminary, result) if settled is None else YearEndRefused(YearEndFault.ALREADY_SETTLED)
    if stage is Stage.AMENDED:
        return YearEndRefused(YearEndFault.NOTHING_FROZEN) if settled is None else _same(settled, result)
    if settled is not None:
        return YearEndRefused(YearEndFault.ALREADY_SETTLED)
    shown = state.has_gone(Release.PRELIMINARY)
    if shown is None or shown.until is None:
        return YearEndRefused(YearEndFault.NO_PRELIMINARY)
    if now.date() <= shown.until:
        return YearEndRefused(YearEndFault.STILL_OBJECTING, until=shown.until)
    if state.open_objections:
        return YearEndRefused(YearEndFault.OBJECTIONS_OPEN, count=state.open_objections)
    return None


def _same(before: StoredResult | None, result: Result) -> YearEndRefused | None:
    if before is None or before.content != canonical(result):
        return None
    return YearEndRefused(YearEndFault.UNCHANGED)


def _may_not_go(tx: Transaction, city: City, state: YearEnd, what: Release, number: int) -> YearEndRefused | None:
    settled, preliminary = state.latest(settled=True), state.latest(settled=False)
    if what is Release.PRELIMINARY:
        if settled is not None:
            return YearEndRefused(YearEndFault.ALREADY_SETTLED)
        return _newest(preliminary.number if preliminary else None, number, YearEndFault.NOTHING_FROZEN)
    newest = settled.number if settled else None
    if what is Release.FINAL:
        return _newest(newest, number, YearEndFault.NOTHING_FROZEN)
    if what is Release.ANNOUNCEMENT:
        decision = awards.latest(tx, state.year)
        return _newest(decision.number if decision else None, number, YearEndFault.NO_DECISION)
    if table_for(city.bonus_tables, state.year) is None:
        return YearEndRefused(YearEndFault.NO_TABLE)
    return _newest(newest, number, YearEndFault.NOTHING_FROZEN)


def _objections_until(tx: Transaction, city: City, year: int, today: date) -> date:
    """The calendar's last day of objections; where it is over, or nobody knows that year's days off, so many days from
    today on.
    """
    with suppress(UnconfirmedYearError):
        plan = of_kind(year_plan(city, working_days(tx, city), year), PostKind.PRELIMINARY_STANDINGS)
        planned = next((one.until for one in plan if one.until is not None), None)
        if planned is not None and planned > today:
            return planned
    return today + timedelta(days=city.results.objection_days)


def _newest(newest: int | None, number: int, missing: YearEndFault) -> YearEndRefused | None:
    if newest is None:
        return YearEndRefused(missing)
    return None if newest == number else YearEndRefused(YearEndFault.UNCHANGED)


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, year: int, detail: dict[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, f"results:{year}", detail))
