"""The sentence at each wrong field: every problem has one, and it stands where Slack can show it."""

from datetime import date

import pytest

from gwannae.messages import ids
from gwannae.messages.report_errors import BLOCK_OF, field_errors, visible_errors
from gwannae.programme.report_form import FieldFault, FieldProblem, ReportField

VALUES = {"limit": 200, "today": date(2027, 6, 15), "first": date(2027, 1, 1)}


def field_of(block_id: str) -> dict[str, object]:
    """An input block of that id."""
    return {"type": "input", "block_id": block_id}


@pytest.mark.parametrize("where", ReportField)
@pytest.mark.parametrize("problem", FieldProblem)
def test_every_problem_of_every_field_has_a_polite_sentence(where: ReportField, problem: FieldProblem) -> None:
    (sentence,) = field_errors([FieldFault(where, problem, VALUES)]).values()
    assert sentence.partition(" 예)")[0].endswith(("요.", "다."))
    assert "!" not in sentence


@pytest.mark.parametrize("where", ReportField)
def test_every_field_has_a_block(where: ReportField) -> None:
    assert BLOCK_OF[where].startswith(("report-", "reason-"))


def test_a_field_that_the_form_does_not_show_has_its_sentence_at_the_first_one() -> None:
    blocks = [{"type": "context", "block_id": ids.REPORT_ORGANISATION}, field_of(ids.REPORT_TITLE)]
    fault = FieldFault(ReportField.ORGANISATION, FieldProblem.NOT_ALLOWED)
    assert list(visible_errors([fault], blocks)) == [ids.REPORT_TITLE]


def test_a_name_asked_for_anew_has_its_sentence_at_its_own_block() -> None:
    blocks = [field_of(ids.REPORT_TITLE), field_of(ids.numbered(ids.REPORT_FIRM_NAME, 2))]
    fault = FieldFault(ReportField.FIRM_NAME, FieldProblem.MISSING)
    assert list(visible_errors([fault], blocks)) == [ids.numbered(ids.REPORT_FIRM_NAME, 2)]


def test_the_first_problem_of_a_field_is_said() -> None:
    faults = [FieldFault(ReportField.TITLE, p, VALUES) for p in (FieldProblem.MISSING, FieldProblem.TOO_LONG)]
    assert field_errors(faults) == {ids.REPORT_TITLE: "계약명을 적어 주세요."}
