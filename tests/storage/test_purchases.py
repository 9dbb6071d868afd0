"""Reported purchases: stored once, changed in turn, added up right."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from gwannae.programme.purchases import Draft, Firm, Purchase, PurchaseKind, PurchaseState
from gwannae.programme.standings import Total
from gwannae.programme.vendor_status import StateFact, VendorState
from gwannae.programme.verdict import Reason, Ruling, Verdict
from gwannae.storage import organisations, purchases, vendor_import
from gwannae.storage.database import Database, Transaction
from gwannae.storage.pictures import judgement_from, judgement_json
from gwannae.storage.purchases import AlreadyStoredError, NoPurchaseError, ReferenceGoneError, StaleError
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed, a_vendor

NOW = datetime(2026, 11, 23, 18, 30, tzinfo=timezone(timedelta(hours=9)))
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def general(database: Database) -> int:
    """The id of a division; another one has the next id."""
    with database.write() as tx:
        return organisations.save_organisations(tx, [a_seed(), a_seed(code="library", name="도서관")]).added[0].id


def _add(tx: Transaction, draft: Draft, verdict: Verdict = Verdict.LOCAL) -> Purchase:
    judgement = a_judgement(verdict=verdict)
    return purchases.add(tx, draft, judgement, actor=REPORTER, self_declared=False, at=NOW)


def _together(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_report_is_read_back_as_it_was_stored(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general, amount=10**15, title="<!channel> '; DROP TABLE purchases; -- 🙂")
    judgement = a_judgement(address=None, reasons=(Reason.ADDRESS_NONE,), verdict=Verdict.UNCONFIRMED)
    with database.write() as tx:
        stored = purchases.add(tx, draft, judgement, actor=REPORTER, self_declared=True, at=NOW)
    with database.read() as tx:
        assert purchases.purchase(tx, stored.id) == stored
        assert purchases.by_form_key(tx, draft.form_key) == stored
        assert purchases.by_form_key(tx, "other") is None
        assert purchases.purchase(tx, stored.id + 1) is None
    assert (stored.draft, stored.judgement, stored.state) == (draft, judgement, PurchaseState.REPORTED)
    assert (stored.version, stored.self_declared) == (1, True)
    assert stored.reported_at == stored.changed_at == NOW
    assert stored.reported_at.tzinfo is UTC


def test_the_same_form_twice_is_one_purchase(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
    with database.write() as tx:
        with pytest.raises(AlreadyStoredError) as caught:
            _add(tx, replace(draft, amount=1))
        assert caught.value.purchase == first
        assert purchases.recent_of(tx, REPORTER.team_id, REPORTER.user_id, 9) == [first]  # still usable


def test_of_twenty_at_once_one_is_stored_and_nineteen_are_told(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    stored: list[int] = []
    told: list[int] = []

    def press(_: int) -> None:
        try:
            with database.write() as tx:
                stored.append(_add(tx, draft).id)
        except AlreadyStoredError as error:
            told.append(error.purchase.id)

    _together(20, press)
    assert len(stored) == 1
    assert told == stored * 19
    with database.read() as tx:
        assert tx.execute(text("SELECT count(*) FROM purchases")).scalar() == 1
        assert tx.execute(text("SELECT count(*) FROM purchase_versions")).scalar() == 1


def test_a_change_is_the_next_version_and_the_history_keeps_both(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    later = NOW + timedelta(hours=1)
    changed = replace(draft, amount=2_200_000, organisation_id=general + 1)
    outside = a_judgement(verdict=Verdict.OUTSIDE, rule_version="2026-2")
    with database.write() as tx:
        first = _add(tx, draft)
        second = purchases.change(tx, first.id, 1, changed, outside, actor=OFFICER, at=later)
        cancelled = purchases.cancel(tx, first.id, 2, actor=REPORTER, at=later)
        history = purchases.history(tx, first.id)
        assert purchases.history(tx, first.id + 1) == []
    assert (second.draft, second.judgement, second.version) == (changed, outside, 2)
    assert (second.reported_at, second.changed_at) == (NOW, later)
    assert second.reporter_user == REPORTER.user_id
    assert cancelled == replace(second, state=PurchaseState.CANCELLED, version=3)
    assert [(v.version, v.draft, v.judgement, v.state, v.changed_by_user) for v in history] == [
        (1, draft, a_judgement(), PurchaseState.REPORTED, REPORTER.user_id),
        (2, changed, outside, PurchaseState.REPORTED, OFFICER.user_id),
        (3, changed, outside, PurchaseState.CANCELLED, REPORTER.user_id),
    ]
    assert [v.changed_at for v in history] == [NOW, later, later]


def test_a_change_of_an_old_version_is_stale(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
        second = purchases.change(tx, first.id, 1, draft, a_judgement(), actor=REPORTER, at=NOW)
    for press in (
        lambda tx: purchases.change(tx, first.id, 1, draft, a_judgement(), actor=OFFICER, at=NOW),
        lambda tx: purchases.cancel(tx, first.id, 1, actor=OFFICER, at=NOW),
    ):
        with pytest.raises(StaleError) as caught, database.write() as tx:
            press(tx)
        assert caught.value.purchase == second


def test_what_is_cancelled_is_not_changed_or_cancelled_again(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
        cancelled = purchases.cancel(tx, first.id, 1, actor=REPORTER, at=NOW)
    for press in (
        lambda tx: purchases.change(tx, first.id, 2, draft, a_judgement(), actor=OFFICER, at=NOW),
        lambda tx: purchases.cancel(tx, first.id, 2, actor=OFFICER, at=NOW),
    ):
        with pytest.raises(StaleError) as caught, database.write() as tx:
            press(tx)
        assert caught.value.purchase == cancelled


def test_what_was_cancelled_counts_again_once_it_is_restored(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
        with pytest.raises(StaleError):
            purchases.restore(tx, first.id, 1, actor=REPORTER, at=NOW)
        purchases.cancel(tx, first.id, 1, actor=REPORTER, at=NOW)
        assert purchases.totals(tx, *YEAR) == []
        restored = purchases.restore(tx, first.id, 2, actor=OFFICER, at=NOW)
        assert restored == replace(first, version=3, changed_at=restored.changed_at)
        assert [t.count for t in purchases.totals(tx, *YEAR)] == [1]
        with pytest.raises(StaleError):
            purchases.restore(tx, first.id, 2, actor=REPORTER, at=NOW)
        states = [(v.state, v.changed_by_user) for v in purchases.history(tx, first.id)]
    assert states == [
        (PurchaseState.REPORTED, REPORTER.user_id),
        (PurchaseState.CANCELLED, REPORTER.user_id),
        (PurchaseState.REPORTED, OFFICER.user_id),
    ]


def test_a_verdict_by_the_offices_word_is_kept_with_its_reason_and_signer(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    ruling = Ruling("등기부 확인", OFFICER.team_id, OFFICER.user_id, date(2026, 11, 23))
    ruled = a_judgement(verdict=Verdict.OUTSIDE, ruling=ruling)
    with database.write() as tx:
        first = _add(tx, draft)
        purchases.change(tx, first.id, 1, draft, ruled, actor=OFFICER, at=NOW)
        kept = purchases.purchase(tx, first.id)
        assert kept is not None
        assert kept.judgement == ruled
        assert [v.judgement.ruling for v in purchases.history(tx, first.id)] == [None, ruling]


def test_of_two_changes_at_once_one_is_stale(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
    done: list[int] = []
    stale: list[int] = []

    def change(number: int) -> None:
        try:
            with database.write() as tx:
                mine = replace(draft, amount=1000 + number)
                done.append(purchases.change(tx, first.id, 1, mine, a_judgement(), actor=REPORTER, at=NOW).draft.amount)
        except StaleError as error:
            stale.append(error.purchase.draft.amount)

    _together(8, change)
    assert len(done) == 1
    assert stale == done * 7


def test_a_form_that_changes_changes_once(database: Database, general: int) -> None:
    draft = a_draft(organisation_id=general)
    with database.write() as tx:
        first = _add(tx, draft)
        change = a_draft(organisation_id=general, amount=5)
        second = purchases.change(tx, first.id, 1, change, a_judgement(), actor=REPORTER, at=NOW)
        assert second.draft == replace(change, form_key=draft.form_key)
        with pytest.raises(AlreadyStoredError) as caught:
            purchases.change(tx, first.id, 1, change, a_judgement(), actor=REPORTER, at=NOW)
        assert caught.value.purchase == second
        assert [v.draft.form_key for v in purchases.history(tx, first.id)] == [draft.form_key] * 2


def test_one_change_that_comes_many_times_at_once_changes_once_and_is_never_called_stale(
    database: Database, general: int
) -> None:
    with database.write() as tx:
        first = _add(tx, a_draft(organisation_id=general))
    change = a_draft(organisation_id=general, amount=5)
    ended: list[str] = []
    begun = threading.Barrier(6)

    def press(_: int) -> None:
        begun.wait()
        try:
            with database.write() as tx:
                purchases.change(tx, first.id, 1, change, a_judgement(), actor=REPORTER, at=NOW)
            ended.append("changed")
        except (AlreadyStoredError, StaleError) as error:
            ended.append(type(error).__name__)

    _together(6, press)
    assert sorted(ended) == ["AlreadyStoredError"] * 5 + ["changed"]


def test_a_purchase_that_is_not_there_cannot_be_changed(database: Database, general: int) -> None:
    with database.write() as tx, pytest.raises(NoPurchaseError):
        purchases.cancel(tx, 999, 1, actor=REPORTER, at=NOW)
    with database.write() as tx, pytest.raises(NoPurchaseError):
        purchases.change(tx, 999, 1, a_draft(), a_judgement(), actor=REPORTER, at=NOW)


def test_a_firm_or_an_organisation_that_is_gone_is_named(database: Database, general: int) -> None:
    with database.write() as tx:
        (vendor_id,) = vendor_import.insert_vendors(tx, [a_vendor()], at=NOW)
        of_firm = a_draft(organisation_id=general, firm=Firm("물빛인쇄", vendor_id=vendor_id))
        first = _add(tx, of_firm)
        tx.execute(text("DELETE FROM vendors WHERE id = :id"), {"id": vendor_id})
        kept = purchases.purchase(tx, first.id)
        assert kept is not None
        assert kept.draft.firm == Firm("물빛인쇄")
    for kind, gone, draft in (
        ("vendor", vendor_id, replace(of_firm, form_key="other")),
        ("organisation", 999, a_draft(organisation_id=999)),
    ):
        with pytest.raises(ReferenceGoneError) as caught, database.write() as tx:
            _add(tx, draft)
        assert (caught.value.kind, caught.value.id) == (kind, gone)
        with pytest.raises(ReferenceGoneError), database.write() as tx:
            purchases.change(tx, first.id, 1, draft, a_judgement(), actor=REPORTER, at=NOW)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": 0},
        {"amount": -1},
        {"title": ""},
        {"form_key": ""},
        {"firm": Firm("")},
        {"firm": Firm("a", None, "1")},
    ],
)
def test_the_table_refuses_what_no_form_lets_through(
    database: Database, general: int, changes: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), database.write() as tx:
        _add(tx, a_draft(organisation_id=general, **changes))


def test_what_a_person_reported_comes_latest_first(database: Database, general: int) -> None:
    with database.write() as tx:
        stored = [_add(tx, a_draft(organisation_id=general)) for _ in range(3)]
        assert purchases.recent_of(tx, REPORTER.team_id, REPORTER.user_id, 2) == stored[:0:-1]
        assert purchases.recent_of(tx, REPORTER.team_id, OFFICER.user_id, 2) == []


def test_totals_are_what_adding_up_by_hand_gives(database: Database, general: int) -> None:
    chance = random.Random(20261123)  # noqa: S311
    expected: dict[tuple[int, PurchaseKind, Verdict], list[int]] = {}
    with database.write() as tx:
        for _ in range(500):
            draft = a_draft(
                organisation_id=general + chance.randrange(2),
                kind=chance.choice(list(PurchaseKind)),
                amount=chance.choice([1, 999, 10**12]) * chance.randint(1, 99),
                contract_date=date(2025, 12, 30) + timedelta(days=chance.randrange(370)),
            )
            verdict = chance.choice(list(Verdict))
            stored = _add(tx, draft, verdict)
            if chance.random() < 0.1:
                purchases.cancel(tx, stored.id, 1, actor=REPORTER, at=NOW)
            elif YEAR[0] <= draft.contract_date <= YEAR[1]:
                expected.setdefault((draft.organisation_id, draft.kind, verdict), []).append(draft.amount)
    totals = {Total(*key, len(amounts), sum(amounts)) for key, amounts in expected.items()}
    with database.read() as tx:
        found = purchases.totals(tx, *YEAR)
        assert len(found) == len(set(found))
        assert set(found) == totals
        mine = purchases.totals(tx, *YEAR, organisation_id=general)
        assert set(mine) == {t for t in totals if t.organisation_id == general}
        assert all(type(total.amount) is int for total in found)
        assert purchases.totals(tx, date(2024, 1, 1), date(2024, 12, 31)) == []


def test_a_year_is_read_from_its_totals_and_from_no_purchase(sqlite_database: Database) -> None:
    with sqlite_database.read() as tx:
        for of in (None, 1):
            statements: list[str] = []
            connection = tx.connection.driver_connection
            assert connection is not None
            connection.set_trace_callback(statements.append)
            purchases.totals(tx, *YEAR, organisation_id=of)
            connection.set_trace_callback(None)
            (asked,) = (one for one in statements if one.startswith("SELECT"))
            assert "FROM yearly_totals" in asked
            assert "purchases" not in asked


def test_a_verdict_keeps_what_was_known_of_the_firm_being_open_and_older_ones_are_read_without(
    database: Database, general: int
) -> None:
    state = StateFact(VendorState.CLOSED, date(2026, 2, 1), date(2026, 3, 2), "국세청")
    with_state = a_judgement(reasons=(Reason.CLOSED, Reason.ADDRESS_IN_CITY), state=state)
    picture = judgement_json(with_state)
    assert judgement_from(picture) == with_state
    del picture["state"]
    assert judgement_from(picture) == replace(with_state, state=None)
    with database.write() as tx:
        draft = a_draft(organisation_id=general)
        stored = purchases.add(tx, draft, with_state, actor=REPORTER, self_declared=False, at=NOW)
    with database.read() as tx:
        assert purchases.purchase(tx, stored.id) == stored
    assert stored.judgement == with_state
