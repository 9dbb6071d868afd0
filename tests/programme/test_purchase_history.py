"""What a report's versions say that was done to it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from gwannae.programme.purchase_history import Part, Step, entries_of
from gwannae.programme.purchases import ContractMethod, Firm, PurchaseKind, PurchaseState, PurchaseVersion
from gwannae.programme.verdict import Ruling, Verdict
from tests.builders import REPORTER, a_draft, a_judgement

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FIRST = PurchaseVersion(1, a_draft(), a_judgement(), PurchaseState.REPORTED, REPORTER.team_id, REPORTER.user_id, NOW)
RULED = a_judgement(verdict=Verdict.OUTSIDE, ruling=Ruling("등기 확인", "T1", "U0OFFICE", date(2026, 11, 23)))
CANCELLED = replace(FIRST, state=PurchaseState.CANCELLED)


def after(before: PurchaseVersion, **changes: Any) -> PurchaseVersion:
    return replace(before, version=before.version + 1, **changes)


def test_a_report_that_was_never_touched_has_one_entry() -> None:
    [entry] = entries_of([FIRST])
    assert (entry.version, entry.step, entry.by_user, entry.at, entry.changes) == (
        1,
        Step.REPORTED,
        REPORTER.user_id,
        NOW,
        (),
    )
    assert entries_of([]) == ()


@pytest.mark.parametrize(
    ("before", "changed", "step"),
    [
        (FIRST, {"draft": replace(FIRST.draft, amount=5)}, Step.CHANGED),
        (FIRST, {}, Step.CHANGED),
        (FIRST, {"state": PurchaseState.CANCELLED}, Step.CANCELLED),
        (CANCELLED, {"state": PurchaseState.REPORTED}, Step.RESTORED),
        (FIRST, {"judgement": RULED}, Step.REJUDGED),
        (replace(FIRST, judgement=RULED), {"draft": replace(FIRST.draft, amount=5)}, Step.CHANGED),
        (replace(FIRST, judgement=RULED), {"judgement": a_judgement()}, Step.CHANGED),
    ],
)
def test_each_version_says_what_was_done(before: PurchaseVersion, changed: dict[str, Any], step: Step) -> None:
    assert entries_of([before, after(before, **changed)])[0].step is step


@pytest.mark.parametrize(
    ("changed", "part", "was", "is_now"),
    [
        ({"organisation_id": 7}, Part.ORGANISATION, 1, 7),
        ({"title": "다른 이름"}, Part.TITLE, "행사 안내문 인쇄", "다른 이름"),
        ({"firm": Firm("새 업체", address="하늘도 먼바다시 1")}, Part.FIRM, "먼바다기획", "새 업체"),
        ({"firm": Firm("먼바다기획", None, "1234567891", "하늘도 먼바다시 1")}, Part.NUMBER, "", "1234567891"),
        ({"firm": Firm("먼바다기획", address="")}, Part.ADDRESS, "하늘도 먼바다시 1", ""),
        ({"amount": 5}, Part.AMOUNT, 1_100_000, 5),
        ({"contract_date": date(2026, 3, 5)}, Part.CONTRACT_DATE, date(2026, 3, 4), date(2026, 3, 5)),
        ({"kind": PurchaseKind.WORKS}, Part.KIND, PurchaseKind.GOODS, PurchaseKind.WORKS),
        ({"method": ContractMethod.CARD}, Part.METHOD, ContractMethod.DIRECT_SINGLE, ContractMethod.CARD),
        ({"item": ""}, Part.ITEM, "책자 인쇄", ""),
    ],
)  # fmt: skip
def test_what_changed_is_said_part_by_part(changed: dict[str, Any], part: Part, was: object, is_now: object) -> None:
    [change] = entries_of([FIRST, after(FIRST, draft=replace(FIRST.draft, **changed))])[0].changes
    assert (change.part, change.before, change.after) == (part, was, is_now)


def test_a_verdict_made_anew_is_a_change_too() -> None:
    judged = a_judgement(verdict=Verdict.OUTSIDE, rule_version="2027-1")
    changes = entries_of([FIRST, after(FIRST, judgement=judged)])[0].changes
    assert [(c.part, c.before, c.after) for c in changes] == [
        (Part.VERDICT, Verdict.LOCAL, Verdict.OUTSIDE),
        (Part.RULE, "2026-1", "2027-1"),
    ]


def test_the_offices_word_carries_its_reason() -> None:
    entry = entries_of([FIRST, after(FIRST, judgement=RULED)])[0]
    assert (entry.step, entry.reason) == (Step.REJUDGED, "등기 확인")
    assert [(c.part, c.before, c.after) for c in entry.changes] == [(Part.VERDICT, Verdict.LOCAL, Verdict.OUTSIDE)]


def test_the_latest_stands_first() -> None:
    second = after(FIRST, state=PurchaseState.CANCELLED)
    third = after(second, state=PurchaseState.REPORTED)
    assert [(e.version, e.step) for e in entries_of([FIRST, second, third])] == [
        (3, Step.RESTORED),
        (2, Step.CANCELLED),
        (1, Step.REPORTED),
    ]
