"""Reads official classification tables, as their publishers lay them out, into groups of words.

Their licence is not stated, so they are not shipped: an office that has them loads them. Three kinds are known by
their header:

- index terms of 한국표준산업분류: 코드, 색인어, 세세분류명
- its tree: 코드, 명칭, 단계, 상위코드
- names of 조달청 물품분류: 물품분류번호, 세부품명번호, 품명 or 세부품명, 물품분류명
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gwannae.programme.hangul import search_key
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.typed_text import plain
from gwannae.programme.word_groups import WordGroup, WordSource, word_fault
from gwannae.readers.faults import DEFAULT, FaultCode, FileFault, Limits
from gwannae.readers.headers import Header, find_header
from gwannae.readers.rows import Row, Sheet
from gwannae.readers.tables import read_tables

MAX_ROWS = 200_000
_MIXTURE = 2


class TableKind(StrEnum):
    """Which official table a file holds. The value is its name in the database."""

    INDEX = "ksic_index"
    TREE = "ksic_tree"
    GOODS = "g2b_goods"


class TableColumn(StrEnum):
    """What a column of such a table holds."""

    CODE = "code"
    TERM = "term"
    CLASS = "class"
    LEVEL = "level"
    PARENT = "parent"
    GOODS_CLASS = "goods_class"
    GOODS_CODE = "goods_code"
    GOODS = "goods"
    GOODS_CLASS_NAME = "goods_class_name"


_COLUMNS: dict[TableColumn, tuple[str, ...]] = {
    TableColumn.CODE: ("코드", "분류코드", "분류부호", "산업분류코드", "KSIC코드"),
    TableColumn.TERM: ("색인어", "색인어명", "색인"),
    TableColumn.CLASS: ("명칭", "세세분류명", "분류명", "항목명", "산업분류명"),
    TableColumn.LEVEL: ("단계", "분류단계"),
    TableColumn.PARENT: ("상위코드", "상위분류코드", "상위분류"),
    TableColumn.GOODS_CLASS: ("물품분류번호8", "물품분류번호", "물품분류코드"),
    TableColumn.GOODS_CODE: ("세부품명번호10", "세부품명번호", "세부품명코드"),
    TableColumn.GOODS: ("품명", "세부품명", "한글품명", "세부품명명"),
    TableColumn.GOODS_CLASS_NAME: ("물품분류명", "분류품명", "물품분류한글명"),
}
_REQUIRED: dict[TableKind, tuple[TableColumn, ...]] = {
    TableKind.INDEX: (TableColumn.CODE, TableColumn.TERM, TableColumn.CLASS),
    TableKind.TREE: (TableColumn.CODE, TableColumn.CLASS, TableColumn.PARENT),
    TableKind.GOODS: (TableColumn.GOODS_CLASS, TableColumn.GOODS),
}

_BRACKETS = re.compile(r"[(\[（［〔][^)\]）］〕]*[)\]）］〕]")
_BETWEEN = re.compile(r"\s*(?:[,，;；·ㆍ・․/]|\s및\s|\s또는\s)\s*")
_FILLER = re.compile(r"^(?:그\s*외\s*)?(?:기타|일반|각종|유사)\s*|(?:그 외|달리|분류되지 않은|분류 안\s?된)\s*")
# What the trade does with the thing: 휴지통제조, 꽃소매 name 휴지통, 꽃.
_TRADES = re.compile(
    r"\s*(?:관련 서비스업|서비스업|제조업|도매업|소매업|판매업|공사업|설치업|임대업|대여업|수리업|처리업|운영업|중개업"
    r"|운송업|건설업|제조|도매|소매|판매|임대|대여|중개|재배|수리|제작|운영|서비스|업)$"
)


@dataclass(frozen=True, slots=True)
class Classification:
    """What a table says. `rows` were read, `left_out` of them said nothing that could be used (blank, too general)."""

    kind: TableKind
    groups: tuple[WordGroup, ...]
    rows: int
    left_out: int


def read_classification(where: Path | bytes, *, limits: Limits = DEFAULT) -> Classification:
    """Read the first visible sheet whose header is one of the three.

    Raises:
        FileFault: see `FaultCode`; NO_HEADER for a table of another kind, NO_ROWS without anything below the header.
    """
    kind, sheet, header = _first_table(read_tables(where, limits=limits))
    rows = list(_cells(sheet.rows, header))
    if not rows:
        raise FileFault(FaultCode.NO_ROWS, header_row=header.row_number)
    used, groups = {TableKind.INDEX: _by_index, TableKind.TREE: _by_tree, TableKind.GOODS: _by_goods}[kind](rows)
    return Classification(kind, tuple(groups), len(rows), len(rows) - used)


Cells = Mapping[TableColumn, str]


def _first_table(sheets: list[Sheet]) -> tuple[TableKind, Sheet, Header[TableColumn]]:
    faults = []
    for sheet in sheets:
        if sheet.hidden:
            continue
        for kind, required in _REQUIRED.items():
            try:
                return kind, sheet, find_header(sheet.rows, _COLUMNS, required=required)
            except FileFault as fault:
                faults.append(fault)
    raise next((f for f in faults if f.code is not FaultCode.EMPTY), FileFault(FaultCode.EMPTY))


def _cells(rows: Iterable[Row], header: Header[TableColumn]) -> Iterator[Cells]:
    taken = 0
    for row in rows:
        if row.number <= header.row_number or header.is_repeated(row.cells):
            continue
        cells = {field: plain(row.cells[at]) for field, at in header.positions.items() if at < len(row.cells)}
        if any(cells.values()):
            taken += 1
            if taken > MAX_ROWS:
                raise FileFault(FaultCode.TOO_LARGE, what="rows", limit=MAX_ROWS, size=None)
            yield cells


def _by_index(rows: list[Cells]) -> tuple[int, list[WordGroup]]:
    """One group for each class: its index terms lead to the names of the class."""
    terms: dict[str, dict[str, tuple[str, ...]]] = {}
    names: dict[str, str] = {}
    used = 0
    for cells in rows:
        code, name = cells.get(TableColumn.CODE, ""), cells.get(TableColumn.CLASS, "")
        words = _usable(_things(cells.get(TableColumn.TERM, "")))
        if code and words and _usable(_things(name)):
            used += 1
            names[code] = name
            terms.setdefault(code, {}).update({search_key(word): (word,) for word in words})
    return used, [_group(names[code], tuple(found.values())) for code, found in terms.items()]


def _by_tree(rows: list[Cells]) -> tuple[int, list[WordGroup]]:
    """One group for each class with classes below it, and one for each lowest class whose name has several parts."""
    names = {cells[TableColumn.CODE]: cells.get(TableColumn.CLASS, "") for cells in rows if cells.get(TableColumn.CODE)}
    below: dict[str, list[str]] = {}
    for cells in rows:
        parent = cells.get(TableColumn.PARENT, "")
        if len(parent) >= 3 and parent in names and cells.get(TableColumn.CODE):  # divisions are too wide to be a trade
            below.setdefault(parent, []).append(cells.get(TableColumn.CLASS, ""))
    groups = []
    used = 0
    for code, name in names.items():
        if not _usable(_things(name)):
            continue
        used += 1
        items = _distinct(word for child in below.get(code, ()) for word in _usable(_things(child)))
        group = _group(name, tuple((word,) for word in items))
        if len(code) >= 3 and (group.same or group.items):
            groups.append(group)
    return used, groups


def _by_goods(rows: list[Cells]) -> tuple[int, list[WordGroup]]:
    """One group for each class of eight digits that has a name of its own, or several things in it."""
    things: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    used = 0
    for cells in rows:
        code = cells.get(TableColumn.GOODS_CLASS, "")[:8]
        words = _usable([cells.get(TableColumn.GOODS, "")])
        if code and words:
            used += 1
            things.setdefault(code, []).extend(words)
            names.setdefault(code, cells.get(TableColumn.GOODS_CLASS_NAME, ""))
    groups = []
    for code, found in things.items():
        head = next(iter(_usable([names[code]])), min(found, key=len))
        items = tuple((word,) for word in _distinct(found) if search_key(word) != search_key(head))
        if items:
            groups.append(WordGroup(head, items=items, kind=PurchaseKind.GOODS, source=WordSource.OFFICIAL))
    return used, groups


def _group(name: str, items: tuple[tuple[str, ...], ...]) -> WordGroup:
    """A class as a group. One that names three things and more is a mixture (철물, 창호, 건축자재): it leads to firms
    that state the whole class, and to none that state a piece of it.
    """
    heads = _usable(_things(name))[::-1]  # what comes last is whole: 임시 및 일용 인력 공급업
    last = [head.split()[-1] for head in heads if " " in head]
    names = _distinct((*heads, *_usable(last)))
    whole = _usable([_TRADES.sub("", name)])
    if len(heads) > _MIXTURE and whole:
        names = whole
    known = {search_key(word) for word in names}
    kept = tuple(spellings for spellings in items if search_key(spellings[0]) not in known)
    return WordGroup(names[0], same=tuple(names[1:]), items=kept, source=WordSource.OFFICIAL)


def _things(text: str) -> list[str]:
    """The things that a term or a class names: without brackets, fillers and what the trade does with them."""
    bare = _TRADES.sub("", _BRACKETS.sub(" ", text).strip())
    parts = (_FILLER.sub("", _TRADES.sub("", part.strip())).strip() for part in _BETWEEN.split(bare))
    return [" ".join(part.split()) for part in parts]


def _usable(words: Iterable[str]) -> list[str]:
    return [word for word in words if len(search_key(word)) > 1 and word_fault(word) is None]


def _distinct(words: Iterable[str]) -> list[str]:
    return list({search_key(word): word for word in words}.values())
