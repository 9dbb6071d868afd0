"""From whom the city bought and who was looked at, as it stood when a day began."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from gwannae.programme.purchases import Firm
from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState
from gwannae.storage import organisations, purchases, vendor_import, vendor_retirements, vendor_update, vendors
from gwannae.storage.database import Database, Transaction
from gwannae.storage.vendor_checks import record_checks
from gwannae.storage.vendor_merits import bought_from_at, checked_between, with_merged
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor
from tests.readers.pretend_services import business_numbers

MIDNIGHT = datetime(2027, 6, 14, 15, 0, tzinfo=UTC)  # in Seoul
BEFORE, AFTER = MIDNIGHT - timedelta(seconds=1), MIDNIGHT
FIRST, LAST = date(2026, 6, 15), date(2027, 6, 15)
NUMBERS = business_numbers(2)


def three_firms(tx: Transaction) -> list[int]:
    return vendor_import.insert_vendors(
        tx, [a_vendor(name=f"가상{n}", business_number=None) for n in range(3)], at=BEFORE
    )


def report(tx: Transaction, vendor_id: int, day: date = LAST, at: datetime = BEFORE) -> purchases.Purchase:
    draft = a_draft(organisation_id=1, firm=Firm("가상", vendor_id), contract_date=day)
    return purchases.add(tx, draft, a_judgement(), actor=REPORTER, self_declared=False, at=at)


def bought(tx: Transaction) -> frozenset[int]:
    return bought_from_at(tx, FIRST, LAST, MIDNIGHT)


def test_purchases_of_twelve_months_that_were_reported_before_the_day(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed()])
        early, late, today = three_firms(tx)
        report(tx, early, FIRST)
        report(tx, late, FIRST - timedelta(days=1))
        report(tx, today, at=AFTER)
        assert bought(tx) == {early}
        assert bought_from_at(tx, FIRST, LAST, MIDNIGHT + timedelta(days=1)) == {early, today}


def test_what_is_changed_or_cancelled_during_the_day_counts_as_it_stood(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed()])
        moved, cancelled, other = three_firms(tx)
        first, second = report(tx, moved), report(tx, cancelled)
        draft = replace(first.draft, form_key="again", firm=Firm("가상", other))
        purchases.change(tx, first.id, 1, draft, a_judgement(), actor=REPORTER, at=AFTER)
        purchases.cancel(tx, second.id, 1, actor=REPORTER, at=AFTER)
        assert bought(tx) == {moved, cancelled}
        assert bought_from_at(tx, FIRST, LAST, MIDNIGHT + timedelta(days=1)) == {other}


def test_what_was_cancelled_before_counts_nowhere(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed()])
        vendor_id = three_firms(tx)[0]
        purchases.cancel(tx, report(tx, vendor_id).id, 1, actor=REPORTER, at=BEFORE)
        assert bought(tx) == frozenset()


def test_what_was_bought_from_a_record_is_bought_from_the_one_that_stands_for_it(database: Database) -> None:
    with database.write() as tx:
        organisations.save_organisations(tx, [a_seed()])
        kept, record, _ = three_firms(tx)
        report(tx, record)
        vendor_retirements.retire(tx, record, LAST, "같은 업체", by=OFFICER, at=AFTER, merged_into=kept)
        assert bought(tx) == {record}
        assert with_merged(tx, bought(tx)) == {kept, record}
        assert with_merged(tx, frozenset()) == frozenset()


def test_a_check_counts_from_its_day_on_and_for_the_number_that_was_asked(database: Database) -> None:
    since = MIDNIGHT - timedelta(days=30)

    def check(tx: Transaction, vendor_id: int, number: str, at: datetime) -> None:
        answer = NumberStatus(number, VendorState.OPEN, None, "일반과세자")
        record_checks(tx, [VendorCheck(vendor_id, answer, at, "국세청", "", "cli")])

    with database.write() as tx:
        made = [a_vendor(name=f"가상{n}", business_number=number) for n, number in enumerate(NUMBERS)]
        old, lately = vendor_import.insert_vendors(tx, made, at=BEFORE)
        check(tx, old, NUMBERS[0], since - timedelta(seconds=1))
        check(tx, lately, NUMBERS[1], since)
        assert checked_between(tx, since, MIDNIGHT) == {lately}
        check(tx, old, NUMBERS[0], AFTER)
        assert checked_between(tx, since, MIDNIGHT) == {lately}
        assert checked_between(tx, since, AFTER + timedelta(seconds=1)) == {old, lately}
        now = vendors.vendor(tx, lately)
        assert now is not None
        vendor_update.correct_vendor(tx, replace(now, business_number=None), at=AFTER, reason="번호가 다름")
        assert checked_between(tx, since, MIDNIGHT) == frozenset()
