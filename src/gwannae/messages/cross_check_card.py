"""대조 카드: what an organisation reads in its channel, kindly, with a button at each line; and its answer's form."""

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
    message,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.programme.amount import write_won
from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check_cards import (
    MAX_REASON,
    UNPUBLISHED,
    Answered,
    AnswerMissing,
    CardAnswer,
    CardState,
    Finding,
    FindingKind,
)
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import shorten

SHOWN = 8
UNPUBLISHED_SHOWN = 5
ANSWERS = {CardAnswer.NOT_OURS: "우리 부서·기관의 계약이 아닙니다", CardAnswer.KNOWN: "알고 있습니다(이대로 둡니다)"}
NOT_YOURS = "이 카드는 이 부서·기관에 속한 분과 총괄 부서만 쓸 수 있습니다. 아무것도 바꾸지 않았습니다."
SETTLED = "이미 정리된 것입니다. 카드를 새로 고쳤습니다."
NOTED = "적어 두었습니다. 다음에 견줄 때에는 다시 여쭙지 않습니다."


def channel_card(state: CardState, office: str) -> dict[str, Any]:
    """The message in the organisation's channel, as things stand now."""
    head = "\n".join(head_lines(state, office))
    blocks = [section("cross-card", head)]
    for at, finding in enumerate(state.to_do[:SHOWN]):
        blocks.append(section(ids.numbered("cross-finding", at), finding_line(finding)))
        blocks.append(actions(ids.numbered("cross-finding-row", at), _row(state, finding)))
    rest = len(state.to_do) - SHOWN
    if rest > 0:
        blocks.append(context("cross-rest", f"그 밖에 {rest:,}건. 위의 것이 정리되면 이어서 보입니다."))
    if state.unpublished:
        leave = button(ids.CROSS_LEAVE, "모두 이대로 두기", f"{state.card.id}:{UNPUBLISHED}")
        blocks += [section("cross-unpublished", unpublished_lines(state)), actions("cross-unpublished-row", [leave])]
    blocks.append(context("cross-card-note", f"{escape(office)}에서 보냅니다 · 이 채널 모두에게 보입니다"))
    return dict(message(head, blocks))


def head_lines(state: CardState, office: str) -> list[str]:
    """What it is, how much is right, and that nobody is blamed."""
    run, to_do = state.card.run, len(state.to_do)
    whose = state.card.draft.organisation
    name = escape(whose.name) if whose else "부서를 알 수 없는 계약"
    right = f"맞는 것 {len(state.card.draft.agreed):,}건"
    if not to_do:
        rest = "" if state.unpublished else " 더 볼 것이 없습니다."
        return [f"*공개된 계약 목록과 견주어 보았습니다* · {name} · {run.year}년", f"{right}.{rest}"]
    return [
        f"*공개된 계약 목록에서 {to_do:,}건만 봐 주세요* · {name} · {run.year}년",
        (
            f"{right}. 잘못을 찾는 것이 아니라 빠진 실적을 챙겨 드리려는 것입니다. 보고가 빠졌으면 채워 둔 양식을 "
            f"보내시고, 그대로 두실 것은 까닭만 적어 주세요. 궁금한 것은 {escape(office)}에 물어보세요."
        ),
    ]


def unpublished_lines(state: CardState, most: int = UNPUBLISHED_SHOWN) -> str:
    """The reports that the list lacks, together."""
    found = state.unpublished
    lines = [f"• {_described(one.reported[0])} · 보고 번호 {one.reported[0].ref}" for one in found[:most]]
    more = [f"… 그 밖에 {len(found) - most:,}건"] if len(found) > most else []
    head = f"*보고에만 있는 것 {len(found):,}건* · 공개 대상이 아니거나 아직 올라가지 않았을 수 있어 알려만 드립니다."
    return "\n".join([head, *lines, *more])


def finding_line(finding: Finding) -> str:
    """One line: what differs, the contract, what it may be."""
    if finding.kind is FindingKind.MISSING_HERE:
        return f"*공개 목록에만 있습니다* · {_described(finding.published[0])}"
    if finding.kind is FindingKind.MISSING_THERE:
        return f"*보고에만 있습니다* · {_described(finding.reported[0])} · 보고 번호 {finding.reported[0].ref}"
    if finding.kind is FindingKind.DIFFERENT:
        reported, published = finding.reported[0], finding.published[0]
        return (
            f"*금액이 다릅니다* · {_described(reported)} · 보고 번호 {reported.ref}\n"
            f"공개 목록에는 {write_won(published.amount)}입니다. 변경 계약이나 올해 금액인지 봐 주세요."
        )
    listed = " / ".join(_described(c) for c in finding.published[:3])
    reports = " / ".join(f"{_described(c)} (보고 번호 {c.ref})" for c in finding.reported[:3])
    return f"*같은 계약인지 알려 주세요*\n공개 목록: {listed}\n보고: {reports}"


def answer_line(one: Answered) -> str:
    """What somebody answered."""
    return f"• {escape(shorten(one.title, 60))}: {ANSWERS[one.answer]} · {escape(one.reason)} · <@{one.by_user}>"


def answer_form(state: CardState, key: str, findings: Sequence[Finding]) -> Block:
    """이대로 두기: which of two, and why; for one finding, or for all reports that the list lacks."""
    memo = json.dumps({"c": state.card.id, "f": key}, separators=(",", ":"))
    what = unpublished_lines(state) if key == UNPUBLISHED else finding_line(findings[0])
    choices = [option(words, answer.value) for answer, words in ANSWERS.items()]
    return modal(
        ids.CROSS_ANSWER_VIEW,
        "이대로 두기",
        [
            section("cross-answer-what", what),
            input_block(ids.CROSS_ANSWER, "어느 쪽인가요", static_select(ids.CROSS_ANSWER, "고르기", choices)),
            input_block(
                ids.CROSS_REASON,
                "까닭",
                text_input(ids.CROSS_REASON, placeholder="예) 다른 과로 이관된 계약입니다", limit=MAX_REASON),
                hint="총괄 부서가 봅니다. 다음에 견줄 때에는 다시 여쭙지 않습니다.",
            ),
        ],
        submit="적어 두기",
        close="그만두기",
        memo=memo,
    )


def read_memo(text: str) -> tuple[int, str]:
    """Card and finding of the answer's form. Raises ValueError for what is not ours."""
    kept = json.loads(text)
    try:
        return ids.read_number(kept["c"]), str(kept["f"])
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def read_button_value(value: str) -> tuple[int, str]:
    """Card and finding that a button was made for: "3:9f…"."""
    card, _, key = value.partition(":")
    return ids.read_number(card), key


def errors(missing: AnswerMissing) -> dict[str, str]:
    """The sentence at each field."""
    found = {ids.CROSS_ANSWER: "어느 쪽인지 골라 주세요."} if missing.answer else {}
    return {**found, **({ids.CROSS_REASON: "까닭을 적어 주세요."} if missing.reason else {})}


def _row(state: CardState, finding: Finding) -> list[Block]:
    value = f"{state.card.id}:{finding.key}"
    leave = button(ids.CROSS_LEAVE, "이대로 두기", value)
    if finding.kind is FindingKind.MISSING_HERE:
        return [button(ids.CROSS_REPORT, "보고하기", value, style="primary"), leave]
    if finding.kind is FindingKind.DIFFERENT:
        return [button(ids.CROSS_FIX, "보고 고치기", value, style="primary"), leave]
    if finding.kind is FindingKind.QUESTION:
        return [button(ids.CROSS_FIX, "보고 고치기", value), button(ids.CROSS_REPORT, "따로 보고하기", value), leave]
    return [leave]


def _described(contract: Contract) -> str:
    day = write_day(contract.day) if contract.day else "날짜 없음"
    firm = escape(shorten(contract.firm, 40)) if contract.firm else "업체 없음"
    return f"{escape(shorten(contract.title, 60))} · {write_won(contract.amount)} · {day} · {firm}"
