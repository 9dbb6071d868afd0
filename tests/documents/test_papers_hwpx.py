"""A paper as HWPX: what stands in it, whatever was typed; that it opens; and the same bytes for the same paper."""

import importlib.util
import io
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hwpx import HwpxDocument
from hwpx.tools.package_validator import validate_package

from gwannae.documents.papers_hwpx import paper_hwpx
from gwannae.programme.official_letters import OfficialLetter, letter_paper
from gwannae.programme.papers import Column, Facts, Grid, Item, Line, Look, NewPage, Paper, Part, Ruled

LETTER = OfficialLetter(
    "알림.hwpx", "상생경제과", "상생경제과장", "우수부서 선정 결과 알림",
    (Item("관련: 조례"), Item("다음과 같이 알려 드립니다.", (Item("으뜸: 길가꿈과"), Item("버금: 햇님예술재단")))),
    date(2027, 12, 13), recipients="각 부서·기관의 장", attachments=("결과 1부.", "서식 1부."), note="초안입니다.",
)  # fmt: skip


def a_paper(*parts: Part) -> Paper:
    every: tuple[Part, ...] = (
        Line("관외 업체 구매 사유서", Look.TITLE),
        Facts((("업체", "가온인쇄"), ("금액", "금600,000원"))),
        Ruled(),
        Grid((Column("부서", 30), Column("금액", 20, number=True)), (("길가꿈과", "1,234"),), "(단위: 천원)"),
        Grid((Column("품목"),), (("현수막",),)),
        NewPage(),
        Line("작은 글씨", Look.SMALL),
    )
    return Paper("사유서.hwpx", "사유서", "길가꿈과", date(2027, 6, 15), parts or every)


def words_in(content: bytes) -> str:
    return str(HwpxDocument.open(io.BytesIO(content)).text.plain())


def test_the_parts_stand_in_the_file_in_their_order() -> None:
    words = [part for part in words_in(paper_hwpx(a_paper())).replace("\t", "\n").split("\n") if part]
    assert words == [
        "관외 업체 구매 사유서", "업체", "가온인쇄", "금액", "금600,000원", "(단위: 천원)", "부서", "금액", "길가꿈과",
        "1,234", "품목", "현수막", "작은 글씨",
    ]  # fmt: skip


def test_a_letter_stands_as_offices_lay_it_out() -> None:
    lines = [line for line in words_in(paper_hwpx(letter_paper(LETTER))).split("\n") if line]
    assert lines == [
        "상생경제과",
        "수신  수신자 참조",
        "(경유)",
        "제목  우수부서 선정 결과 알림",
        "1. 관련: 조례",
        "2. 다음과 같이 알려 드립니다.",
        "  가. 으뜸: 길가꿈과",
        "  나. 버금: 햇님예술재단",
        "붙임  1. 결과 1부.",
        "      2. 서식 1부.  끝.",
        "상생경제과장",
        "수신자  각 부서·기관의 장",
        "기안자                    검토자                    결재권자",
        "협조자",
        "시행            (          )          접수            (          )",
        "초안입니다.",
    ]


@pytest.mark.parametrize("paper", [a_paper(), letter_paper(LETTER), a_paper(Line())])
def test_the_package_opens_without_a_complaint(paper: Paper) -> None:
    content = paper_hwpx(paper)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.namelist()[0] == "mimetype"
    assert archive.read("mimetype") == b"application/hwp+zip"
    assert HwpxDocument.open(io.BytesIO(content)).validate().issues == ()
    report = validate_package(content)
    assert report.ok, report


@pytest.mark.skipif(importlib.util.find_spec("hwp_ingest") is None, reason="no second reader on this system")
def test_a_second_reader_draws_every_page_with_its_words() -> None:
    import hwp_ingest

    pages = [re.sub(rb"<[^>]+>", b"", page).decode() for page in hwp_ingest.to_svg_pages(paper_hwpx(a_paper()))]
    assert len(pages) == 2
    for word in ("가온인쇄", "금600,000원", "1,234"):
        assert word in "".join(pages[0].split()), word
    assert "작은글씨" in "".join(pages[1].split())


@pytest.mark.skipif(importlib.util.find_spec("hwp_ingest") is None, reason="no second reader on this system")
def test_a_long_table_goes_on_over_the_pages() -> None:
    import hwp_ingest

    rows = tuple((f"부서{n}", f"{n:,}") for n in range(200))
    pages = hwp_ingest.to_svg_pages(paper_hwpx(a_paper(Grid((Column("부서"), Column("금액", number=True)), rows))))
    text = "".join("".join(re.sub(rb"<[^>]+>", b"", page).decode().split()) for page in pages)
    assert len(pages) > 3
    assert all(f"부서{n}" in text for n in range(200))


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
    content = paper_hwpx(replace(a_paper(Line(typed), Facts((("업체", typed),))), title=typed, author=typed))
    assert words_in(content).count(written) == 2
    assert validate_package(content).ok


def test_its_properties_are_the_papers_own() -> None:
    properties = HwpxDocument.open(io.BytesIO(paper_hwpx(a_paper()))).parts.metadata
    assert properties is not None
    assert (properties.title, properties.creator, properties.created_date) == (
        "사유서", "길가꿈과", "2027-06-15T00:00:00Z",
    )  # fmt: skip
    archive = zipfile.ZipFile(io.BytesIO(paper_hwpx(a_paper())))
    assert archive.read("Preview/PrvText.txt").decode("utf-16-le").startswith("관외 업체 구매 사유서")


def test_the_same_paper_gives_the_same_bytes_in_another_process_and_time_zone() -> None:
    code = (
        "import sys; from tests.documents.test_papers_hwpx import a_paper; "
        "from gwannae.documents.papers_hwpx import paper_hwpx; sys.stdout.buffer.write(paper_hwpx(a_paper()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True,
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert other.stdout == paper_hwpx(a_paper())
