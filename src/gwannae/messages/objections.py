"""이의: the form of an organisation's lead, the office's answer, and what each is told."""

import json
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    escape,
    input_block,
    message,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE, OFFICE_OR_LEAD
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_date
from gwannae.programme.objections import (
    MAX_ANSWER,
    MAX_EVIDENCE,
    MAX_SENTENCE,
    Objected,
    Objection,
    ObjectionAnswered,
    ObjectionFault,
    ObjectionRefused,
    ObjectionsClosed,
)

YES, NO = "yes", "no"


def object_value(year: int, organisation_id: int) -> str:
    """What the button "이의 제기" carries."""
    return f"{year}:{organisation_id}"


def read_value(value: str) -> tuple[int, int]:
    """Year and organisation; noughts for what is not ours."""
    year, _, organisation = value.partition(":")
    return ids.read_year(year), ids.read_number(organisation)


def object_form(year: int, organisation_id: int, form_key: str, thread: tuple[str, str] | None) -> Block:
    """What is wrong, and what shows it."""
    memo = json.dumps({"k": form_key, "y": year, "o": organisation_id, "t": thread}, separators=(",", ":"))
    blocks = [
        input_block(
            ids.OBJECT_SENTENCE,
            "어느 부분이 다른가요",
            text_input(
                ids.OBJECT_SENTENCE, placeholder="예) 3월 안내판 제작이 관외로 되어 있습니다", limit=MAX_SENTENCE
            ),
        ),
        input_block(
            ids.OBJECT_EVIDENCE,
            "근거",
            text_input(ids.OBJECT_EVIDENCE, placeholder="예) 계약번호, 문서번호", limit=MAX_EVIDENCE),
            hint="파일은 보낸 뒤 이 채널의 스레드에 올려 주세요.",
            optional=True,
        ),
    ]
    return modal(ids.OBJECT_VIEW, "이의 제기", blocks, submit="보내기", close="그만두기", memo=memo)


def read_memo(text: str) -> tuple[str, int, int, tuple[str, str] | None]:
    """Form key, year, organisation, thread. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        thread = kept["t"]
        found = (str(thread[0]), str(thread[1])) if thread else None
        return str(kept["k"]), ids.read_year(kept["y"]), ids.read_number(kept["o"]), found
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("not a form's memo") from error


def objected(outcome: Objected | ObjectionsClosed | NotAllowed, office: str) -> str:
    """In the form's place."""
    if isinstance(outcome, Objected):
        if not outcome.fresh:
            return "이미 보낸 이의입니다. 두 번 접수하지 않았습니다."
        return (
            f"{escape(office)}에 이의를 보냈습니다. 답은 {write_date(outcome.until)} 뒤 결산이 확정되기 전에 드립니다."
        )
    return closed(outcome) if isinstance(outcome, ObjectionsClosed) else OFFICE_OR_LEAD


def closed(outcome: ObjectionsClosed) -> str:
    """No objection is taken now."""
    if outcome.until is None:
        return "지금은 이의를 받는 때가 아닙니다. 결산이 확정되었거나 아직 보내지 않았습니다."
    return f"이의는 {write_date(outcome.until)}까지 받았습니다. 더 하실 말씀은 총괄 부서에 직접 해 주세요."


def in_thread(objection: Objection) -> dict[str, Any]:
    """The post that opens the objection's thread, for everybody of the organisation's channel."""
    lines = [f"<@{objection.user_id}> 님이 이의를 제기했습니다.", escape(objection.sentence)]
    if objection.evidence:
        lines.append(f"근거: {escape(objection.evidence)}")
    lines.append("증빙 파일이 있으면 이 스레드에 올려 주세요.")
    return dict(message("\n".join(lines)))


def for_office(objection: Objection) -> dict[str, Any]:
    """The direct message to the office's people."""
    lines = [f"*{escape(objection.organisation)}의 이의* · {objection.year}년 예비 결산", escape(objection.sentence)]
    if objection.evidence:
        lines.append(f"근거: {escape(objection.evidence)}")
    row = [button(ids.OBJECT_ANSWER_OPEN, "답하기", str(objection.id), style="primary")]
    text = "\n".join(lines)
    return dict(message(text, [section("objection", text), actions("objection-row", row)]))


def answer_form(objection: Objection) -> Block:
    """The office's answer; one that stands already is only shown."""
    lines = [f"*{escape(objection.organisation)}* · <@{objection.user_id}>", escape(objection.sentence)]
    if objection.evidence:
        lines.append(f"근거: {escape(objection.evidence)}")
    head = section("objection-head", "\n".join(lines))
    if objection.accepted is not None:
        return modal(ids.OBJECT_ANSWER_VIEW, "이의", [head, section("objection-answered", _answered(objection))])
    choices = [option("받아들임", YES), option("받아들이지 않음", NO)]
    blocks = [
        head,
        input_block(ids.OBJECT_ACCEPTED, "결정", static_select(ids.OBJECT_ACCEPTED, "고르기", choices)),
        input_block(
            ids.OBJECT_ANSWER,
            "답과 이유",
            text_input(ids.OBJECT_ANSWER, placeholder="예) 계약일의 소재지를 확인해 고쳤습니다", limit=MAX_ANSWER),
            hint="이의를 낸 부서·기관의 채널에 그대로 보입니다.",
        ),
        context("objection-note", "받아들여도 보고가 저절로 바뀌지는 않습니다. 보고를 고치거나 다시 판정해 주세요."),
    ]
    memo = str(objection.id)
    return modal(ids.OBJECT_ANSWER_VIEW, "이의", blocks, submit="답하기", close="그만두기", memo=memo)


def answer_said(outcome: ObjectionAnswered | NotAllowed | Impossible) -> str:
    """In the form's place."""
    if isinstance(outcome, ObjectionAnswered):
        return "답했습니다." if outcome.fresh else "이미 답한 이의입니다. 처음 답이 그대로 남습니다."
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else "그 사이 없어졌습니다. 아무것도 바꾸지 않았습니다."


def answered_in_thread(objection: Objection) -> dict[str, Any]:
    """The answer, where the objection stands."""
    return dict(message(_answered(objection)))


def errors(refused: ObjectionRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_BLOCKS[fault]: _FAULTS[fault] for fault in refused.faults}


def _answered(objection: Objection) -> str:
    word = "받아들였습니다" if objection.accepted else "받아들이지 않았습니다"
    return f"{escape(objection.organisation)}의 이의를 {word}.\n{escape(objection.answer)}"


_BLOCKS = {
    ObjectionFault.SENTENCE: ids.OBJECT_SENTENCE,
    ObjectionFault.ACCEPTED: ids.OBJECT_ACCEPTED,
    ObjectionFault.ANSWER: ids.OBJECT_ANSWER,
}
_FAULTS = {
    ObjectionFault.SENTENCE: "어느 부분이 다른지 적어 주세요.",
    ObjectionFault.ACCEPTED: "받아들일지 골라 주세요.",
    ObjectionFault.ANSWER: "이유를 적어 주세요.",
}
