"""결산: standings frozen in one spelling with the fingerprint of every row, to be recomputed and compared later."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gwannae.programme.confirmations import ConfirmedRow, told_row
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.score import Score
from gwannae.programme.score_rules import ScoreFormula
from gwannae.programme.score_telling import formula_from, score_from, told_formula, told_score
from gwannae.programme.standings import FIGURES, Figures, Measure
from gwannae.programme.vendor_card import Bought

# Says what the bytes of a result are made of. Whatever is added or left out needs another name.
FORMAT = "gwannae.result/1"
SCORED_FORMAT = "gwannae.result/2"  # the same with a formula, and the steps of each score


class ResultFormatError(ValueError):
    """The bytes are no result of this format."""


class Stage(StrEnum):
    """How far a year's result is: shown to each organisation alone, settled, or settled anew after a correction."""

    PRELIMINARY = "preliminary"
    FINAL = "final"
    AMENDED = "amended"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return {"preliminary": "예비", "final": "최종", "amended": "정정"}[self.value]

    @property
    def settles(self) -> bool:
        """Whether awards and bonus points may rest on it."""
        return self is not Stage.PRELIMINARY


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One organisation. `left_out`: its outside contracts that leave the effective (실질) ratio; `rows` how many
    purchases the figures were added up from, `rows_fingerprint` the SHA-256 of their canonical bytes. Where the year
    has a formula, `rank` is that of `score` in its group.
    """

    code: str
    name: str
    rank: int | None
    total: Figures
    by_kind: Mapping[PurchaseKind, Figures]
    left_out: Bought
    rows: int
    rows_fingerprint: str
    score: Score | None = None

    @property
    def effective(self) -> Figures:
        """실질: the figures without what was left out."""
        return self.total.without_outside(self.left_out.number, self.left_out.won)

    @property
    def effective_amount(self) -> Ratio:
        """실질: the local ratio by amount without what was left out."""
        return self.effective.by_amount

    @property
    def group(self) -> str:
        """Those among whom it is ranked; "" where all are one group."""
        return self.score.group if self.score else ""


@dataclass(frozen=True, slots=True)
class Result:
    """A year's standings from `first` to `last` (contract dates, both inclusive), ranked by `order`, or group by group
    by the score of `formula`. `rules` are the versions of the local rule that the rows were judged by.
    """

    year: int
    first: date
    last: date
    order: tuple[Measure, ...]
    rules: tuple[str, ...]
    lines: tuple[ResultLine, ...]
    formula: ScoreFormula | None = None

    def of(self, code: str) -> ResultLine | None:
        """The line of one organisation."""
        return next((line for line in self.lines if line.code == code), None)

    @property
    def ranked(self) -> tuple[ResultLine, ...]:
        """Those that have a rank, best first (group by group)."""
        return tuple(line for line in self.lines if line.rank is not None)

    def beside(self, line: ResultLine) -> int:
        """How many have a rank among those with whom this one is ranked."""
        return sum(other.group == line.group for other in self.ranked)

    def ties(self) -> tuple[tuple[ResultLine, ...], ...]:
        """Who share a rank, best first: a tie is for the council to break."""
        shared: dict[tuple[str, int | None], list[ResultLine]] = {}
        for line in self.ranked:
            shared.setdefault((line.group, line.rank), []).append(line)
        return tuple(tuple(lines) for lines in shared.values() if len(lines) > 1)


@dataclass(frozen=True, slots=True)
class StoredResult:
    """The `number`th result of a year, as it was frozen. `content` are its bytes, `fingerprint` their SHA-256."""

    id: int
    number: int
    stage: Stage
    result: Result
    content: bytes
    fingerprint: str
    made_at: datetime
    by_team: str
    by_user: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a later result says otherwise of an organisation; None where it stands in one of the two alone."""

    code: str
    name: str
    before: ResultLine | None
    after: ResultLine | None


def canonical(result: Result) -> bytes:
    """The result as JSON in one spelling: keys in order, no spaces, composed UTF-8; the lines in their own order, which
    is part of the result.
    """
    told: dict[str, object] = {
        "format": FORMAT,
        "year": result.year,
        "first": result.first.isoformat(),
        "last": result.last.isoformat(),
        "order": [measure.value for measure in result.order],
        "rules": list(result.rules),
        "lines": [_told(line) for line in result.lines],
    }
    if result.formula is not None:
        told |= {"format": SCORED_FORMAT, "formula": told_formula(result.formula)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def rows_fingerprint(rows: Sequence[ConfirmedRow]) -> str:
    """SHA-256 of an organisation's rows in one spelling, in whatever order they come."""
    told = [told_row(row) for row in sorted(rows, key=lambda row: row.purchase_id)]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def fingerprint(content: bytes) -> str:
    """SHA-256 of a result's bytes, in hexadecimal."""
    return sha256(content).hexdigest()


def read(content: bytes) -> Result:
    """The other way round. Raises ResultFormatError for bytes that `canonical` did not make."""
    try:
        told = json.loads(content)
        if told["format"] not in (FORMAT, SCORED_FORMAT):
            raise ResultFormatError(str(told["format"]))
        formula = formula_from(told["formula"]) if told["format"] == SCORED_FORMAT else None
        return Result(
            told["year"],
            date.fromisoformat(told["first"]),
            date.fromisoformat(told["last"]),
            tuple(map(Measure, told["order"])),
            tuple(told["rules"]),
            tuple(_line(line, formula) for line in told["lines"]),
            formula,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ResultFormatError(str(error)) from error


def moved(before: Result, after: Result) -> tuple[Moved, ...]:
    """The organisations of which the later result says anything else, in its order; those that left it last."""
    old, new = {line.code: line for line in before.lines}, {line.code: line for line in after.lines}
    return tuple(
        Moved(code, (new.get(code) or old[code]).name, old.get(code), new.get(code))
        for code in dict.fromkeys((*new, *old))
        if old.get(code) != new.get(code)
    )


def _told(line: ResultLine) -> dict[str, object]:
    return {
        "code": line.code,
        "name": line.name,
        "rank": line.rank,
        "total": _figures_told(line.total),
        "by_kind": {kind.value: _figures_told(figures) for kind, figures in line.by_kind.items()},
        "left_out": [line.left_out.number, line.left_out.won],
        "rows": line.rows,
        "rows_sha256": line.rows_fingerprint,
        **({"score": told_score(line.score)} if line.score else {}),
    }


def _line(told: Mapping[str, Any], formula: ScoreFormula | None) -> ResultLine:
    kinds = told["by_kind"]
    left_out, rank, rows = told["left_out"], told["rank"], told["rows"]
    if not isinstance(kinds, dict) or not isinstance(left_out, list) or not isinstance(rows, int):
        raise ResultFormatError("a line")
    return ResultLine(
        str(told["code"]),
        str(told["name"]),
        rank if isinstance(rank, int) else None,
        _figures(told["total"]),
        {PurchaseKind(kind): _figures(figures) for kind, figures in kinds.items()},
        Bought(*left_out),
        rows,
        str(told["rows_sha256"]),
        score_from(told["score"], formula) if formula is not None else None,
    )


def _figures_told(figures: Figures) -> list[int]:
    return [getattr(figures, name) for name in FIGURES]


def _figures(told: object) -> Figures:
    if not isinstance(told, list) or len(told) != len(FIGURES):
        raise ResultFormatError("figures")
    return Figures(*told)
