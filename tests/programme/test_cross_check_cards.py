"""What is open of a published list for one organisation, worked out anew from what is reported now."""

from datetime import UTC, date, datetime

import pytest

from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check import cross_check
from gwannae.programme.cross_check_cards import (
    UNPUBLISHED,
    Answered,
    Card,
    CardAnswer,
    CardState,
    CheckRun,
    FindingKind,
    PublishedSource,
    drafts_of,
    state_of,
)
from tests.builders import an_organisation

ROADS = an_organisation(id=1, code="roads", name="길가꿈과")
JUNE = date(2027, 6, 1), date(2027, 6, 30)
RUN = CheckRun(1, PublishedSource.FILE, 2027)


def listed(ref: int = 2, amount: int = 900_000, day: date | None = date(2027, 6, 2), title: str = "안내판") -> Contract:
    return Contract(ref, title, amount, day, "번호상사", organisation="roads", organisation_text="길가꿈과")


def reported(ref: int, amount: int = 900_000, day: date = date(2027, 6, 2), title: str = "안내판") -> Contract:
    return listed(ref, amount, day, title)


def a_card(published: list[Contract], reports: list[Contract], **answers: Answered) -> Card:
    (draft,) = drafts_of(cross_check(published, reports), lambda code: ROADS if code == "roads" else None, JUNE)
    return Card(1, RUN, draft, answers=answers)


def kinds(state: CardState) -> list[FindingKind]:
    return [one.kind for one in state.findings]


def test_nothing_is_a_card_where_nothing_differs() -> None:
    assert drafts_of(cross_check([listed()], [reported(7)]), lambda _: ROADS, JUNE) == ()


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ([], [FindingKind.MISSING_HERE]),
        ([reported(9)], []),
        ([reported(9, amount=800_000)], [FindingKind.DIFFERENT]),
        ([reported(9, title="다른 일", amount=5)], [FindingKind.QUESTION]),
        ([reported(9, title="다른 일", amount=5, day=date(2027, 6, 25))], [FindingKind.MISSING_HERE]),
    ],
)
def test_what_was_reported_since_leaves_by_itself(now: list[Contract], left: list[FindingKind]) -> None:
    assert kinds(state_of(a_card([listed()], []), now)) == left


def test_a_report_that_agreed_then_is_not_taken_for_another_contract_now() -> None:
    published = [listed(2), listed(3, title="둘째", day=date(2027, 6, 20))]
    card = a_card(published, [reported(7)])
    assert card.draft.agreed == (7,)
    assert kinds(state_of(card, [reported(7)])) == [FindingKind.MISSING_HERE]


@pytest.mark.parametrize(
    ("day", "told"), [(date(2027, 6, 1), True), (date(2027, 6, 30), True), (date(2027, 5, 31), False)]
)
def test_a_list_of_a_month_says_nothing_of_other_months(day: date, told: bool) -> None:
    other = reported(8, amount=1, day=day, title="다른 일")
    state = state_of(a_card([listed()], [other]), [other])
    assert bool(state.unpublished) == told


def test_a_report_of_after_the_list_is_none_of_its_findings() -> None:
    later = date(2027, 6, 25)
    old, new = reported(8, 1, later, "다른 일"), reported(9, 2, later, "새 일")
    state = state_of(a_card([listed()], [old]), [old, new])
    assert [one.reported[0].ref for one in state.unpublished] == [8]
    assert state.pressed(UNPUBLISHED) == state.unpublished


def test_a_finding_has_one_name_in_every_list_and_its_answer_holds() -> None:
    (first,) = state_of(a_card([listed(2)], []), []).findings
    (again,) = state_of(a_card([listed(77)], []), []).findings
    assert first.key == again.key
    (dearer,) = state_of(a_card([listed(2, amount=901_000)], []), []).findings
    assert dearer.key != first.key
    said = Answered(first.key, "안내판", CardAnswer.KNOWN, "이월", "U0STAFF", datetime(2027, 7, 1, tzinfo=UTC))
    state = state_of(a_card([listed(5)], [], **{first.key: said}), [])
    assert (state.findings, state.answered) == ((), (said,))
