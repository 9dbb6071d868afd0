"""Reasons are kept as they were given, once for each form, and the purchases that wait for one are found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from gwannae.programme.bought import Bought
from gwannae.programme.effective import by_reason, together
from gwannae.programme.organisations import Actor
from gwannae.programme.outside_reasons import Candidate, Looked, OutsideReason, OutsideRule, ReasonCode
from gwannae.programme.verdict import Verdict
from gwannae.storage import organisations, outside_reasons, purchases
from gwannae.storage.database import Database
from gwannae.storage.reason_totals import left_out
from tests.builders import OFFICER, REPORTER, a_draft, a_judgement, a_seed

NOW = datetime(2027, 6, 15, 1, 0, tzinfo=UTC)
LOOKED = Looked("명함 '; --", date(2027, 6, 15), (Candidate(3, "<가온> 인쇄"), Candidate(5, "나래인쇄")), 7)
REASON = OutsideReason(ReasonCode.PRICE, "값이 두 배입니다. 🙂", LOOKED, NOW, "T", "U")
RULES = (
    OutsideRule(date(2027, 7, 1), 10, frozenset(), "b"),
    OutsideRule(date(2027, 1, 1), 100, frozenset(), "a"),
)


@pytest.fixture
def town(database: Database) -> tuple[int, int]:
    with database.write() as tx:
        first, second = organisations.save_organisations(tx, [a_seed(), a_seed(code="b", name="나")]).added
        return first.id, second.id


def bought(database: Database, organisation: int, day: str, amount: int, **more: Any) -> int:
    verdict, actor = more.get("verdict", Verdict.OUTSIDE), more.get("actor", REPORTER)
    with database.write() as tx:
        draft = a_draft(organisation_id=organisation, contract_date=date.fromisoformat(day), amount=amount)
        judgement = a_judgement(verdict=verdict)
        return purchases.add(tx, draft, judgement, actor=actor, self_declared=False, at=NOW).id


def test_a_reason_is_read_back_as_it_was_given_and_one_form_gives_one(
    database: Database, town: tuple[int, int]
) -> None:
    purchase = bought(database, town[0], "2027-03-02", 500)
    later = replace(REASON, code=ReasonCode.OTHER, sentence="고친 사유", looked=Looked("", date(2027, 6, 15)))
    with database.write() as tx:
        assert outside_reasons.latest(tx, purchase) is None
        assert outside_reasons.add(tx, purchase, REASON, "form-1") == (REASON, True)
        assert outside_reasons.add(tx, purchase, later, "form-1") == (REASON, False)
        assert outside_reasons.add(tx, purchase, later, "form-2") == (later, True)
    with database.read() as tx:
        assert outside_reasons.latest(tx, purchase) == later
        assert outside_reasons.history(tx, purchase) == [later, REASON]


def test_a_reason_belongs_to_a_purchase_and_says_something(database: Database, town: tuple[int, int]) -> None:
    purchase = bought(database, town[0], "2027-03-02", 500)
    for changed, of in ((REASON, purchase + 1), (replace(REASON, sentence=""), purchase)):
        with pytest.raises(IntegrityError), database.write() as tx:
            outside_reasons.add(tx, of, changed, "form-9")


def test_the_rule_of_each_contract_date_says_what_waits(database: Database, town: tuple[int, int]) -> None:
    bought(database, town[0], "2026-12-31", 10_000)
    bought(database, town[0], "2027-06-30", 99)
    late = bought(database, town[0], "2027-07-01", 10)
    early = bought(database, town[0], "2027-01-01", 100)
    bought(database, town[0], "2027-03-02", 500, verdict=Verdict.LOCAL)
    answered = bought(database, town[0], "2027-03-02", 500)
    cancelled = bought(database, town[0], "2027-03-02", 500)
    with database.write() as tx:
        outside_reasons.add(tx, answered, REASON, "form-1")
        purchases.cancel(tx, cancelled, 1, actor=REPORTER, at=NOW)
    with database.read() as tx:
        found = outside_reasons.unanswered(tx, RULES, 10)
        assert ([p.id for p in found.purchases], found.number) == ([early, late], 2)
        one = outside_reasons.unanswered(tx, RULES, 1)
        assert ([p.id for p in one.purchases], one.number) == ([early], 2)
        assert outside_reasons.unanswered(tx, (), 10).number == 0


def test_a_lead_sees_the_division_and_anybody_their_own(database: Database, town: tuple[int, int]) -> None:
    first = bought(database, town[0], "2027-03-02", 500)
    second = bought(database, town[1], "2027-03-03", 500, actor=OFFICER)
    with database.read() as tx:

        def seen(organisation_ids: list[int] | None, reporter: Actor | None) -> list[int]:
            found = outside_reasons.unanswered(tx, RULES, 10, organisations=organisation_ids, reporter=reporter)
            return [p.id for p in found.purchases]

        assert seen(None, None) == [first, second]
        assert seen([town[1]], REPORTER) == [first, second]
        assert seen([town[1]], OFFICER) == [second]
        assert seen([], REPORTER) == [first]
        assert seen([], Actor("T0GARAM", "U0NOBODY")) == []


def test_what_leaves_the_effective_ratio_is_by_the_reason_that_holds_and_the_rule_of_the_day(
    database: Database, town: tuple[int, int]
) -> None:
    rules = (
        OutsideRule(date(2027, 7, 1), 0, frozenset({ReasonCode.UNIT_PRICE}), "b"),
        OutsideRule(date(2027, 1, 1), 0, frozenset({ReasonCode.PRICE, ReasonCode.PATENT}), "a"),
    )
    given = [
        ("2027-06-30", 1, (ReasonCode.PRICE,), town[0]),
        ("2027-07-01", 2, (ReasonCode.PRICE,), town[0]),
        ("2027-07-01", 4, (ReasonCode.UNIT_PRICE,), town[0]),
        ("2027-03-02", 8, (ReasonCode.PATENT, ReasonCode.OTHER), town[0]),
        ("2027-03-02", 16, (ReasonCode.OTHER, ReasonCode.PATENT), town[0]),
        ("2027-03-02", 32, (), town[0]),
        ("2027-03-02", 64, (ReasonCode.PATENT,), town[1]),
        ("2026-12-31", 128, (ReasonCode.PATENT,), town[0]),
        ("2028-01-01", 256, (ReasonCode.UNIT_PRICE,), town[0]),
    ]
    for day, amount, codes, organisation in given:
        purchase = bought(database, organisation, day, amount)
        with database.write() as tx:
            for code in codes:
                outside_reasons.add(tx, purchase, replace(REASON, code=code), f"{day}-{amount}-{code}")
    year = date(2027, 1, 1), date(2027, 12, 31)
    with database.read() as tx:
        own = left_out(tx, rules, *year, town[0])
        assert together(own) == Bought(3, 1 + 4 + 16)
        assert by_reason(own) == {
            ReasonCode.PATENT: Bought(1, 16),
            ReasonCode.PRICE: Bought(1, 1),
            ReasonCode.UNIT_PRICE: Bought(1, 4),
        }
        assert together(left_out(tx, rules, *year, town[1])) == Bought(1, 64)
        assert together(left_out(tx, rules, *year)) == Bought(4, 1 + 4 + 16 + 64)
        assert left_out(tx, (), *year, town[0]) == []
        assert left_out(tx, RULES, *year, town[0]) == []
