"""Words behind the command: what is surely an amount, a day or a kind; all else stays in the title."""

from datetime import date

import pytest

from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.report_words import Words, read_words

TODAY = date(2027, 6, 15)  # a Tuesday
GOODS, SERVICES, WORKS = PurchaseKind.GOODS, PurchaseKind.SERVICES, PurchaseKind.WORKS


@pytest.mark.parametrize(
    ("typed", "title", "amount", "day", "kind"),
    [
        ("", "", "", None, None),
        ("명함", "명함", "", None, None),
        ("명함 인쇄 30만원", "명함 인쇄", "300,000원", None, None),
        ("명함 30만 원", "명함", "300,000원", None, None),
        ("1,200,000 명함", "명함", "1,200,000원", None, None),
        ("₩50,000 명함", "명함", "50,000원", None, None),
        ("승강기 1억 2천", "승강기", "120,000,000원", None, None),
        ("승강기 2천5백만 원", "승강기", "25,000,000원", None, None),
        ("현수막 삼십만원정", "현수막", "300,000원", None, None),
        ("현수막 금삼십만 원", "현수막", "300,000원", None, None),
        ("승강기 일억 이천만원", "승강기", "120,000,000원", None, None),
        ("명함 어제", "명함", "", date(2027, 6, 14), None),
        ("명함 6/14", "명함", "", date(2027, 6, 14), None),
        ("명함 6월 14일", "명함", "", date(2027, 6, 14), None),
        ("명함 2027. 6. 14. 30만원", "명함", "300,000원", date(2027, 6, 14), None),
        ("명함 2027년 6월 14일", "명함", "", date(2027, 6, 14), None),
        ("명함 20270614", "명함", "", date(2027, 6, 14), None),
        ("현수막 제작 30만원 어제 물품", "현수막 제작", "300,000원", date(2027, 6, 14), GOODS),
        ("청사 청소 용역", "청사 청소 용역", "", None, SERVICES),
        ("보도 정비 공사 1,500천원", "보도 정비 공사", "1,500,000원", None, WORKS),
        # not surely: they stay where the person sees them
        ("복사용지 300", "복사용지 300", "", None, None),
        ("복사용지 45000", "복사용지 45000", "", None, None),
        ("천원 아침밥", "천원 아침밥", "", None, None),
        ("이만원예 화환", "이만원예 화환", "", None, None),
        ("사원증 오백장", "사원증 오백장", "", None, None),
        ("명함 0원", "명함 0원", "", None, None),
        ("명함 -30만원", "명함 -30만원", "", None, None),
        ("명함 내일", "명함 내일", "", None, None),
        ("명함 2027-06-16", "명함 2027-06-16", "", None, None),
        ("천원 만원 공원", "천원 만원 공원", "", None, None),
        ("명함 30만원 40만원", "명함 40만원", "300,000원", None, None),
        ("명함 어제 오늘", "명함 오늘", "", date(2027, 6, 14), None),
        ("A4 용지", "A4 용지", "", None, None),
        ("<!channel> '; DROP TABLE", "<!channel> '; DROP TABLE", "", None, None),
    ],
)
def test_words_are_read_and_what_is_unsure_stays(
    typed: str, title: str, amount: str, day: date | None, kind: PurchaseKind | None
) -> None:
    assert read_words(typed, TODAY) == Words(title, amount, day, kind)


def test_a_very_long_text_is_cut() -> None:
    assert len(read_words("가 " * 5000, TODAY).title) <= 500
