"""A published list beside the reports: which records are one contract, and which are asked about."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from gwannae.programme.contracts import Contract, contract_of, organisation_meant
from gwannae.programme.cross_check import CrossCheck, by_organisation, cross_check, within_year
from tests.builders import an_organisation
from tests.documents.exports import PARKS, ROADS, a_row

BASE = Contract(1, "안내문 인쇄", 1_100_000, date(2027, 3, 4), "(주)물빛인쇄", "1234567891", organisation="roads")


def a_contract(**changes: Any) -> Contract:
    """Leaflets of 2027-03-04 (목), from one firm, for the road division."""
    return replace(BASE, **changes)


def told(check: CrossCheck) -> str:
    """Where each record ended, in short: agreed, missing here, missing there, different, asked (published:reported)."""
    words = ["agreed"] * len(check.agreed) + ["here"] * len(check.missing_here)
    words += ["there"] * len(check.missing_there) + ["different"] * len(check.different)
    return " ".join(words + [f"asked {len(q.published)}:{len(q.reported)}" for q in check.questions])


@pytest.mark.parametrize(
    ("published", "reported", "outcome"),
    [
        # nothing to decide
        ({}, {}, "agreed"),
        ({"firm": "주식회사 물빛인쇄", "business_number": None}, {}, "agreed"),
        ({"firm": "물빛 인쇄", "business_number": None}, {"business_number": None}, "agreed"),
        ({"title": "안내문  인쇄(2차)"}, {"title": "인쇄"}, "agreed"),
        ({"organisation": ""}, {}, "agreed"),
        # the day: within seven, or blank in the list
        ({"day": date(2027, 3, 11)}, {}, "agreed"),  # 목
        ({"day": date(2027, 2, 25)}, {}, "agreed"),  # 목
        ({"day": date(2027, 3, 12)}, {}, "here there"),  # 금, eight days
        ({"day": None}, {}, "agreed"),
        # the firm
        ({"business_number": "2222222227"}, {}, "asked 1:1"),
        ({"business_number": "2222222227", "title": "다른 것"}, {"title": "또 다른 것"}, "here there"),
        ({"firm": "다른인쇄", "business_number": None}, {"title": "다른 것", "business_number": None}, "here there"),
        ({"firm": "", "business_number": None}, {"business_number": None}, "asked 1:1"),
        ({"firm": "", "business_number": None}, {"title": "다른 것", "business_number": None}, "here there"),
        # the amount
        ({"amount": 1_000_000}, {}, "different"),
        ({"amount": 1_000_000, "day": None}, {}, "different"),
        ({"amount": 1_000_000, "title": "다른 것"}, {}, "asked 1:1"),
        ({"amount": 1_000_000, "title": "다른 것", "day": date(2027, 3, 5)}, {}, "here there"),
        ({"amount": 1_000_000, "title": "", "day": date(2027, 3, 5)}, {"title": ""}, "here there"),
        # the organisation: who contracts may not be who buys
        ({"organisation": "parks"}, {}, "asked 1:1"),
        ({"organisation": "parks", "day": date(2027, 3, 5)}, {}, "here there"),
        # the contract number, where both have one
        ({"number": "R27-0001", "amount": 1, "firm": "", "business_number": None, "day": date(2027, 9, 1)},
         {"number": "r27 0001"}, "different"),
        ({"number": "R27-0001"}, {"number": "R27-0002"}, "here there"),
        ({"number": "R27-0001"}, {}, "agreed"),
        ({"number": "R27-0001", "organisation": "parks"}, {"number": "R27-0001"}, "agreed"),
    ],
)  # fmt: skip
def test_one_record_beside_one(published: dict[str, Any], reported: dict[str, Any], outcome: str) -> None:
    assert told(cross_check([a_contract(**published)], [a_contract(ref=2, **reported)])) == outcome


def days(*numbers: int) -> list[Contract]:
    """The same contract on several days of March 2027."""
    return [a_contract(ref=n, day=date(2027, 3, n)) for n in numbers]


@pytest.mark.parametrize(
    ("published", "reported", "outcome"),
    [
        ([], [], ""),
        (days(4), [], "here"),
        ([], days(4), "there"),
        (days(4, 4, 4), days(4, 4), "agreed agreed here"),  # a basket's equal lines
        (days(4, 4), days(4, 4, 4), "agreed agreed there"),
        (days(1, 3), days(3), "agreed here"),  # the exact day before the near one
        (days(1, 3), days(2), "asked 2:1"),
        (days(2), days(1, 3), "asked 1:2"),
        (days(1, 5), days(2, 4), "asked 2:2"),
        (days(1, 20), days(2, 21), "agreed agreed"),
        ([a_contract(title="가"), a_contract(title="나")], [a_contract(title="나"), a_contract(title="가")],
         "agreed agreed"),
        ([a_contract(title="가"), a_contract(title="나")], [a_contract(title="다")], "asked 2:1"),
        ([a_contract(title="가", amount=1), a_contract(title="나", amount=2)],
         [a_contract(title="나", amount=3), a_contract(title="가", amount=4)], "different different"),
        ([a_contract(number="A"), a_contract(number="A", amount=5)], [a_contract(number="A")], "agreed here"),
        ([a_contract(amount=5)], [a_contract(), a_contract()], "asked 1:2"),
        ([a_contract(day=None)], days(4, 20), "asked 1:2"),
    ],
)  # fmt: skip
def test_many_records_beside_many(published: list[Contract], reported: list[Contract], outcome: str) -> None:
    assert told(cross_check(published, reported)) == outcome


def test_every_record_ends_in_one_place_whatever_the_lists() -> None:
    chance = random.Random(20270615)  # noqa: S311
    for _ in range(300):
        published, reported = (
            [
                a_contract(
                    ref=n,
                    title=chance.choice("가나"),
                    amount=chance.choice((1, 2)),
                    day=chance.choice((None, date(2027, 3, 1), date(2027, 3, 6), date(2027, 3, 20))),
                    firm=chance.choice(("하나", "둘", "")),
                    business_number=chance.choice((None, "1234567891")),
                    organisation=chance.choice(("", "roads", "parks")),
                    number=chance.choice(("", "", "A", "B")),
                )
                for n in range(chance.randrange(9))
            ]
            for _ in range(2)
        )
        check = cross_check(published, reported)
        paired = len(check.agreed) + len(check.different)
        asked_p = [c for q in check.questions for c in q.published]
        asked_r = [c for q in check.questions for c in q.reported]
        assert len(published) == paired + len(check.missing_here) + len(asked_p)
        left = [*check.agreed, *(d.reported for d in check.different), *check.missing_there, *asked_r]
        assert Counter(left) == Counter(reported)
        assert all(q.published and q.reported for q in check.questions)


def test_a_list_against_itself_agrees_and_the_order_of_rows_does_not_matter() -> None:
    chance = random.Random(7)  # noqa: S311
    rows = [
        a_contract(ref=n, title=f"계약 {n % 40}", amount=1_000 * (n % 7 + 1), day=date(2027, 1, 1) + timedelta(n % 90))
        for n in range(400)
    ]
    shuffled = chance.sample(rows, len(rows))
    assert told(cross_check(rows, shuffled)).count("agreed") == 400


def test_findings_are_gathered_by_organisation_and_nothing_is_lost() -> None:
    park = {"organisation": "parks", "organisation_text": "공원과"}
    published = [
        a_contract(organisation_text="도로과"),
        a_contract(title="없던 것", amount=7, firm="새 업체", business_number=None, organisation_text="도로과"),
        a_contract(
            organisation="", organisation_text="모르는 과", amount=9, title="남", firm="남", business_number=None
        ),
    ]
    reported = [a_contract(ref=5, organisation_text="도로과"), a_contract(ref=6, amount=77, title="공원 것", **park)]
    found = dict(by_organisation(cross_check(published, reported)))
    assert list(found) == ["공원과", "도로과", "모르는 과"]
    assert {name: told(check) for name, check in found.items()} == {
        "공원과": "there",
        "도로과": "agreed here",
        "모르는 과": "here",
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("도로과", "roads"), ("가람시 도로과", "roads"), ("가람시청 건설국 도로 과", "roads"), ("공원과", "parks"),
        ("물빛구 행정지원과", None), ("행정지원과", None), ("없는과", None), ("", None), ("도로과장", None),
        ("도시공원과", "city-parks"),
    ],
)  # fmt: skip
def test_a_cell_names_one_organisation_or_none(text: str, code: str | None) -> None:
    every = [
        ROADS, PARKS, an_organisation(id=3, code="a-admin", name="행정지원과"),
        an_organisation(id=4, code="b-admin", name="행정지원과"),
        an_organisation(id=5, code="city-parks", name="도시공원과"),
    ]  # fmt: skip
    found = organisation_meant(text, every)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("day", "within"), [("2026-12-31", False), ("2027-01-01", True), ("2027-12-31", True), ("2028-01-01", False)]
)
def test_a_record_is_of_the_year_of_its_day(day: str, within: bool) -> None:
    assert within_year(a_contract(day=date.fromisoformat(day)), 2027) == within
    assert within_year(a_contract(day=None), 2027)


def test_a_report_becomes_a_record() -> None:
    row = a_row(7, title="안내문", amount=5)
    assert contract_of(row.purchase, row.organisation) == Contract(
        7, "안내문", 5, row.purchase.draft.contract_date, "먼바다기획", None, "", "roads", "도로과"
    )
