"""A whole year, row by row, as of one moment."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.storage import organisations, purchases
from gwannae.storage.database import Database, Transaction
from gwannae.storage.purchase_listing import listing
from tests.builders import REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def divisions(database: Database) -> tuple[int, int]:
    """The ids of two divisions, in the order in which they were taken in."""
    with database.write() as tx:
        added = organisations.save_organisations(tx, [a_seed(), a_seed(code="library", name="가장도서관")]).added
    return added[0].id, added[1].id


def add(tx: Transaction, organisation: int, day: str, **changes: object) -> Purchase:
    draft = a_draft(organisation_id=organisation, contract_date=date.fromisoformat(day), **changes)
    return purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=NOW)


def test_the_year_comes_by_organisation_and_day_with_what_was_cancelled(
    database: Database, divisions: tuple[int, int]
) -> None:
    first, second = divisions
    with database.write() as tx:
        days = [(second, "2026-02-01"), (first, "2026-12-31"), (first, "2026-01-01"), (first, "2025-12-31"),
                (second, "2027-01-01"), (first, "2026-01-01")]  # fmt: skip
        stored = [add(tx, organisation, day) for organisation, day in days]
        cancelled = purchases.cancel(tx, stored[1].id, 1, actor=REPORTER, at=NOW)
    with database.snapshot() as tx:
        found = list(listing(tx, *YEAR))
        own = list(listing(tx, *YEAR, second))
    assert found == [stored[2], stored[5], cancelled, stored[0]]
    assert found[2].state is PurchaseState.CANCELLED
    assert own == [stored[0]]


def test_what_is_stored_meanwhile_is_not_in_it(database: Database, divisions: tuple[int, int]) -> None:
    with database.write() as tx:
        kept = [add(tx, divisions[0], "2026-03-04") for _ in range(1_200)]
    with database.snapshot() as tx:
        rows = listing(tx, *YEAR)
        begun = [next(rows)]
        with database.write() as other:
            add(other, divisions[0], "2026-03-04")
            purchases.cancel(other, kept[-1].id, 1, actor=REPORTER, at=NOW)
        assert [*begun, *rows] == kept
        assert list(listing(tx, *YEAR)) == kept
    with database.snapshot() as tx:
        assert len(list(listing(tx, *YEAR))) == 1_201


def test_a_snapshot_leaves_the_connection_as_it_was_and_cannot_write(database: Database) -> None:
    for _ in range(12):  # more than there are connections
        with database.snapshot() as tx:
            assert list(listing(tx, *YEAR)) == []
    with database.read() as tx, pytest.raises(Exception, match="read"):
        tx.execute(text("DELETE FROM purchases"))
    with database.snapshot() as tx, pytest.raises(Exception, match="read"):
        tx.execute(text("DELETE FROM purchases"))
