"""A file's own 사유 column: codes where they are plain, one question a sentence where not, nothing made up."""

from collections.abc import Iterator

import pytest

from gwannae.actions import outside_reasons as reasons
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.import_questions import Answer, QuestionKind
from gwannae.programme.outside_reasons import ReasonCode
from gwannae.programme.purchase_imports import ImportState
from gwannae.storage import audit, missing_items, outside_reasons
from gwannae.storage.database import Database
from tests.actions.importing import a_toolkit
from tests.actions.purchase_files import (
    HEADER,
    LEAD,
    NOW,
    OFFICE,
    OUTSIDE,
    answered,
    confirmed,
    content,
    drop,
    every,
    row,
    sow,
    undone,
)

WITH_REASON = (*HEADER, "관외사유")
PLAIN, OWN = "관내 업체 없음으로 인함", "담당자 협의에 따름"


@pytest.fixture
def toolkit(database: Database) -> Iterator[Toolkit]:
    with a_toolkit(database.url) as made:
        sow(made)
        yield made


def outside(title: str, reason: str, amount: str = "1,000,000") -> tuple[str, ...]:
    return (*row(계약명=title, 업체명="먼데인쇄", 사업자등록번호=OUTSIDE, 계약금액=amount), reason)


def held(toolkit: Toolkit) -> list[tuple[str, str, str] | None]:
    """For each purchase: its title, the code of its reason, the sentence; None where it has none."""
    with toolkit.database.read() as tx:
        found = [(p.draft.title, outside_reasons.latest(tx, p.id)) for p in every(toolkit)]
    return [(title, said.code.value, said.sentence) if said else None for title, said in found]


def test_a_sentence_that_names_a_code_is_kept_as_that_reason_and_nobody_is_asked(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(outside("명함", PLAIN), outside("책자", PLAIN), header=WITH_REASON))
    assert (batch.questions, batch.summary.reasons) == ((), 2)
    confirmed(toolkit, batch)
    assert held(toolkit) == [("명함", "no_local_firm", PLAIN), ("책자", "no_local_firm", PLAIN)]
    assert reasons.unanswered(toolkit, OFFICE, NOW, 10).number == 0
    with toolkit.database.read() as tx:
        said = outside_reasons.latest(tx, every(toolkit)[0].id)
        assert said is not None
        assert (said.looked.word, said.looked.day, said.given_at) == ("명함", NOW.date(), NOW)
        assert missing_items.top(tx, NOW.replace(year=2026), 5) == [("명함", 1), ("책자", 1)]
        (entry,) = [e for e in audit.entries(tx) if e.event.value == "outside_reason_given"]
    assert (entry.subject, entry.detail) == (f"purchase_import:{batch.id}", {"codes": {"no_local_firm": 2}})


def test_another_sentence_is_asked_about_once_and_its_answer_holds_for_all_its_rows(toolkit: Toolkit) -> None:
    rows = [outside("명함", OWN), outside("책자", "담당자 협의에 따름."), outside("봉투", PLAIN)]
    batch = drop(toolkit, content(*rows, header=WITH_REASON))
    (question,) = batch.questions
    assert (question.kind, question.values["reason"], question.values["times"]) == (QuestionKind.REASON, OWN, 2)
    assert dict(question.choices) == {code.value: code.label for code in ReasonCode}
    assert not question.takes(Answer.LEAVE_OUT)
    batch = answered(toolkit, batch, "price")
    assert (batch.state, batch.questions, batch.summary.reasons) == (ImportState.READY, (), 3)
    confirmed(toolkit, batch)
    assert held(toolkit) == [
        ("명함", "price", OWN),
        ("책자", "price", "담당자 협의에 따름."),
        ("봉투", "no_local_firm", PLAIN),
    ]


def test_left_for_later_the_sentence_stays_and_stands_in_the_form(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(outside("명함", OWN), header=WITH_REASON))
    confirmed(toolkit, answered(toolkit, batch, Answer.LATER.value))
    assert held(toolkit) == [None]
    waiting = reasons.unanswered(toolkit, LEAD, NOW, 10)
    assert [p.draft.contract.reason for p in waiting.purchases] == [OWN]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ((*row(), OWN), "local or unconfirmed"),
        (outside("명함", OWN, "499,999"), "below what the city asks for"),
        ((*outside("명함", OWN)[:1], "2027-01-31", *outside("명함", OWN)[2:]), "before the rule"),
        (outside("명함", ""), "no sentence"),
    ],
)
def test_nothing_is_asked_where_the_city_asks_for_no_reason(toolkit: Toolkit, cells: tuple[str, ...], why: str) -> None:
    batch = drop(toolkit, content(cells, header=WITH_REASON))
    assert (batch.questions, batch.summary.new, batch.summary.reasons) == ((), 1, 0), why
    confirmed(toolkit, batch)
    assert held(toolkit) == [None]


def test_of_many_sentences_the_most_frequent_are_asked_and_the_rest_waits_on_the_list(toolkit: Toolkit) -> None:
    rows = [outside(f"물건 {n}", f"까닭 {chr(0xAC00 + n * 28)}") for n in range(12)]
    batch = drop(toolkit, content(outside("명함", OWN), outside("책자", OWN), *rows, header=WITH_REASON))
    assert len(batch.questions) == 10
    assert batch.questions[0].values["reason"] == OWN
    for _ in range(10):
        batch = answered(toolkit, batch, "price")
    assert batch.questions == ()
    confirmed(toolkit, batch)
    assert reasons.unanswered(toolkit, OFFICE, NOW, 20).number == 13 - 10


def test_a_reason_from_the_file_is_taken_back_with_its_purchase_and_given_again_with_the_next(toolkit: Toolkit) -> None:
    first = confirmed(toolkit, drop(toolkit, content(outside("명함", PLAIN), header=WITH_REASON)))
    undone(toolkit, first)
    confirmed(toolkit, drop(toolkit, content(outside("명함", PLAIN), header=WITH_REASON)))
    assert held(toolkit) == [("명함", "no_local_firm", PLAIN)] * 2


def test_a_later_revision_brings_the_reason_of_a_contract_that_had_none(toolkit: Toolkit) -> None:
    def contract(revision: str, reason: str) -> bytes:
        cells = row(
            계약명="명함", 업체명="먼데인쇄", 사업자등록번호=OUTSIDE, 통합계약번호="R27TA00012345", 차수=revision
        )
        return content((*cells, reason), header=WITH_REASON)

    confirmed(toolkit, drop(toolkit, contract("1", "")))
    assert held(toolkit) == [None]
    confirmed(toolkit, drop(toolkit, contract("2", PLAIN)))
    assert held(toolkit) == [("명함", "no_local_firm", PLAIN)]
    confirmed(toolkit, drop(toolkit, contract("3", "조달 단가계약만 있음")))
    assert held(toolkit) == [("명함", "no_local_firm", PLAIN)]


def test_why_a_contract_was_given_without_tender_is_no_reason_to_buy_outside(toolkit: Toolkit) -> None:
    batch = drop(toolkit, content(outside("명함", "특허·특정 공법"), header=(*HEADER, "수의계약사유")))
    assert (batch.questions, batch.summary.reasons) == ((), 0)
