"""An import of purchases as a test sees it: rows in, what is stored out."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count

from sqlalchemy import text as sql

from gwannae.actions import purchase_import_work as long_part
from gwannae.actions import purchases_import as files
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.facts import Fact
from gwannae.programme.organisations import COMMAND_LINE, Actor, Role
from gwannae.programme.purchase_imports import ImportBatch, ImportState, Standing
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.storage import affiliations, organisations, purchases
from gwannae.storage import purchase_imports as imports
from gwannae.storage.vendor_import import end_import, insert_vendors
from tests.actions.importing import ZONE
from tests.builders import a_vendor, an_address
from tests.readers.files import csv_text

NOW = datetime(2027, 6, 15, 10, 0, tzinfo=ZONE)
TEAM = "T0HAETNIM"
STAFF, LEAD, OFFICE, STRANGER = (Actor(TEAM, user) for user in ("U0STAFF", "U0LEAD", "U0OFFICE", "U0OTHER"))

HEADER = ("계약명", "계약일", "계약금액", "업체명", "사업자등록번호", "구분", "통합계약번호", "차수")
LOCAL, OUTSIDE = "123-45-67891", "129-81-01236"
ROW = ("행사 안내문 인쇄", "2027-06-07", "1,000,000", "가온인쇄", LOCAL, "물품", "", "")

_KEYS = count(1)


def row(**changes: str) -> tuple[str, ...]:
    """A row, with some cells changed by their headers."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True))


def content(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    """A CSV file."""
    return csv_text(header, *(rows or (ROW,))).encode()


def roads(toolkit: Toolkit) -> int:
    """The road division's id."""
    with toolkit.database.read() as tx:
        found = organisations.by_code(tx, "roads")
    assert found is not None
    return found.id


def sow(toolkit: Toolkit) -> None:
    """Two firms, and a staff member, a lead and an officer."""
    with toolkit.database.write() as tx:
        local = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=date(2020, 3, 1))
        away = an_address(text="부산광역시 어디구 먼길 1", district=None, in_city=Fact.NO, evidence="other_province")
        firms = [
            a_vendor(name="가온인쇄", business_number="1234567891", addresses=(local,)),
            a_vendor(name="먼데인쇄", business_number="1298101236", addresses=(away,)),
        ]
        insert_vendors(tx, firms, at=NOW)
        end_import(tx, as_of=None, at=NOW)
        every = organisations.all_organisations(tx)
        mine = next(o for o in every if o.code == "roads")
        for actor, role in ((STAFF, Role.STAFF), (LEAD, Role.LEAD), (OFFICE, Role.OFFICE)):
            affiliations.add_affiliation(
                tx, TEAM, actor.user_id, mine.id, role, self_declared=False, since=date(2027, 1, 4), by=COMMAND_LINE
            )


def drop(toolkit: Toolkit, data: bytes, actor: Actor = STAFF, *, key: str = "", given: int | None = -1) -> ImportBatch:
    """Drop a file and go through it; the file as it stands then."""
    owner = roads(toolkit) if given == -1 else given
    dropped = files.receive(toolkit, actor, key or f"slack:F{next(_KEYS)}", "실적.csv", owner, NOW)
    run(toolkit, data)
    return standing(toolkit, dropped.batch.id)


def run(toolkit: Toolkit, data: bytes = b"", now: datetime = NOW) -> int:
    """Do all that waits, as one worker; how many files that were."""
    done = 0
    for import_id in long_part.to_do(toolkit, now):
        claimed = long_part.claim(toolkit, import_id, f"worker-{next(_KEYS)}", now)
        if claimed is None:
            continue
        batch, is_here = claimed
        if not is_here and batch.state is ImportState.RECEIVED:
            long_part.keep(toolkit, import_id, data)
        long_part.work(toolkit, batch, str(batch.claim), now)
        done += 1
    return done


def standing(toolkit: Toolkit, import_id: int) -> ImportBatch:
    """A file as it stands."""
    with toolkit.database.read() as tx:
        found = imports.batch(tx, import_id)
    assert found is not None
    return found


def answered(toolkit: Toolkit, batch: ImportBatch, said: str, actor: Actor = STAFF) -> ImportBatch:
    """Answer a file's first question, and go through it again if that was the last."""
    outcome = files.answer(toolkit, actor, batch.id, batch.questions[0].key, said, NOW)
    assert isinstance(outcome, Standing)
    assert outcome.done
    run(toolkit)
    return standing(toolkit, batch.id)


def confirmed(toolkit: Toolkit, batch: ImportBatch, actor: Actor = STAFF) -> ImportBatch:
    """Press 확정, and let it be stored."""
    outcome = files.confirm(toolkit, actor, batch.id, NOW)
    assert isinstance(outcome, Standing)
    assert outcome.done, outcome.batch
    run(toolkit)
    return standing(toolkit, batch.id)


def undone(toolkit: Toolkit, batch: ImportBatch, actor: Actor = STAFF) -> ImportBatch:
    """Press 되돌리기, and let it be taken back."""
    outcome = files.undo(toolkit, actor, batch.id, NOW + timedelta(minutes=1))
    assert isinstance(outcome, Standing)
    run(toolkit, now=NOW + timedelta(minutes=1))
    return standing(toolkit, batch.id)


def every(toolkit: Toolkit) -> list[Purchase]:
    """All purchases, cancelled ones too."""
    with toolkit.database.read() as tx:
        ids = tx.execute(sql("SELECT id FROM purchases ORDER BY id")).scalars().all()
        return [found for i in ids if (found := purchases.purchase(tx, i)) is not None]


def counting(toolkit: Toolkit) -> list[tuple[str, int]]:
    """What counts: titles and amounts."""
    return [(p.draft.title, p.draft.amount) for p in every(toolkit) if p.state is PurchaseState.REPORTED]
