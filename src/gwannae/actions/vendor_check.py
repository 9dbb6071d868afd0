"""휴폐업 확인: ask the tax office about firms that were not checked for long, and keep each answer as it comes.

One call is one transaction: whatever ends a round early (a used-up quota, a broken line, Ctrl-C), all answers so far
are kept, and the next round begins with the firms that are still due. A closed firm is marked, never deleted.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.vendor_status import (
    DATABASE_BUSY,
    CheckReport,
    NumberStatus,
    StatusChange,
    VendorCheck,
    VendorState,
)
from gwannae.readers.service_faults import ServiceFault
from gwannae.storage import audit
from gwannae.storage.database import DatabaseBusyError, Transaction
from gwannae.storage.vendor_checks import Coverage, DueVendor, coverage, due_vendors, record_checks
from gwannae.storage.vendor_import import end_import, lock_registry

T = TypeVar("T")

TRIES = 5  # to store an answer, each as long as the database waits: an import holds the registry for a while
TELL_EVERY = 20  # calls: each telling makes every running bot read its registry anew


class StatusService(Protocol):
    """Whom to ask: `source` is its name as it is kept, `most` how many numbers go into one call."""

    @property
    def source(self) -> str:
        """Its name as it is kept beside each answer."""

    @property
    def most(self) -> int:
        """How many numbers go into one call."""

    def ask(self, numbers: Sequence[str]) -> Mapping[str, NumberStatus]:
        """What it says, by number; unclear ones are left out. Raises ServiceFault."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The firms to ask for now, and what is known of the others."""

    now: list[DueVendor]
    later: int
    coverage: Coverage

    @property
    def fresh(self) -> int:
        return self.coverage.numbered - len(self.now) - self.later


@dataclass(slots=True)
class _Round:
    """How far a round has come."""

    answered: Counter[VendorState] = field(default_factory=Counter)
    asked: int = 0
    calls: int = 0
    changes: list[StatusChange] = field(default_factory=list)
    untold_changes: int = 0
    untold_answers: int = 0
    stopped_by: str | None = None


def plan_check(toolkit: Toolkit, now: datetime, *, most: int, limit: int | None = None) -> CheckReport:
    """What `check_vendors` would ask, without asking and without writing; `most` numbers go into one call."""
    plan = _plan(toolkit, now, limit)
    calls = -(-len(plan.now) // most)
    return CheckReport(
        planned=len(plan.now),
        answered={},
        unanswered=0,
        not_asked=len(plan.now) + plan.later,
        fresh=plan.fresh,
        without_number=_without_number(plan),
        calls=calls,
        changes=(),
        stopped_by=None,
        dry_run=True,
    )


def check_vendors(
    toolkit: Toolkit,
    actor: Actor,
    service: StatusService,
    *,
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport | NotAllowed:
    """Ask for every firm with a business number that was never checked, or not for the days that the city's file
    says; at most `limit` firms, the longest unchecked first. The office alone (and the command line).

    `progress` is told how many firms have been asked for, and of how many. A fault of the service, or a database that
    somebody else holds for long, ends the round and is in the report, with all answers before it kept.

    Raises: DatabaseAwayError, and DatabaseBusyError where not even the end could be written down; answers are kept.
    """
    begun = toolkit.clock()
    if not asked(toolkit, actor, begun, Deed.KEEP_REGISTRY, "vendors:check_vendors"):
        return NotAllowed()
    plan = _plan(toolkit, begun, limit)
    so_far = _Round()
    try:
        for at in range(0, len(plan.now), service.most):
            batch = plan.now[at : at + service.most]
            try:
                found = service.ask([firm.business_number for firm in batch])
            except ServiceFault as fault:
                so_far.stopped_by = fault.code.value
                break
            try:
                _keep(toolkit, actor, service.source, batch, found, so_far)
            except DatabaseBusyError:
                so_far.stopped_by = DATABASE_BUSY
                break
            if progress is not None:
                progress(so_far.asked, len(plan.now))
    finally:  # also when somebody stops it: what was kept is told and written down
        _end(toolkit, actor, service.source, so_far)
    return _report(plan, so_far)


def _plan(toolkit: Toolkit, now: datetime, limit: int | None) -> _Plan:
    before = now - timedelta(days=toolkit.city.registry.stale_after_days)
    with toolkit.database.read() as tx:
        due = due_vendors(tx, before=before, now=now)
        known = coverage(tx)
    most = len(due) if limit is None else limit
    return _Plan(due[:most], len(due[most:]), known)


def _keep(
    toolkit: Toolkit,
    actor: Actor,
    source: str,
    batch: Sequence[DueVendor],
    found: Mapping[str, NumberStatus],
    so_far: _Round,
) -> None:
    now = toolkit.clock()
    checks = [
        VendorCheck(firm.vendor_id, found[firm.business_number], now, source, actor.team_id, actor.user_id)
        for firm in batch
        if firm.business_number in found
    ]
    is_time = so_far.calls % TELL_EVERY == TELL_EVERY - 1

    def store(tx: Transaction) -> tuple[list[StatusChange], bool]:
        lock_registry(tx)  # before any row of a firm, as an import does: the two never wait for each other
        changes = [change for change in record_checks(tx, checks) if _is_notable(change)]
        tell = is_time and so_far.untold_changes + len(changes) > 0
        if tell:
            end_import(tx, as_of=None, at=now)
        return changes, tell

    changes, tell = _patiently(toolkit, store)
    so_far.asked += len(batch)
    so_far.calls += 1
    so_far.answered.update(check.answer.state for check in checks)
    so_far.changes += changes
    so_far.untold_changes = 0 if tell else so_far.untold_changes + len(changes)
    so_far.untold_answers = 0 if tell else so_far.untold_answers + len(checks)


def _is_notable(change: StatusChange) -> bool:
    """A firm that is found open for the first time is as everybody took it to be."""
    return (change.before, change.state) != (VendorState.UNKNOWN, VendorState.OPEN)


def _end(toolkit: Toolkit, actor: Actor, source: str, so_far: _Round) -> None:
    if not so_far.calls:
        return
    now = toolkit.clock()

    def end(tx: Transaction) -> None:
        if so_far.untold_answers:
            end_import(tx, as_of=None, at=now)
        _write_down(tx, actor, now, source, so_far)

    _patiently(toolkit, end)


def _patiently(toolkit: Toolkit, store: Callable[[Transaction], T]) -> T:
    """An answer costs a call of the day's quota: it is worth waiting for who holds the database."""
    for _ in range(TRIES - 1):
        with suppress(DatabaseBusyError), toolkit.database.write() as tx:
            return store(tx)
    with toolkit.database.write() as tx:
        return store(tx)


def _write_down(tx: Transaction, actor: Actor, now: datetime, source: str, so_far: _Round) -> None:
    detail = {
        "source": source,
        "asked": so_far.asked,
        **{state.value: count for state, count in so_far.answered.items()},
        "stopped_by": so_far.stopped_by,
    }
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.VENDORS_CHECKED, "vendors", detail))


def _report(plan: _Plan, so_far: _Round) -> CheckReport:
    return CheckReport(
        planned=len(plan.now),
        answered=dict(so_far.answered),
        unanswered=so_far.asked - so_far.answered.total(),
        not_asked=len(plan.now) - so_far.asked + plan.later,
        fresh=plan.fresh,
        without_number=_without_number(plan),
        calls=so_far.calls,
        changes=tuple(so_far.changes),
        stopped_by=so_far.stopped_by,
        dry_run=False,
    )


def _without_number(plan: _Plan) -> int:
    return plan.coverage.vendors - plan.coverage.numbered
