"""정보가 다릅니다: the form for everybody, what the office reads, and how it is settled."""

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
    input_block,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.dates import write_day
from gwannae.programme.vendor_changes import NotTheOffice
from gwannae.programme.vendor_doubts import (
    MAX_SENTENCE,
    Doubt,
    DoubtKind,
    DoubtSettled,
    DoubtState,
    DoubtTold,
    NoDoubt,
)

SHOWN = 5


def doubt_form(vendor_id: int, name: str, form_key: str, office: str) -> Block:
    """What is wrong, and a sentence about it."""
    kinds = [option(kind.label, kind.value) for kind in DoubtKind]
    return modal(
        ids.DOUBT_VIEW,
        "정보가 다릅니다",
        [
            section("doubt-firm", f"*{escape(name)}*\n명부의 내용이 사실과 다르면 알려 주세요."),
            input_block(ids.DOUBT_KIND, "무엇이 다른가요", static_select(ids.DOUBT_KIND, "고르기", kinds)),
            input_block(
                ids.DOUBT_SENTENCE,
                "어떻게 다른가요",
                text_input(ids.DOUBT_SENTENCE, limit=MAX_SENTENCE, placeholder="예) 3월에 다른 시로 옮겼습니다"),
                hint="사람 이름이나 휴대전화 번호는 적지 마세요.",
            ),
            context(
                "doubt-note",
                f"{escape(office)}에서 확인한 뒤 고칩니다. 누가 알렸는지는 감사 기록에만 남습니다.",
            ),
        ],
        submit="알리기",
        close="그만두기",
        memo=json.dumps({"v": vendor_id, "k": form_key}),
    )


def read_form_memo(text: str) -> tuple[int, str]:
    """The firm and the form's key. Raises ValueError for what is not ours."""
    try:
        kept = json.loads(text)
        return ids.read_number(kept["v"]), str(kept["k"])[:64]
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def incomplete() -> dict[str, str]:
    """Errors at the fields of a form that came without its answers."""
    return {
        ids.DOUBT_KIND: "무엇이 다른지 골라 주세요.",
        ids.DOUBT_SENTENCE: "어떻게 다른지 한 문장으로 적어 주세요.",
    }


def told(outcome: DoubtTold, office: str) -> str:
    """Said to the person who told."""
    if not outcome.fresh:
        return f"이미 {office}에 알린 내용입니다. 두 번 보내지 않았습니다."
    return f"{office}에 알렸습니다. 확인한 뒤 명부를 고칩니다. 그때까지 명부는 그대로입니다."


def for_office(doubt: Doubt) -> dict[str, Any]:
    """What the programme office reads: the firm and what is wrong, never who said so."""
    text = f"업체 정보 확인 요청 · {escape(doubt.vendor_name)} · {doubt.kind.label}"
    line = f"*{text}*\n{escape(doubt.sentence)}"
    return {"text": text, "blocks": [section("doubt-office", line), actions("doubt-office-row", _row(doubt))]}


def settled(outcome: DoubtSettled | NoDoubt | NotTheOffice) -> str:
    """What became of the press."""
    if isinstance(outcome, NotTheOffice):
        return OFFICE_ALONE
    if isinstance(outcome, NoDoubt):
        return "그 사이 없어진 요청입니다. 아무것도 바꾸지 않았습니다."
    done = {DoubtState.MENDED: "고쳤음", DoubtState.KEPT: "그대로 둠", DoubtState.OPEN: "접수"}[outcome.doubt.state]
    about = f"{escape(outcome.doubt.vendor_name)} · {outcome.doubt.kind.label}"
    if outcome.fresh:
        return f"업체 정보 확인 요청을 ‘{done}’으로 마쳤습니다 · {about}"
    return f"이미 ‘{done}’으로 마친 요청입니다 · {about}"


def home_blocks(doubts: Sequence[Doubt]) -> list[Block]:
    """The office's list on its Home tab, the oldest first."""
    if not doubts:
        return []
    blocks = [section("home-doubts", f"*업체 정보 확인 요청 {len(doubts):,}건* 확인한 뒤 골라 주세요.")]
    for doubt in doubts[:SHOWN]:
        line = (
            f"*{escape(doubt.vendor_name)}* · {doubt.kind.label} · {write_day(doubt.told_at.date())}\n"
            f"{escape(doubt.sentence)}"
        )
        blocks.append(section(ids.numbered("home-doubt", doubt.id), line))
        blocks.append(actions(ids.numbered("home-doubt-row", doubt.id), _row(doubt)))
    if len(doubts) > SHOWN:
        blocks.append(context("home-doubts-more", f"{len(doubts) - SHOWN:,}건이 더 있습니다."))
    return blocks


def _row(doubt: Doubt) -> list[Block]:
    return [
        button(ids.VENDOR_DETAIL, "업체 보기", str(doubt.vendor_id)),
        button(ids.DOUBT_MENDED, "고쳤음", str(doubt.id), style="primary"),
        button(ids.DOUBT_KEPT, "그대로 둠", str(doubt.id)),
    ]
