"""One firm over the months: a file names it, it moves, the tax office answers; the clock is set as it happens."""

from datetime import date, datetime

from sqlalchemy import text as sql

from gwannae.actions.vendors_import import import_vendors
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState
from gwannae.readers.vendors import read_vendors
from gwannae.storage import vendor_checks, vendor_import
from tests.bot.reports import readdress
from tests.front_door import FrontDoor

NAME, NUMBER = "달빛인쇄", "1234567891"
HERE, THERE = "가람도 햇님시 솔숲구 은하로 12", "부산광역시 어디구 먼길 1"


def at(door: FrontDoor, day: str) -> datetime:
    """Let it be that day, ten in the morning."""
    door.clock.now = datetime.combine(date.fromisoformat(day), door.clock.now.time(), door.clock.now.tzinfo)
    return door.clock.now


def take_in(door: FrontDoor, day: str, address: str, size: str = "소상공인", since: str = "") -> None:
    """A file that names the firm is read on that day."""
    rows = f"업체명,사업자등록번호,소재지,취급품목,기업규모\n{NAME},{NUMBER},{address},인쇄,{size}\n"
    with door.toolkit.database.write() as tx:  # a number belongs to one firm
        tx.execute(sql("UPDATE vendors SET business_number = NULL WHERE name = '번호상사'"))
    now = at(door, day)
    import_vendors(door.toolkit, COMMAND_LINE, read_vendors(rows.encode(), today=now.date()), "명부.csv", now)
    if since:
        readdress(door, NAME, since=date.fromisoformat(since))


def answered(door: FrontDoor, day: str, state: VendorState, closed_on: date | None = None) -> None:
    """The tax office is asked on that day."""
    now = at(door, day)
    with door.toolkit.database.write() as tx:
        (vendor_id,) = tx.execute(sql("SELECT id FROM vendors WHERE name = :name"), {"name": NAME}).scalars()
        status = NumberStatus(NUMBER, state, closed_on)
        vendor_checks.record_checks(tx, [VendorCheck(vendor_id, status, now, "국세청", "", "cli")])
        vendor_import.end_import(tx, as_of=None, at=now)
