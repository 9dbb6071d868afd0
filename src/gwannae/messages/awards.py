"""우수부서: the form for the council's decision, its announcement, and what each press did."""

import json
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    datepicker,
    escape,
    input_block,
    message,
    modal,
    section,
    text_input,
)
from gwannae.messages.council import without_seat
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.report_choices import organisation_menu
from gwannae.messages.year_end import group_and_rank, release_value
from gwannae.messages.year_end import refused as year_end_refused
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.awards import (
    MAX_MEMBERS,
    MAX_REASON,
    Decided,
    Decision,
    DecisionDesk,
    DecisionFault,
    DecisionRefused,
)
from gwannae.programme.dates import write_day
from gwannae.programme.year_end import Release, YearEndRefused


def decision_form(desk: DecisionDesk, form_key: str) -> Block:
    """Day, members, reason, and one menu for each prize. Ranks are shown; ties are the council's to break."""
    year = desk.stored.result.year
    memo = json.dumps({"k": form_key, "y": year, "p": list(desk.prizes)}, ensure_ascii=False, separators=(",", ":"))
    before = desk.before
    held = {w.prize: w.code for w in before.winners} if before else {}
    by_code = {o.code: o for o in desk.organisations}
    menus = [
        input_block(
            winner_block(at),
            prize,
            organisation_menu(winner_block(at), desk.organisations, by_code.get(held.get(prize, ""))),
            optional=True,
        )
        for at, prize in enumerate(desk.prizes)
    ]
    upper = ", ".join(f"{group_and_rank(line)} {escape(line.name)}" for line in desk.stored.result.ranked[:8])
    ties = _ties(desk)
    blocks = [
        section(
            "award-ranks", f"{year}년 {desk.stored.stage.label} 결산({desk.stored.number}차): {upper or '순위 없음'}"
        ),
        *([context("award-ties", ties)] if ties else []),
        input_block(
            ids.AWARD_DAY,
            "결정한 날",
            datepicker(ids.AWARD_DAY, before.decided_on.isoformat() if before else None),
        ),
        *menus,
        input_block(
            ids.AWARD_REASON,
            "선정 사유",
            text_input(ids.AWARD_REASON, initial=before.reason if before else "", limit=MAX_REASON),
            hint="발표문과 공문에 그대로 들어갑니다.",
        ),
        input_block(
            ids.AWARD_MEMBERS,
            "참석한 위원",
            text_input(
                ids.AWARD_MEMBERS,
                initial=before.members if before else "",
                placeholder="예) 위원장 소관과장 외 4명",
                limit=MAX_MEMBERS,
            ),
            hint="기록에만 남고 발표하지 않습니다.",
        ),
    ]
    return modal(ids.AWARD_VIEW, "심의 결과", blocks, submit="저장", close="그만두기", memo=memo)


def winner_block(at: int) -> str:
    """The block_id of the menu of the prize at that place."""
    return ids.numbered(ids.AWARD_WINNER, at)


def read_memo(text: str) -> tuple[str, int, tuple[str, ...]]:
    """Form key, year and prizes. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        return str(kept["k"]), ids.read_year(kept["y"]), tuple(str(prize) for prize in kept["p"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def said(outcome: Decided | YearEndRefused | NotAllowed | Impossible) -> str:
    """In the form's place."""
    if isinstance(outcome, Decided):
        if not outcome.fresh:
            return "이미 저장한 결정입니다. 두 번 저장하지 않았습니다."
        text = "심의 결과를 저장했습니다. 아직 발표하지 않았습니다. 결산 창에서 발표문을 보고 발표해 주세요."
        if outcome.strangers:
            text += "\n" + without_seat(outcome.strangers, write_day(outcome.decision.decided_on))
        return text
    if isinstance(outcome, YearEndRefused):
        return year_end_refused(outcome)
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else "그 사이 바뀌었습니다. 창을 다시 열어 주세요."


def errors(refused: DecisionRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_block_of(fault, at): _FAULTS[fault] for fault, at in refused.faults}


def preview(decision: Decision) -> Block:
    """The announcement as it will be, and the press that lets it out."""
    sure = confirmation("발표하기", "모든 부서·기관의 채널에 이 글을 보냅니다.", "발표하기")
    value = release_value(decision.year, Release.ANNOUNCEMENT, decision.number)
    blocks = [
        section("award-preview", announcement_text(decision)),
        actions("award-preview-row", [button(ids.YEAR_END_RELEASE, "발표하기", value, style="primary", confirm=sure)]),
        context("award-preview-note", "누르기 전에는 아무것도 나가지 않습니다."),
    ]
    return modal(ids.AWARD_PREVIEW_VIEW, "발표문", blocks)


def announcement(decision: Decision) -> dict[str, Any]:
    """The post to every channel."""
    text = announcement_text(decision)
    row = [button(ids.STANDINGS_OPEN, "순위 보기")]
    return dict(message(text.replace("*", ""), [section("award", text), actions("award-row", row)]))


def announcement_text(decision: Decision) -> str:
    """What is announced: who, why, decided when."""
    winners = "\n".join(f"• *{escape(w.prize)}* {escape(w.name)}" for w in decision.winners)
    return (
        f"*{decision.year}년 지역상품 우선구매 우수부서*\n{winners}\n{escape(decision.reason)}\n"
        f"공공구매 실무협의회 {write_day(decision.decided_on)} 결정"
    )


def _ties(desk: DecisionDesk) -> str:
    told = [
        f"{group_and_rank(lines[0])} {', '.join(escape(line.name) for line in lines)}"
        for lines in desk.stored.result.ties()[:3]
    ]
    return f"같은 순위: {' · '.join(told)}. 누구를 앞에 둘지는 협의회가 정합니다." if told else ""


def _block_of(fault: DecisionFault, at: int) -> str:
    if fault in (DecisionFault.NOBODY, DecisionFault.TWICE):
        return winner_block(at)
    return {
        DecisionFault.DAY: ids.AWARD_DAY,
        DecisionFault.FUTURE: ids.AWARD_DAY,
        DecisionFault.MEMBERS: ids.AWARD_MEMBERS,
        DecisionFault.REASON: ids.AWARD_REASON,
    }[fault]


_FAULTS = {
    DecisionFault.DAY: "결정한 날을 골라 주세요.",
    DecisionFault.FUTURE: "결정한 날이 오늘보다 뒤입니다.",
    DecisionFault.MEMBERS: "참석한 위원을 적어 주세요.",
    DecisionFault.REASON: "선정 사유를 적어 주세요.",
    DecisionFault.NOBODY: "우수부서를 한 곳은 골라 주세요.",
    DecisionFault.TWICE: "같은 곳을 두 번 골랐습니다.",
}
