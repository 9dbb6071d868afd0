"""A misspelt item or name is taken for that one, and a compound that nobody has for its last part."""

import pytest

from gwannae.actions.localvendor import look_up
from gwannae.programme.verdict import Verdict
from gwannae.storage.database import Database
from tests.actions.importing import INSIDE, a_toolkit, take_in

FIRMS = (
    ("가온환경", "", INSIDE, "쓰레기봉투", ""),
    ("나래인쇄", "", INSIDE, "봉투", ""),
    ("다솜떡집", "", INSIDE, "떡", ""),
    ("라온도장", "", INSIDE, "페인트", ""),
    ("기년떡", "", INSIDE, "꿀", ""),
    ("기념마을", "", INSIDE, "꿀", ""),
)


@pytest.mark.parametrize(
    ("typed", "firm", "guessed"),
    [
        ("쓰페기봉투", "가온환경", "쓰레기봉투"),
        ("쓸기봉투", "가온환경", "쓰레기봉투"),
        ("ㅍ페인트", "라온도장", "페인트"),
        ("창봉투", "나래인쇄", ""),
        ("나랴인쇄", "나래인쇄", "나래인쇄"),
        ("기념떡", "다솜떡집", ""),
    ],
)
def test_a_slip_of_an_item_or_of_a_name_comes_before_the_last_part_of_a_compound(
    sqlite_database: Database, typed: str, firm: str, guessed: str
) -> None:
    with a_toolkit(sqlite_database.url) as toolkit:
        take_in(toolkit, *FIRMS)

        page = look_up(toolkit, typed, toolkit.today, Verdict.OUTSIDE)

    assert page.cards[0].vendor.name == firm
    assert [word for guess in page.guesses for word in guess.words] == ([guessed] if guessed else [])
    assert (page.meant is None) is bool(guessed)
