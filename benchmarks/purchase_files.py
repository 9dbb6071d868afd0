"""A year's contract list into the programme: reading beside openpyxl, then the whole import in a process of its own."""

import json
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.outcome import Outcome

HEADER = (
    "연번",
    "계약명",
    "계약일자",
    "계약금액",
    "업체명",
    "사업자등록번호",
    "구분",
    "계약방법",
    "품목",
    "통합계약번호",
)
ANSWERED_WITHIN = 2.6  # seconds in which the bot answers any request of Slack
FIRST, TODAY = date(2027, 1, 4), date(2027, 6, 15)


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Reading in pairs, one after the other; the import once, with its memory."""
    rows, pairs = (20_000, 2) if quick else (100_000, 3)
    file = _write(folder / f"contracts-{rows}.xlsx", rows)
    taken: dict[str, list[float]] = {"openpyxl": [], "product": []}
    for _ in range(pairs):
        began = time.perf_counter()
        _peer(file, rows)
        taken["openpyxl"].append(time.perf_counter() - began)
        began = time.perf_counter()
        _ours(file, rows)
        taken["product"].append(time.perf_counter() - began)
    outcome = Outcome()
    ratios = [p / b for b, p in zip(taken["openpyxl"], taken["product"], strict=True)]
    outcome.ratio(f"purchases: reading {rows:,} XLSX rows as text, product / openpyxl", median(ratios), at_most=0.25)
    outcome.told("purchases: openpyxl (read_only)", median(taken["openpyxl"]), "s")
    outcome.told("purchases: product", median(taken["product"]), "s")
    _whole(outcome, file, rows)
    return outcome


def _whole(outcome: Outcome, file: Path, rows: int) -> None:
    with TemporaryDirectory(dir=file.parent) as here:
        database = str(Path(here, "city.db"))
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.whole_import", str(file), database],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
    took = json.loads(ran.stdout)
    if took["stored"] != rows:
        raise AssertionError(f"{took['stored']} of {rows} rows were stored")
    outcome.bounded(f"purchases: whole import of {rows:,} rows", took["whole"], "s", at_most=60)
    outcome.bounded("purchases: memory of the importing process", took["mib"], "MiB", at_most=300)
    outcome.told("purchases: preview", took["preview"], "s")
    outcome.told("purchases: 확정", took["store"], "s")
    outcome.bounded("purchases: the slowest look-up meanwhile", took["look_up"], "s", at_most=ANSWERED_WITHIN)
    outcome.bounded(
        "purchases: the slowest report meanwhile, of another organisation", took["report"], "s", at_most=ANSWERED_WITHIN
    )
    outcome.bounded(
        f"purchases: of {took['asked']:.0f} reports, told that the store is busy", took["busy"], "", at_most=0
    )


def _peer(file: Path, rows: int) -> None:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True)
    count = sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
    if count != rows + 1:
        raise AssertionError(f"openpyxl read {count} rows")


def _ours(file: Path, rows: int) -> None:
    from gwannae.readers.tables import read_tables

    (sheet,) = read_tables(file)
    count = sum(1 for _ in sheet.rows)
    if count != rows + 1:
        raise AssertionError(f"the product read {count} rows")


def _write(file: Path, rows: int) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    sheet = book.add_worksheet("계약현황")
    sheet.write_row(0, 0, HEADER)
    for n in range(rows):
        day = (FIRST + timedelta(days=n % (TODAY - FIRST).days)).isoformat()
        cells = (n + 1, f"사무용품 구매 {n}", day, (n % 900 + 1) * 10_000, f"가온상사{n % 3_000}", "", "물품",
                 "수의1인견적", f"품목{n % 500}", f"R27BK{n:08d}")  # fmt: skip
        sheet.write_row(n + 1, 0, cells)
    book.close()
    return file
