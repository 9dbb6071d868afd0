"""The columns of the office's own list of purchases: heading, width in characters, and what stands in a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.business_number import write_business_number
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.purchases import Purchase

Cell = str | int | date


class Looks(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    CENTRED = "centred"
    NUMBER = "number"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column. `cell` takes the running number and the row."""

    heading: str
    width: int
    looks: Looks
    cell: Callable[[int, ExportRow], Cell]


def _of(read: Callable[[Purchase], Cell]) -> Callable[[int, ExportRow], Cell]:
    return lambda _, row: read(row.purchase)


def _number(purchase: Purchase) -> str:
    number = purchase.draft.firm.business_number
    return write_business_number(number) if number else ""


def _reasons(purchase: Purchase) -> str:
    return ", ".join(reason.label for reason in purchase.judgement.reasons)


KIND = ListColumn("구분", 6, Looks.CENTRED, _of(lambda p: p.draft.kind.label))
AMOUNT = ListColumn("계약금액(원)", 14, Looks.NUMBER, _of(lambda p: p.draft.amount))
VERDICT = ListColumn("판정", 7, Looks.CENTRED, _of(lambda p: p.judgement.verdict.label))
STATE = ListColumn("상태", 6, Looks.CENTRED, _of(lambda p: p.state.label))

LIST_COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("연번", 6, Looks.NUMBER, lambda number, _: number),
    ListColumn("부서·기관", 16, Looks.TEXT, lambda _, row: row.organisation.name),
    ListColumn("계약명", 34, Looks.TEXT, _of(lambda p: p.draft.title)),
    KIND,
    ListColumn("계약방법", 20, Looks.CENTRED, _of(lambda p: p.draft.method.label)),
    ListColumn("품목", 14, Looks.TEXT, _of(lambda p: p.draft.item)),
    ListColumn("계약일", 12, Looks.DAY, _of(lambda p: p.draft.contract_date)),
    AMOUNT,
    ListColumn("업체명", 20, Looks.TEXT, _of(lambda p: p.draft.firm.name)),
    ListColumn("사업자등록번호", 14, Looks.CENTRED, _of(_number)),
    ListColumn("소재지", 30, Looks.TEXT, _of(lambda p: p.draft.firm.address)),
    VERDICT,
    ListColumn("판정 사유", 20, Looks.TEXT, _of(_reasons)),
    ListColumn("적용 규칙", 10, Looks.CENTRED, _of(lambda p: p.judgement.rule_version)),
    STATE,
    ListColumn("보고번호", 9, Looks.NUMBER, _of(lambda p: p.id)),
)
