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


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("500만원 이하 책상 살 데", 5_000_000),
        ("책상 예산 1,200만원 기준으로 추천해줘", 12_000_000),
        ("1.2억원 조명", 120_000_000),
        ("3억 원 예산으로 조경공사 맡길 업체", 300_000_000),
        ("2천만원 이하 도배", 20_000_000),
        ("삼백만원 정도 수건", 3_000_000),
        ("1,200,000원 에어컨", 1_200_000),
        ("3만원대 기념품", 30_000),
        ("5천원짜리 수건", 5_000),
        ("1억2천 조명", 120_000_000),
        ("300만원에서 500만원 사이 책상", 5_000_000),
        ("책상 500만", 5_000_000),
        ("A4용지 2만 장", None),
        ("물티슈 1만개", None),
        ("led 12w 조명", None),
        ("3단 책상", None),
        ("천막", None),
        ("만두", None),
        ("구백원룸", None),
        ("백만송이 꽃", None),
        ("0원 책상", None),
        ("99999999999999999999원 책상", None),
    ],
)
def test_an_amount_is_the_planned_price(text: str, amount: int | None) -> None:
    assert take_price(text)[1] == amount
