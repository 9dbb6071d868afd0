"""Which steps of a file come too late, and whether its undoing does: by the same gate as a form's."""

from collections.abc import Iterable
from datetime import date

from gwannae.actions.period_gate import entered_too_late, period_touched_too_late, touched_too_late
from gwannae.programme.city import City
from gwannae.programme.closing import Closed
from gwannae.programme.import_comparison import Step, StepKind
from gwannae.programme.periods import Period, period_at
from gwannae.programme.purchase_imports import ImportBatch, UndoTooLate
from gwannae.programme.purchase_lines import LineFault, RefusedRow
from gwannae.storage import organisations, purchases, reopenings
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_bulk import SameDay, to_take_back


def in_time(tx: Transaction, city: City, steps: Iterable[Step], today: date, refused: list[RefusedRow]) -> list[Step]:
    """The steps that may still be taken; the rows of the others are added to `refused`.

    A contract that a file cancels has no row of its own to name: where its period is closed it stays as it is.
    """
    closed: dict[tuple[int, Period], bool] = {}
    kept = []
    for step in steps:
        if not _is_late(tx, city, step, today, closed):
            kept.append(step)
        elif step.part is not None:
            line = step.part.line
            refused.append(RefusedRow(line.number, line.sheet, LineFault.PERIOD_CLOSED, line.day.isoformat()))
    return kept


def _is_late(tx: Transaction, city: City, step: Step, today: date, closed: dict[tuple[int, Period], bool]) -> bool:
    if step.kind in (StepKind.CHANGED, StepKind.CANCELLED) and step.stored is not None:
        stored = purchases.purchase(tx, step.stored.id)
        if stored is not None and touched_too_late(tx, city, stored, today) is not None:
            return True
    if step.part is None or step.kind not in (StepKind.NEW, StepKind.CHANGED):
        return False
    day = step.part.line.day
    if step.kind is StepKind.CHANGED and step.stored is not None and step.stored.day == day:
        return False
    where = step.part.organisation_id, period_at(city.cycles, day)
    if where not in closed:
        closed[where] = entered_too_late(tx, city, where[0], day, today) is not None
    return closed[where]


def staying(tx: Transaction, city: City, steps: Iterable[Step], today: date) -> int:
    """How many new purchases come late into a closed period: nobody changes or takes them back without the office."""
    closed: dict[tuple[int, Period], bool] = {}
    count = 0
    for step in steps:
        if step.part is None or step.kind is not StepKind.NEW:
            continue
        whose, day = step.part.organisation_id, step.part.line.day
        where = whose, period_at(city.cycles, day)
        if where not in closed:
            closed[where] = period_touched_too_late(tx, city, whose, day, today) is not None
        count += closed[where]
    return count


def undo_too_late(
    tx: Transaction, city: City, batch: ImportBatch, today: date, *, may_reopen: bool
) -> UndoTooLate | None:
    """Why a file may not be taken back any more; None: it may. One closed row holds all of it: half of a file that
    stays would be nobody's wish.
    """
    opened = {one.purchase_id for one in reopenings.open_on(tx, today) if one.purchase_id is not None}
    late: list[tuple[Closed, SameDay]] = []
    for group in to_take_back(tx, batch.id, opened):
        found = period_touched_too_late(tx, city, group.organisation_id, group.day, today)
        if found is not None:
            late.append((found, group))
    if not late:
        return None
    closed, first = late[0]
    organisation = organisations.by_id(tx, first.organisation_id)
    assert organisation is not None, "a foreign key holds it"
    rows = sum(group.rows for _, group in late)
    return UndoTooLate(batch, rows, organisation, closed, first.first_id, may_reopen)
