"""What the words after `/local-standings` ask for; the day is Tuesday 2027-06-15, February to October count."""

from datetime import date

import pytest

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings_words import NotUnderstood, read_asked

TODAY = date(2027, 6, 15)
AWARD = (2, 10)
GROUPS = ("본청", "공사", "1그룹")
GOODS, WORKS = PurchaseKind.GOODS, PurchaseKind.WORKS


@pytest.mark.parametrize(
    ("words", "first", "last", "label"),
    [
        ("", "2027-01-01", "2027-12-31", "2027년"),
        ("올해", "2027-01-01", "2027-12-31", "2027년"),
        ("2026년", "2026-01-01", "2026-12-31", "2026년"),
        ("2026 3분기", "2026-07-01", "2026-09-30", "2026년 3분기"),
        ("1분기", "2027-01-01", "2027-03-31", "2027년 1분기"),
        ("하반기", "2027-07-01", "2027-12-31", "2027년 하반기"),
        ("2월", "2027-02-01", "2027-02-28", "2027년 2월"),
        ("2028년 2월", "2028-02-01", "2028-02-29", "2028년 2월"),
        ("12월", "2027-12-01", "2027-12-31", "2027년 12월"),
        ("지난달", "2027-05-01", "2027-05-31", "2027년 5월"),
        ("작년", "2026-01-01", "2026-12-31", "2026년"),
        ("평가", "2027-02-01", "2027-10-31", "2027년 평가 기간"),
    ],
)
def test_periods(words: str, first: str, last: str, label: str) -> None:
    asked = read_asked(words, TODAY, AWARD, GROUPS)
    assert not isinstance(asked, NotUnderstood)
    assert (asked.span.first, asked.span.last, asked.span.label) == (
        date.fromisoformat(first), date.fromisoformat(last), label,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "kind", "group", "own"),
    [
        ("물품", GOODS, "", False),
        ("공사", WORKS, "", False),
        ("공사 그룹", None, "공사", False),
        ("본청", None, "본청", False),
        ("본청 그룹 물품", GOODS, "본청", False),
        ("1그룹", None, "1그룹", False),
        ("우리 부서", None, "", True),
        ("우리부서 물품", GOODS, "", True),
    ],
)
def test_kinds_groups_and_ones_own(words: str, kind: PurchaseKind | None, group: str, own: bool) -> None:
    asked = read_asked(words, TODAY, AWARD, GROUPS)
    assert not isinstance(asked, NotUnderstood)
    assert (asked.kind, asked.group, asked.own) == (kind, group, own)


@pytest.mark.parametrize("words", ["13월", "5분기", "책상", "2분기 물품 책상", "0월", "' OR 1=1"])
def test_what_names_nothing_is_named(words: str) -> None:
    found = read_asked(words, TODAY, AWARD, GROUPS)
    assert isinstance(found, NotUnderstood)
    assert found.groups == GROUPS
    assert set(found.words) <= set(words.split())


def test_in_january_the_last_month_is_of_the_year_before() -> None:
    asked = read_asked("지난달", date(2027, 1, 4), AWARD)
    assert not isinstance(asked, NotUnderstood)
    assert asked.span.label == "2026년 12월"
