"""점수 풀이: a score step by step, in words and whole numbers that can be followed by hand.

Plain lines, for Slack and the command line alike: what came from people is escaped by who puts them into a block.
"""

from collections.abc import Iterator
from fractions import Fraction

from gwannae.programme.amount import write_won
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.score import PartScore, Score, ScoreBasis, Shortfall
from gwannae.programme.score_rules import Floor, Part, PartRule, ScoreFormula

ROUNDING = "항목마다 소수 셋째 자리에서 반올림하고, 반올림한 점수를 더합니다."
_NOTHING = "나눌 것이 없어 0점"


def write_score(hundredths: int) -> str:
    """ "72.40": always two decimals, so that columns of points add up to the eye."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def steps_of(basis: ScoreBasis, score: Score, formula: ScoreFormula) -> tuple[str, ...]:
    """One line for each part, then the sum."""
    lines = [f"{part.rule.part.label}: {_step(basis, part)}" for part in score.parts]
    added = " + ".join(write_score(part.hundredths) for part in score.parts)
    return (*lines, f"합계: {added} = {write_score(score.hundredths)}점 ({formula.total}점 만점)")


def shortfall_lines(score: Score, basis: ScoreBasis, floor: Floor) -> tuple[str, ...]:
    """Why there is no rank, one line each."""
    total = basis.place.total
    told = {
        Shortfall.CONTRACTS: f"판정된 구매 {total.by_count.whole:,}건 (최소 {max(floor.contracts, 1):,}건)",
        Shortfall.AMOUNT: f"판정된 금액 {write_won(total.by_amount.whole)} (최소 {write_won(floor.amount)})",
        Shortfall.UNCONFIRMED: f"미확인 {total.unconfirmed_count:,}건 (모두 판정되어야 함)",
        Shortfall.PERIODS: f"기한 안 확정 {basis.periods.part}/{basis.periods.whole} (모두 확정되어야 함)",
    }
    return tuple(told[fault] for fault in score.shortfalls)


def formula_lines(formula: ScoreFormula) -> tuple[str, ...]:
    """The formula itself: parts with their points, floors, groups, how ties are told apart, rounding, source."""
    floor = formula.floor
    floors = [
        *([f"판정된 구매 {floor.contracts:,}건 이상"] if floor.contracts else []),
        *([f"판정된 금액 {write_won(floor.amount)} 이상"] if floor.amount else []),
        *(["미확인 없음"] if floor.all_judged else []),
        *(["끝난 기간을 모두 기한 안에 확정"] if floor.all_confirmed else []),
    ]
    parts = ", ".join(f"{rule.part.label} {rule.points}점{_full_at(rule)}" for rule in formula.parts)
    return (
        f"항목: {parts}",
        f"순위에 드는 곳: {', '.join(floors) or '판정된 구매가 있는 곳'}",
        f"그룹: {', '.join(group.name for group in formula.groups) or '나누지 않음'}",
        f"같은 점수: {' → '.join(tie.label for tie in formula.tie_breaks) or '가리지 않음'} → 실무협의회",
        f"반올림: {ROUNDING}",
        f"출처: {formula.source}",
    )


def _full_at(rule: PartRule) -> str:
    if rule.part is Part.INDIRECT:
        return f"({write_won(rule.full_at)}이면 만점)"
    if rule.part is Part.IMPROVEMENT:
        return f"({_tenths(rule.full_at)}%p 오르면 만점)"
    return "" if rule.part is Part.ADDITIONS or rule.full_at == 1000 else f"({_tenths(rule.full_at)}%이면 만점)"


def _step(basis: ScoreBasis, part: PartScore) -> str:
    return f"{''.join(_sum(basis, part))} = {write_score(part.hundredths)}점{' (만점까지만)' if part.is_capped else ''}"


def _sum(basis: ScoreBasis, part: PartScore) -> Iterator[str]:
    rule = part.rule
    if rule.part is Part.ADDITIONS:
        given = " + ".join(f"{a.label} {write_score(a.hundredths)}" for a in basis.additions)
        yield f"{given or '없음'} (최대 {rule.points}점)"
    elif part.denominator == 0:
        yield f"{rule.points}점 × {_NOTHING}"
    elif rule.part is Part.INDIRECT:
        yield f"{rule.points}점 × {write_won(basis.indirect)} ÷ {write_won(rule.full_at)}"
    elif rule.part is Part.IMPROVEMENT:
        before, now = basis.last_year.by_amount, basis.place.effective.by_amount
        rise = (_parts(now, won=True), _parts(before, won=True))
        yield f"{rule.points}점 × ({rise[0]} - {rise[1]}) ÷ {_tenths(rule.full_at)}%p"
        yield f" [{_points_of(basis.improvement or Fraction(0))}]"
    else:
        ratio, won = _ratio(basis, rule.part)
        by = "" if rule.full_at == 1000 else f" ÷ {_tenths(rule.full_at)}%"
        yield f"{rule.points}점 × {_parts(ratio, won=won)}{by}"


def _ratio(basis: ScoreBasis, part: Part) -> tuple[Ratio, bool]:
    place = basis.place
    return {
        Part.EFFECTIVE_AMOUNT: (place.effective.by_amount, True),
        Part.EFFECTIVE_COUNT: (place.effective.by_count, False),
        Part.GOODS_AND_SERVICES: (place.effective_of(PurchaseKind.GOODS, PurchaseKind.SERVICES).by_amount, True),
        Part.PUNCTUAL: (basis.periods, False),
    }[part]


def _parts(ratio: Ratio, *, won: bool) -> str:
    """A quotient with its two numbers as they can be looked up: "6,000,000원/8,500,000원"."""
    if won:
        return f"{write_won(ratio.part)}/{write_won(ratio.whole)}"
    return f"{ratio.part:,}/{ratio.whole:,}"


def _points_of(rise: Fraction) -> str:
    """A rise in percentage points, rounded for display alone: "12.0%p 오름"."""
    tenths = (2000 * abs(rise.numerator) + rise.denominator) // (2 * rise.denominator)
    return f"{_tenths(tenths)}%p {'내림' if rise < 0 else '오름'}"


def _tenths(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
