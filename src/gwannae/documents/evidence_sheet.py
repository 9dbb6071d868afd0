"""가점 근거서: a page behind one organisation's bonus points: figures with n and N, rules, fingerprints."""

from collections.abc import Mapping

from gwannae.programme.bonus_points import BonusSheet, write_points
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.papers import Column, Facts, Grid, Line, Look, Paper
from gwannae.programme.ratio import Ratio
from gwannae.programme.results import ResultLine, StoredResult
from gwannae.programme.standings import Figures

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


def evidence_sheet(
    city: City, stored: StoredResult, sheet: BonusSheet, line: ResultLine, *, changed_since: bool
) -> Paper:
    """Everything that one organisation's points rest on. `changed_since`: its rows are others than those of the result;
    amounts are won, VAT included.
    """
    points = {bonus.line.code: write_points(bonus.hundredths) for bonus in sheet.bonuses}
    span = f"{write_day(stored.result.first)} ~ {write_day(stored.result.last)}(계약일 기준)"
    decided = write_day(sheet.decided_on) if sheet.decided_on else "–"
    parts = (
        Line(_TITLE, Look.TITLE),
        Line(f"{city.name} {city.programme_office} · {write_day(stored.made_at.date())}", Look.RIGHT),
        Facts(
            (
                ("부서·기관", line.name),
                ("집계 기간", span),
                ("결산", f"{stored.result.year}년 {stored.stage.label} 결산 {stored.number}차"),
                ("순위", "–" if line.rank is None else f"{line.rank}위 / {len(stored.result.ranked)}"),
                ("가점", f"{points[line.code]}점" if line.code in points else "–"),
                ("가점 표의 출처", sheet.table.source),
                ("실무협의회 결정일", decided),
            )
        ),
        Line(),
        Line("1. 집계", Look.HEADING),
        Grid(_COLUMNS, tuple(_rows(line)), "(단위: 건, 원)"),
        Line("비율 = 관내 / (관내 + 관외). 미확인은 어느 쪽에도 넣지 않음. 소수 둘째 자리에서 반올림", Look.SMALL),
        Line(),
        Line("2. 산정 근거", Look.HEADING),
        Facts(tuple(_basis(city, stored, line, changed_since=changed_since).items())),
    )
    return Paper(f"{line.code}.hwpx", f"{_TITLE}: {line.name}", city.programme_office, stored.made_at.date(), parts)


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
        "순위 기준": ", ".join(measure.label for measure in stored.result.order),
        "적용한 판정 규칙": ", ".join(stored.result.rules) or "–",
        "실질에서 뺀 관외": f"{left_out.number:,}건 {left_out.won:,}원" if left_out.number else "없음",
        "집계한 구매": f"{line.rows:,}건",
        "구매 내역 지문(SHA-256)": line.rows_fingerprint,
        "결산 지문(SHA-256)": stored.fingerprint,
        "결산 뒤 바뀐 보고": "있음" if changed_since else "없음(구매 내역이 결산 때와 같음)",
    }
