"""What was bought from a firm: which reports count, and whose they are once records were merged."""

from datetime import UTC, date, datetime, timedelta

from gwannae.programme.purchases import Firm
from gwannae.programme.vendor_card import Bought
from gwannae.storage import organisations, purchases, vendor_import, vendor_purchases, vendor_retirements, vendors
from gwannae.storage.database import Database, Transaction
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
FIRST, LAST = date(2025, 11, 23), date(2026, 11, 23)


def _buy(tx: Transaction, organisation: int, vendor_id: int, *days: date) -> int:
    """Reports of these contract dates; the id of the last one."""
    stored = 0
    for day in days:
        draft = a_draft(organisation_id=organisation, firm=Firm("물빛인쇄", vendor_id=vendor_id), contract_date=day)
        stored = purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=NOW).id
    return stored


def _times_bought(tx: Transaction, counted: list[int]) -> dict[int, int]:
    return vendors.vendors_and_times_bought(tx, [], counted, FIRST, LAST)[1]


def test_a_firms_purchases_of_a_span_are_counted_with_those_of_records_merged_into_it(database: Database) -> None:
    day = timedelta(days=1)
    with database.write() as tx:
        organisation = organisations.save_organisations(tx, [a_seed()]).added[0].id
        names = ("물빛인쇄", "물빛", "솔숲문구", "볕뉘상사")
        firms = [a_vendor(name=name, business_number=None) for name in names]
        mine, merged, other, never = vendor_import.insert_vendors(tx, firms, at=NOW)
        _buy(tx, organisation, mine, FIRST - day, FIRST, LAST, LAST + day)
        cancelled = _buy(tx, organisation, mine, LAST)
        purchases.cancel(tx, cancelled, 1, actor=REPORTER, at=NOW)
        _buy(tx, organisation, merged, LAST)
        _buy(tx, organisation, other, LAST)
        asked = [mine, other, never]
        assert _times_bought(tx, asked) == {mine: 2, other: 1}
        vendor_retirements.retire(tx, merged, LAST, "같은 업체", by=OFFICER, at=NOW, merged_into=mine)
        assert _times_bought(tx, asked) == {mine: 3, other: 1}
        assert _times_bought(tx, [merged]) == {merged: 1}
        assert _times_bought(tx, []) == {}
        amount = a_draft().amount
        assert vendor_purchases.bought_from(tx, [mine, merged], FIRST, LAST) == Bought(3, 3 * amount)
