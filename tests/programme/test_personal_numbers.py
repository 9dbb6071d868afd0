"""Numbers of people in texts that are published."""

import pytest

from gwannae.programme.personal_numbers import without_personal_numbers


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("강사료 010-1234-5678", "강사료 ***"),
        ("01012345678로 문의", "***로 문의"),
        ("010 1234 5678", "***"),
        ("+82 10-1234-5678", "***"),
        ("011-123-4567", "***"),
        ("900101-1234567 강사", "*** 강사"),
        ("a.b@garam.example, 둘", "***, 둘"),
    ],
)
def test_numbers_of_people_are_struck_out(text: str, published: str) -> None:
    assert without_personal_numbers(text) == published


@pytest.mark.parametrize(
    "text",
    [
        "031-729-1234 안내판", "2027년 10월 현수막 1,000장", "123-45-67891", "A4 용지 80g 2500매", "1010-2345-6789호",
        "계약 20270101-000123", "",
    ],
)  # fmt: skip
def test_office_numbers_amounts_and_contract_numbers_stay(text: str) -> None:
    assert without_personal_numbers(text) == text
