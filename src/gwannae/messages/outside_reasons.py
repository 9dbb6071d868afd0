"""관외 사유: the fields that ask for it, the draft of the letter, and the list of what still waits."""

import json
from collections.abc import Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    escape,
    escape_lines,
    input_block,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.programme.amount import write_won
from gwannae.programme.city import City
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.hangul import josa, shorten
from gwannae.programme.outside_reasons import (
    MAX_SENTENCE,
    Looked,
    OutsideReason,
    ReasonAsked,
    ReasonCode,
    ReasonFault,
    ReasonGiven,
    Unanswered,
)
from gwannae.programme.papers import Facts, Item, Line, Look, Paper, ended, numbered, text_of
from gwannae.programme.purchases import Purchase

NOT_OUTSIDE = "이 보고는 지금 관외로 집계되지 않아 사유가 필요하지 않습니다. 바뀐 것은 없습니다."
ASKED = "관외 업체입니다. 사유를 적어 주시면 사유서 초안을 만들어 드립니다."
LIST_SHOWN = 20
TITLE_SHOWN = 60


def form_note(looked: Looked) -> Block:
    """Over the fields of the report's form, where an outside firm was chosen."""
    text = f"{ASKED} 지금 비워 두고 나중에 적으셔도 됩니다.\n{looked_line(looked)}"
    return context(ids.REASON_NOTE, text)


def reason_form(asked: ReasonAsked, form_key: str, city: City) -> Block:
    """The window for a purchase that is stored already."""
    draft, former = asked.purchase.draft, asked.former
    head = f"*{escape(draft.title)}* · {write_won(draft.amount)} · {write_day(draft.contract_date)}"
    lines = [head, f"{escape(draft.firm.name)} · {ASKED}", f"{looked_line(asked.looked)} 함께 남겨 둡니다."]
    blocks = [section(ids.REASON_NOTE, "\n".join(lines))]
    if former is not None:
        day = former.given_at.astimezone(city.zone).date()
        blocks.append(context("reason-former", f"{write_day(day)}에 적은 사유를 고칩니다. 앞의 사유도 남습니다."))
    code, sentence = (former.code.value, former.sentence) if former else (None, draft.contract.reason)
    memo = json.dumps({"k": form_key, "p": asked.purchase.id}, separators=(",", ":"))
    blocks += reason_fields(code, sentence, optional=False)
    return modal(ids.REASON_VIEW, "관외 사유", blocks, submit="저장", close="그만두기", memo=memo)


def read_memo(text: str) -> tuple[str, int]:
    """The form's key and the purchase. Raises ValueError for what is not ours."""
    try:
        kept = json.loads(text)
        return str(kept["k"]), ids.read_number(kept["p"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a reason's memo") from error


def reason_fields(code: str | None, sentence: str, *, optional: bool) -> list[Block]:
    """Code and sentence; both or, where it is `optional`, neither."""
    options = [option(c.label, c.value) for c in ReasonCode]
    written = text_input(
        ids.REASON_SENTENCE,
        initial=sentence,
        placeholder="예) 관내 업체 2곳에 물었으나 규격에 맞는 제품이 없었습니다.",
        limit=MAX_SENTENCE,
    )
    return [
        input_block(
            ids.REASON_CODE,
            "관외로 산 까닭",
            static_select(ids.REASON_CODE, "사유 고르기", options, code),
            optional=optional,
        ),
        input_block(ids.REASON_SENTENCE, "설명 (한 문장)", {**written, "multiline": True}, optional=optional),
    ]


def looked_line(looked: Looked) -> str:
    """ "검토한 관내 업체 3곳(‘명함’): 가온인쇄, 나래인쇄, 다솜인쇄." """
    if not looked.word:
        return "품목을 적으시면 관내 업체를 함께 찾아 남겨 둡니다."
    word = escape(shorten(looked.word, TITLE_SHOWN))
    if not looked.candidates:
        return f"‘{word}’{josa(looked.word, '으로/로')} 찾은 관내 업체가 명부에 없습니다({write_day(looked.day)})."
    return f"검토한 관내 업체(‘{word}’, {write_day(looked.day)}): {escape(_names(looked))}."


def _names(looked: Looked) -> str:
    names = ", ".join(c.name for c in looked.candidates)
    more = looked.found - len(looked.candidates)
    return f"{names} 외 {more:,}곳" if more > 0 else names


_FAULTS = {
    ReasonFault.CODE_MISSING: (ids.REASON_CODE, "사유를 골라 주세요."),
    ReasonFault.SENTENCE_MISSING: (ids.REASON_SENTENCE, "까닭을 한 문장으로 적어 주세요."),
    ReasonFault.SENTENCE_TOO_LONG: (ids.REASON_SENTENCE, f"{MAX_SENTENCE:,}자 안으로 줄여 주세요."),
}


def reason_lines(reason: OutsideReason) -> list[str]:
    """For somebody who has to show why."""
    return [f"관외 사유: {reason.code.label} · {escape(reason.sentence)}", looked_line(reason.looked)]


def reason_errors(faults: Sequence[ReasonFault]) -> dict[str, str]:
    """Block id to sentence."""
    return dict(_FAULTS[fault] for fault in faults)


def letter(given: ReasonGiven, city: City) -> Paper:
    """사유서 초안: what a person checks and has signed; the bot sends it to nobody else."""
    draft, made_on = given.purchase.draft, given.reason.given_at.astimezone(city.zone).date()
    note = (
        f"보고 번호 {given.purchase.id} · {write_date(made_on)} 작성한 초안입니다. 내용을 확인하고 결재를 받아 주세요."
    )
    parts = (
        Line(_LETTER_TITLE, Look.TITLE),
        Line(),
        _letter_facts(given),
        Line(),
        *ended(_letter_lines(given, city)),
        Line(),
        Line(write_day(made_on), Look.CENTRED),
        Line(given.organisation.name, Look.SIGNER),
        Line(),
        Line(note, Look.SMALL),
    )
    file_name = f"관외구매사유서_{given.purchase.id}.hwpx"
    return Paper(file_name, f"{_LETTER_TITLE}: {draft.title}", given.organisation.name, made_on, parts)


_LETTER_TITLE = "관외 업체 구매 사유서"


def _letter_facts(given: ReasonGiven) -> Facts:
    draft = given.purchase.draft
    return Facts(
        (
            ("부서·기관", given.organisation.name),
            ("계약명", draft.title),
            ("구분", f"{draft.kind.label} · {draft.method.label}"),
            ("계약일", write_day(draft.contract_date)),
            ("계약금액", f"{write_won(draft.amount)}(부가가치세 포함)"),
            ("계약상대자", draft.firm.name),
            ("소재지", draft.firm.address or "적혀 있지 않음"),
        )
    )


def _letter_lines(given: ReasonGiven, city: City) -> tuple[Line, ...]:
    reason, looked = given.reason, given.reason.looked
    made = write_date(reason.given_at.astimezone(city.zone).date())
    found = f"업체 명부에서 ‘{looked.word}’{josa(looked.word, '으로/로')} 찾"
    beside = f"{_names(looked)} ({found}음, {made})" if looked.candidates else f"{found}은 관내 업체가 없음({made})"
    return numbered(
        (
            Item(f"관련: 「{city.ordinance.name}」"),
            Item(
                "위 구매는 다음과 같은 사유로 관내 업체가 아닌 업체와 계약하였습니다.",
                (Item(f"사유: {reason.code.label}"), Item(f"내용: {reason.sentence}")),
            ),
            Item(f"검토한 관내 업체: {beside}"),
        )
    )


def letter_message(given: ReasonGiven, city: City) -> dict[str, Any]:
    """The draft as a direct message; the file follows it."""
    head = "*사유를 저장했습니다*" if given.fresh else "*이미 저장된 사유입니다*"
    body = escape_lines(text_of(ended(_letter_lines(given, city))))
    blocks = [
        section("reason-head", f"{head} · {_LETTER_TITLE} 초안"),
        section("reason-rows", escape_lines(text_of([_letter_facts(given)]))),
        section("reason-body", body),
    ]
    notes = [
        f"보고 번호 {given.purchase.id} · 결재하기 전의 초안입니다. 내용을 확인하고 결재를 받아 주세요.",
    ]
    if given.left_out_by is not None:
        notes.append(f"이 사유의 구매는 실질 비율의 분모에서 빠집니다({escape(given.left_out_by.source)}).")
    if given.reason.code.is_missing_item and given.reason.looked.word:
        word = escape(shorten(given.reason.looked.word, TITLE_SHOWN))
        notes.append(f"‘{word}’{josa(given.reason.looked.word, '은/는')} 업체 발굴 목록에 올렸습니다.")
    blocks.append(context("reason-notes", *notes))
    value = str(given.purchase.id)
    blocks.append(actions("reason-row", [button(ids.REASON_OPEN, "사유 고치기", value)]))
    return {"text": f"{_LETTER_TITLE} 초안 · {escape(given.purchase.draft.title)}\n{body}", "blocks": blocks}


def file_line(given: ReasonGiven) -> str:
    """The line over the file."""
    return f"사유서 초안 파일입니다 · {escape(given.purchase.draft.title)}"


FILE_NOT_SENT = (
    "사유는 저장했습니다. 사유서 파일만 보내지 못했습니다. [사유 고치기]에서 다시 저장하시면 파일을 다시 보내 드립니다."
)


def home_blocks(waiting: Unanswered) -> list[Block]:
    """On the Home tab: what waits for a reason, if anything does."""
    if not waiting.number:
        return []
    blocks = [section("home-reasons", f"*관외 사유를 적을 구매 {waiting.number:,}건*", _list_button(waiting))]
    return blocks + _rows("home-reason", waiting.purchases)


def _list_button(waiting: Unanswered) -> Block | None:
    return button(ids.REASON_LIST, "모두 보기") if waiting.number > len(waiting.purchases) else None


def list_window(waiting: Unanswered) -> Block:
    """All that wait, the oldest first."""
    if not waiting.number:
        return modal(ids.REASON_LIST_VIEW, "관외 사유", [section("reasons-none", "사유를 적을 구매가 없습니다.")])
    blocks = [section("reasons-head", f"사유를 적을 구매 {waiting.number:,}건 · 오래된 것부터")]
    blocks += _rows("reasons", waiting.purchases)
    if (more := waiting.number - len(waiting.purchases)) > 0:
        left = f"{more:,}건이 더 있습니다. 적으시면 다음 것이 나옵니다."
        blocks.append(context("reasons-more", left))
    return modal(ids.REASON_LIST_VIEW, "관외 사유", blocks)


def _rows(block: str, purchases: Sequence[Purchase]) -> list[Block]:
    return [
        section(
            ids.numbered(block, purchase.id),
            f"{escape(purchase.draft.title)} · {write_won(purchase.draft.amount)} · "
            f"{write_day(purchase.draft.contract_date)} · {escape(purchase.draft.firm.name)}",
            button(ids.REASON_OPEN, "사유 적기", str(purchase.id)),
        )
        for purchase in purchases
    ]
