"""Reasons for going outside: what is complete, who is asked from when, and what leaves the effective ratio."""

from datetime import UTC, date, datetime

import pytest

from gwannae.programme.outside_reasons import (
    CheckedReason,
    OutsideRule,
    RawReason,
    ReasonCode,
    ReasonFault,
    ReasonRefused,
    leaves_denominator,
    needs_reason,
    outside_rule_on,
    read_reason,
    read_reason_if_any,
)
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.verdict import Verdict
from tests.builders import a_draft, a_judgement

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
RULES = (
    OutsideRule(date(2027, 1, 1), 1_000_000, frozenset({ReasonCode.PATENT}), "2027년 계획"),
    OutsideRule(date(2027, 7, 1), 500_000, frozenset({ReasonCode.UNIT_PRICE}), "2027년 하반기 계획"),
)


@pytest.mark.parametrize(
    ("code", "sentence", "expected"),
    [
        ("price", " 값이  두 배입니다. ", CheckedReason(ReasonCode.PRICE, "값이 두 배입니다.")),
        ("price", "\u200b\u3164", ReasonRefused((ReasonFault.SENTENCE_MISSING,))),
        (None, "값", ReasonRefused((ReasonFault.CODE_MISSING,))),
        ("forged", "값", ReasonRefused((ReasonFault.CODE_MISSING,))),
        (None, None, ReasonRefused((ReasonFault.CODE_MISSING, ReasonFault.SENTENCE_MISSING))),
        ("other", "가" * 1000, CheckedReason(ReasonCode.OTHER, "가" * 1000)),
        ("other", "가" * 1001, ReasonRefused((ReasonFault.SENTENCE_TOO_LONG,))),
    ],
)
def test_a_reason_is_a_code_and_a_sentence(
    code: str | None, sentence: str | None, expected: CheckedReason | ReasonRefused
) -> None:
    assert read_reason(RawReason(code, sentence)) == expected


@pytest.mark.parametrize(("code", "sentence"), [(None, None), ("", ""), (None, "  \u200b ")])
def test_nothing_typed_is_an_answer_for_later(code: str | None, sentence: str | None) -> None:
    assert read_reason_if_any(RawReason(code, sentence)) is None


def a_purchase(day: str, amount: int, verdict: Verdict, state: PurchaseState = PurchaseState.REPORTED) -> Purchase:
    draft = a_draft(contract_date=date.fromisoformat(day.split()[0]), amount=amount)
    return Purchase(1, draft, a_judgement(verdict=verdict), state, 1, "T", "U", False, NOW, NOW)


@pytest.mark.parametrize(
    ("day", "amount", "verdict", "state", "asked"),
    [
        ("2026-12-31 Thu", 9_000_000, Verdict.OUTSIDE, PurchaseState.REPORTED, False),
        ("2027-01-01 Fri", 999_999, Verdict.OUTSIDE, PurchaseState.REPORTED, False),
        ("2027-01-01 Fri", 1_000_000, Verdict.OUTSIDE, PurchaseState.REPORTED, True),
        ("2027-06-30 Wed", 500_000, Verdict.OUTSIDE, PurchaseState.REPORTED, False),
        ("2027-07-01 Thu", 500_000, Verdict.OUTSIDE, PurchaseState.REPORTED, True),
        ("2027-07-01 Thu", 9_000_000, Verdict.LOCAL, PurchaseState.REPORTED, False),
        ("2027-07-01 Thu", 9_000_000, Verdict.UNCONFIRMED, PurchaseState.REPORTED, False),
        ("2027-07-01 Thu", 9_000_000, Verdict.OUTSIDE, PurchaseState.CANCELLED, False),
    ],
)
def test_the_rule_of_the_contract_date_says_who_is_asked(
    day: str, amount: int, verdict: Verdict, state: PurchaseState, asked: bool
) -> None:
    assert needs_reason(RULES, a_purchase(day, amount, verdict, state)) is asked


@pytest.mark.parametrize(
    ("code", "day", "leaves"),
    [
        (ReasonCode.PATENT, "2026-12-31 Thu", False),
        (ReasonCode.PATENT, "2027-06-30 Wed", True),
        (ReasonCode.PATENT, "2027-07-01 Thu", False),
        (ReasonCode.UNIT_PRICE, "2027-07-01 Thu", True),
        (ReasonCode.PRICE, "2027-03-02 Tue", False),
    ],
)
def test_which_codes_leave_the_effective_ratio_is_dated(code: ReasonCode, day: str, leaves: bool) -> None:
    on = date.fromisoformat(day.split()[0])
    assert leaves_denominator(RULES, code, on) == (outside_rule_on(RULES, on) if leaves else None)


def test_every_code_has_a_word_of_its_own() -> None:
    labels = [code.label for code in ReasonCode]
    assert len(set(labels)) == len(labels) == 12
