"""실적 as CSV for other programmes: UTF-8 with a mark, codes instead of words, ISO dates, every cell in quotes.

A spreadsheet takes a cell for a formula when it begins with one of `= + - @`, in any width, behind white space too. So
such a cell, one that begins with a tab, a line break or NUL, and one that begins with an apostrophe get an apostrophe
put before them. Whoever reads the file takes one apostrophe off every cell that begins with one, and has the texts as
they were.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO

from gwannae.programme.purchase_export import ExportHead, ExportRow

COLUMNS = (
    "purchase_id",
    "organisation_code",
    "organisation",
    "title",
    "kind",
    "method",
    "item",
    "contract_date",
    "amount",
    "firm",
    "business_number",
    "firm_address",
    "verdict",
    "reasons",
    "rule_version",
    "state",
    "version",
    "reported_at",
    "changed_at",
)

_STARTS_A_FORMULA = frozenset("=+-@")
_STEERS = frozenset("\t\r\n\0\v\f")
_MARK = "'"


def write_csv(out: BinaryIO, head: ExportHead, rows: Iterable[ExportRow]) -> int:
    """Write all rows into `out`, which stays open; returns how many there were. Amounts are won."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    count = 0
    for row in rows:
        count += 1
        writer.writerow([guarded(cell) for cell in _cells(head, row)])
    text.flush()
    text.detach()
    return count


def guarded(cell: str) -> str:
    """The cell as no spreadsheet runs it."""
    begins = unicodedata.normalize("NFKC", cell.lstrip()[:1])[:1]
    if begins in _STARTS_A_FORMULA or cell[:1] in _STEERS or cell[:1] == _MARK:
        return _MARK + cell if cell else cell
    return cell


def _cells(head: ExportHead, row: ExportRow) -> tuple[str, ...]:
    purchase, draft = row.purchase, row.purchase.draft
    zone = head.made_at.tzinfo
    return (
        str(purchase.id),
        row.organisation.code,
        row.organisation.name,
        draft.title,
        draft.kind.value,
        draft.method.value,
        draft.item,
        draft.contract_date.isoformat(),
        str(draft.amount),
        draft.firm.name,
        draft.firm.business_number or "",
        draft.firm.address,
        purchase.judgement.verdict.value,
        " ".join(reason.value for reason in purchase.judgement.reasons),
        purchase.judgement.rule_version,
        purchase.state.value,
        str(purchase.version),
        purchase.reported_at.astimezone(zone).isoformat(timespec="seconds"),
        purchase.changed_at.astimezone(zone).isoformat(timespec="seconds"),
    )
