"""The amount in the words of a look-up."""

import pytest

from gwannae.programme.planned_price import take_price


@pytest.mark.parametrize(
    ("text", "rest", "won"),
    [
        ("500만원 이하 책상", "책상", 5_000_000),
        ("책상 500만 원 정도", "책상", 5_000_000),
        ("500만 이하 책상", "책상", 5_000_000),
        ("예산 500만 현수막", "현수막", 5_000_000),
        ("1억 2천만원 짜리 무대", "무대", 120_000_000),
        ("명함 30만원대", "명함", 300_000),
        ("５００만원이하 의자", "의자", 5_000_000),
        ("1,500,000원으로 책", "책", 1_500_000),
        ("책상 100만원 의자 200만원", "책상 의자", 2_000_000),
        ("500만원", "", 5_000_000),
    ],
)
def test_an_amount_is_taken_out_of_the_words(text: str, rest: str, won: int) -> None:
    assert take_price(text) == (rest, won)


@pytest.mark.parametrize(
    "text",
    ["책상", "A4용지 500장", "5만 장 전단", "10만원권 상품권", "이원 인쇄", "123-45-67891", "", "만", "1" * 3000, "원"],
)
def test_a_size_a_count_or_a_name_is_no_amount(text: str) -> None:
    assert take_price(text) == (text, None)
