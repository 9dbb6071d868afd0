"""The made-up registry in a database of the product's own: read from a file and imported as an office would."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import corpus
from gwannae.actions.localvendor import look_up
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

_LONG = 600.0  # seconds, of which it takes one at 100,000 vendors
_A_FILE = 200_000  # vendors: 42 MB, and 64 are the most that is taken in at once
A_WORD_OF_EACH_KIND = ("인쇄", "ㅎㅅㅁ", "인솨")  # so that all forms of the words are made


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


def get_ready(toolkit: Toolkit) -> None:
    """Bring the words to where they are when `serve` has served for a while and every kind of word was asked for."""
    for typed in A_WORD_OF_EACH_KIND:
        look_up(toolkit, typed, TODAY)
    toolkit.shelf.prepare(_LONG)


def forget_cards(toolkit: Toolkit) -> None:
    """Take away what is remembered of firms that were shown: the next look-up reads them from the database."""
    with toolkit.database.read() as tx:
        toolkit.shelf.current(tx, TODAY).cards.clear()


def add(toolkit: Toolkit, file: Path, text: str) -> float:
    """Import a few firms that are written as a CSV text; answers when that was done."""
    file.write_text(text, encoding="utf-8")
    report = take_in(toolkit, file)
    if report.new != 1:
        raise AssertionError(f"{report.new} firms were new")
    return time.perf_counter()


def filled(folder: Path, count: int, seed: int = corpus.SEED, tail: float = 0.0) -> Path:
    """A database with `count` made-up vendors in it, made in `folder` unless it is there already."""
    name = f"vendors-{count}-{seed}-{tail}"
    database = folder / f"{name}.db"
    if not database.exists():
        lines = corpus.lines(count, seed, tail)
        with opened(database) as toolkit:
            for begin in range(0, count, _A_FILE):
                some = min(_A_FILE, count - begin)
                file = corpus.write_csv(folder / f"{name}-from-{begin}.csv", islice(lines, some))
                report = take_in(toolkit, file)
                if report.new != some or report.refused or report.doubtful:
                    raise AssertionError(f"of {some} made-up vendors {report.new} were taken in")
                file.unlink()
    return database
