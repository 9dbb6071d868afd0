"""점수: where the asker stands in its group and what would lift it, the upper part of the group, a score explained."""

from collections.abc import Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, context, ephemeral, escape, modal, section, table
from gwannae.messages.figures import amount_cell, both_ratios, count_cell, effective_lines, unconfirmed_note
from gwannae.messages.score_steps import formula_lines, shortfall_lines, steps_of, write_score
from gwannae.programme.amount import write_short
from gwannae.programme.city import City
from gwannae.programme.dates import write_day
from gwannae.programme.local_standings import ScoreAnswer
from gwannae.programme.score import Scored
from gwannae.programme.score_lift import Lift
from gwannae.programme.scoreboard import Scoreboard

NOT_YOURS = "내 부서·기관의 점수만 볼 수 있습니다. 다른 곳의 점수는 총괄 부서와 성과 부서가 봅니다."


def answer(found: ScoreAnswer, city: City) -> dict[str, Any]:
    """`/local-standings` of a year with a formula, to the asker alone."""
    text = _headline(found, city.programme_office)
    blocks = [section("scores-mine", text)]
    row = [button(ids.REPORT_OPEN, "구매 보고", style="primary")]
    if found.mine is not None:
        own = [*effective_lines(found.mine.basis.place), *_help(found), *_unconfirmed(found.mine)]
        blocks += [section("scores-help", "\n".join(own))] if own else []
        row.append(button(ids.SCORE_OPEN, "점수 풀이", f"{found.board.year}:{found.mine.organisation.id}"))
    if not found.asked.own:
        rows = _rows(found, city.standings_shown)
        whose = escape(_group(found)) or "모든 부서·기관"
        if len(rows) > 1:
            unit = "단위: 점수는 점, 건수는 % (관내/판정), 금액은 % (관내/판정, 천원)"
            blocks.append(context("scores-unit", f"{whose} · 점수가 높은 순", unit))
            blocks.append(table("scores-table", rows, right=tuple(range(2, len(rows[0])))))
        else:
            blocks.append(context("scores-unit", f"{whose} · 아직 순위에 든 곳이 없습니다."))
    blocks += [context("scores-note", *_notes(found)), actions("scores-row", row)]
    return ephemeral("\n".join([text.replace("*", ""), *_fallback(found, city.standings_shown)]), blocks)


def explained(board: Scoreboard, line: Scored, lift: Lift | None) -> Block:
    """The score of one organisation, step by step, and the formula that it follows."""
    steps = steps_of(line.basis, line.score, board.formula)
    blocks = [
        section("score-head", f"*{place_of(board, line)}*\n{_span(board)} 계약분"),
        section("score-steps", "\n".join(map(escape, steps))),
    ]
    if line.score.shortfalls:
        short = shortfall_lines(line.score, line.basis, board.formula.floor)
        blocks.append(section("score-short", "\n".join(["*순위에 들지 않는 까닭*", *map(escape, short)])))
    if told := lift_line(lift):
        blocks.append(section("score-lift", told))
    blocks.append(section("score-formula", "\n".join(["*산식*", *map(escape, formula_lines(board.formula))])))
    return modal(ids.SCORE_VIEW, "점수 풀이", blocks)


def place_of(board: Scoreboard, line: Scored) -> str:
    """ "길가꿈과 72.40점 · 본청 3위 / 12" """
    group = f"{escape(line.score.group)} " if line.score.group else ""
    rank = "순위 없음" if line.rank is None else f"{line.rank}위 / {board.ranked(line.score.group)}"
    return f"{escape(line.organisation.name)} {write_score(line.score.hundredths)}점 · {group}{rank}"


def lift_line(lift: Lift | None) -> str:
    """What would help, as it was reckoned; nothing where nothing of it does."""
    if lift is None:
        return ""
    each = f"한 건 {write_short(lift.won)}, " if lift.count > 1 else ""
    return (
        f"관내 {lift.kind.label} 구매 {lift.count:,}건({each}모두 약 {write_short(lift.count * lift.won)})을 더하면 "
        f"{write_score(lift.hundredths)}점으로 {lift.rank}위가 됩니다. 다른 곳이 그대로일 때의 계산입니다."
    )


def _headline(found: ScoreAnswer, office: str) -> str:
    if found.mine is None:
        return (
            f"어느 부서·기관이신지 아직 모릅니다. 구매를 한 번 보고하시거나 {escape(office)}에 알려 주세요. "
            f"아래는 {found.board.year}년 점수 순위입니다."
        )
    return f"*{place_of(found.board, found.mine)}* · {both_ratios(found.mine.basis.place.total)}"


def _help(found: ScoreAnswer) -> list[str]:
    """Below a floor: what is missing, in the first place."""
    if found.mine is None:
        return []
    short = shortfall_lines(found.mine.score, found.mine.basis, found.board.formula.floor)
    missing = [f"순위에 들려면: {', '.join(map(escape, short))}"] if short else []
    return [*missing, *filter(None, [lift_line(found.lift)])]


def _unconfirmed(line: Scored) -> list[str]:
    note = unconfirmed_note(line.basis.place.total)
    return [note] if note else []


def _group(found: ScoreAnswer) -> str:
    """The group that is shown: the one asked for, else one's own, else the first."""
    if found.asked.group:
        return found.asked.group
    if found.mine is not None:
        return found.mine.score.group
    return next((group.name for group in found.board.formula.groups), "")


def _upper(found: ScoreAnswer, shown: int) -> list[Scored]:
    lines = found.board.group(_group(found))
    upper = [line for line in lines if line.rank is not None][:shown]
    if found.mine in lines and found.mine is not None and found.mine.rank and found.mine not in upper:
        upper.append(found.mine)
    return upper


def _rows(found: ScoreAnswer, shown: int) -> list[list[str]]:
    head = ["순위", "부서·기관", "점수", "건수", "금액", "실질 건수", "실질 금액"]
    return [head, *(_row(line) for line in _upper(found, shown))]


def _row(line: Scored) -> list[str]:
    place = line.basis.place
    sides = (place.total, place.effective)
    cells = [cell for figures in sides for cell in (count_cell(figures), amount_cell(figures))]
    return [f"{line.rank}위", line.organisation.name, write_score(line.score.hundredths), *cells]


def _notes(found: ScoreAnswer) -> Sequence[str]:
    board = found.board
    shown = [f"{write_day(found.day)}까지 보고된 {_span(board)} 계약분"]
    below = sum(line.rank is None for line in board.group(_group(found)))
    if below:
        shown.append(f"순위에 들지 않는 곳 {below:,}곳(최소 건수·금액 등)")
    return [*shown, "같은 점수와 같은 값은 같은 순위이고, 실무협의회가 정합니다. 이 메시지는 나에게만 보입니다."]


def _span(board: Scoreboard) -> str:
    return f"{write_day(board.first)} ~ {write_day(board.last)}"


def _fallback(found: ScoreAnswer, shown: int) -> list[str]:
    if found.asked.own:
        return []
    return [
        f"{line.rank}위 {escape(line.organisation.name)} {write_score(line.score.hundredths)}점 · "
        f"{both_ratios(line.basis.place.total)}"
        for line in _upper(found, shown)
    ]
