"""Official letters: marks, 붙임, 끝., and titles of who heads a body."""

import pytest

from gwannae.programme.official_letters import head_of
from gwannae.programme.papers import (
    Column,
    Facts,
    Grid,
    Item,
    Line,
    NewPage,
    Part,
    attached,
    ended,
    mark,
    numbered,
    text_of,
)


@pytest.mark.parametrize(
    ("depth", "number", "written"),
    [
        (0, 1, "1."), (0, 12, "12."), (1, 1, "가."), (1, 14, "하."), (1, 15, "거."), (1, 29, "고."), (2, 3, "3)"),
        (3, 2, "나)"), (4, 1, "(1)"), (5, 3, "(다)"), (6, 1, "①"), (6, 20, "⑳"), (6, 21, "(21)"), (7, 1, "㉮"),
        (7, 14, "㉻"), (7, 15, "(거)"),
    ],
)  # fmt: skip
def test_each_depth_has_its_own_mark(depth: int, number: int, written: str) -> None:
    assert mark(depth, number) == written


@pytest.mark.parametrize("depth", [-1, 8])
def test_a_depth_without_a_mark_is_refused(depth: int) -> None:
    with pytest.raises(ValueError):
        mark(depth, 1)


def test_items_stand_two_spaces_further_in_and_an_only_one_has_no_mark() -> None:
    items = (Item("하나"), Item("둘", (Item("셋", (Item("홀로"),)), Item("넷"))))
    assert [line.text for line in numbered(items)] == ["1. 하나", "2. 둘", "  가. 셋", "    홀로", "  나. 넷"]
    assert [line.hang for line in numbered(items)] == [3, 3, 5, 4, 5]


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (("목록 1부.",), ["붙임  목록 1부.  끝."]),
        (("목록 1부.", "서식 1부."), ["붙임  1. 목록 1부.", "      2. 서식 1부.  끝."]),
    ],
)
def test_the_end_stands_two_spaces_behind_the_last_attachment(names: tuple[str, ...], lines: list[str]) -> None:
    assert text_of(ended(attached(names))).split("\n") == lines


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((Line("본문"), Line()), "본문  끝."),
        ((Line("본문"), Facts((("업체", "가온"),))), "본문\n업체: 가온\n  끝."),
        ((Grid((Column("가"), Column("나")), (("1", "2"),), "(단위: 원)"),), "(단위: 원)\n가 | 나\n1 | 2\n  끝."),
        ((), "  끝."),
        ((Line("앞"), NewPage(), Line("뒤")), "앞\n\n--------------------\n뒤  끝."),
    ],
)
def test_the_end_stands_behind_a_text_and_below_a_table(parts: tuple[Part, ...], text: str) -> None:
    assert text_of(ended(parts)) == text


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("가람시", "가람시장"), ("가람군", "가람군수"), ("가람구", "가람구청장"), ("가람도", "가람도지사"),
        ("가람특별자치도", "가람특별자치도지사"), ("상생경제과", "상생경제과장"),
    ],
)  # fmt: skip
def test_who_heads_a_body(body: str, title: str) -> None:
    assert head_of(body) == title
