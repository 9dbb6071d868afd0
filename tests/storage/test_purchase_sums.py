"""What was bought before a purchase: by item, firm and organisation, over twelve months and the fiscal year."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gwannae.programme.lamp import Before
from gwannae.programme.purchases import ContractMethod, Firm
from gwannae.programme.vendor_card import Bought
from gwannae.storage import organisations, purchase_sums, purchases, report_questions, vendor_import, vendor_retirements
from gwannae.storage.database import Database
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
DAY, YEAR_AGO, YEAR = date(2027, 6, 14), date(2026, 6, 14), (date(2027, 1, 1), date(2027, 12, 31))
CARD, BID = ContractMethod.CARD, ContractMethod.OPEN_BID


class Town:
    """Two organisations and two registered firms."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.write() as tx:
            seeds = [a_seed(), a_seed(code="b", name="나")]
            self.own, self.other = (o.id for o in organisations.save_organisations(tx, seeds).added)
            made = [a_vendor(), a_vendor(name="다른상사", business_number=None)]
            self.firm, self.rival = vendor_import.insert_vendors(tx, made, at=NOW)

    def bought(self, day: str, amount: int, **changes: Any) -> int:
        given: dict[str, Any] = {
            "organisation_id": self.own,
            "contract_date": date.fromisoformat(day),
            "amount": amount,
            "firm": Firm("(주)물빛인쇄", self.firm),
            "item": "현수막",
        }
        with self.database.write() as tx:
            draft = a_draft(**(given | changes))
            return purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=NOW).id

    def before(self, **changes: Any) -> Before:
        given: dict[str, Any] = {
            "organisation_id": self.own,
            "item": "현수막",
            "firm": Firm("(주)물빛인쇄", self.firm),
            "day": DAY,
            "year_ago": YEAR_AGO,
            "year": YEAR,
        }
        with self.database.read() as tx:
            return purchase_sums.before(tx, **(given | changes))


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


def test_nothing_was_bought_before_the_first(town: Town) -> None:
    assert town.before() == Before()


def test_twelve_months_reach_back_and_the_fiscal_year_reaches_on(town: Town) -> None:
    town.bought("2026-06-13", 1)  # Saturday, a day too early
    town.bought("2026-06-14", 2)
    town.bought("2026-12-31", 4)
    town.bought("2027-01-01", 8)
    town.bought("2027-06-14", 16)
    town.bought("2027-06-15", 32)  # reported later, contracted later: of the year, not of the twelve months
    town.bought("2027-12-31", 64)
    town.bought("2028-01-01", 128)
    found = town.before()
    assert (found.item_twelve, found.item_year) == (Bought(4, 30), Bought(4, 120))
    assert (found.firm_twelve, found.firm_year) == (Bought(4, 30), Bought(4, 120))
    assert (found.own_firm, found.city_firm, found.whole) == (Bought(4, 120), Bought(4, 120), Bought(4, 120))


def test_item_firm_and_organisation_are_kept_apart(town: Town) -> None:
    town.bought("2027-03-02", 1, item="현 수막")  # another spelling of the same
    town.bought("2027-03-02", 2, item="명함")
    town.bought("2027-03-02", 4, item="", firm=Firm("다른상사", town.rival))
    town.bought("2027-03-02", 8, organisation_id=town.other)
    town.bought("2027-03-02", 16, method=BID)
    cancelled = town.bought("2027-03-02", 32)
    with town.database.write() as tx:
        purchases.cancel(tx, cancelled, 1, actor=REPORTER, at=NOW)
    found = town.before()
    assert found.item_year == Bought(1, 1)
    assert found.firm_year == Bought(2, 3)
    assert found.own_firm == Bought(3, 19)
    assert found.city_firm == Bought(4, 27)
    assert found.whole == Bought(4, 23)
    assert town.before(item="  ").item_year == Bought(0, 0)


def test_the_purchase_that_is_being_changed_is_left_out(town: Town) -> None:
    town.bought("2027-03-02", 1)
    own = town.bought("2027-03-02", 2, method=CARD)
    assert town.before(besides=own).item_year == Bought(1, 1)
    assert town.before(besides=own).whole == Bought(1, 1)


def test_all_records_of_a_firm_are_one_firm(town: Town) -> None:
    town.bought("2027-03-02", 1)
    town.bought("2027-03-02", 2, firm=Firm("다른상사", town.rival))
    assert town.before().firm_year == Bought(1, 1)
    with town.database.write() as tx:
        vendor_retirements.retire(tx, town.rival, DAY, "같은 업체", by=OFFICER, at=NOW, merged_into=town.firm)
    assert town.before().firm_year == Bought(2, 3)


def test_a_firm_that_the_registry_lacks_is_met_by_name_and_number(town: Town) -> None:
    typed = Firm("새벽공방", None, "1234567891", "어디")
    town.bought("2027-03-02", 1, firm=typed)
    town.bought("2027-03-02", 2, firm=Firm("새벽공방", None, None, "어디"))
    town.bought("2027-03-02", 4, firm=Firm("새벽 다방", None, "1234567891", "어디"))
    assert town.before(firm=typed).firm_year == Bought(1, 1)
    assert town.before(firm=Firm("새벽공방")).firm_year == Bought(1, 2)


def test_the_whole_is_read_only_where_it_is_asked_for(town: Town) -> None:
    town.bought("2027-03-02", 1)
    assert town.before(whole=False).whole == Bought(0, 0)


def test_no_sum_goes_through_all_purchases_of_the_city(sqlite_database: Database) -> None:
    """Of the firm its own rows are read; item and whole year have totals, in which they are found by their key."""
    statement = purchase_sums.asked(item=True, registered=True, whole=True)
    with sqlite_database.read() as tx:
        compiled = statement.compile(tx.engine)
        given = tuple([1] * len(compiled.positiontup or ()))
        plan = [str(row[-1]) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled.string}", given)]
    read = [line for line in plan if "purchases" in line or "totals" in line]
    of_firm = "SEARCH purchases USING INDEX ix_purchases_vendor (vendor_id=? AND contract_date>? AND contract_date<?)"
    assert read == [
        of_firm,  # with the records that were merged into it
        "SEARCH item_day_totals USING PRIMARY KEY (organisation_id=? AND item_key=? AND day>? AND day<?)",
        "SEARCH yearly_totals USING PRIMARY KEY (year=? AND organisation_id=?)",
    ]


def test_no_plan_of_the_first_day_goes_through_all_purchases(postgres_database: Database) -> None:
    """PostgreSQL plans once for a connection, and then there may be no purchase yet: whatever is read by key must be
    read by that key.
    """
    of_firm = purchase_sums.asked(item=True, registered=True, whole=True)
    plans = {}
    with postgres_database.read() as tx:
        for name, statement in (("sums", of_firm), ("questions", report_questions.FOUND)):
            text = str(statement.compile(tx.engine)).replace("::VARCHAR", "::TEXT")
            plans[name] = "\n".join(tx.exec_driver_sql(f"EXPLAIN (GENERIC_PLAN) {_numbered(text)}").scalars())
    assert "ix_purchases_vendor" in plans["sums"]
    assert "vendor_id = ANY" in plans["sums"]
    assert "ix_purchases_day" in plans["questions"]
    assert "amount >= $" in plans["questions"]
    assert not [plan for plan in plans.values() if "Seq Scan on purchases" in plan]


def _numbered(text: str) -> str:
    """Its parameters as PostgreSQL itself counts them."""
    names: dict[str, int] = {}
    return re.sub(r"%\((\w+)\)s", lambda found: f"${names.setdefault(found[1], len(names) + 1)}", text)
