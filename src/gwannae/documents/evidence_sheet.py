"""가점 근거서: a summary, and a page behind each organisation's points: figures with n and N, rules, fingerprints."""

from collections.abc import Iterator, Mapping, Sequence

from gwannae.programme.bonus_points import BonusSheet, write_points
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.papers import Column, Facts, Grid, Line, Look, NewPage, Paper, Part, text_of
from gwannae.programme.ratio import Ratio, write_ratio_count
from gwannae.programme.results import Moved, Result, ResultLine, StoredResult
from gwannae.programme.standings import Figures

MOST_PAGES = 30
_TITLE = "지역상품 우선구매 가점 근거서"
_COLUMNS = (
    Column("구분", 10),
    Column("관내(건)", 9, number=True),
    Column("판정(건)", 9, number=True),
    Column("건수 비율", 11, number=True),
    Column("관내(원)", 17, number=True),
    Column("판정(원)", 17, number=True),
    Column("금액 비율", 11, number=True),
    Column("미확인(건)", 12, number=True),
)


def evidence_summary(city: City, stored: StoredResult, sheet: BonusSheet, since: Sequence[Moved]) -> Paper:
    """Who gets which points, by which table, and what has changed since the result was frozen."""
    title = f"{stored.result.year}년 지역상품 우선구매 가점 요약"
    columns = (
        Column("순위", 16, number=True), Column("부서·기관", 26), Column("가점", 10, number=True),
        Column("건수 비율(관내/판정)", 22, number=True), Column("금액 비율", 12, number=True),
        Column("관내(원)", 20, number=True), Column("판정(원)", 20, number=True),
    )  # fmt: skip
    rows = tuple(_summed(bonus.line, write_points(bonus.hundredths)) for bonus in sheet.bonuses)
    facts = (
        ("집계 기간", _span(stored)),
        ("결산", _stage(stored)),
        ("가점 표의 출처", sheet.table.source),
        ("실무협의회 결정일", _decided(sheet)),
        ("결산 지문(SHA-256)", stored.fingerprint),
        ("결산 뒤 보고가 바뀐 곳", ", ".join(one.name for one in since) or "없음"),
    )
    parts: tuple[Part, ...] = (
        Line(title, Look.TITLE),
        Line(_made(city, stored), Look.RIGHT),
        Facts(facts),
        *((Grid(columns, rows, "(단위: 점, 건, 원)"),) if rows else (Line("가점을 받는 곳이 없음"),)),
        Line(_NOTE, Look.SMALL),
    )
    return Paper("가점요약.hwpx", title, city.programme_office, stored.made_at.date(), parts)


def evidence_sheets(city: City, stored: StoredResult, sheet: BonusSheet, since: Sequence[Moved]) -> Paper:
    """A page for each organisation that gets points, the first MOST_PAGES by rank: a page costs a tenth of a second.

    `every_sheet` has all organisations, as text.
    """
    changed, points = _marks(sheet, since)
    parts: list[Part] = []
    for at, line in enumerate([bonus.line for bonus in sheet.bonuses[:MOST_PAGES]]):
        parts += [*([NewPage()] if at else []), Line(_TITLE, Look.TITLE), Line(_made(city, stored), Look.RIGHT)]
        parts += _sheet(city, stored, sheet, line, points.get(line.code, "–"), changed_since=line.code in changed)
    title = f"{stored.result.year}년 {_TITLE}"
    if not parts:
        parts = [Line(title, Look.TITLE), Line("가점을 받는 곳이 없음")]
    return Paper("기관별근거서.hwpx", title, city.programme_office, stored.made_at.date(), tuple(parts))


def every_sheet(city: City, stored: StoredResult, sheet: BonusSheet, since: Sequence[Moved]) -> Iterator[str]:
    """The same page of text for each organisation of the result, in its order."""
    changed, points = _marks(sheet, since)
    for line in stored.result.lines:
        parts = _sheet(city, stored, sheet, line, points.get(line.code, "–"), changed_since=line.code in changed)
        yield f"{_TITLE}: {line.name}\n{_made(city, stored)}\n\n{text_of(parts)}\n"


def _marks(sheet: BonusSheet, since: Sequence[Moved]) -> tuple[set[str], Mapping[str, str]]:
    points = {bonus.line.code: f"{write_points(bonus.hundredths)}점" for bonus in sheet.bonuses}
    return {one.code for one in since}, points


def _sheet(
    city: City, stored: StoredResult, sheet: BonusSheet, line: ResultLine, points: str, *, changed_since: bool
) -> tuple[Part, ...]:
    """Everything that one organisation's points rest on. `changed_since`: its rows are others than those of the result;
    amounts are won, VAT included.
    """
    return (
        Facts(
            (
                ("부서·기관", line.name),
                ("집계 기간", _span(stored)),
                ("결산", _stage(stored)),
                ("순위", "–" if line.rank is None else f"{_rank(line)}위 / {stored.result.beside(line)}"),
                *([("점수", write_points(line.score.hundredths))] if line.score else []),
                ("가점", points),
                ("가점 표의 출처", sheet.table.source),
                ("실무협의회 결정일", _decided(sheet)),
            )
        ),
        Line("1. 집계", Look.HEADING),
        Grid(_COLUMNS, tuple(_rows(line)), "(단위: 건, 원)"),
        Line(_NOTE, Look.SMALL),
        Line("2. 산정 근거", Look.HEADING),
        Facts(tuple(_basis(city, stored, line, changed_since=changed_since).items())),
    )


_NOTE = "비율 = 관내 / (관내 + 관외). 미확인은 어느 쪽에도 넣지 않음. 소수 둘째 자리에서 반올림"


def ranked_by(result: Result) -> str:
    """By what a result ranks, first what counts first: said alike in the sheets and in the workbook."""
    if result.formula is None:
        return ", ".join(measure.label for measure in result.order)
    return " → ".join(["그룹별 점수", *(tie.label for tie in result.formula.tie_breaks), "실무협의회"])


def _rank(line: ResultLine) -> str:
    """ "3", and in its group "본청 3": the first of each group stand in the same table."""
    return "–" if line.rank is None else f"{line.group} {line.rank}".strip()


def _summed(line: ResultLine, points: str) -> tuple[str, ...]:
    count, amount = line.total.by_count, line.total.by_amount
    return (
        _rank(line), line.name, points, write_ratio_count(count), amount.text,
        f"{amount.part:,}", f"{amount.whole:,}",
    )  # fmt: skip


def _span(stored: StoredResult) -> str:
    return f"{write_day(stored.result.first)} ~ {write_day(stored.result.last)}(계약일 기준)"


def _stage(stored: StoredResult) -> str:
    return f"{stored.result.year}년 {stored.stage.label} 결산 {stored.number}차"


def _decided(sheet: BonusSheet) -> str:
    return write_day(sheet.decided_on) if sheet.decided_on else "–"


def _made(city: City, stored: StoredResult) -> str:
    return f"{city.name} {city.programme_office} · {write_day(stored.made_at.date())}"


def _rows(line: ResultLine) -> list[tuple[str, ...]]:
    by_kind = [_row(kind.label, figures) for kind, figures in line.by_kind.items()]
    effective = line.total.without_outside(line.left_out.number, line.left_out.won)
    return [*by_kind, _row("합계", line.total), _row("실질", effective)]


def _row(label: str, figures: Figures) -> tuple[str, ...]:
    def three(ratio: Ratio) -> tuple[str, str, str]:
        return f"{ratio.part:,}", f"{ratio.whole:,}", ratio.text

    return label, *three(figures.by_count), *three(figures.by_amount), f"{figures.unconfirmed_count:,}"


def _basis(city: City, stored: StoredResult, line: ResultLine, *, changed_since: bool) -> Mapping[str, str]:
    left_out = line.left_out
    return {
        "조례": f"{city.ordinance.name} ({city.ordinance.number})",
        "순위 기준": ranked_by(stored.result),
        "적용한 판정 규칙": ", ".join(stored.result.rules) or "–",
        "실질에서 뺀 관외": f"{left_out.number:,}건 {left_out.won:,}원" if left_out.number else "없음",
        "집계한 구매": f"{line.rows:,}건",
        "구매 내역 지문(SHA-256)": line.rows_fingerprint,
        "결산 지문(SHA-256)": stored.fingerprint,
        "결산 뒤 바뀐 보고": "있음" if changed_since else "없음(구매 내역이 결산 때와 같음)",
    }
