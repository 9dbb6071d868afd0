"""The letter as a file: what stands in it, whatever was typed, and that 한글 can open it."""

import io
import zipfile

import pytest
from hwpx import HwpxDocument

from gwannae.documents.letters import letter_hwpx
from gwannae.programme.letters import Letter


def a_letter(value: str = "가온인쇄", line: str = "1. 관련: 조례") -> Letter:
    return Letter(
        "사유서.hwpx", "사유서(초안)", (("업체", value), ("금액", "금600,000원")), (line, "  가. 사유"), "작은 글씨"
    )


def words_in(content: bytes) -> str:
    return str(HwpxDocument.open(io.BytesIO(content)).text.plain())


def test_the_letter_stands_in_the_file_in_its_order() -> None:
    words = words_in(letter_hwpx(a_letter()))
    parts = ["사유서(초안)", "업체", "가온인쇄", "금액", "금600,000원", "1. 관련: 조례", "  가. 사유", "작은 글씨"]
    assert [part for part in words.replace("\t", "\n").split("\n") if part] == parts


def test_the_package_is_what_the_form_asks_for() -> None:
    content = letter_hwpx(a_letter())
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist()[0] == "mimetype"
    assert archive.read("mimetype") == b"application/hwp+zip"
    assert HwpxDocument.open(io.BytesIO(content)).validate().issues == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ('<b>가온</b> & 나래 "인쇄"', '<b>가온</b> & 나래 "인쇄"'),
        ("가\x00온\x1b인\ufffe쇄", "가온인쇄"),
        ("가온\ud800인쇄", "가온인쇄"),
        ("=cmd|' /C calc'!A1", "=cmd|' /C calc'!A1"),
        ("]]>", "]]>"),
        ("인쇄🙂", "인쇄🙂"),
        ("가" * 5000, "가" * 5000),
    ],
)
def test_whatever_was_typed_is_a_text_in_it(typed: str, written: str) -> None:
    words = words_in(letter_hwpx(a_letter(value=typed, line=typed)))
    assert words.count(written) == 2


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert letter_hwpx(a_letter()) == letter_hwpx(a_letter())
