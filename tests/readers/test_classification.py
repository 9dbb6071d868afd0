"""Official classification tables become groups of words."""

import gzip
from pathlib import Path

import pytest

from gwannae.programme.hangul import search_key
from gwannae.programme.meaning import Meaning
from gwannae.programme.word_groups import WordSource
from gwannae.readers.classification import TableKind, read_classification
from gwannae.readers.faults import FaultCode, FileFault
from tests.readers.files import csv_text, xlsx
from tests.shared_data import shared_data_path

INDEX = (
    ("코드", "색인어", "세세분류명"),
    ("99991", "별솜사탕소매", "기타 솜사탕 소매업"),
    ("99991", "달솜사탕(컵에 담은 것)제조", "기타 솜사탕 소매업"),
    ("99992", "물결연수리", "종이 연, 바람개비 및 종이배 수리업"),
    ("", "부호없는말", "기타 솜사탕 소매업"),
    ("99991", "", "기타 솜사탕 소매업"),
)
TREE = (
    ("코드", "명칭", "단계", "상위코드"),
    ("Z", "꿈 산업", "1", ""),
    ("999", "솜사탕 및 과자 제조업", "3", "99"),
    ("9999", "솜사탕 제조업", "4", "999"),
    ("99991", "구름 솜사탕 제조업", "5", "9999"),
    ("99992", "막대 솜사탕 제조업", "5", "9999"),
)
GOODS = (
    ("물품분류번호", "세부품명번호", "품명"),
    ("99999901", "9999990101", "구름의자"),
    ("99999901", "9999990102", "접이식구름의자"),
    ("99999902", "9999990201", "혼자뿐인것"),
)


def bytes_of(rows: tuple[tuple[str, ...], ...]) -> bytes:
    return csv_text(*rows).encode()


def test_index_terms_lead_to_the_names_of_their_class() -> None:
    table = read_classification(bytes_of(INDEX))
    assert (table.kind, table.rows, table.left_out) == (TableKind.INDEX, 5, 2)
    sweets, kites = table.groups
    assert sweets.head == "솜사탕"
    assert sweets.items == (("별솜사탕",), ("달솜사탕",))
    assert sweets.source is WordSource.OFFICIAL
    assert [search_key(kites.head), kites.same] == ["종이연바람개비및종이배", ()]  # a mixture is no trade
    assert [w.word for w in Meaning(table.groups).widen("별솜사탕")] == ["솜사탕"]


def test_the_tree_gives_each_class_its_classes_below() -> None:
    table = read_classification(bytes_of(TREE))
    assert table.kind is TableKind.TREE
    by_head = {group.head: group for group in table.groups}
    assert by_head["솜사탕"].items == (("구름 솜사탕",), ("막대 솜사탕",))
    assert by_head["구름 솜사탕"].same == ("솜사탕",)


def test_goods_of_one_number_belong_together() -> None:
    table = read_classification(bytes_of(GOODS))
    assert table.kind is TableKind.GOODS
    assert [(group.head, group.items) for group in table.groups] == [("구름의자", (("접이식구름의자",),))]


def test_a_class_name_of_goods_is_their_head() -> None:
    named = [
        ("물품분류번호", "물품분류명", "세부품명번호", "세부품명"),
        ("99999902", "구름가구", "9999990201", "구름책상"),
    ]
    assert read_classification(bytes_of(tuple(named))).groups[0].head == "구름가구"


@pytest.mark.parametrize(
    "content",
    [
        bytes_of(INDEX),
        csv_text(*INDEX).encode("cp949"),
        gzip.compress(bytes_of(INDEX)),
        xlsx(INDEX),
        csv_text(("한국표준산업분류 색인어", "", ""), ("", "", "(11차)"), *INDEX).encode(),
    ],
    ids=["utf-8", "cp949", "gzip", "xlsx", "below a title"],
)
def test_every_way_in_which_a_table_is_published_is_read(content: bytes) -> None:
    assert len(read_classification(content).groups) == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (csv_text(("상호", "소재지"), ("가온", "솔숲구")).encode(), FaultCode.NO_HEADER),
        (bytes_of(INDEX[:1]), FaultCode.NO_ROWS),
        (b"", FaultCode.EMPTY),
    ],
)
def test_another_table_is_refused(content: bytes, code: FaultCode) -> None:
    with pytest.raises(FileFault) as raised:
        read_classification(content)
    assert raised.value.code is code


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "kind", "groups"),
    [
        ("ksic11_index_terms_a.csv.gz", TableKind.INDEX, 1_000),
        ("ksic11_tree.csv", TableKind.TREE, 1_000),
        ("g2b_item_codes_partial.csv", TableKind.GOODS, 1),
    ],
)
def test_the_real_tables_are_read_whole(name: str, kind: TableKind, groups: int) -> None:
    path: Path = shared_data_path(name)
    table = read_classification(path)
    assert table.kind is kind
    assert len(table.groups) >= groups
    assert table.left_out <= table.rows // 20
    assert kind is not TableKind.GOODS or all(group.items for group in table.groups)
