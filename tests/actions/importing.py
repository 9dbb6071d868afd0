"""An import as a test sees it: a table of cells in, the report and the registry out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendors_import import import_vendors
from gwannae.bot.start import toolkit_for
from gwannae.programme.audit import AuditEntry
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.vendors import Vendor
from gwannae.programme.vendors_import import ImportReport
from gwannae.readers.city_file import read_city
from gwannae.readers.vendors import read_vendors
from gwannae.storage import audit, vendor_update, vendors, words
from gwannae.storage.vendor_identity import existing_keys

CITY_FILE = Path(__file__).parent.parent / "cities" / "haetnim.toml"
ZONE = read_city(str(CITY_FILE)).zone
FIRST = datetime(2027, 3, 2, 9, 30, tzinfo=ZONE)
LATER = datetime(2027, 5, 4, 9, 30, tzinfo=ZONE)

HEADER = ("상호", "사업자등록번호", "소재지", "취급품목", "대표전화")
INSIDE, ELSEWHERE = "가람도 햇님시 솔숲구 은하로 12", "가람도 햇님시 물결구 나루로 3"
NUMBER, OTHER_NUMBER, THIRD_NUMBER = "129-81-01236", "123-45-67891", "111-11-11119"
PRINTER = ("달빛인쇄", NUMBER, INSIDE, "명함, 책자", "031-000-1234")


@contextmanager
def a_toolkit(database_url: str) -> Iterator[Toolkit]:
    """The fictional city on a database."""
    with toolkit_for(read_city(str(CITY_FILE)), database_url, lambda: FIRST) as toolkit:
        yield toolkit


def take_in(
    toolkit: Toolkit,
    *rows: Sequence[str],
    header: Sequence[str] = HEADER,
    now: datetime = FIRST,
    source: str = "명부.csv",
    dry_run: bool = False,
) -> ImportReport:
    """Import a table as the command line does."""
    text = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (header, *rows))
    file = read_vendors(text.encode(), today=now.date())
    report = import_vendors(toolkit, COMMAND_LINE, file, source, now, dry_run=dry_run)
    assert isinstance(report, ImportReport)
    return report


def registered(toolkit: Toolkit) -> list[Vendor]:
    """All firms of the registry in the order of their ids."""
    with toolkit.database.read() as tx:
        return list(vendors.vendors(tx, sorted(existing_keys(tx).digests)).values())


def history_of(toolkit: Toolkit, vendor_id: int) -> list[Vendor]:
    """What a firm was before its changes."""
    with toolkit.database.read() as tx:
        return vendor_update.history(tx, vendor_id)


def picture(toolkit: Toolkit) -> tuple[list[Vendor], int, int, list[AuditEntry]]:
    """Everything that an import may touch: firms, number of history entries, the registry's counter, the audit log."""
    firms = registered(toolkit)
    with toolkit.database.read() as tx:
        entries = sum(len(vendor_update.history(tx, firm.id)) for firm in firms)
        return firms, entries, words.registry_version(tx), audit.entries(tx)


def day(text: str) -> date:
    """A day of a table of examples."""
    return date.fromisoformat(text)
