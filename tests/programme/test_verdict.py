"""판정 as dated examples: which address counts on which day, how long it must have stood, what its size means."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import AddressKind, SizeFact, VendorAddress
from gwannae.programme.verdict import (
    LocalRule,
    NoRuleError,
    Reason,
    UnknownSize,
    Verdict,
    add_months,
    judge,
    rule_on,
)
from tests.builders import an_address

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED
HEAD, BRANCH, FACTORY = AddressKind.HEAD_OFFICE, AddressKind.BRANCH, AddressKind.FACTORY
IN, OUT, UNREAD = Fact.YES, Fact.NO, Fact.UNKNOWN
SMALL, LARGE, UNPROVEN = SizeFact(Fact.YES), SizeFact(Fact.NO), SizeFact()

RULE = LocalRule("1", date(2024, 1, 1), frozenset({HEAD}), 0, True, UnknownSize.UNCONFIRMED, "조례 제2조")
SIX_MONTHS = replace(RULE, residency_months=6)
ANY_PLACE = replace(RULE, addresses=frozenset({HEAD, BRANCH, FACTORY}))
NO_SIZE = replace(RULE, size_matters=False)


def at(in_city: Fact, kind: AddressKind = HEAD, since: date | None = None, until: date | None = None) -> VendorAddress:
    """One address."""
    return an_address(in_city=in_city, kind=kind, since=since, until=until)


@pytest.mark.parametrize(
    ("addresses", "size", "rule", "day", "verdict", "reasons"),
    [
        ([at(IN)], SMALL, RULE, "2027-06-14 월", LOCAL, "address_in_city size_proven"),
        ([at(OUT)], SMALL, RULE, "2027-06-14 월", OUTSIDE, "address_outside"),
        ([at(OUT)], UNPROVEN, RULE, "2027-06-14 월", OUTSIDE, "address_outside"),
        ([at(UNREAD)], SMALL, RULE, "2027-06-14 월", UNCONFIRMED, "address_unread size_proven"),
        ([at(UNREAD)], LARGE, RULE, "2027-06-14 월", OUTSIDE, "address_unread size_large"),
        ([], SMALL, RULE, "2027-06-14 월", UNCONFIRMED, "address_none size_proven"),
        # which address counts
        ([at(OUT), at(IN, BRANCH)], SMALL, RULE, "2027-06-14 월", OUTSIDE, "address_outside"),
        ([at(OUT), at(IN, BRANCH)], SMALL, ANY_PLACE, "2027-06-14 월", LOCAL, "address_in_city size_proven"),
        ([at(OUT), at(UNREAD, FACTORY)], SMALL, ANY_PLACE, "2027-06-14 월", UNCONFIRMED, "address_unread size_proven"),
        ([at(IN, BRANCH)], SMALL, RULE, "2027-06-14 월", UNCONFIRMED, "address_none size_proven"),
        # the day of the contract: since is the first day, until the first day without it
        ([at(IN, since=date(2027, 6, 14))], SMALL, RULE, "2027-06-14 월", LOCAL, "address_in_city size_proven"),
        ([at(IN, since=date(2027, 6, 15))], SMALL, RULE, "2027-06-14 월", UNCONFIRMED, "address_none size_proven"),
        ([at(IN, until=date(2027, 6, 15))], SMALL, RULE, "2027-06-14 월", LOCAL, "address_in_city size_proven"),
        ([at(IN, until=date(2027, 6, 14))], SMALL, RULE, "2027-06-14 월", UNCONFIRMED, "address_none size_proven"),
        (
            [at(IN, until=date(2027, 6, 14)), at(OUT, since=date(2027, 6, 14))],
            SMALL, RULE, "2027-06-13 일", LOCAL, "address_in_city size_proven",
        ),
        (
            [at(IN, until=date(2027, 6, 14)), at(OUT, since=date(2027, 6, 14))],
            SMALL, RULE, "2027-06-14 월", OUTSIDE, "address_outside",
        ),
        # how long it must have stood there
        ([at(IN, since=date(2026, 12, 14))], SMALL, SIX_MONTHS, "2027-06-14 월", LOCAL, "address_in_city size_proven"),
        (
            [at(IN, since=date(2026, 12, 15))],
            SMALL, SIX_MONTHS, "2027-06-14 월", OUTSIDE, "address_in_city residence_too_short",
        ),
        (
            [at(IN, since=date(2026, 12, 15)), at(UNREAD)],
            SMALL, SIX_MONTHS, "2027-06-14 월", UNCONFIRMED, "address_unread size_proven",
        ),
        (
            [at(IN)],
            SMALL, SIX_MONTHS, "2027-06-14 월", UNCONFIRMED, "address_in_city residence_unknown size_proven",
        ),
        # 31 August and six months: the last day of February (민법 제160조 제3항)
        ([at(IN, since=date(2026, 8, 31))], SMALL, SIX_MONTHS, "2027-02-28 일", LOCAL, "address_in_city size_proven"),
        (
            [at(IN, since=date(2026, 8, 31))],
            SMALL, SIX_MONTHS, "2027-02-27 토", OUTSIDE, "address_in_city residence_too_short",
        ),
        ([at(IN, since=date(2027, 8, 31))], SMALL, SIX_MONTHS, "2028-02-29 화", LOCAL, "address_in_city size_proven"),
        # size
        ([at(IN)], LARGE, RULE, "2027-06-14 월", OUTSIDE, "address_in_city size_large"),
        ([at(IN)], UNPROVEN, RULE, "2027-06-14 월", UNCONFIRMED, "address_in_city size_unknown"),
        (
            [at(IN)],
            UNPROVEN, replace(RULE, unknown_size=UnknownSize.LOCAL), "2027-06-14 월", LOCAL,
            "address_in_city size_unknown",
        ),
        (
            [at(IN)],
            UNPROVEN, replace(RULE, unknown_size=UnknownSize.OUTSIDE), "2027-06-14 월", OUTSIDE,
            "address_in_city size_unknown",
        ),
        (
            [at(UNREAD)],
            UNPROVEN, replace(RULE, unknown_size=UnknownSize.LOCAL), "2027-06-14 월", UNCONFIRMED,
            "address_unread size_unknown",
        ),
        (
            [at(UNREAD)],
            UNPROVEN, replace(RULE, unknown_size=UnknownSize.OUTSIDE), "2027-06-14 월", UNCONFIRMED,
            "address_unread size_unknown",
        ),
        ([at(IN)], LARGE, NO_SIZE, "2027-06-14 월", LOCAL, "address_in_city"),
    ],
)  # fmt: skip
def test_a_firm_is_judged_by_the_facts_of_the_contracts_day(
    addresses: list[VendorAddress], size: SizeFact, rule: LocalRule, day: str, verdict: Verdict, reasons: str
) -> None:
    written, weekday = day.split()
    on = date.fromisoformat(written)
    assert "월화수목금토일"[on.weekday()] == weekday
    judged = judge(addresses, size, on, rule)
    assert judged.verdict is verdict
    assert judged.reasons == tuple(Reason(r) for r in reasons.split())
    assert (judged.rule_version, judged.judged_for, judged.size) == (rule.version, on, size)


def test_the_address_that_decided_is_kept_with_the_verdict() -> None:
    branch = at(IN, BRANCH, since=date(2026, 1, 1))
    assert judge([at(OUT), branch], SMALL, date(2027, 6, 14), ANY_PLACE).address == branch


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2024-03-02 토", "2024-1"),
        ("2026-12-31 목", "2024-1"),
        ("2027-01-01 금", "2027-1"),
        ("2031-06-01 일", "2027-1"),
    ],
)
def test_the_rule_of_a_day_is_the_latest_that_had_begun(day: str, version: str) -> None:
    rules = [
        replace(RULE, version="2027-1", valid_from=date(2027, 1, 1)),
        replace(RULE, version="2024-1", valid_from=date(2024, 3, 2)),
    ]
    assert rule_on(rules, date.fromisoformat(day.split()[0])).version == version


def test_before_the_first_rule_there_is_none_and_the_day_is_named() -> None:
    with pytest.raises(NoRuleError) as raised:
        rule_on([RULE], date(2023, 12, 31))
    assert raised.value.day == date(2023, 12, 31)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2027-03-31", 1, "2027-04-30"),
        ("2027-12-15", 1, "2028-01-15"),
        ("2027-06-14", 0, "2027-06-14"),
        ("2027-06-14", -12, "2026-06-14"),
        ("2028-02-29", -12, "2027-02-28"),
        ("2027-06-14", 600, "2077-06-14"),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(day: str, months: int, later: str) -> None:
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(later)
