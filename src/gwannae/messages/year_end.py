"""결산: the office's window of the year's end, step by step, and what each press of it did."""

from collections.abc import Sequence

from gwannae.messages import ids
from gwannae.messages.blocks import Block, actions, button, confirmation, context, escape, modal, section
from gwannae.messages.figures import both_ratios
from gwannae.messages.new_year import open_button as new_year_button
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.score_steps import write_score
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.awards import Decision
from gwannae.programme.dates import write_date, write_day, write_time
from gwannae.programme.objections import Objection
from gwannae.programme.results import Moved, Result, ResultLine, Stage, StoredResult
from gwannae.programme.year_end import Frozen, Release, WentOut, YearEnd, YearEndFault, YearEndRefused

MOVED_SHOWN = 10
OBJECTIONS_SHOWN = 15
TABLE_SHOWN = 200
LINES_A_BLOCK = 15


def year_end_view(
    state: YearEnd, objections: Sequence[Objection], decision: Decision | None, objection_days: int, done: str = ""
) -> Block:
    """The window: where the year stands and what can be pressed now. `done`: what the last press did."""
    blocks = [section("year-end-done", done)] if done else []
    blocks.append(section("year-end-head", f"*{state.year}년 결산*\n{_head(state)}"))
    if not state.over:
        return modal(ids.YEAR_END_VIEW, "결산", [*blocks, context("year-end-note", _NOTE)])
    blocks += _preliminary(state, objection_days)
    blocks += _objections(objections)
    blocks += _final(state)
    blocks += _award(state, decision)
    blocks += _bonus(state)
    blocks.append(context("year-end-note", _NOTE))
    return modal(ids.YEAR_END_VIEW, "결산", blocks)


def table_view(stored: StoredResult) -> Block:
    """One frozen result, organisation by organisation."""
    result = stored.result
    lines = result.lines[:TABLE_SHOWN]
    blocks = [
        section("year-end-table-head", f"*{_name(stored)}*\n{_span(result)} 계약분"),
        *in_sections("year-end-table", [_line(line) for line in lines]),
        context("year-end-table-print", *_prints(stored, len(result.lines) - len(lines))),
    ]
    return modal(ids.YEAR_END_TABLE_VIEW, "결산 결과", blocks)


def said(outcome: Frozen | WentOut | YearEndRefused | NotAllowed) -> str:
    """One sentence or two for each outcome of a press."""
    if isinstance(outcome, Frozen):
        return " ".join([f"{_name(outcome.stored)}를 만들었습니다. 보고가 바뀌어도 이 결과는 그대로 남습니다.",
                         _changes(outcome.changes)]).strip()  # fmt: skip
    if isinstance(outcome, WentOut):
        return _WENT_OUT[outcome.released.what]
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else refused(outcome)


def refused(outcome: YearEndRefused) -> str:
    """Why a press did nothing, and what comes first."""
    if outcome.fault is YearEndFault.STILL_OBJECTING and outcome.until is not None:
        return f"{write_date(outcome.until)}까지 이의를 받고 있습니다. 그 뒤에 확정해 주세요."
    if outcome.fault is YearEndFault.OBJECTIONS_OPEN:
        return f"답하지 않은 이의가 {outcome.count:,}건 있습니다. 먼저 답해 주세요. 아무것도 확정하지 않았습니다."
    return _FAULTS[outcome.fault]


def _head(state: YearEnd) -> str:
    if not state.over:
        return "집계 기간이 아직 끝나지 않았습니다. 끝난 다음 날부터 예비 결산을 만들 수 있습니다."
    settled, preliminary = state.latest(settled=True), state.latest(settled=False)
    if settled is not None:
        return f"{_name(settled)}로 확정되었습니다."
    if preliminary is not None:
        return f"{_name(preliminary)}까지 왔습니다. 아직 확정되지 않았습니다."
    return "아직 시작하지 않았습니다. 예비 결산을 만들면 각 부서·기관에 보여 줄 수 있습니다."


def _preliminary(state: YearEnd, objection_days: int) -> list[Block]:
    if state.latest(settled=True) is not None:
        return []
    newest = state.latest(settled=False)
    row = [_freeze(state, Stage.PRELIMINARY, "예비 결산 다시 만들기" if newest else "예비 결산 만들기", not newest)]
    text = "*1. 예비 결산* · 아직 없습니다."
    if newest is not None:
        row.insert(0, _table_button(newest))
        gone = state.has_gone(Release.PRELIMINARY, newest.number)
        if gone is None:
            sure = confirmation(
                "예비 결산 보내기",
                f"각 부서·기관의 채널에 자기 결과만 보냅니다. 오늘부터 {objection_days}일 동안 이의를 받습니다.",
                "보내기",
            )
            row.insert(1, _release(state, Release.PRELIMINARY, newest.number, "각 부서에 보내기", sure))
            text = f"*1. 예비 결산* · {_name(newest)} · 아직 보내지 않았습니다."
        else:
            until = f"{write_date(gone.until)}까지 이의를 받습니다." if gone.until else ""
            text = f"*1. 예비 결산* · {_name(newest)} · 보냈습니다. {until}".strip()
    return [section("year-end-preliminary", text), actions("year-end-preliminary-row", row)]


def _objections(objections: Sequence[Objection]) -> list[Block]:
    waiting = [o for o in objections if o.accepted is None]
    if not objections:
        return [section("year-end-objections", "*2. 이의* · 들어온 이의가 없습니다.")]
    head = f"*2. 이의* · {len(objections):,}건, 답하지 않은 것 {len(waiting):,}건"
    blocks = [section("year-end-objections", head)]
    for objection in waiting[:OBJECTIONS_SHOWN]:
        answer = button(ids.OBJECT_ANSWER_OPEN, "답하기", str(objection.id))
        text = f"{escape(objection.organisation)} · {escape(objection.sentence[:200])}"
        blocks.append(section(ids.numbered("year-end-objection", objection.id), text, answer))
    return blocks


def _final(state: YearEnd) -> list[Block]:
    settled = state.latest(settled=True)
    if settled is None:
        row = [_freeze(state, Stage.FINAL, "최종 결산으로 확정", primary=False)]
        return [section("year-end-final", "*3. 최종 결산* · 아직 없습니다."), actions("year-end-final-row", row)]
    row = [_table_button(settled), _freeze(state, Stage.AMENDED, "정정 결산 만들기", primary=False)]
    told = "각 부서에 보냈습니다."
    if state.has_gone(Release.FINAL, settled.number) is None:
        told = "아직 보내지 않았습니다."
        sure = confirmation("결산 보내기", "각 부서·기관의 채널에 자기 결과만 보냅니다.", "보내기")
        row.insert(1, _release(state, Release.FINAL, settled.number, "각 부서에 보내기", sure))
    text = f"*3. 최종 결산* · {_name(settled)} · {told}"
    return [section("year-end-final", text), actions("year-end-final-row", row)]


def _award(state: YearEnd, decision: Decision | None) -> list[Block]:
    if state.latest(settled=True) is None:
        return []
    label = "심의 결과 적기" if decision is None else "심의 결과 다시 적기"
    row = [button(ids.AWARD_OPEN, label, str(state.year))]
    text = "*4. 우수부서* · 실무협의회의 결정을 기다립니다."
    if decision is not None:
        row += [
            button(ids.AWARD_PREVIEW, "발표문 보기", str(state.year)),
            button(ids.AWARD_LETTER, "공문 초안 받기", str(state.year)),
            button(ids.AWARD_CERTIFICATES, "상장 초안 받기", str(state.year)),
        ]
        gone = state.has_gone(Release.ANNOUNCEMENT, decision.number)
        names = ", ".join(f"{escape(w.prize)} {escape(w.name)}" for w in decision.winners)
        told = "발표했습니다." if gone else "아직 발표하지 않았습니다."
        text = f"*4. 우수부서* · {write_day(decision.decided_on)} 결정: {names} · {told}"
    return [section("year-end-award", text), actions("year-end-award-row", row)]


def _bonus(state: YearEnd) -> list[Block]:
    settled = state.latest(settled=True)
    if settled is None:
        return []
    gone = state.has_gone(Release.BONUS_POINTS, settled.number)
    text = "*5. 가점* · 성과 부서에 보냈습니다." if gone else "*5. 가점* · 아직 보내지 않았습니다."
    row = [button(ids.BONUS_OPEN, "가점 보기", str(state.year))]
    blocks = [section("year-end-bonus", text), actions("year-end-bonus-row", row)]
    if gone:
        words = f"*6. 새해* · {state.year + 1}년 설정을 확인하고 열어 주세요."
        blocks.append(section("year-end-new-year", words, new_year_button(state.year + 1)))
    return blocks


def _freeze(state: YearEnd, stage: Stage, label: str, primary: bool) -> Block:
    sure = confirmation(
        f"{stage.label} 결산", f"지금까지의 보고로 {state.year}년 {stage.label} 결산을 만들어 남깁니다.", "만들기"
    )
    value = f"{state.year}:{stage.value}"
    return button(ids.YEAR_END_FREEZE, label, value, style="primary" if primary else None, confirm=sure)


def _release(state: YearEnd, what: Release, number: int, label: str, sure: Block) -> Block:
    return button(ids.YEAR_END_RELEASE, label, release_value(state.year, what, number), style="primary", confirm=sure)


def release_value(year: int, what: Release, number: int) -> str:
    """What a button carries that lets something out."""
    return f"{year}:{what.value}:{number}"


def read_release(value: str) -> tuple[int, Release | None, int]:
    """The other way round; nothing for what is not ours."""
    year, _, rest = value.partition(":")
    word, _, number = rest.partition(":")
    return ids.read_year(year), next((r for r in Release if r.value == word), None), ids.read_number(number)


def read_freeze(value: str) -> tuple[int, Stage | None]:
    """Year and stage that a button carries; no stage for what is not ours."""
    year, _, word = value.partition(":")
    return ids.read_year(year), next((s for s in Stage if s.value == word), None)


def read_table(value: str) -> tuple[int, int]:
    """Year and number of the result that a button carries."""
    return ids.read_year_and_number(value)


def _table_button(stored: StoredResult) -> Block:
    return button(ids.YEAR_END_TABLE, "결과 보기", f"{stored.result.year}:{stored.number}")


def _name(stored: StoredResult) -> str:
    return f"{stored.result.year}년 {stored.stage.label} 결산({stored.number}차)"


def _span(result: Result) -> str:
    return f"{write_day(result.first)} ~ {write_day(result.last)}"


def _line(line: ResultLine) -> str:
    waiting = f" · 미확인 {line.total.unconfirmed_count:,}건" if line.total.unconfirmed_count else ""
    return f"{group_and_rank(line)} *{escape(line.name)}*{_points(line)} · {both_ratios(line.total)}{waiting}"


def group_and_rank(line: ResultLine) -> str:
    """ "7위", or "본청 7위" where there are groups."""
    group = f"{escape(line.group)} " if line.group else ""
    return group + ("순위 없음" if line.rank is None else f"{line.rank}위")


def _points(line: ResultLine) -> str:
    return f" · {write_score(line.score.hundredths)}점" if line.score else ""


def in_sections(block_id: str, lines: Sequence[str]) -> list[Block]:
    """Lines of a window, which may hold no table, some to a block."""
    starts = range(0, len(lines), LINES_A_BLOCK)
    return [section(ids.numbered(block_id, at), "\n".join(lines[at : at + LINES_A_BLOCK])) for at in starts]


def _prints(stored: StoredResult, rest: int) -> list[str]:
    at = f"{write_date(stored.made_at.date())} {write_time(stored.made_at)}에 만든 결과"
    more = [f"{rest:,}곳이 더 있습니다."] if rest else []
    return [at, *more, f"지문(SHA-256) {stored.fingerprint}"]


def _changes(changes: Sequence[Moved]) -> str:
    if not changes:
        return ""
    told = ", ".join(_change(moved) for moved in changes[:MOVED_SHOWN])
    more = f" 외 {len(changes) - MOVED_SHOWN:,}곳" if len(changes) > MOVED_SHOWN else ""
    return f"앞선 결산과 다른 곳: {told}{more}."


def _change(moved: Moved) -> str:
    before = rank_word(moved.before)
    after = rank_word(moved.after)
    return f"{escape(moved.name)}({before} → {after})" if before != after else f"{escape(moved.name)}(금액·건수)"


def rank_word(line: ResultLine | None) -> str:
    """ "7위", or that there is none."""
    return "없음" if line is None or line.rank is None else f"{line.rank}위"


def own_line(line: ResultLine, result: Result) -> str:
    """ "7위 / 42 · 건수 … · 금액 …", "본청 7위 / 12 · 72.40점 · …" """
    of = "" if line.rank is None else f" / {result.beside(line)}"
    return f"{group_and_rank(line)}{of}{_points(line)} · {both_ratios(line.total)}"


_NOTE = "결산은 지문과 함께 그대로 남고, 바뀐 보고는 새 결산으로만 나옵니다. 누르기 전에는 아무것도 나가지 않습니다."
_WENT_OUT = {
    Release.PRELIMINARY: "각 부서·기관에 자기 결과를 보냅니다. 보낸 곳과 보내지 못한 곳은 앱 홈에 나옵니다.",
    Release.FINAL: "각 부서·기관에 자기 확정 결과를 보냅니다. 보낸 곳과 보내지 못한 곳은 앱 홈에 나옵니다.",
    Release.ANNOUNCEMENT: "모든 채널에 발표합니다. 보낸 곳과 보내지 못한 곳은 앱 홈에 나옵니다.",
    Release.BONUS_POINTS: "성과 부서 담당자에게 가점과 근거를 보냅니다.",
}
_FAULTS = {
    YearEndFault.NOT_OVER: "집계 기간이 아직 끝나지 않았습니다. 끝난 다음 날부터 만들 수 있습니다.",
    YearEndFault.NOTHING_FROZEN: "먼저 결산을 확정해 주세요. 아무것도 보내지 않았습니다.",
    YearEndFault.NO_PRELIMINARY: "예비 결산을 각 부서에 보낸 뒤에 확정할 수 있습니다. 아무것도 확정하지 않았습니다.",
    YearEndFault.UNCHANGED: "그 사이 바뀐 것이 없거나 더 새로운 결과가 있습니다. 창을 다시 열어 확인해 주세요.",
    YearEndFault.ALREADY_SETTLED: "이미 확정된 해입니다. 바뀐 것이 있으면 정정 결산을 만들어 주세요.",
    YearEndFault.NO_DECISION: "먼저 실무협의회의 결정을 적어 주세요. 아무것도 발표하지 않았습니다.",
    YearEndFault.ALREADY_GONE: "이미 보냈습니다. 두 번 보내지 않았습니다.",
    YearEndFault.NO_TABLE: "도시 설정에 이 해의 가점 표가 없습니다. `[[bonus_points]]`를 적은 뒤 다시 눌러 주세요.",
}
