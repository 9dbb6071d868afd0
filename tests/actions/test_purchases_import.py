"""Purchases from a file, from the inbox to 되돌리기: nothing lost, nothing twice, nothing half."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from gwannae.actions import purchase_import_work as long_part
from gwannae.actions import purchases_import as files
from gwannae.actions import report_changes, report_purchase
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.import_questions import Answer, QuestionKind
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchase_imports import ALREADY_OPEN, ImportState, NoSuchImport, Standing
from gwannae.programme.purchase_lines import LineFault
from gwannae.programme.purchases import PurchaseSource, PurchaseState
from gwannae.programme.report_form import RawReport
from gwannae.programme.report_purchase import AlreadyStored, Stored
from gwannae.programme.verdict import Verdict
from gwannae.storage import organisations, purchases
from gwannae.storage.database import Database
from gwannae.storage.purchase_arrivals import AT_ONCE
from tests.actions.importing import a_toolkit
from tests.actions.purchase_files import (
    HEADER,
    LEAD,
    LOCAL,
    NOW,
    OFFICE,
    OUTSIDE,
    STAFF,
    STRANGER,
    answered,
    confirmed,
    content,
    counting,
    drop,
    every,
    roads,
    row,
    run,
    sow,
    standing,
    undone,
)


@pytest.fixture
def toolkit(database: Database) -> Iterator[Toolkit]:
    with a_toolkit(database.url) as made:
        sow(made)
        yield made


def form(toolkit: Toolkit, **changes: Any) -> RawReport:
    """The same purchase by form."""
    values: dict[str, Any] = {
        "form_key": "form-1",
        "organisation_id": roads(toolkit),
        "title": "행사 안내문 인쇄",
        "vendor_id": None,
        "firm_name": "가온인쇄",
        "firm_number": LOCAL,
        "firm_address": "가람도 햇님시 솔숲구 볕뉘로 1",
        "amount": "1,000,000",
        "contract_date": "2027-06-07",
        "kind": "goods",
        "method": "direct_single",
        "item": "",
    }
    return RawReport(**{**values, **changes})


def test_nothing_counts_until_it_is_confirmed_and_one_press_undoes_it(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(row(), row(계약명="책자 인쇄", 업체명="먼데인쇄", 사업자등록번호=OUTSIDE)))
    assert (batch.state, batch.summary.new, batch.summary.won) == (ImportState.READY, 2, 2_000_000)
    assert batch.summary.verdicts == {"unconfirmed": 1, "outside": 1}
    assert counting(toolkit) == []

    assert confirmed(toolkit, batch).state is ImportState.CONFIRMED
    first, second = every(toolkit)
    assert (first.draft.title, first.draft.amount) == ("행사 안내문 인쇄", 1_000_000)
    assert (first.origin.source, first.origin.import_id, first.origin.row) == (PurchaseSource.FILE, batch.id, 2)
    assert (second.judgement.verdict, second.judgement.judged_for.isoformat()) == (Verdict.OUTSIDE, "2027-06-07")
    assert (first.reporter_user, first.self_declared) == (STAFF.user_id, False)

    after = undone(toolkit, batch)
    assert (after.state, after.summary.kept) == (ImportState.UNDONE, 0)
    assert counting(toolkit) == []
    with toolkit.database.read() as tx:
        assert [v.state for v in purchases.history(tx, first.id)] == ["reported", "cancelled"]

    again = drop(toolkit, content(row()))
    assert again.summary.new == 1
    confirmed(toolkit, again)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_000_000)]


def test_the_same_file_again_stores_nothing_and_says_so(toolkit: Toolkit) -> None:
    first = drop(toolkit, content())
    waiting = drop(toolkit, content(), LEAD)
    assert (waiting.state, waiting.fault) == (ImportState.FAILED, ALREADY_OPEN)
    assert waiting.fault_values == {"import": first.id, "user": STAFF.user_id}
    confirmed(toolkit, first)
    after = drop(toolkit, content(), LEAD)
    assert (after.state, after.summary.known, after.summary.counts) == (ImportState.READY, 1, 0)
    assert after.summary.same_as == first.id
    refused = files.confirm(toolkit, LEAD, after.id, NOW)
    assert isinstance(refused, Standing)
    assert not refused.done


@pytest.mark.parametrize("whose", ["roads", "arts"])
def test_who_reports_while_a_file_is_stored_does_not_wait_for_it(toolkit: Toolkit, whose: str) -> None:
    """What is reported meanwhile for the same organisation is seen before the file is stored."""
    rows = [row(계약명=f"사무용품 {n}", 통합계약번호=f"R27BK{n:08}") for n in range(AT_ONCE + 1)]
    batch = drop(toolkit, content(*rows))
    files.confirm(toolkit, STAFF, batch.id, NOW)
    with toolkit.database.read() as tx:
        organisation = organisations.by_code(tx, whose)
    assert organisation is not None
    reporter = STAFF if whose == "roads" else STRANGER
    said: list[object] = []

    def meanwhile(_: int) -> None:
        if not said:
            raw = form(toolkit, organisation_id=organisation.id, title="사무용품 0", seen=("no_vendor_cap",))
            said.append(report_purchase.submit(toolkit, reporter, raw, NOW))

    claimed = long_part.claim(toolkit, batch.id, "worker", NOW)
    assert claimed is not None
    long_part.work(toolkit, claimed[0], "worker", NOW, meanwhile)
    assert [type(one) for one in said] == [Stored]
    after = standing(toolkit, batch.id)
    once = 1 if whose == "roads" else 0  # the file's first row is that very purchase
    assert (after.state, after.summary.known) == (ImportState.CONFIRMED, once)
    assert len(counting(toolkit)) == len(rows) + 1 - once


def test_twenty_deliveries_of_one_file_are_one(toolkit: Toolkit) -> None:
    outcomes: list[bool] = []

    def deliver() -> None:
        for _ in range(20):  # a busy database is asked again, as Slack delivers again
            try:
                outcomes.append(files.receive(toolkit, STAFF, "slack:F1", "실적.csv", roads(toolkit), NOW).done)
                return
            except Exception:  # noqa: S112
                continue

    threads = [threading.Thread(target=deliver) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 19 + [True]


def test_confirmed_twenty_times_at_once_it_is_stored_once(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(*(row(계약명=f"인쇄 {n}") for n in range(5))))
    threads = [
        threading.Thread(target=lambda: (files.confirm(toolkit, STAFF, batch.id, NOW), run(toolkit))) for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run(toolkit)
    assert len(counting(toolkit)) == 5


def test_a_worker_that_comes_late_changes_nothing(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content())
    files.confirm(toolkit, STAFF, batch.id, NOW)
    late = long_part.claim(toolkit, batch.id, "late", NOW)
    assert late is not None
    assert long_part.claim(toolkit, batch.id, "other", NOW) is None
    later = NOW + long_part.LEASE + timedelta(seconds=1)
    assert run(toolkit, now=later) == 1
    long_part.work(toolkit, late[0], "late", later)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_000_000)]


def test_the_same_contract_by_form_and_by_file_is_one(toolkit: Toolkit) -> None:
    stored = report_purchase.submit(toolkit, STAFF, form(toolkit), NOW)
    assert isinstance(stored, Stored)
    batch = drop(toolkit, content())
    assert (batch.summary.known, batch.summary.new) == (1, 0)
    assert len(counting(toolkit)) == 1


def test_the_same_contract_by_file_and_then_by_form_is_one(toolkit: Toolkit) -> None:
    confirmed(toolkit, drop(toolkit, content()))
    again = report_purchase.submit(toolkit, STAFF, form(toolkit), NOW)
    assert isinstance(again, AlreadyStored)
    other = report_purchase.submit(toolkit, STAFF, form(toolkit, form_key="form-2", title="다른 인쇄"), NOW)
    assert isinstance(other, Stored)
    assert len(counting(toolkit)) == 2


def test_close_but_not_equal_is_asked_and_answered(toolkit: Toolkit) -> None:
    report_purchase.submit(toolkit, STAFF, form(toolkit, amount="1,100,000"), NOW)
    batch = drop(toolkit, content())
    assert [q.kind for q in batch.questions] == [QuestionKind.CLOSE]
    refused = files.confirm(toolkit, STAFF, batch.id, NOW)
    assert isinstance(refused, Standing)
    assert not refused.done
    ready = answered(toolkit, batch, Answer.SAME)
    assert (ready.summary.changed, ready.questions) == (1, ())
    confirmed(toolkit, ready)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_000_000)]
    undone(toolkit, ready)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_100_000)]


def test_a_closed_period_keeps_what_it_has_whatever_a_file_says(toolkit: Toolkit) -> None:
    number = {
        "통합계약번호": "R27A1",
        "계약일": "2027-04-12",
    }  # Monday; April is due on 20 May and closed 10 days later
    first = confirmed(toolkit, drop(toolkit, content(row(**number, 차수="0"))))
    assert first.summary.new == 1  # late rows may come in all the same
    kept = counting(toolkit)

    later = drop(toolkit, content(row(**number, 차수="1", 계약금액="1,200,000")))
    assert [code for _, _, code, _ in later.summary.refused] == [LineFault.PERIOD_CLOSED.value]
    gone = drop(toolkit, content(row(**number, 차수="2", 계약금액="0")))

    assert (later.summary.changed, gone.summary.cancelled) == (0, 0)
    assert counting(toolkit) == kept


def test_a_later_revision_replaces_and_a_cancelled_one_takes_back(toolkit: Toolkit) -> None:
    number = {"통합계약번호": "R27BK00000001"}
    confirmed(toolkit, drop(toolkit, content(row(**number))))
    (before,) = every(toolkit)
    second = confirmed(toolkit, drop(toolkit, content(row(**number, 차수="1", 계약금액="1,200,000"))))
    (after,) = every(toolkit)
    assert (after.id, after.draft.amount, after.version) == (before.id, 1_200_000, 2)
    assert after.judgement == before.judgement
    third = confirmed(toolkit, drop(toolkit, content(row(**number, 차수="2", 계약금액="0"))))
    assert third.summary.cancelled == 1
    assert counting(toolkit) == []
    undone(toolkit, third)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_200_000)]
    undone(toolkit, second)
    assert counting(toolkit) == [("행사 안내문 인쇄", 1_000_000)]


def test_what_was_corrected_since_stays_when_the_file_is_undone(toolkit: Toolkit) -> None:
    batch = confirmed(toolkit, drop(toolkit, content(row(), row(계약명="명함"))))
    first = every(toolkit)[0]
    report_changes.change(
        toolkit, STAFF, form(toolkit, form_key="change-1", purchase_id=first.id, version=1, amount="900,000"), NOW
    )
    assert undone(toolkit, batch).summary.kept == 1
    assert counting(toolkit) == [("행사 안내문 인쇄", 900_000)]
    kept = every(toolkit)[0]
    assert (kept.origin.source, kept.draft.contract) == (PurchaseSource.FILE, first.draft.contract)


def test_a_firm_known_by_its_name_alone_is_asked_about_once(toolkit: Toolkit) -> None:
    rows = [row(계약명=f"인쇄 {n}", 업체명="㈜가온인쇄", 사업자등록번호="") for n in range(3)]
    batch = drop(toolkit, content(*rows))
    (question,) = batch.questions
    assert (question.kind, len(question.rows)) == (QuestionKind.FIRM, 3)
    ready = answered(toolkit, batch, question.choices[0][0])
    confirmed(toolkit, ready)
    assert {p.draft.firm.business_number for p in every(toolkit)} == {"1234567891"}


def test_a_firm_that_is_not_the_registrys_is_never_local_by_its_name(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(row(업체명="㈜가온인쇄", 사업자등록번호="")))
    confirmed(toolkit, answered(toolkit, batch, Answer.OTHER))
    assert [p.judgement.verdict for p in every(toolkit)] == [Verdict.UNCONFIRMED]


def test_the_office_drops_a_whole_citys_file(toolkit: Toolkit) -> None:
    with toolkit.database.read() as tx:
        every_one = organisations.all_organisations(tx)
    one, two = every_one[0], every_one[1]
    header = (*HEADER, "부서명")
    rows = [
        (*row(), one.name),
        (*row(계약명="둘째"), f"햇님시 {two.name}"),
        (*row(계약명="셋째"), "없는과"),
    ]
    batch = drop(toolkit, content(*rows, header=header), OFFICE, given=None)
    assert [q.kind for q in batch.questions] == [QuestionKind.ORGANISATION]
    ready = answered(toolkit, batch, Answer.LEAVE_OUT, OFFICE)
    assert (ready.summary.new, ready.summary.organisations) == (2, 2)
    confirmed(toolkit, ready, OFFICE)
    assert {p.draft.organisation_id for p in every(toolkit)} == {one.id, two.id}


def test_others_rows_of_another_division_are_refused(toolkit: Toolkit) -> None:
    with toolkit.database.read() as tx:
        other = next(o for o in organisations.all_organisations(tx) if o.code != "roads")
    batch = drop(toolkit, content((*row(), other.name), header=(*HEADER, "부서명")))
    assert batch.summary.new == 0
    assert batch.summary.refused == (("", 2, LineFault.ORGANISATION_NOT_ALLOWED.value, other.name),)


def test_without_an_organisation_it_is_asked_whose_the_file_is(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(), given=None)
    assert [q.kind for q in batch.questions] == [QuestionKind.ORGANISATION]
    ready = answered(toolkit, batch, str(roads(toolkit)))
    assert (ready.organisation_id, ready.summary.new) == (roads(toolkit), 1)


def test_a_column_that_nobody_knows_is_asked_for_once_and_remembered(toolkit: Toolkit) -> None:
    header = ("계약명", "계약일", "얼마", "업체명", "구분")
    rows = [("명함", "2027-06-07", "1000", "새업체", "물품")]
    batch = drop(toolkit, content(*rows, header=header))
    (question,) = batch.questions
    assert (question.kind, question.key, question.choices) == (
        QuestionKind.COLUMN,
        "column:amount",
        (("얼마", "얼마"),),
    )
    assert answered(toolkit, batch, "얼마").summary.new == 1
    next_time = drop(toolkit, content(("책자", *rows[0][1:]), header=header), LEAD)
    assert (next_time.questions, next_time.summary.new) == ((), 1)


@pytest.mark.parametrize(
    ("actor", "outcome"), [(STAFF, Standing), (LEAD, Standing), (OFFICE, Standing), (STRANGER, NotAllowed)]
)
def test_who_may_confirm_discard_and_undo(toolkit: Toolkit, actor: Any, outcome: type) -> None:
    batch = drop(toolkit, content())
    looked = files.look(toolkit, actor, batch.id, NOW)
    assert isinstance(looked, Standing if outcome is Standing else NoSuchImport)
    assert isinstance(files.discard(toolkit, actor, drop(toolkit, content(row(계약명="둘"))).id, NOW), outcome)
    assert isinstance(files.confirm(toolkit, actor, batch.id, NOW), outcome)
    files.confirm(toolkit, STAFF, batch.id, NOW)
    run(toolkit)
    assert isinstance(files.undo(toolkit, actor, batch.id, NOW), outcome)


def test_who_belongs_to_none_names_an_organisation_by_the_file(toolkit: Toolkit) -> None:
    batch = confirmed(toolkit, drop(toolkit, content(), STRANGER), STRANGER)
    assert batch.state is ImportState.CONFIRMED
    assert [p.self_declared for p in every(toolkit)] == [True]


def test_a_report_between_preview_and_confirmation_is_seen(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content())
    report_purchase.submit(toolkit, STAFF, form(toolkit), NOW)
    assert confirmed(toolkit, batch).state is ImportState.READY
    after = standing(toolkit, batch.id)
    assert (after.summary.known, after.summary.counts) == (1, 0)
    assert len(counting(toolkit)) == 1


def test_a_file_that_is_none_fails_with_its_reason(toolkit: Toolkit) -> None:
    batch = drop(toolkit, b"%PDF-1.7 ...")
    assert (batch.state, batch.fault, batch.fault_values) == (ImportState.FAILED, "wrong_kind", {"kind": "pdf"})


def test_the_command_line_may_look_before_anything_is_kept(toolkit: Toolkit) -> None:
    from gwannae.readers.purchases import read_purchases

    opened = read_purchases(content(), today=NOW.date(), earliest=NOW.date().replace(month=1, day=1))
    summary, questions = long_part.preview(toolkit, COMMAND_LINE, opened, roads(toolkit), NOW)
    assert (summary.new, questions) == (1, ())
    assert every(toolkit) == []


def test_a_cancelled_purchase_comes_back_with_the_file(toolkit: Toolkit) -> None:
    confirmed(toolkit, drop(toolkit, content()))
    (purchase,) = every(toolkit)
    report_changes.cancel(toolkit, STAFF, purchase.id, 1, NOW)
    confirmed(toolkit, drop(toolkit, content()))
    assert [p.state for p in every(toolkit)] == [PurchaseState.CANCELLED, PurchaseState.REPORTED]


def test_confirming_and_putting_away_at_once_is_one_of_the_two_two_hundred_times(toolkit: Toolkit) -> None:
    ways = (files.confirm, files.discard)
    with ThreadPoolExecutor(len(ways)) as hands:
        for number in range(200):
            batch = drop(toolkit, content(row(계약명=f"사무용품 {number}")))
            together = threading.Barrier(len(ways))

            def press(way: Callable[..., files.Outcome], import_id: int, ready: threading.Barrier) -> bool:
                ready.wait()
                outcome = way(toolkit, STAFF, import_id, NOW)
                assert isinstance(outcome, Standing)
                return outcome.done

            done = list(hands.map(press, ways, [batch.id] * 2, [together] * 2))
            state = {(True, False): ImportState.CONFIRMING, (False, True): ImportState.DISCARDED}
            assert standing(toolkit, batch.id).state is state[done[0], done[1]]
