"""Which firms have changed since somebody read the registry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gwannae.programme.vendor_status import NumberStatus, VendorCheck, VendorState
from gwannae.storage import vendor_import, vendor_retirements, vendor_update, vendors, words
from gwannae.storage.database import Database, Transaction
from gwannae.storage.registry_changes import changed_since
from gwannae.storage.vendor_checks import record_checks
from tests.builders import OFFICER, a_vendor

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
DAY = date(2027, 6, 15)
NUMBER = "1234567891"


def told(tx: Transaction) -> int:
    """What the counter stands at after a change is told."""
    vendor_import.end_import(tx, as_of=None, at=NOW)
    return words.registry_version(tx)


def three_firms(tx: Transaction) -> int:
    firms = [a_vendor(name=f"가상{n}", business_number=NUMBER if n == 1 else None) for n in range(3)]
    assert vendor_import.insert_vendors(tx, firms, at=NOW) == [1, 2, 3]
    return told(tx)


def correct(tx: Transaction) -> None:
    vendor_update.correct_vendor(tx, replace(vendors.vendors(tx, [2])[2], name="다른이름"), at=NOW, reason="바로잡음")


def name_newer(tx: Transaction) -> None:
    said = replace(vendors.vendors(tx, [2])[2], as_of=DAY)
    vendor_update.update_vendors(tx, [said], at=NOW, day=DAY, source="새 명부")


def retire(tx: Transaction) -> None:
    vendor_retirements.retire(tx, 2, DAY, "폐업", by=OFFICER, at=NOW)


def answer(tx: Transaction, state: VendorState) -> None:
    record_checks(tx, [VendorCheck(2, NumberStatus(NUMBER, state), NOW, "국세청", "", "cli")])


def close(tx: Transaction) -> None:
    answer(tx, VendorState.CLOSED)


@pytest.mark.parametrize("change", [correct, name_newer, retire, close])
def test_a_changed_firm_is_named_until_it_was_read(database: Database, change: Callable[[Transaction], None]) -> None:
    with database.write() as tx:
        before = three_firms(tx)
        assert changed_since(tx, before, 10) == []
        change(tx)
        after = told(tx)
        assert changed_since(tx, before, 10) == [2]
        assert changed_since(tx, after, 10) == []


def test_who_comes_back_to_the_list_or_opens_again_has_changed(database: Database) -> None:
    with database.write() as tx:
        three_firms(tx)
        retire(tx)
        close(tx)
        before = told(tx)
        assert vendor_retirements.restore(tx, 2)
        between = told(tx)
        assert changed_since(tx, before, 10) == [2]
        answer(tx, VendorState.OPEN)
        told(tx)
        assert changed_since(tx, between, 10) == [2]


def test_a_firm_that_is_open_as_before_has_not_changed(database: Database) -> None:
    with database.write() as tx:
        before = three_firms(tx)
        answer(tx, VendorState.OPEN)
        told(tx)
        assert changed_since(tx, before, 10) == []


def test_a_merger_changes_both(database: Database) -> None:
    with database.write() as tx:
        before = three_firms(tx)
        vendor_retirements.retire(tx, 3, DAY, "같은 업체", by=OFFICER, at=NOW, merged_into=1)
        told(tx)
        assert sorted(changed_since(tx, before, 10) or ()) == [1, 3]


def test_what_is_not_told_yet_is_named_by_the_next_version(database: Database) -> None:
    with database.write() as tx:
        before = three_firms(tx)
        close(tx)
    with database.write() as tx:  # somebody else tells something of his own first
        vendor_update.correct_vendor(tx, replace(vendors.vendors(tx, [1])[1], name="다른이름"), at=NOW, reason="")
        told(tx)
    with database.read() as tx:
        assert sorted(changed_since(tx, before, 10) or ()) == [1, 2]


def test_more_than_are_worth_naming_are_not_named(database: Database) -> None:
    with database.write() as tx:
        three_firms(tx)
        assert changed_since(tx, 0, 2) is None
        assert sorted(changed_since(tx, 0, 3) or ()) == [1, 2, 3]
