"""What was opened again: for whom, for which contract dates, on which days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.reopening import Reopening
from gwannae.storage import organisations, purchases, reopenings
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
FIRST_QUARTER = (date(2027, 1, 1), date(2027, 3, 31))


@pytest.fixture
def whose(database: Database) -> dict[str, int]:
    """Two organisations and a purchase of the first, by name."""
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed(), a_seed(code="parks", name="꽃길과")])
        ids = {o.code: o.id for o in organisations.all_organisations(tx)}
        stored = purchases.add(
            tx, a_draft(organisation_id=ids["general"]), a_judgement(), actor=REPORTER, self_declared=False, at=NOW
        )
    return {**ids, "purchase": stored.id}


def reopen(database: Database, organisation_id: int, purchase_id: int | None = None, **changes: Any) -> bool:
    with database.write() as tx:
        organisation = organisations.by_id(tx, organisation_id)
        assert organisation is not None
        values = {
            "first": FIRST_QUARTER[0], "last": FIRST_QUARTER[1], "since": date(2027, 6, 15), "until": date(2027, 6, 18),
            "reason": "정정", **changes,
        }  # fmt: skip
        key = values.pop("form_key", "form-1")
        return reopenings.add(tx, Reopening(organisation, purchase_id, **values), key, by=OFFICER, at=NOW)


@pytest.mark.parametrize(
    ("contract", "day", "holds"),
    [
        ("2026-12-31 목", "2027-06-15 화", False),
        ("2027-01-01 금", "2027-06-15 화", True),
        ("2027-03-31 수", "2027-06-17 목", True),
        ("2027-04-01 목", "2027-06-17 목", False),
        ("2027-03-31 수", "2027-06-14 월", False),
        ("2027-03-31 수", "2027-06-18 금", False),
    ],
)
def test_a_period_is_open_for_its_contract_dates_on_its_days(
    database: Database, whose: dict[str, int], contract: str, day: str, holds: bool
) -> None:
    assert reopen(database, whose["general"])
    with database.read() as tx:
        asked = date.fromisoformat(contract.split()[0]), date.fromisoformat(day.split()[0])
        assert reopenings.is_open(tx, whose["general"], None, *asked) == holds
        assert not reopenings.is_open(tx, whose["parks"], None, *asked)


def test_one_purchase_is_open_and_its_organisation_is_not(database: Database, whose: dict[str, int]) -> None:
    reopen(database, whose["general"], whose["purchase"])
    day, contract = date(2027, 6, 15), date(2027, 3, 4)
    with database.read() as tx:
        assert reopenings.is_open(tx, whose["general"], whose["purchase"], contract, day)
        assert not reopenings.is_open(tx, whose["general"], None, contract, day)
        assert not reopenings.is_open(tx, whose["general"], whose["purchase"] + 1, contract, day)
        assert reopenings.first_open(tx, whose["general"], whose["purchase"], day) == FIRST_QUARTER[0]
        assert reopenings.first_open(tx, whose["general"], None, day) is None


def test_what_is_open_is_listed_with_what_ends_first(database: Database, whose: dict[str, int]) -> None:
    reopen(database, whose["parks"], until=date(2027, 6, 20))
    reopen(database, whose["general"], form_key="form-2")
    with database.read() as tx:
        found = reopenings.open_on(tx, date(2027, 6, 17))
        assert [(r.organisation.code, r.reason) for r in found] == [("general", "정정"), ("parks", "정정")]
        assert [r.organisation.code for r in reopenings.open_on(tx, date(2027, 6, 18))] == ["parks"]


def test_one_form_opens_once(database: Database, whose: dict[str, int]) -> None:
    assert [reopen(database, whose["general"]) for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"until": date(2027, 6, 15)}, {"last": date(2026, 12, 31)}, {"form_key": ""}]
)
def test_the_table_refuses_what_makes_no_sense(
    database: Database, whose: dict[str, int], changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        reopen(database, whose["general"], **changes)
