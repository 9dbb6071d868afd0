from __future__ import annotations

import random
from contextlib import suppress

import pytest

from gwannae.programme.amount import (
    LIMIT,
    AmountError,
    AmountFault,
    read_amount,
    write_amount_pair,
    write_short,
    write_thousands,
    write_won,
)
from tests.shared_data import shared_rows


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("300000", 300_000),
        ("1,200,000", 1_200_000),
        ("1, 200, 000원", 1_200_000),
        ("30만원", 300_000),
        ("30 만 원", 300_000),
        ("３０만원", 300_000),
        ("１，２００，０００원", 1_200_000),
        ("1,500천원", 1_500_000),
        ("25백만원", 25_000_000),
        ("1,234.5백만원", 1_234_500_000),
        ("2천5백만 원", 25_000_000),
        ("2천500만원", 25_000_000),
        ("1.2천만원", 12_000_000),
        ("12천만원", 120_000_000),
        ("12만5천원", 125_000),
        ("1만500원", 10_500),
        ("1만2345원", 12_345),
        ("만원", 10_000),
        ("천만원", 10_000_000),
        ("1억", 100_000_000),
        ("1억2천", 120_000_000),
        ("1억 2천5백", 125_000_000),
        ("일억 이천", 120_000_000),
        ("1억2천만원", 120_000_000),
        ("1억 2,300만", 123_000_000),
        ("1억 2,300만 4천원", 123_004_000),
        ("1억 500,000원", 100_500_000),
        ("3.5억", 350_000_000),
        ("0.5만원", 5_000),
        ("9조 9,999억 9,999만 9,999원", LIMIT - 1),
        ("￦1,000", 1_000),
        ("₩ 1,000", 1_000),
        ("\\1,000", 1_000),
        ("금113,560원", 113_560),
        ("일금 113,560원정", 113_560),
        ("금일십일만삼천오백육십원", 113_560),
        ("금113,560원(금일십일만삼천오백육십원)", 113_560),
        ("삼십만원정", 300_000),
        ("삼백이십만 원", 3_200_000),
        ("금일억이천원정", 100_002_000),
        ("1,100,000원 부가세 포함", 1_100_000),
        ("110만원(VAT 포함)", 1_100_000),
        ("110만원 (부가가치세포함)", 1_100_000),
        ("1500000.0", 1_500_000),
        ("1,500.00", 1_500),
        ("  30만\u200b원\n", 300_000),
        (
            "\u1109\u1161\u11b7\u1109\u1175\u11b8\u1106\u1161\u11ab\u110b\u116f\u11ab",
            300_000,
        ),  # 삼십만원, as macOS writes it
    ],
)
def test_an_amount_is_read_as_it_is_meant(text: str, won: int) -> None:
    assert read_amount(text) == won


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", AmountFault.EMPTY),
        (" \u200b\n", AmountFault.EMPTY),
        ("0", AmountFault.ZERO),
        ("0원", AmountFault.ZERO),
        ("-0", AmountFault.ZERO),
        ("-300,000원", AmountFault.NEGATIVE),
        ("△30만원", AmountFault.NEGATIVE),
        ("▲ 30만원", AmountFault.NEGATIVE),
        ("−5", AmountFault.NEGATIVE),
        ("10,000,000,000,000", AmountFault.TOO_LARGE),
        ("10조", AmountFault.TOO_LARGE),
        ("1" + "0" * 15, AmountFault.TOO_LARGE),
        ("9" * 5000, AmountFault.TOO_LARGE),
    ],
)
def test_what_is_no_payable_amount_is_refused_with_its_reason(text: str, fault: AmountFault) -> None:
    with pytest.raises(AmountError) as refused:
        read_amount(text)
    assert refused.value.code is fault
    assert refused.value.text == text


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "원",
        "억원",
        "1.5",
        "1.000",
        "1.500.000",
        "1,50",
        "1,5000",
        "1 200 000",
        "1만2",
        "1만2천3",
        "1억2000",
        "1억 2천원",
        "1억2천3",
        "1조2천",
        "2천5",
        "15천3백",
        "3만억",
        "1만2억",
        "1억2억",
        "2백3천",
        "3오만",
        "일이삼",
        "1억2.5천만",
        "1.5천3백",
        "0.00001만원",
        "3.억",
        ".5억",
        "①1000",
        "1²",
        "약 30만원",
        "30만원/월",
        "30~40만원",
        "30만원 부가세 별도",
        "금113,560원(금일십일만삼천오백육십일원)",
        "(300,000)",
        "1e6",
        "<!channel>",
        "'; DROP TABLE purchases; --",
        "가" * 3000,
        "٣٠٠٠",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(text: str) -> None:
    with pytest.raises(AmountError) as refused:
        read_amount(text)
    assert refused.value.code is AmountFault.UNREADABLE


def _in_words(won: int) -> str:
    """Write won the way an official letter does: 113560 -> 일십일만삼천오백육십."""
    words = ""
    for unit, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, "")):
        section = won // unit % 10**4
        if section:
            for small, small_name in ((1000, "천"), (100, "백"), (10, "십"), (1, "")):
                digit = section // small % 10
                words += f"{'일이삼사오육칠팔구'[digit - 1]}{small_name}" if digit else ""
            words += name
    return words


def test_every_amount_written_in_digits_or_words_is_read_back() -> None:
    chance = random.Random(20270614)  # noqa: S311
    for _ in range(2000):
        won = chance.randrange(1, 10 ** chance.randint(1, 13))
        assert read_amount(write_won(won)) == won
        assert read_amount(f"금{_in_words(won)}원정") == won
        assert read_amount(f"금{won:,}원(금{_in_words(won)}원)") == won
        assert read_amount(f"{won}") == won


def test_what_is_written_short_is_read_back_to_the_nearest_man() -> None:
    chance = random.Random(7)  # noqa: S311
    for _ in range(2000):
        won = chance.randrange(10**6, LIMIT - 10**4)
        assert read_amount(write_short(won)) == (won + 5000) // 10_000 * 10_000


def test_any_rubbish_is_either_an_amount_in_range_or_refused() -> None:
    chance = random.Random(11)  # noqa: S311
    signs = "0123456789,.-△원정금만억조천백십일이삼 ()₩부가세포함eE\u200b가"
    for _ in range(5000):
        text = "".join(chance.choices(signs, k=chance.randint(0, 12)))
        with suppress(AmountError):
            assert 0 < read_amount(text) < LIMIT


@pytest.mark.shared_data
def test_the_published_examples_are_read_as_published() -> None:
    rows = list(shared_rows("amount_vectors_a.csv"))
    assert rows
    for row in rows:
        expected = row["원단위기대값"]
        if expected:
            assert read_amount(row["입력"]) == int(expected)
        else:
            with pytest.raises(AmountError):
                read_amount(row["입력"])


@pytest.mark.parametrize(
    ("won", "exact", "short", "thousands"),
    [
        (0, "0원", "0원", "0"),
        (300_000, "300,000원", "300,000원", "300"),
        (999_999, "999,999원", "999,999원", "1,000"),
        (1_234_000, "1,234,000원", "123만 원", "1,234"),
        (1_235_000, "1,235,000원", "124만 원", "1,235"),
        (2_310_499, "2,310,499원", "231만 원", "2,310"),
        (2_310_500, "2,310,500원", "231만 원", "2,311"),
        (99_995_000, "99,995,000원", "1억 원", "99,995"),
        (123_000_000, "123,000,000원", "1억 2,300만 원", "123,000"),
        (1_200_000_000_000, "1,200,000,000,000원", "1조 2,000억 원", "1,200,000,000"),
        (-300_000, "△300,000원", "△300,000원", "△300"),
        (-1_235_000, "△1,235,000원", "△124만 원", "△1,235"),
        (-499, "△499원", "△499원", "0"),
    ],
)
def test_won_is_written_exactly_shortly_and_in_thousands(won: int, exact: str, short: str, thousands: str) -> None:
    assert (write_won(won), write_short(won), write_thousands(won)) == (exact, short, thousands)


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (23_100_000, 48_000_000, "2,310/4,800만 원"),
        (61_500_000, 150_000_000, "6,150만/1억 5,000만 원"),
        (0, 150_000_000, "0/1억 5,000만 원"),
        (99_000_000, 99_996_000, "9,900만/1억 원"),
        (300_000, 500_000, "300,000/500,000원"),
        (0, 0, "0/0원"),
    ],
)
def test_part_and_whole_share_one_unit(part: int, whole: int, written: str) -> None:
    assert write_amount_pair(part, whole) == written
