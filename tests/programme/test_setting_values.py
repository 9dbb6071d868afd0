"""Values of a yearly setting: read as they are written, and refused where they cannot be read."""

from datetime import date

import pytest

from gwannae.programme.setting_values import (
    Part,
    Shape,
    UnreadableValueError,
    Value,
    kept,
    read_value,
    value_of,
    written,
)

TODAY = date(2028, 1, 21)
CHOICES: dict[str, str | bool] = {"다음 근무일": "next", "그대로": "as_is"}

EXAMPLES: list[tuple[Shape, Value, str]] = [
    (Shape.TEXT, "11-30", "11-30"),
    (Shape.TEXTS, ("07-15", "12-15"), "07-15, 12-15"),
    (Shape.NUMBER, 10, "10"),
    (Shape.NUMBERS, (10, 5, 1), "10, 5, 1"),
    (Shape.WON, 20_000_000, "20,000,000원"),
    (Shape.WON, 0, "0원"),
    (Shape.RATE, 500, "5%"),
    (Shape.RATE, 110, "1.1%"),
    (Shape.RATE, 105, "1.05%"),
    (Shape.DAY, date(2027, 11, 22), "2027. 11. 22."),
    (Shape.CHOICE, "as_is", "그대로"),
    (Shape.CHOICES, ("as_is", "next"), "그대로, 다음 근무일"),
    (Shape.STEPS, ((1, "1.0"), (3, "0.75")), "1위: 1.0, 3위: 0.75"),
    (Shape.NUMBER, None, ""),
]


@pytest.mark.parametrize(("shape", "value", "text"), EXAMPLES)
def test_a_value_is_read_as_it_is_written_and_kept_without_a_loss(shape: Shape, value: Value, text: str) -> None:
    part = Part("x", shape, value, CHOICES)
    assert written(part) == text
    assert read_value(part, text, today=TODAY) == value
    assert value_of(part, kept(value)) == value


@pytest.mark.parametrize(
    ("shape", "typed", "value"),
    [
        (Shape.WON, "2천5백만원", 25_000_000),
        (Shape.WON, "0", 0),
        (Shape.RATE, "1.1", 110),
        (Shape.RATE, " 5 % ", 500),
        (Shape.NUMBERS, "10,5 , 1,", (10, 5, 1)),
        (Shape.CHOICE, "다음근무일", "next"),
        (Shape.CHOICE, "next", "next"),
        (Shape.STEPS, "1위까지: 1.5점, 3 = 0.7", ((1, "1.5"), (3, "0.7"))),
        (Shape.DAY, "2027-11-22", date(2027, 11, 22)),
        (Shape.TEXT, "  ", None),
        (Shape.NUMBER, "１０", 10),
    ],
)
def test_a_value_may_be_typed_in_other_ways(shape: Shape, typed: str, value: Value) -> None:
    assert read_value(Part("x", shape, None, CHOICES), typed, today=TODAY) == value


@pytest.mark.parametrize(
    ("shape", "typed"),
    [
        (Shape.NUMBER, "열"),
        (Shape.NUMBER, "-3"),
        (Shape.NUMBER, "9" * 5000),
        (Shape.NUMBERS, "10; 5"),
        (Shape.WON, "많이"),
        (Shape.RATE, "5%%"),
        (Shape.RATE, "1.123%"),
        (Shape.DAY, "2월 30일"),
        (Shape.CHOICE, "아무 때나"),
        (Shape.CHOICES, "그대로, 아무 때나"),
        (Shape.STEPS, "일등: 많이"),
    ],
)
def test_what_cannot_be_read_is_refused(shape: Shape, typed: str) -> None:
    with pytest.raises(UnreadableValueError):
        read_value(Part("x", shape, None, CHOICES), typed, today=TODAY)
