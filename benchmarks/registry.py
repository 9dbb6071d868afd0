"""The made-up registry in a database of the product's own: read from a file and imported as an office would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import corpus
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendors_import import import_vendors
from gwannae.bot.start import toolkit_for
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.vendors_import import ImportReport
from gwannae.readers.city_file import read_city
from gwannae.readers.vendors import read_vendors

TODAY = date(2027, 1, 4)
NOW = datetime(2027, 1, 4, 9, 30, tzinfo=ZoneInfo("Asia/Seoul"))


@contextmanager
def opened(database: Path) -> Iterator[Toolkit]:
    """The product's parts over a SQLite file of the made-up city, on a fixed day."""
    with toolkit_for(read_city(str(corpus.CITY_FILE)), f"sqlite:///{database}", lambda: NOW) as toolkit:
        yield toolkit


def take_in(toolkit: Toolkit, file: Path) -> ImportReport:
    """Import a vendor file through the product's reader and action."""
    report = import_vendors(toolkit, COMMAND_LINE, read_vendors(file, today=TODAY), file.name, NOW)
    if isinstance(report, NotAllowed):
        raise TypeError("the command line may import")
    return report


def filled(folder: Path, count: int, seed: int = corpus.SEED) -> Path:
    """A database with `count` made-up vendors in it, made in `folder` unless it is there already."""
    database = folder / f"vendors-{count}-{seed}.db"
    if not database.exists():
        file = corpus.write_csv(folder / f"vendors-{count}-{seed}.csv", corpus.lines(count, seed))
        with opened(database) as toolkit:
            report = take_in(toolkit, file)
        if report.new != count or report.refused or report.doubtful:
            raise AssertionError(f"of {count} made-up vendors {report.new} were taken in")
    return database
