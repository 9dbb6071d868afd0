"""A firm that one process adds is found by another one that serves, within two seconds and without a restart."""

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import partial

import pytest

from gwannae.actions import shelf_building
from gwannae.actions.localvendor import look_up
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.start import toolkit_for
from gwannae.bot.watch import watching
from gwannae.programme import vocabulary
from gwannae.programme.city import City
from gwannae.programme.plain_terms import PlainTerms
from gwannae.programme.word_index import WordIndex
from gwannae.readers.city_file import read_city
from gwannae.storage.database import Database
from tests.actions.importing import CITY_FILE, FIRST, HEADER, INSIDE, PRINTER, a_toolkit, take_in

SOON = 2.0  # seconds


def found(toolkit: Toolkit, item: str) -> int:
    """How many firms the words that are in memory lead to; nothing is read anew for this question."""
    shelf = toolkit.shelf.at_hand(toolkit.today)
    return len(shelf.index.met(item).everyone) if shelf else 0


def wait_until(happens: Callable[[], int], holds: int) -> None:
    began = time.monotonic()
    while happens() != holds:
        assert time.monotonic() - began < SOON, happens()
        time.sleep(0.01)


def test_a_new_firm_is_found_by_the_other_process_although_nobody_asks(database: Database) -> None:
    with a_toolkit(database.url) as office, a_toolkit(database.url) as serving, watching(serving):
        wait_until(lambda: serving.shelf.at_hand(serving.today) is not None, True)
        take_in(office, PRINTER)

        wait_until(lambda: found(serving, "명함"), 1)

        assert look_up(serving, "명함", serving.today).found == 1


def test_many_firms_are_found_soon_and_answers_go_on_meanwhile(database: Database) -> None:
    firms = [(f"가온상사{n}", "", INSIDE, f"품목{n % 50}, 책상", "") for n in range(3000)]
    with a_toolkit(database.url) as office, a_toolkit(database.url) as serving, watching(serving):
        take_in(office, *firms, header=HEADER)
        wait_until(lambda: found(serving, "책상"), 3000)
        take_in(office, PRINTER)

        wait_until(lambda: look_up(serving, "명함", serving.today).found, 1)

        assert look_up(serving, "책상", serving.today).found == 3000


def test_what_many_have_is_looked_up_ahead_again_after_each_change(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "PlainTerms", partial(PlainTerms, few=0, crowded=2))
    monkeypatch.setattr(shelf_building, "WordIndex", partial(WordIndex, crowded=2))

    def is_ready(toolkit: Toolkit, word: str) -> bool:
        shelf = toolkit.shelf.at_hand(toolkit.today)
        return shelf is not None and word in shelf.index._ready

    with a_toolkit(database.url) as office, a_toolkit(database.url) as serving, watching(serving, every=0.02):
        take_in(office, *((f"{name}상사", "", INSIDE, "책상", "") for name in ("가온", "나래", "다솜")), header=HEADER)
        wait_until(lambda: is_ready(serving, "상사"), True)
        take_in(office, ("상사나라", "", INSIDE, "의자", ""), header=HEADER)

        wait_until(lambda: found(serving, "상사"), 4)
        wait_until(lambda: is_ready(serving, "상사"), True)
        assert look_up(serving, "상사", serving.today).found == 4


def test_the_words_are_judged_anew_when_the_day_changes(database: Database) -> None:
    now = [FIRST]
    city: City = read_city(str(CITY_FILE))

    def clock() -> datetime:
        return now[0]

    with toolkit_for(city, database.url, clock) as serving, watching(serving):
        take_in(serving, PRINTER)
        wait_until(lambda: found(serving, "명함"), 1)
        now[0] = datetime(2027, 3, 3, 0, 0, 1, tzinfo=FIRST.tzinfo)

        wait_until(lambda: found(serving, "명함"), 1)

        shelf = serving.shelf.at_hand(date(2027, 3, 3))
        assert shelf is not None
        assert shelf.day == date(2027, 3, 3)


def test_a_fault_ends_no_watch(database: Database) -> None:
    faults = 0
    city: City = read_city(str(CITY_FILE))

    def clock() -> datetime:
        nonlocal faults
        if faults:
            faults -= 1
            raise RuntimeError("a clock that is out of order")
        return FIRST

    with toolkit_for(city, database.url, clock) as serving:
        faults = 3
        with watching(serving, every=0.02):
            wait_until(lambda: faults, 0)
            take_in(serving, PRINTER)

            wait_until(lambda: found(serving, "명함"), 1)
