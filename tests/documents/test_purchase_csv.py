"""The CSV for machines: what it says, and that nothing in it runs."""

import csv
import io
import random
import unicodedata
from datetime import date

import pytest

from gwannae.documents.purchase_csv import COLUMNS, write_csv
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.purchases import Firm
from tests.documents.exports import HEAD, a_row, a_year


def written(*rows: ExportRow) -> bytes:
    out = io.BytesIO()
    assert write_csv(out, HEAD, rows) == len(rows)
    return out.getvalue()


def cells(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_back(content: bytes) -> list[dict[str, str]]:
    """By the rule that the room's README gives: one apostrophe off."""
    head, *rows = cells(content)
    return [dict(zip(head, (cell.removeprefix("'") for cell in row), strict=True)) for row in rows]


def test_a_row_has_codes_iso_dates_and_whole_won() -> None:
    row = a_row(
        7,
        title="안내문 인쇄",
        firm=Firm("물빛인쇄", 3, "1234567891", "가람시 물빛구 은하로 12"),
        amount=1_234_567,
        contract_date=date(2026, 3, 4),
    )
    assert cells(written(row)) == [
        list(COLUMNS),
        [
            "7", "roads", "도로과", "안내문 인쇄", "goods", "direct_single", "책자 인쇄", "2026-03-04", "1234567",
            "물빛인쇄", "1234567891", "가람시 물빛구 은하로 12", "local", "address_in_city size_unknown", "2026-1",
            "reported", "1", "2026-03-06T00:30:00+09:00", "2026-03-06T00:30:00+09:00",
        ],
    ]  # fmt: skip


def test_a_year_without_purchases_is_a_heading() -> None:
    assert cells(written()) == [list(COLUMNS)]


def test_the_same_purchases_are_the_same_bytes_and_name_no_reporter() -> None:
    content = written(*a_year())
    assert content == written(*a_year())
    assert b"U0REPORTER" not in content


HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", "﹣1", "\t=1", "\r=1", "\n=1", "\0=1", "\0",
    "  =1+1", "\u3000＝1", "\xa0=1", "'=1", "'", "''", "'일", "=cmd|'/c calc'!A1", '="a";"b"', "-2+3,\"x\"\r\n=4",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_as_a_formula_and_reading_gives_the_text_back(text: str) -> None:
    row = a_row(title=text, item=text, firm=Firm(text, None, None, text))
    content = written(row)
    cell = cells(content)[1][COLUMNS.index("title")]
    assert cell == f"'{text}"
    again = read_back(content)[0]
    assert [again[name] for name in ("title", "item", "firm", "firm_address")] == [text] * 4


@pytest.mark.parametrize(
    "text", ["", "현수막", "3-1공구", "가=나", "１", " 앞이 빈 글", "A4 용지", "㈜물빛", "🙂", "∑"]
)
def test_what_no_spreadsheet_runs_stays_as_it_is(text: str) -> None:
    assert cells(written(a_row(title=text)))[1][COLUMNS.index("title")] == text


def test_two_thousand_texts_by_chance_are_read_back_and_none_runs() -> None:
    chance = random.Random(20270615)  # noqa: S311
    signs = "=+-@＝＋－＠﹢﹣'\"’,;|!()\t\r\n\0\v\f \u3000\xa0\u200b가나다힣ㅎabZ09.%\ufeff²①Å🙂"
    texts = ["".join(chance.choices(signs, k=chance.randrange(8))) for _ in range(2_000)]
    content = written(*(a_row(n, title=text, item=text[::-1]) for n, text in enumerate(texts, start=1)))
    assert [row["title"] for row in read_back(content)] == texts
    assert [row["item"] for row in read_back(content)] == [text[::-1] for text in texts]
    for row in cells(content):
        for cell in row:
            begins = unicodedata.normalize("NFKC", cell.lstrip())[:1]
            assert begins not in tuple("=+-@"), cell
            assert cell[:1] not in tuple("\t\r\n\0"), cell
