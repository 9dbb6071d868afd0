"""Firms corrected by hand, firms off the list, and what staff say is wrong: on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gwannae.programme.vendor_doubts import DoubtKind, DoubtState
from gwannae.storage import vendor_doubts, vendor_import, vendor_retirements, vendor_update
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Database
from gwannae.storage.outlines import outlines
from tests.builders import OFFICER, REPORTER, a_vendor, an_address

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
DAY = date(2027, 6, 15)


@pytest.fixture
def pair(database: Database) -> tuple[int, int]:
    """Two firms."""
    with database.write() as tx:
        first, second = vendor_import.insert_vendors(
            tx, [a_vendor(), a_vendor(name="솔숲문구", business_number=None)], at=NOW
        )
    return first, second


def test_a_correction_is_stored_as_given_with_the_reason_beside_what_was(
    database: Database, pair: tuple[int, int]
) -> None:
    closed = (an_address(since=date(2020, 1, 1), until=DAY),)
    with database.write() as tx:
        known = vendor_store.vendors(tx, pair)[pair[0]]
        after = vendor_update.correct_vendor(tx, replace(known, addresses=closed), at=NOW, reason="이전 확인")
        assert after is not None
        assert (after.addresses, after.version) == (closed, 2)
        assert vendor_update.history(tx, pair[0]) == [known]
        assert vendor_update.correct_vendor(tx, after, at=NOW, reason="again") is None
        with pytest.raises(vendor_update.MovedOnError):
            vendor_update.correct_vendor(tx, replace(known, trade="문구"), at=NOW, reason="late")
        with pytest.raises(vendor_update.NoVendorError):
            vendor_update.correct_vendor(tx, replace(known, id=999), at=NOW, reason="gone")


def test_a_retired_firm_is_in_no_list_and_can_come_back(database: Database, pair: tuple[int, int]) -> None:
    first, second = pair
    with database.write() as tx:
        vendor_retirements.retire(tx, first, DAY, "폐업", by=OFFICER, at=NOW)
        assert [firm.id for firm in outlines(tx)] == [second]
        assert vendor_store.by_number_beginning(tx, "123", 10) == []
        assert vendor_store.registry(tx).vendors == 1
        retired = vendor_retirements.retirement(tx, first)
        assert retired is not None
        assert (retired.day, retired.reason, retired.merged_into) == (DAY, "폐업", None)
        assert vendor_retirements.restore(tx, first)
        assert not vendor_retirements.restore(tx, first)
        assert len(list(outlines(tx))) == 2


def test_records_merged_by_turns_all_lead_to_the_last(database: Database, pair: tuple[int, int]) -> None:
    first, second = pair
    with database.write() as tx:
        [third] = vendor_import.insert_vendors(tx, [a_vendor(name="새봄", business_number=None)], at=NOW)
        vendor_retirements.retire(tx, first, DAY, "같음", by=OFFICER, at=NOW, merged_into=second)
        vendor_retirements.retire(tx, second, DAY, "같음", by=OFFICER, at=NOW, merged_into=third)
        assert list(vendor_retirements.merged_into(tx, third)) == [first, second]
        assert not vendor_retirements.restore(tx, first)


def test_a_doubt_is_taken_once_and_settled_once(database: Database, pair: tuple[int, int]) -> None:
    with database.write() as tx:
        for fresh in (True, False):
            doubt, is_new = vendor_doubts.add(
                tx, pair[0], DoubtKind.PHONE, "번호가 다릅니다", form_key="k", by=REPORTER, at=NOW
            )
            assert is_new is fresh
        assert vendor_doubts.open_doubts(tx) == (doubt,)
        assert vendor_doubts.settle(tx, doubt.id, DoubtState.KEPT, by=OFFICER, at=NOW)
        assert not vendor_doubts.settle(tx, doubt.id, DoubtState.MENDED, by=OFFICER, at=NOW)
        settled = vendor_doubts.doubt(tx, doubt.id)
        assert settled is not None
        assert settled.state is DoubtState.KEPT
        assert vendor_doubts.open_doubts(tx) == ()
        assert vendor_doubts.doubt(tx, 999) is None
