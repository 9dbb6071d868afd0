"""What the tax office answered: kept answer by answer, the newest holds, and who is due comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError

from gwannae.programme.vendor_status import NumberStatus, StatusChange, VendorCheck, VendorState, VendorStatus
from gwannae.storage import vendor_import, vendor_retirements, vendor_update, vendors
from gwannae.storage.database import Database, Transaction
from gwannae.storage.tables import registry
from gwannae.storage.tables.checks import vendor_checks
from gwannae.storage.vendor_checks import Coverage, checks_of, coverage, due_vendors, not_open, record_checks
from gwannae.storage.vendor_identity import content_digest
from tests.builders import OFFICER, a_vendor
from tests.readers.pretend_services import business_numbers

NOW = datetime(2027, 3, 2, 0, 30, tzinfo=UTC)
STALE = timedelta(days=90)
FIRST, SECOND, THIRD = business_numbers(3)
CLOSING = date(2027, 2, 1)


def firms(tx: Transaction, *numbers: str | None) -> list[int]:
    """Firms of these numbers, with these ids."""
    some = [a_vendor(name=f"가상{at}", business_number=number) for at, number in enumerate(numbers)]
    return vendor_import.insert_vendors(tx, some, at=NOW)


def a_check(vendor_id: int, number: str = FIRST, state: VendorState = VendorState.OPEN, **more: object) -> VendorCheck:
    closed_on = CLOSING if state is VendorState.CLOSED else None
    check = VendorCheck(vendor_id, NumberStatus(number, state, closed_on, "일반과세자"), NOW, "국세청", "", "cli")
    return replace(check, **more)  # type: ignore[arg-type]


def due(tx: Transaction, now: datetime = NOW) -> list[int]:
    return [firm.vendor_id for firm in due_vendors(tx, before=now - STALE, now=now)]


def test_the_newest_answer_is_the_status_of_a_firm(database: Database) -> None:
    with database.write() as tx:
        checked, unchecked = firms(tx, FIRST, SECOND)
        record_checks(tx, [a_check(checked)])
        record_checks(tx, [a_check(checked, state=VendorState.CLOSED, team_id="T1", user_id="U1")])

        assert vendors.vendors(tx, [checked, unchecked])[unchecked].status == VendorStatus()
        found = vendors.vendor(tx, checked)
        assert found is not None
        assert found.status == VendorStatus(VendorState.CLOSED, CLOSING, "일반과세자", NOW, "국세청", "U1")
        assert vendors.by_business_number(tx, FIRST) == found


def test_every_answer_stays_the_newest_first(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
        given = [a_check(vendor_id, state=state) for state in VendorState if state is not VendorState.UNKNOWN]
        for check in given:
            record_checks(tx, [check])
        assert checks_of(tx, vendor_id) == given[::-1]
        assert checks_of(tx, vendor_id + 1) == []


def test_a_firm_comes_with_all_its_answers_the_oldest_first(database: Database) -> None:
    """Of two answers of one day the later one tells, for a verdict as for the status."""
    with database.write() as tx:
        checked, unchecked = firms(tx, FIRST, SECOND)
        about_former = a_check(checked)
        open_, closed = a_check(checked, SECOND), a_check(checked, SECOND, VendorState.CLOSED)
        record_checks(tx, [about_former])
        tx.execute(update(registry.vendors).values(business_number=None).where(registry.vendors.c.id == unchecked))
        tx.execute(update(registry.vendors).values(business_number=SECOND).where(registry.vendors.c.id == checked))
        record_checks(tx, [open_])
        record_checks(tx, [closed])
        found = vendors.vendor_and_answers(tx, checked)
        assert found is not None
        assert found == (vendors.vendor(tx, checked), [about_former, open_, closed])
        assert found[0].status.state is VendorState.CLOSED
        assert vendors.vendor_and_answers(tx, unchecked) == (vendors.vendor(tx, unchecked), [])
        assert vendors.vendor_and_answers(tx, checked + 9) is None


def test_never_checked_ones_are_due_first_then_the_longest_unchecked(database: Database) -> None:
    with database.write() as tx:
        numbers = business_numbers(5)
        new, fresh, old, older, _ = ids = firms(tx, *numbers, None)[:5]
        numbered = dict(zip(ids, numbers, strict=True))
        for vendor_id, days in ((fresh, 90), (old, 91), (older, 300), (ids[4], 1)):
            at = NOW - timedelta(days=days)
            record_checks(tx, [a_check(vendor_id, numbered[vendor_id], checked_at=at)])

        assert due(tx) == [new, older, old]
        assert due_vendors(tx, before=NOW - STALE, now=NOW)[0] == (new, numbered[new])
        assert due(tx, NOW + timedelta(seconds=1)) == [new, older, old, fresh]
        assert coverage(tx) == Coverage(vendors=6, numbered=5)


def test_only_the_newest_check_says_whether_a_firm_is_due(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
        record_checks(tx, [a_check(vendor_id, checked_at=NOW - timedelta(days=200))])
        record_checks(tx, [a_check(vendor_id)])
        assert due(tx) == []


def test_a_retired_firm_is_not_asked_for(database: Database) -> None:
    with database.write() as tx:
        kept, retired = firms(tx, FIRST, SECOND)
        vendor_retirements.retire(tx, retired, NOW.date(), "두 번 적힘", by=OFFICER, at=NOW)
        assert due(tx) == [kept]
        assert coverage(tx) == Coverage(vendors=1, numbered=1)


def test_a_check_of_the_future_is_one_of_a_wrong_clock(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
        record_checks(tx, [a_check(vendor_id, checked_at=NOW + timedelta(days=1))])
        assert due(tx) == [vendor_id]


def test_a_firm_whose_number_is_corrected_has_not_been_checked(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
        record_checks(tx, [a_check(vendor_id, state=VendorState.CLOSED)])
        known = vendors.vendors(tx, [vendor_id])[vendor_id]
        corrected = replace(known, business_number=SECOND)
        vendor_update.update_vendors(tx, [corrected], at=NOW, day=NOW.date(), source="고침")

        assert vendors.vendors(tx, [vendor_id])[vendor_id].status == VendorStatus()
        assert due(tx) == [vendor_id]
        assert [check.answer.business_number for check in checks_of(tx, vendor_id)] == [FIRST]


def test_recording_tells_whose_state_is_another(database: Database) -> None:
    with database.write() as tx:
        a, b = firms(tx, FIRST, SECOND)
        first = record_checks(tx, [a_check(a), a_check(b, SECOND, VendorState.SUSPENDED)])
        second = record_checks(tx, [a_check(a, state=VendorState.CLOSED), a_check(b, SECOND, VendorState.SUSPENDED)])

    unknown = VendorState.UNKNOWN
    assert first == [
        StatusChange(a, "가상0", FIRST, unknown, VendorState.OPEN, None),
        StatusChange(b, "가상1", SECOND, unknown, VendorState.SUSPENDED, None),
    ]
    assert second == [StatusChange(a, "가상0", FIRST, VendorState.OPEN, VendorState.CLOSED, CLOSING)]


def test_answers_about_firms_that_are_gone_or_have_another_number_are_dropped(database: Database) -> None:
    with database.write() as tx:
        kept, gone, other = firms(tx, FIRST, SECOND, THIRD)
        tx.execute(text("DELETE FROM vendors WHERE id = :id"), {"id": gone})

        changes = record_checks(tx, [a_check(gone, SECOND), a_check(other, SECOND), a_check(kept)])

        assert [change.vendor_id for change in changes] == [kept]
        assert [len(checks_of(tx, i)) for i in (kept, gone, other)] == [1, 0, 0]
        assert record_checks(tx, []) == []


def test_a_status_is_no_part_of_what_sources_say_of_a_firm(database: Database) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
        before = vendors.vendors(tx, [vendor_id])[vendor_id]
        record_checks(tx, [a_check(vendor_id, state=VendorState.CLOSED)])
        after = vendors.vendors(tx, [vendor_id])[vendor_id]
        assert content_digest(after) == content_digest(before)
        assert vendor_update.update_vendors(tx, [after], at=NOW, day=NOW.date(), source="다시") == []

        renamed = replace(after, name="다른이름")
        vendor_update.update_vendors(tx, [renamed], at=NOW, day=NOW.date(), source="새 명부")
        assert vendor_update.history(tx, vendor_id) == [before]
        assert vendors.vendors(tx, [vendor_id])[vendor_id].status == after.status


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "unknown"},
        {"state": "asleep"},
        {"closed_on": CLOSING},
        {"business_number": "123"},
        {"source": ""},
        {"user_id": ""},
        {"vendor_id": 99},
    ],
)
def test_the_table_refuses_what_no_answer_can_be(database: Database, wrong: dict[str, object]) -> None:
    with database.write() as tx:
        (vendor_id,) = firms(tx, FIRST)
    row = {
        "vendor_id": vendor_id,
        "business_number": FIRST,
        "state": "open",
        "tax_type": "",
        "checked_at": NOW,
        "source": "국세청",
        "team_id": "",
        "user_id": "cli",
    }
    with database.write() as tx:
        tx.execute(insert(vendor_checks), row)
    with pytest.raises(IntegrityError), database.write() as tx:
        tx.execute(insert(vendor_checks), row | wrong)


def test_the_closed_and_the_suspended_are_known_by_their_newest_answer(database: Database) -> None:
    with database.write() as tx:
        closed, suspended, again_open, other_number, unchecked = firms(tx, *business_numbers(5))
        numbers = dict(zip((closed, suspended, again_open, other_number), business_numbers(5), strict=False))
        shut = {closed: VendorState.CLOSED, suspended: VendorState.SUSPENDED, again_open: VendorState.CLOSED}
        record_checks(tx, [a_check(i, numbers[i], state) for i, state in shut.items()])
        record_checks(tx, [a_check(other_number, numbers[other_number], VendorState.CLOSED)])
        record_checks(tx, [a_check(again_open, numbers[again_open])])
        known = vendors.vendor(tx, other_number)
        assert known is not None
        corrected = replace(known, business_number=None)
        assert vendor_update.correct_vendor(tx, corrected, at=NOW, reason="번호가 틀림") is not None

        found = not_open(tx)
        assert unchecked not in found
        assert {i: (status.state, status.closed_on) for i, status in found.items()} == {
            closed: (VendorState.CLOSED, CLOSING),
            suspended: (VendorState.SUSPENDED, None),
        }
        assert {i: vendors.vendors(tx, [i])[i].status for i in found} == found
