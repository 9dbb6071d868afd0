"""Which steps of a file come too late: a closed period takes nothing from a file that a form could not bring."""

from collections.abc import Iterable
from datetime import date

from gwannae.actions.period_gate import entered_too_late, touched_too_late
from gwannae.programme.city import City
from gwannae.programme.import_comparison import Step, StepKind
from gwannae.programme.periods import Period, period_at
from gwannae.programme.purchase_lines import LineFault, RefusedRow
from gwannae.storage import purchases
from gwannae.storage.database import Transaction


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
