"""Five hundred spoilt contract lists: each is read right in what it says, or names what is wrong; never a traceback."""

import io
import random
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from gwannae.programme.purchase_lines import Line, RefusedRow
from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.purchases import read_purchases
from tests.readers.files import csv_text, repacked, xls, xlsx
from tests.shared_data import shared_data_path
from tests.soaking import rounds

MUTATIONS, SECONDS, SEED = 500, 60, 20270615
TODAY, EARLIEST = date(2027, 6, 15), date(2020, 1, 1)
HEADER = (
    "연번",
    "계약명",
    "계약일자",
    "계약금액(원)",
    "부서명",
    "업체명",
    "사업자등록번호",
    "통합계약번호",
    "차수",
    "비고",
)
ROWS = [
    (
        f"{n}",
        f"사무용품 구매 {n}",
        "2027-03-08",
        f"{n * 1000:,}",
        "총무과",
        f"가온상사{n % 7}",
        "",
        f"R27{n:08}",
        "0",
        "물품",
    )
    for n in range(1, 60)
]

Mutation = Callable[[random.Random, bytes], bytes]


def sources() -> list[bytes]:
    table = [("2027년 계약현황",), ("(단위: 원)",), HEADER, *ROWS, ("합계", "", "", "1")]
    return [csv_text(HEADER, *ROWS).encode(), csv_text(HEADER, *ROWS).encode("cp949"), xlsx(table), xls(table)]


def cut(dice: random.Random, data: bytes) -> bytes:
    return data[: dice.randrange(1, len(data))]


def flipped(dice: random.Random, data: bytes) -> bytes:
    spoilt = bytearray(data)
    for _ in range(dice.randrange(1, 40)):
        spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def without_a_middle(dice: random.Random, data: bytes) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randrange(1, 200) :]


def table_of(dice: random.Random, change: Callable[[list[list[str]]], None]) -> bytes:
    table = [list(HEADER), *(list(row) for row in ROWS)]
    change(table)
    return dice.choice([lambda: csv_text(*table).encode(), lambda: xlsx(table)])()


def swapped_columns(dice: random.Random, _: bytes) -> bytes:
    order = list(range(len(HEADER)))
    dice.shuffle(order)
    return table_of(dice, lambda t: t.__setitem__(slice(None), [[row[i] for i in order] for row in t]))


def swapped_headers(dice: random.Random, _: bytes) -> bytes:
    return table_of(dice, lambda t: dice.shuffle(t[0]))


def wrong_encoding(dice: random.Random, _: bytes) -> bytes:
    text = csv_text(HEADER, *ROWS)
    spoilt = [
        text.encode("utf-16"),
        text.encode("utf-32"),
        text.encode("cp949") + "한글".encode(),
        text.encode("euc-kr")[1:],
        text.encode("utf-16-be"),
        text.encode("utf-8") + b"\xff\x00",
    ]
    return dice.choice(spoilt)


def very_many_columns(dice: random.Random, _: bytes) -> bytes:
    wide = dice.choice([1_000, 20_000, 1_000_000])
    return (csv_text(HEADER, *ROWS[:3]) + "," * wide + "끝\r\n").encode()


def bomb(dice: random.Random, _: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * dice.choice([300, 400]) * 1024 * 1024 if dice.random() < 0.1
                         else b" " * 40_000_000)  # fmt: skip
    return stream.getvalue()


def macros_and_links(dice: random.Random, data: bytes) -> bytes:
    parts = {"xl/vbaProject.bin": bytes(dice.randbytes(900)), "xl/externalLinks/externalLink1.xml": b"<externalLink/>"}
    return repacked(xlsx([HEADER, *ROWS]), parts) if data[:2] == b"PK" else data


def formulas(dice: random.Random, _: bytes) -> bytes:
    evil = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "+1-1", '=HYPERLINK("http://evil","x")', "<!channel>"]

    def change(table: list[list[str]]) -> None:
        for _ in range(20):
            dice.choice(table[1:])[dice.randrange(len(HEADER))] = dice.choice(evil)

    return table_of(dice, change)


def odd_cells(dice: random.Random, _: bytes) -> bytes:
    odd = [
        "",
        " ",
        "\u200b",
        "0",
        "-1",
        "1e308",
        "NaN",
        "9" * 400,
        "2027-13-45",
        "２０２７-03-08",
        "가" * 3000,
        "\ud7ff",
        "1,00",
    ]

    def change(table: list[list[str]]) -> None:
        for _ in range(60):
            dice.choice(table)[dice.randrange(len(HEADER))] = dice.choice(odd)

    return table_of(dice, change)


MUTATORS: tuple[Mutation, ...] = (
    cut, flipped, without_a_middle, swapped_columns, swapped_headers, wrong_encoding, macros_and_links, formulas,
    odd_cells,
)  # fmt: skip
RARE: tuple[Mutation, ...] = (very_many_columns, bomb)


def read(data: bytes) -> list[Line | RefusedRow] | FaultCode:
    try:
        return list(read_purchases(data, today=TODAY, earliest=EARLIEST))
    except FileFault as fault:
        return fault.code


def mutated(count: int, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    originals = sources()
    for number in range(count):
        mutate = RARE[number // 25 % len(RARE)] if number % 25 == 0 else dice.choice(MUTATORS)
        yield mutate.__name__, mutate(dice, dice.choice(originals))


@pytest.mark.soak
def test_five_hundred_spoilt_files_are_read_or_named() -> None:
    for dice in rounds(SEED):
        five_hundred(dice)


def five_hundred(dice: random.Random) -> None:
    began, seen = time.process_time(), set()  # what others of the machine do is no fault of the reader
    for name, data in mutated(MUTATIONS, dice):
        found = read(data)
        seen.add(name)
        if isinstance(found, FaultCode):
            continue
        for row in found:
            assert row.number >= 1
            if isinstance(row, Line):
                assert EARLIEST <= row.day <= TODAY
                assert row.title
                assert row.firm
                assert (row.amount > 0) == (row.void is None) or row.void == "cancelled"
    assert seen == {mutate.__name__ for mutate in (*MUTATORS, *RARE)}
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("mutate", [swapped_columns, macros_and_links])
def test_what_changes_no_meaning_is_read_as_it_was(mutate: Mutation) -> None:
    dice = random.Random(SEED)  # noqa: S311 - the same damage in every run
    expected = [(row.title, row.amount) for row in read(sources()[0]) if isinstance(row, Line)]
    for original in sources():
        found = read(mutate(dice, original))
        assert not isinstance(found, FaultCode)
        assert [(row.title, row.amount) for row in found if isinstance(row, Line)] == expected


@pytest.mark.shared_data
@pytest.mark.parametrize("name", ["contracts_public_institutions_a.xlsx", "contracts_public_institutions_a_cp949.csv"])
def test_public_lists_spoilt_a_hundred_times_are_read_or_named(name: str) -> None:
    data = shared_data_path(name).read_bytes()
    dice = random.Random(SEED)  # noqa: S311 - the same damage in every run
    for _ in range(100):
        found = read(dice.choice((cut, flipped, without_a_middle))(dice, data))
        assert isinstance(found, FaultCode) or all(row.number >= 1 for row in found)
