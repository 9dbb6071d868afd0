"""가점 근거 묶음: one zip for the office that gives the points, and for whoever asks later why.

What is in it: a summary and a page for each organisation with points (HWPX), a page of text for every one, points,
basis and every row with its verdict and evidence (XLSX), the ranking as a picture (PNG), the frozen result byte for
byte, the rules in force, what has changed since (JSON), and the fingerprints of all of these. The same result, rows and
library versions give the same bytes.
Rows are taken as they come; what is large lies in temporary files.
"""

import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from gwannae.documents.charts_png import chart_png
from gwannae.documents.evidence_sheet import every_sheet, evidence_sheets, evidence_summary
from gwannae.documents.evidence_xlsx import write_evidence
from gwannae.documents.papers_hwpx import paper_hwpx
from gwannae.programme.bonus_points import BonusSheet
from gwannae.programme.charts import MOST_BARS, Bars, ratio_bar
from gwannae.programme.city import City
from gwannae.programme.papers import text_of
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.ratio import write_ratio_count
from gwannae.programme.results import Moved, ResultLine, StoredResult

SUMMARY, SUMMARY_TEXT = "1-요약.hwpx", "1-요약.txt"
SHEETS, SHEETS_TEXT = "2-가점-받는-곳-근거서.hwpx", "2-모든-기관-근거서.txt"
WORKBOOK, PICTURE, RESULT = "3-가점-근거와-구매-내역.xlsx", "4-순위.png", "5-결산.json"
RULES, SINCE, PRINTS = "6-적용-규칙.json", "7-결산-뒤-바뀐-것.json", "8-지문.txt"
_MADE = (1980, 1, 1, 0, 0, 0)  # a zip's first day: the pack's own day stands in its papers
_PIECE = 1 << 20


def write_pack(
    out: BinaryIO,
    city: City,
    stored: StoredResult,
    sheet: BonusSheet,
    rows: Iterable[ExportRow],
    since: Sequence[Moved],
) -> None:
    """Write the zip into `out`. As `write_evidence`; `rows` are gone through once."""
    with ZipFile(out, "w") as archive:
        pack = _Pack(archive)
        summary = evidence_summary(city, stored, sheet, since)
        pack.add(SUMMARY, paper_hwpx(summary))
        pack.add(SUMMARY_TEXT, (text_of(summary.parts) + "\n").encode())
        pack.add(SHEETS, paper_hwpx(evidence_sheets(city, stored, sheet, since)))
        pack.add(SHEETS_TEXT, "\n".join(every_sheet(city, stored, sheet, since)).encode())
        with tempfile.TemporaryFile() as book:
            write_evidence(book, city, stored, sheet, rows, since)
            pack.add_file(WORKBOOK, book)
        pack.add(PICTURE, chart_png(_ranking(stored)))
        pack.add(RESULT, stored.content)
        pack.add(RULES, _json(_rules(city, stored, sheet)))
        pack.add(SINCE, _json([_moved(one) for one in since]))
        pack.add_prints()


@dataclass(slots=True)
class _Pack:
    """A zip under way, with the fingerprint of everything that went in."""

    _archive: ZipFile
    _prints: list[str] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> None:
        """Put bytes in under a name."""
        self._prints.append(f"{sha256(content).hexdigest()}  {name}")
        self._archive.writestr(_entry(name), content)

    def add_file(self, name: str, content: IO[bytes]) -> None:
        """The same from a file, some of it at a time."""
        content.seek(0)
        digest = sha256()
        with self._archive.open(_entry(name), "w", force_zip64=True) as target:
            while piece := content.read(_PIECE):
                digest.update(piece)
                target.write(piece)
        self._prints.append(f"{digest.hexdigest()}  {name}")

    def add_prints(self) -> None:
        """The fingerprints of all the others, in the form that `sha256sum --check` reads."""
        self._archive.writestr(_entry(PRINTS), "\n".join([*self._prints, ""]).encode())


def _entry(name: str) -> ZipInfo:
    """Nothing of the machine or the moment; what is compressed already is stored as it is."""
    entry = ZipInfo(name, _MADE)
    entry.compress_type = ZIP_STORED if name.endswith((".hwpx", ".xlsx", ".png")) else ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _ranking(stored: StoredResult) -> Bars:
    bars = [
        ratio_bar(
            line.name,
            line.total.by_amount,
            f"{f'{line.group} {line.rank}'.strip()}위 {write_ratio_count(line.total.by_count)}",
        )
        for line in stored.result.ranked[:MOST_BARS]
    ]
    return Bars(f"{stored.result.year}년 {stored.stage.label} 결산 순위", "막대는 금액 비율(%), 옆은 건수", tuple(bars))


def _rules(city: City, stored: StoredResult, sheet: BonusSheet) -> Mapping[str, object]:
    used = [asdict(rule) for rule in city.local_rules if rule.version in stored.result.rules]
    return {
        "local_rules": used,
        "outside_rules": [asdict(rule) for rule in city.outside_rules if rule.valid_from <= stored.result.last],
        "order": [measure.value for measure in stored.result.order],
        "bonus_points": asdict(sheet.table),
        "ordinance": asdict(city.ordinance),
    }


def _moved(one: Moved) -> Mapping[str, object]:
    return {"code": one.code, "name": one.name, "before": _figures(one.before), "after": _figures(one.after)}


def _figures(line: ResultLine | None) -> Mapping[str, object] | None:
    if line is None:
        return None
    return {"rank": line.rank, "total": asdict(line.total), "rows": line.rows, "rows_sha256": line.rows_fingerprint}


def _json(told: object) -> bytes:
    """One spelling: keys in order, sets sorted, days as 2027-01-31."""
    return json.dumps(_plain(told), ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _plain(told: object) -> object:
    if isinstance(told, Mapping):
        return {str(_plain(key)): _plain(value) for key, value in told.items()}
    if isinstance(told, frozenset | set):
        return sorted(str(_plain(one)) for one in told)
    if isinstance(told, Enum):
        return told.value
    if isinstance(told, date):
        return told.isoformat()
    return [_plain(one) for one in told] if isinstance(told, list | tuple) else told
