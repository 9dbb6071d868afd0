"""The official table of legal places, and lists of roads."""

from __future__ import annotations

import pytest

from gwannae.readers.faults import FaultCode, FileFault
from gwannae.readers.legal_places import read_legal_places, read_road_names

TABLE = "\r\n".join(
    (
        "법정동코드\t법정동명\t폐지여부",
        "4100000000\t경기도\t존재",
        "4199900000\t경기도 가람시\t존재",
        "4199910100\t경기도  가람시 옛동 \t폐지",
        "4199910200\t경기도 가람시 해맑동\t존재",
    )
)


@pytest.mark.parametrize("encoding", ["cp949", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", ["\t", ","])
def test_the_official_table_is_read_in_any_encoding_without_what_is_abolished(encoding: str, delimiter: str) -> None:
    content = TABLE.replace("\t", delimiter).encode(encoding)
    assert read_legal_places(content) == ("경기도", "경기도 가람시", "경기도 가람시 해맑동")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", FaultCode.EMPTY),
        ("도로명\n별빛로\n", FaultCode.NO_HEADER),
        ("법정동코드\t법정동명\n1\t경기도\n", FaultCode.NO_HEADER),  # nobody could tell what is abolished
        ("법정동명\t폐지여부\n경기도\t폐지\n", FaultCode.NO_ROWS),
    ],
)
def test_another_file_is_refused(content: str, code: FaultCode) -> None:
    with pytest.raises(FileFault) as raised:
        read_legal_places(content.encode())
    assert raised.value.code is code


@pytest.mark.parametrize(
    "content",
    [
        "별빛로\n해맑역로\n별빛로\n",
        "도로명,건수\n별빛로,3\n해맑역로,2\n",
        "번호\t도로명\n1\t별빛로\n2\t별빛로12번길\n3\t해맑역로\n",
        "\n별빛로\n 해맑 역로 \nabc\n별빛동\n",
    ],
)
def test_roads_are_one_a_line_or_a_column_and_side_streets_add_nothing(content: str) -> None:
    assert read_road_names(content.encode()) == ("별빛로", "해맑역로")


def test_a_list_without_any_road_is_refused() -> None:
    with pytest.raises(FileFault) as raised:
        read_road_names(b"abc\ndef\n")
    assert raised.value.code is FaultCode.NO_ROWS
