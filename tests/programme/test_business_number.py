from __future__ import annotations

import random

import pytest

from gwannae.programme.business_number import (
    BusinessNumberError,
    BusinessNumberFault,
    check_digit,
    read_business_number,
    write_business_number,
)
from tests.shared_data import shared_rows

# Made up; the last digit follows from the first nine.
NUMBER = "9998101230"[:9] + str(check_digit("999810123"))


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"{NUMBER[:3]}-{NUMBER[3:5]}-{NUMBER[5:]}",
        f"{NUMBER[:3]} {NUMBER[3:5]} {NUMBER[5:]}",
        f"{NUMBER[:3]}.{NUMBER[3:5]}.{NUMBER[5:]}",
        f"{NUMBER[:3]}–{NUMBER[3:5]}−{NUMBER[5:]}",
        f" {NUMBER}\u200b\n",
        "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER),
        f"{NUMBER}.0",
        f"{NUMBER}.00",
        f"{NUMBER[0]}.{NUMBER[1:]}E+09",
        f"{NUMBER[0]}.{NUMBER[1:]}e9",
    ],
)
def test_the_ten_digits_are_found_however_they_are_written(text: str) -> None:
    assert read_business_number(text) == NUMBER


def test_scientific_text_that_is_exactly_ten_digits_is_read() -> None:
    whole = next(f"{n}000" for n in range(1298101, 1299101) if check_digit(f"{n}00") == 0)
    assert read_business_number(f"{whole[0]}.{whole[1:7]}e9") == whole


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", BusinessNumberFault.EMPTY),
        ("\u200b ", BusinessNumberFault.EMPTY),
        (f"{NUMBER}, {NUMBER}", BusinessNumberFault.SEVERAL),
        (f"{NUMBER[:3]}-{NUMBER[3:5]}-{NUMBER[5:]} / 111-22-33333", BusinessNumberFault.SEVERAL),
        (f"{NUMBER}\n1112233333", BusinessNumberFault.SEVERAL),
        (f"{NUMBER} 1112233333 (지점)", BusinessNumberFault.SEVERAL),
        (NUMBER + NUMBER, BusinessNumberFault.LENGTH),
        (NUMBER[:9], BusinessNumberFault.LENGTH),
        (NUMBER + "0", BusinessNumberFault.LENGTH),
        (NUMBER[:9] + ".0", BusinessNumberFault.LENGTH),
        ("9" * 5000, BusinessNumberFault.LENGTH),
        (NUMBER + ".5", BusinessNumberFault.NOT_DIGITS),
        ("12345.67890", BusinessNumberFault.NOT_DIGITS),
        ("1.2981E+09", BusinessNumberFault.NOT_DIGITS),
        (f"{NUMBER[0]}.{NUMBER[1:]}5e9", BusinessNumberFault.NOT_DIGITS),
        (f"{NUMBER[0]}.{NUMBER[1:]}e8", BusinessNumberFault.NOT_DIGITS),
        ("---", BusinessNumberFault.NOT_DIGITS),
        ("없음", BusinessNumberFault.NOT_DIGITS),
        ("٩٩٩٨١٠١٢٣٠", BusinessNumberFault.NOT_DIGITS),
        ("①" * 10, BusinessNumberFault.NOT_DIGITS),
        ("<!channel>", BusinessNumberFault.NOT_DIGITS),
    ],
)
def test_what_is_no_business_number_is_refused_with_its_reason(text: str, fault: BusinessNumberFault) -> None:
    with pytest.raises(BusinessNumberError) as refused:
        read_business_number(text)
    assert refused.value.code is fault
    assert refused.value.text == text


def test_any_other_last_digit_is_refused() -> None:
    for digit in set("0123456789") - {NUMBER[-1]}:
        with pytest.raises(BusinessNumberError) as refused:
            read_business_number(NUMBER[:9] + digit)
        assert refused.value.code is BusinessNumberFault.CHECK_DIGIT


def test_one_mistyped_digit_is_noticed_but_for_the_rare_twin_of_the_ninth() -> None:
    chance = random.Random(3)  # noqa: S311
    for _ in range(300):
        nine = "".join(chance.choices("0123456789", k=9))
        number = nine + str(check_digit(nine))
        place = chance.randrange(8)
        other = str((int(number[place]) + chance.randrange(1, 10)) % 10)
        with pytest.raises(BusinessNumberError):
            read_business_number(number[:place] + other + number[place + 1 :])


def test_what_is_written_is_read_back() -> None:
    assert write_business_number("1298101234") == "129-81-01234"
    assert read_business_number(write_business_number(NUMBER)) == NUMBER


@pytest.mark.parametrize(
    ("number", "fault"),
    [("129810123", BusinessNumberFault.LENGTH), ("129-81-01234", BusinessNumberFault.NOT_DIGITS)],
)
def test_only_ten_digits_are_written(number: str, fault: BusinessNumberFault) -> None:
    with pytest.raises(BusinessNumberError) as refused:
        write_business_number(number)
    assert refused.value.code is fault


@pytest.mark.shared_data
def test_published_numbers_pass_or_fail_as_their_list_says() -> None:
    rows = list(shared_rows("brn_published_a.csv"))
    assert rows
    for row in rows:
        if row["체크섬통과"] == "1":
            assert read_business_number(row["표기"]) == row["숫자10자리"]
        else:
            with pytest.raises(BusinessNumberError) as refused:
                read_business_number(row["표기"])
            assert refused.value.code is BusinessNumberFault.CHECK_DIGIT


@pytest.mark.shared_data
def test_every_number_of_the_policy_companies_passes() -> None:
    numbers = [row["사업자등록번호"] for row in shared_rows("policy_companies_busan_a.csv")]
    assert len(numbers) > 1000
    assert [read_business_number(number) for number in numbers] == numbers
