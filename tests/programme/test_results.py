"""결산: the bytes of a frozen result, what moved between two, points by the city's table."""

from dataclasses import replace
from datetime import date

import pytest

from gwannae.programme.bonus_points import bonuses, write_points
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.result_rules import BonusTable, table_for
from gwannae.programme.results import Result, ResultFormatError, ResultLine, canonical, fingerprint, moved, read
from gwannae.programme.standings import Figures, Measure
from gwannae.programme.vendor_card import Bought
from gwannae.programme.year_end import award_span, settled_year

ROADS = ResultLine(
    "roads", "길가꿈과", 1, Figures(1, 600, 1, 400, 1, 50), {PurchaseKind.GOODS: Figures(1, 600, 1, 400, 1, 50)},
    Bought(1, 100), 3, "a" * 64,
)  # fmt: skip
ARTS = replace(ROADS, code="arts", name="햇님예술재단", rank=2, rows=1, rows_fingerprint="b" * 64)
IDLE = ResultLine("transit", "햇님교통공사", None, Figures(), {}, Bought(0, 0), 0, "c" * 64)
RESULT = Result(
    2027, date(2027, 2, 1), date(2027, 10, 31), (Measure.COUNT_RATIO,), ("2026-1", "2027-1"), (ROADS, ARTS, IDLE)
)


def test_the_bytes_are_those_that_were_written_down_once() -> None:
    """Whoever changes this changes every fingerprint that was ever given: take another FORMAT."""
    one = replace(RESULT, lines=(ROADS,))
    assert canonical(one).decode() == (
        '{"first":"2027-02-01","format":"gwannae.result/1","last":"2027-10-31","lines":[{"by_kind":'
        '{"goods":[1,600,1,400,1,50]},"code":"roads","left_out":[1,100],"name":"길가꿈과","rank":1,"rows":3,'
        '"rows_sha256":"' + "a" * 64 + '","total":[1,600,1,400,1,50]}],"order":["count_ratio"],'
        '"rules":["2026-1","2027-1"],"year":2027}'
    )
    assert fingerprint(canonical(one)) == "0557e0f3c6042e54a552876b119d0e0f9bdef09b540f4d287ee9e3d1dffecd79"


def test_what_was_written_is_read_back_whole() -> None:
    assert read(canonical(RESULT)) == RESULT


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b'{"format":"gwannae.result/2"}', canonical(RESULT).replace(b'"rows":3', b'"rows":"3"'),
     canonical(RESULT).replace(b"[1,600,1,400,1,50]", b"[1]"), canonical(RESULT)[:-1]],
)  # fmt: skip
def test_bytes_of_another_make_are_refused(content: bytes) -> None:
    with pytest.raises(ResultFormatError):
        read(content)


def test_what_moved_is_every_line_that_says_anything_else() -> None:
    later = replace(RESULT, lines=(replace(ROADS, rank=2), ARTS))
    assert [(m.code, m.before, m.after) for m in moved(RESULT, later)] == [
        ("roads", ROADS, replace(ROADS, rank=2)),
        ("transit", IDLE, None),
    ]
    assert moved(RESULT, RESULT) == ()


def test_the_effective_ratio_leaves_out_what_had_no_local_choice() -> None:
    assert (ROADS.effective_amount.part, ROADS.effective_amount.whole) == (600, 900)


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (1, 11, (date(2027, 1, 1), date(2027, 11, 30))),
        (1, 12, (date(2027, 1, 1), date(2027, 12, 31))),
        (2, 2, (date(2027, 2, 1), date(2027, 2, 28))),
    ],
)
def test_the_months_that_count(first: int, last: int, span: tuple[date, date]) -> None:
    assert award_span(2027, first, last) == span


@pytest.mark.parametrize(
    ("day", "last_month", "year"),
    [
        (date(2027, 11, 30), 11, 2026),  # Tuesday, the last day that counts
        (date(2027, 12, 1), 11, 2027),
        (date(2028, 1, 3), 11, 2027),
        (date(2028, 1, 1), 12, 2027),
        (date(2027, 12, 31), 12, 2026),
    ],
)
def test_the_year_that_is_settled_around_a_day(day: date, last_month: int, year: int) -> None:
    assert settled_year(day, last_month) == year


TABLE = BonusTable(2027, ((1, 150), (2, 75)), "시행계획")


def test_points_go_by_rank_equal_ranks_alike_and_nobody_without_one() -> None:
    both = replace(RESULT, lines=(ROADS, replace(ARTS, rank=1), replace(ARTS, code="x", rank=3), IDLE))
    assert [(b.line.code, b.hundredths) for b in bonuses(both, TABLE)] == [("roads", 150), ("arts", 150)]
    assert [b.hundredths for b in bonuses(RESULT, TABLE)] == [150, 75]


def test_the_table_of_a_year_is_the_newest_that_has_begun() -> None:
    later = replace(TABLE, from_year=2029)
    assert [table_for((later, TABLE), year) for year in (2026, 2028, 2030)] == [None, TABLE, later]


@pytest.mark.parametrize(
    ("hundredths", "text"), [(100, "1.0"), (150, "1.5"), (75, "0.75"), (5, "0.05"), (0, "0.0"), (1010, "10.1")]
)
def test_points_are_written_with_one_decimal_at_least(hundredths: int, text: str) -> None:
    assert write_points(hundredths) == text
