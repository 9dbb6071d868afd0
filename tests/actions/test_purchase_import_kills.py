"""Killed at any moment: all of a file counts, or nothing of it does; and the next worker ends what was begun."""

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text as sql

from gwannae.actions import purchase_import_work as long_part
from gwannae.actions import purchases_import as files
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.purchase_imports import ImportBatch, ImportState
from gwannae.storage.database import Database
from tests.actions.import_life import begin
from tests.actions.importing import a_toolkit
from tests.actions.purchase_files import NOW, STAFF, content, drop, row, run, sow, standing
from tests.soaking import rounds

ROWS, KILLS, SEED = 2_000, 10, 20270615
FILE = content(*(row(계약명=f"사무용품 {n}", 통합계약번호=f"R27BK{n:08}") for n in range(ROWS)))


@pytest.fixture
def toolkit(database: Database) -> Iterator[Toolkit]:
    with a_toolkit(database.url) as made:
        sow(made)
        yield made


def counting(toolkit: Toolkit) -> int:
    """How many purchases count; there may be very many that were taken back."""
    with toolkit.database.read() as tx:
        return int(tx.execute(sql("SELECT count(*) FROM purchases WHERE state = 'reported'")).scalar_one())


@pytest.mark.soak
def test_killed_at_ten_random_points_it_is_all_or_nothing(toolkit: Toolkit, database: Database) -> None:
    address = database._url.render_as_string(hide_password=False)
    now = NOW
    for dice in rounds(SEED):
        now = ten_kills(toolkit, address, dice, now)


def ten_kills(toolkit: Toolkit, address: str, dice: random.Random, now: datetime) -> datetime:
    """Kill the worker of a file again and again, let it end, and take it back; when that was."""
    batch = drop(toolkit, FILE)
    assert batch.summary.new == ROWS
    killed_midway, longest = 0, 2.0
    for _ in range(KILLS):
        files.confirm(toolkit, STAFF, batch.id, now)
        now += long_part.LEASE + timedelta(seconds=1)
        process = begin(address, batch.id, now)
        began = time.monotonic()
        process.join(dice.uniform(0, longest))
        if process.exitcode is None:
            process.kill()
            process.join()
            killed_midway += 1
        else:
            assert process.exitcode == 0
            longest = time.monotonic() - began
        process.close()
        there = counting(toolkit)
        assert there in (0, ROWS)
        state = standing(toolkit, batch.id).state
        assert state is (ImportState.CONFIRMED if there else ImportState.CONFIRMING)
        if there:
            now = taken_back(toolkit, batch, now)
            batch = drop(toolkit, FILE)
    assert killed_midway >= 3, "the kills must hit"
    files.confirm(toolkit, STAFF, batch.id, now)
    now += 2 * long_part.LEASE
    run(toolkit, now=now)
    assert counting(toolkit) == ROWS
    assert standing(toolkit, batch.id).state is ImportState.CONFIRMED
    return taken_back(toolkit, batch, now)


def taken_back(toolkit: Toolkit, batch: ImportBatch, now: datetime) -> datetime:
    """Undo it, so that the next file begins with nothing; when that was."""
    files.undo(toolkit, STAFF, batch.id, now)
    now += long_part.LEASE + timedelta(seconds=1)
    run(toolkit, now=now)
    assert counting(toolkit) == 0
    return now
