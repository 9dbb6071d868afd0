"""Confirmations are kept once for each number, and held against the rows that count."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.confirmations import Confirmation, fingerprint
from gwannae.programme.periods import Cycle, Period
from gwannae.programme.purchases import Firm
from gwannae.programme.verdict import Verdict
from gwannae.storage import confirmations, organisations, purchases
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2026, 4, 5, 1, 0, tzinfo=UTC)
FIRST = Confirmation(1, "a" * 64, 2, 500, 1, NOW, OFFICER.team_id, OFFICER.user_id)
QUARTER = Period(2026, Cycle.QUARTER, 1)


@pytest.fixture
def general(database: Database) -> int:
    """Two organisations; the id of the first."""
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed(), a_seed(code="parks", name="꽃길과")])
        found = organisations.by_code(tx, "general")
    assert found is not None
    return found.id


def test_the_latest_number_of_each_period_counts(database: Database, general: int) -> None:
    second = replace(FIRST, number=2, fingerprint="b" * 64)
    with database.write() as tx:
        assert confirmations.add(tx, general, "2026-Q1", FIRST, by=OFFICER)
        assert confirmations.add(tx, general, "2026-Q1", second, by=OFFICER)
        assert confirmations.add(tx, general, "2026-Q2", FIRST, by=OFFICER)
        assert confirmations.add(tx, general + 1, "2026-Q1", FIRST, by=OFFICER)
    with database.read() as tx:
        assert confirmations.latest_of(tx, general) == {"2026-Q1": second, "2026-Q2": FIRST}
        assert confirmations.latest_in(tx, ["2026-Q1"]) == {
            (general, "2026-Q1"): second,
            (general + 1, "2026-Q1"): FIRST,
        }
        assert confirmations.latest_in(tx, []) == {}


def test_of_many_at_once_with_one_number_one_is_kept(database: Database, general: int) -> None:
    kept: list[bool] = []
    begun = threading.Barrier(6)

    def press() -> None:
        begun.wait()
        with database.write() as tx:
            kept.append(confirmations.add(tx, general, "2026-Q1", FIRST, by=OFFICER))

    threads = [threading.Thread(target=press) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(kept) == [False] * 5 + [True]


def test_the_rows_are_those_that_count_with_a_contract_date_in_the_period(database: Database, general: int) -> None:
    with database.write() as tx:
        for day, code in (
            (date(2025, 12, 31), general), (date(2026, 3, 31), general), (date(2026, 1, 1), general),
            (date(2026, 4, 1), general), (date(2026, 2, 2), general + 1),
        ):  # fmt: skip
            _add(tx, organisation_id=code, contract_date=day)
        gone = _add(tx, organisation_id=general, contract_date=date(2026, 2, 2))
        purchases.cancel(tx, gone, 1, actor=REPORTER, at=NOW)
        rows = confirmations.rows_of(tx, general, QUARTER.first, QUARTER.last)
    assert [row.contract_date for row in rows] == [date(2026, 1, 1), date(2026, 3, 31)]
    assert rows[0].verdict is Verdict.LOCAL


def test_what_came_back_as_it_was_has_the_same_fingerprint_and_what_changed_has_another(
    database: Database, general: int
) -> None:
    def now() -> str:
        with database.read() as tx:
            return fingerprint("general", QUARTER, confirmations.rows_of(tx, general, QUARTER.first, QUARTER.last))

    draft = a_draft(organisation_id=general, firm=Firm("먼바다기획"))
    empty = now()
    with database.write() as tx:
        first = purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=NOW)
    reported = now()
    with database.write() as tx:
        purchases.cancel(tx, first.id, 1, actor=REPORTER, at=NOW)
    assert now() == empty
    with database.write() as tx:
        purchases.restore(tx, first.id, 2, actor=REPORTER, at=NOW)
    assert now() == reported
    with database.write() as tx:
        judged = a_judgement(verdict=Verdict.OUTSIDE)
        purchases.change(tx, first.id, 3, draft, judged, actor=REPORTER, at=NOW)
    assert now() not in (empty, reported)


@pytest.mark.parametrize(
    "changes", [{"number": 0}, {"fingerprint": "a" * 63}, {"rows": -1}, {"amount": -1}, {"unconfirmed": -1}]
)
def test_the_table_refuses_what_makes_no_sense(database: Database, general: int, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        confirmations.add(tx, general, "2026-Q1", replace(FIRST, **changes), by=OFFICER)


def _add(tx: Any, **changes: Any) -> int:
    return purchases.add(tx, a_draft(**changes), a_judgement(), actor=REPORTER, self_declared=False, at=NOW).id
