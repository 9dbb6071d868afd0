"""A sheet's rows told at speed where they are written as programs write them, and left to the exact walk elsewhere."""

import pytest

from gwannae.readers.sheet_scan import SheetScan
from tests.readers.files import sheet_xml


def scanned(sheet: bytes, piece: int = 7) -> tuple[bool, int, set[str], bytes]:
    scan, around = SheetScan(), bytearray()
    whole = scan.read((sheet[at : at + piece] for at in range(0, len(sheet), piece)), around.extend)
    return whole, scan.last_row, scan.letters, bytes(around)


@pytest.mark.parametrize(
    ("rows", "last_row", "letters"),
    [
        ("", 0, set()),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', 1, {"A"}),
        ('<row r="2" spans="1:2"><c r="A2" s="1" t="s"><v>0</v></c><c r="BC2"/></row>', 2, {"A", "BC"}),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> 가 </t></is></c></row>', 1, {"A"}),
        (
            '<row r="1"><c r="A1"><f>B1+1</f><v>3</v></c><c r="B1"><f t="shared" si="0"/><v>2</v></c></row>',
            1,
            {"A", "B"},
        ),
        ('<row r="1"/>\n<row r="9"><c r="C9"><v>&lt;</v></c></row>', 9, {"C"}),
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', 1048576, {"XFD"}),
    ],
)
@pytest.mark.parametrize("piece", [1, 7, 1 << 16])
def test_the_common_form_is_told(rows: str, last_row: int, letters: set[str], piece: int) -> None:
    whole, found_row, found_letters, around = scanned(sheet_xml(rows), piece)
    assert (whole, found_row, found_letters) == (True, last_row, letters)
    assert around == sheet_xml("")


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v></c></row>",
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        '<row r="1"><!-- --><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v><![CDATA[</sheetData>]]></v></c></row>',
        '<x:row r="1"/>',
        '<row r="1"><row r="2"/></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
        "<row r='1'/>",
        '<row r="&lt;"/>',
    ],
)
def test_any_other_form_is_left_to_the_walk(rows: str) -> None:
    assert not scanned(sheet_xml(rows))[0]


def test_an_endless_row_is_left_to_the_walk() -> None:
    assert not scanned(sheet_xml('<row r="1">' + '<c r="A1"/>' * 200_000), 1 << 16)[0]
