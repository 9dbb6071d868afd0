"""What was typed as having been done, line by line."""

from datetime import date

import pytest

from gwannae.programme.policy_record import Doing, Happened, in_order, read_doings


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("2027. 1. 11. 추진계획 결재 / 경제국장", [Doing(date(2027, 1, 11), None, "추진계획 결재", "경제국장")]),
        ("2027.1.11.(월) 결재\n\n 2027. 2. 1 지침 ", [
            Doing(date(2027, 1, 11), None, "결재"), Doing(date(2027, 2, 1), None, "지침"),
        ]),
        ("추진계획 결재", 1),
        ("2027. 1. 11. 결재\n2027. 2. 30. 회의", 2),
        ("2027. 1. 11.", 1),
        ("0000. 1. 1. 결재", 1),
    ],
)  # fmt: skip
def test_a_line_begins_with_its_day(text: str, read: list[Doing] | int) -> None:
    assert read_doings(text) == read


def test_what_happened_stands_by_day_with_its_words() -> None:
    late = Doing(date(2027, 12, 1), Happened.AWARD, "으뜸 길가꿈과")
    early = Doing(date(2027, 1, 4), Happened.GUIDANCE)
    assert [one.told for one in in_order([late, early])] == ["연초 안내 발송", "우수부서 선정: 으뜸 길가꿈과"]
