"""A file's purchases beside stored ones: dated examples of what is new, changed, known, or for a person to say."""

from datetime import date
from typing import Any

import pytest

from gwannae.programme.contract_identity import Entry, fold
from gwannae.programme.import_comparison import Comparison, StepKind, Stored, compare
from gwannae.programme.import_questions import Answer, QuestionKind
from gwannae.programme.purchase_lines import LineFault
from tests.builders import a_line

MONDAY = date(2027, 3, 8)


def stored(**changes: Any) -> Stored:
    plain = Stored(7, 1, 1, "행사 안내문 인쇄", MONDAY, 1_000_000, "가온인쇄", None, "", 0, from_file=False)
    return plain._replace(**changes)


def compared(known: list[Stored], *rows: dict[str, Any], answers: dict[str, str] | None = None) -> Comparison:
    lines = [a_line(number=at, **{"day": MONDAY, **row}) for at, row in enumerate(rows, 5)]
    folded = fold([Entry(line, 1) for line in lines], answers or {})
    return compare(folded.parts, folded.voids, known, answers or {})


def kinds(result: Comparison) -> list[StepKind]:
    return [step.kind for step in result.steps]


NUMBERED = {"contract_number": "R27BK00000001"}


@pytest.mark.parametrize(
    ("known", "row", "expected"),
    [
        pytest.param({"organisation_id": 2}, {}, StepKind.NEW, id="another division's"),
        pytest.param({}, {}, StepKind.KNOWN, id="by form and by file"),
        pytest.param({"firm": "㈜가온인쇄"}, {}, StepKind.KNOWN, id="the firm's form means nothing"),
        pytest.param({}, NUMBERED, StepKind.KNOWN, id="the form has no contract number"),
        pytest.param({"day": date(2027, 3, 16)}, {}, StepKind.NEW, id="eight days apart, Tuesday"),
        pytest.param({"amount": 5, "title": "명함"}, {}, StepKind.NEW, id="same firm and day alone"),
        pytest.param({"business_number": "1234567891"}, {"business_number": "1298101236"}, StepKind.NEW, id="number"),
        pytest.param({**NUMBERED, "revision": 1}, {**NUMBERED, "amount": 5}, StepKind.KNOWN, id="an older 차수"),
        pytest.param(NUMBERED, {**NUMBERED, "revision": 1, "amount": 5}, StepKind.CHANGED, id="a later 차수"),
        pytest.param(NUMBERED, NUMBERED, StepKind.KNOWN, id="the same 차수, the same values"),
        pytest.param(
            NUMBERED, {**NUMBERED, "revision": 1, "firm": "나래인쇄"}, StepKind.CHANGED, id="a later 차수, another firm"
        ),
        pytest.param(
            {"contract_number": "1-가"}, {"contract_number": "1-나", "title": "명함"}, StepKind.NEW, id="two no."
        ),
    ],
)
def test_a_purchase_is_new_changed_or_known(known: dict[str, Any], row: dict[str, Any], expected: StepKind) -> None:
    result = compared([stored(**known)], row)
    assert kinds(result) == [expected]
    assert not result.questions


@pytest.mark.parametrize(
    "known",
    [
        pytest.param({"amount": 1_100_000}, id="another amount"),
        pytest.param({"title": "안내문"}, id="another name"),
        pytest.param({"day": date(2027, 3, 15)}, id="seven days apart, Monday"),
        pytest.param({"day": date(2027, 3, 1)}, id="seven days before, Monday"),
    ],
)
def test_close_but_not_equal_is_asked(known: dict[str, Any]) -> None:
    before = stored(**known)
    result = compared([before], {})
    assert not result.steps
    (question,) = result.questions
    assert question.kind is QuestionKind.CLOSE
    assert kinds(compared([before], {}, answers={question.key: Answer.SAME})) == [StepKind.CHANGED]
    assert kinds(compared([before], {}, answers={question.key: Answer.OTHER})) == [StepKind.NEW]
    left_out = compared([before], {}, answers={question.key: Answer.LEAVE_OUT})
    assert not left_out.steps
    assert [row.code for row in left_out.refused] == [LineFault.LEFT_OUT]


def test_other_values_of_the_same_revision_are_asked() -> None:
    before, row = stored(**NUMBERED), {**NUMBERED, "amount": 5}
    (question,) = compared([before], row).questions
    assert question.kind is QuestionKind.DIFFERS
    assert kinds(compared([before], row, answers={question.key: Answer.FROM_FILE})) == [StepKind.CHANGED]
    assert kinds(compared([before], row, answers={question.key: Answer.KEEP})) == [StepKind.KNOWN]


def test_a_partner_that_left_with_a_later_revision_counts_no_more() -> None:
    before = [stored(id=1, **NUMBERED), stored(id=2, firm="나래인쇄", **NUMBERED)]
    result = compared(before, {**NUMBERED, "revision": 2})
    assert [(step.kind, step.stored and step.stored.id) for step in result.steps] == [
        (StepKind.CHANGED, 1),
        (StepKind.CANCELLED, 2),
    ]


def test_a_contract_that_the_file_calls_cancelled_is_cancelled() -> None:
    void = {**NUMBERED, "revision": 1, "amount": 0, "void": LineFault.CANCELLED}
    assert kinds(compared([stored(**NUMBERED)], void)) == [StepKind.CANCELLED]
    assert kinds(compared([stored(**NUMBERED, revision=2)], void)) == []


def test_one_stored_purchase_answers_for_one_row_only() -> None:
    numbered = [{"contract_number": "2027-1"}, {"contract_number": "2027-2"}]
    result = compared([stored()], *numbered)
    assert sorted(kinds(result)) == [StepKind.KNOWN, StepKind.NEW]
