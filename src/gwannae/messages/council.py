"""실무협의회: the office's window, the forms for a member and for a meeting, and what each press did."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    datepicker,
    escape,
    input_block,
    message,
    modal,
    multi_select,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.council import (
    MAX_OTHERS,
    MAX_POST,
    MAX_SAID,
    CouncilDesk,
    CouncilFault,
    CouncilRefused,
    Meeting,
    MeetingKept,
    Member,
    MemberKept,
    members_on,
)
from gwannae.programme.council_packet import PacketCall, PacketFault, PacketRefused
from gwannae.programme.dates import write_date, write_day
from gwannae.programme.periods import label_of

CHAIR, SEAT = "chair", "seat"
SHOWN = 20
MEMBERS_OFFERED = 100


def council_window(desk: CouncilDesk) -> Block:
    """Who sits, what was written down, and what can be pressed; halves with the latest first."""
    sitting = members_on(desk.members, desk.today)
    over = f" 정원은 {desk.rules.seats}명입니다." if len(sitting) > desk.rules.seats else ""
    head = f"*{escape(desk.rules.name)}* · 오늘 위원 {len(sitting)}명.{over}"
    blocks = [section("council-head", head)]
    former = sorted((m for m in desk.members if m not in sitting), key=lambda m: m.since, reverse=True)
    for member in [*sitting, *former][:SHOWN]:
        change = button(ids.COUNCIL_MEMBER_OPEN, "고치기", str(member.id))
        blocks.append(section(ids.numbered("council-member", member.id), _line(member), change))
    if len(desk.members) > SHOWN:
        blocks.append(context("council-more", f"{len(desk.members) - SHOWN:,}명이 더 있습니다."))
    blocks.append(actions("council-row", [button(ids.COUNCIL_MEMBER_OPEN, "위원 적기", "0")]))
    for period in desk.periods:
        blocks += _half(desk, period)
    note = "자료와 회의록은 초안입니다. 결정은 협의회가, 결재는 사람이 합니다. 위원은 이름 대신 직위로 적어 주세요."
    return modal(ids.COUNCIL_VIEW, "실무협의회", [*blocks, context("council-note", note)])


def _half(desk: CouncilDesk, period: str) -> list[Block]:
    meeting = desk.meeting_of(period)
    told = f"{write_date(meeting.held_on)} 회의를 적어 두었습니다." if meeting else "적어 둔 회의가 없습니다."
    row = [
        button(ids.COUNCIL_PACKET, "자료 만들기", period),
        button(ids.COUNCIL_MEETING_OPEN, "회의 고치기" if meeting else "회의 적기", period),
        *([button(ids.COUNCIL_MINUTES, "회의록 받기", period)] if meeting else []),
    ]
    return [
        section(ids.numbered("council-half", period), f"*{label_of(period)}* · {told}"),
        actions(ids.numbered("council-half-row", period), row),
    ]


def member_form(member: Member | None, form_key: str) -> Block:
    """Post, seat, term."""
    kinds = [option("위원", SEAT), option("위원장", CHAIR)]
    seat = CHAIR if member and member.chair else SEAT
    post = text_input(
        ids.COUNCIL_POST, initial=member.post if member else "", placeholder="예) 계약총괄팀장", limit=MAX_POST
    )
    blocks = [
        input_block(ids.COUNCIL_POST, "직위", post, hint="이름은 적지 않으셔도 됩니다."),
        input_block(ids.COUNCIL_SEAT, "자리", static_select(ids.COUNCIL_SEAT, "고르기", kinds, seat)),
        input_block(
            ids.COUNCIL_SINCE,
            "임기 시작",
            datepicker(ids.COUNCIL_SINCE, member.since.isoformat() if member else None),
        ),
        input_block(
            ids.COUNCIL_UNTIL,
            "임기 마지막 날",
            datepicker(ids.COUNCIL_UNTIL, member.until.isoformat() if member and member.until else None),
            hint="정해지지 않았으면 비워 두세요. 자리에서 물러난 분은 마지막 날을 적어 주세요.",
            optional=True,
        ),
    ]
    memo = json.dumps({"k": form_key, "m": member.id if member else 0}, separators=(",", ":"))
    return modal(ids.COUNCIL_MEMBER_VIEW, "위원", blocks, submit="저장", close="그만두기", memo=memo)


def meeting_form(desk: CouncilDesk, period: str, form_key: str) -> Block:
    """Day, who was present, and what was decided, duty by duty."""
    before = desk.meeting_of(period)
    offered = sorted(desk.members, key=lambda m: m.since, reverse=True)[:MEMBERS_OFFERED]
    options = [option(f"{_post(m)} · {_term(m)}", str(m.id)) for m in offered]
    held = before.held_on.isoformat() if before else None
    present = [str(i) for i in before.present] if before else [str(m.id) for m in members_on(offered, desk.today)]
    blocks = [
        section("council-meeting-head", f"*{label_of(period)}* {escape(desk.rules.name)}"),
        input_block(ids.COUNCIL_DAY, "회의한 날", datepicker(ids.COUNCIL_DAY, held)),
        input_block(ids.COUNCIL_PRESENT, "참석한 위원", multi_select(ids.COUNCIL_PRESENT, "고르기", options, present)),
        input_block(
            ids.COUNCIL_OTHERS,
            "그 밖의 참석자",
            text_input(ids.COUNCIL_OTHERS, initial=before.others if before else "", limit=MAX_OTHERS),
            optional=True,
        ),
        *(_said_field(at, duty, before) for at, duty in enumerate(desk.rules.duties)),
    ]
    memo = json.dumps({"k": form_key, "h": period}, separators=(",", ":"))
    return modal(ids.COUNCIL_MEETING_VIEW, "회의 적기", blocks, submit="저장", close="그만두기", memo=memo)


def said_block(at: int) -> str:
    """The block_id of the field for the duty at that place."""
    return ids.numbered(ids.COUNCIL_SAID, at)


def _said_field(at: int, duty: str, before: Meeting | None) -> Block:
    initial = before.said[at] if before and at < len(before.said) else ""
    written = {**text_input(said_block(at), initial=initial, limit=MAX_SAID), "multiline": True}
    return input_block(said_block(at), duty, written, hint="논의와 결정을 적어 주세요.", optional=True)


def read_member_memo(text: str) -> tuple[str, int]:
    """Form key and member, 0 for a new one. Raises ValueError for what is not ours."""
    kept = _memo(text, "k", "m")
    return kept[0], ids.read_number(kept[1])


def read_meeting_memo(text: str) -> tuple[str, str]:
    """Form key and half. Raises ValueError for what is not ours."""
    kept = _memo(text, "k", "h")
    return kept[0], kept[1]


def _memo(text: str, *names: str) -> tuple[str, ...]:
    kept = json.loads(text)
    try:
        return tuple(str(kept[name]) for name in names)
    except (KeyError, TypeError) as error:
        raise ValueError("not a form's memo") from error


def said(outcome: MemberKept | MeetingKept | NotAllowed | Impossible, seats: int) -> str:
    """In the form's place."""
    if isinstance(outcome, MemberKept):
        if not outcome.fresh:
            return "이미 저장한 위원입니다. 두 번 저장하지 않았습니다."
        over = f" 오늘 위원이 {outcome.sitting}명으로 정원 {seats}명보다 많습니다." if outcome.sitting > seats else ""
        return f"저장했습니다. {_line(outcome.member)}.{over}"
    if isinstance(outcome, MeetingKept):
        return _meeting_said(outcome)
    return OFFICE_ALONE if isinstance(outcome, NotAllowed) else "그 사이 바뀌었습니다. 창을 다시 열어 주세요."


def _meeting_said(kept: MeetingKept) -> str:
    day = write_date(kept.meeting.held_on)
    if not kept.fresh:
        lines = ["이미 저장한 회의입니다. 두 번 저장하지 않았습니다."]
    else:
        lines = [f"{day} 회의를 저장했습니다. [회의록 받기]로 한글 파일을 받으실 수 있습니다."]
    if kept.strangers:
        lines.append(f"그날 위원이 아니었던 분: {_names(kept.strangers)}. 임기를 확인해 주세요.")
    if kept.absent:
        lines.append(f"그날 위원이지만 참석에 없는 분: {', '.join(_post(m) for m in kept.absent)}.")
    return "\n".join(lines)


def without_seat(strangers: Sequence[Member], day: str) -> str:
    """Beside a decision that names people who were no members on its day."""
    return f"{day}에 위원이 아니었던 분이 적혀 있습니다: {_names(strangers)}. 임기를 확인해 주세요."


def _names(members: Sequence[Member]) -> str:
    return ", ".join(f"{_post(m)}({_term(m)})" for m in members)


def errors(refused: CouncilRefused) -> dict[str, str]:
    """The sentence at each field."""
    return {_FIELDS[fault]: _FAULTS[fault] for fault in refused.faults}


def call(found: PacketCall) -> Mapping[str, Any]:
    """What the office is told once, on the calendar's day."""
    text = (
        f"*{label_of(found.period)} {escape(found.council)} 자료를 만들 때입니다* · 회의 {write_date(found.held_on)}\n"
        "실적, 관외 품목과 사유, 업체 집중, 이견, 새 업체, 제안과 회의록 서식을 한 번에 만들어 드립니다."
    )
    row = [
        button(ids.COUNCIL_PACKET, "자료 만들기", found.period, style="primary"),
        button(ids.COUNCIL_OPEN, "위원·회의 보기"),
    ]
    blocks = [section("council-call", text), actions("council-call-row", row)]
    return message(
        text.replace("*", ""), [*blocks, context("council-call-note", "협의회가 정할 것은 협의회가 정합니다.")]
    )


def packet_refused(outcome: PacketRefused | NotAllowed | None) -> str:
    """Why there is no paper."""
    if isinstance(outcome, NotAllowed):
        return OFFICE_ALONE
    if outcome is None:
        return "이 기간의 회의를 아직 적지 않았습니다. [회의 적기]를 먼저 눌러 주세요."
    if outcome.fault is PacketFault.NOT_BEGUN:
        return "아직 시작하지 않은 기간입니다. 시작한 뒤에 다시 눌러 주세요."
    return "어느 반기인지 알 수 없습니다. `/gwannae 협의회`에서 다시 눌러 주세요."


def packet_head(period: str) -> str:
    """The line over the packet's text."""
    return f"*{label_of(period)} 실무협의회 자료* · 한글 파일은 아래에 있습니다."


NOT_SENT = "파일을 보내지 못했습니다. 잠시 뒤 다시 눌러 주세요."
MEMBERS_FIRST = "먼저 [위원 적기]로 위원을 적어 주세요. 회의에는 그 가운데 참석한 분을 고릅니다."
MINUTES_HEAD = "회의록 초안입니다. 확인하고 서명을 받아 주세요."


def _line(member: Member) -> str:
    return f"{escape(_post(member))} · {_term(member)}"


def _post(member: Member) -> str:
    return f"{member.post}(위원장)" if member.chair else member.post


def _term(member: Member) -> str:
    return f"{write_day(member.since)} ~ {write_day(member.until) if member.until else ''}".rstrip()


_FIELDS = {
    CouncilFault.POST: ids.COUNCIL_POST,
    CouncilFault.SINCE: ids.COUNCIL_SINCE,
    CouncilFault.UNTIL: ids.COUNCIL_UNTIL,
    CouncilFault.SECOND_CHAIR: ids.COUNCIL_SEAT,
    CouncilFault.PERIOD: ids.COUNCIL_DAY,
    CouncilFault.DAY: ids.COUNCIL_DAY,
    CouncilFault.FUTURE: ids.COUNCIL_DAY,
    CouncilFault.PRESENT: ids.COUNCIL_PRESENT,
    CouncilFault.SAID: ids.numbered(ids.COUNCIL_SAID, 0),
}
_FAULTS = {
    CouncilFault.POST: "직위를 적어 주세요. 예) 계약총괄팀장",
    CouncilFault.SINCE: "임기가 시작된 날을 골라 주세요.",
    CouncilFault.UNTIL: "마지막 날이 시작한 날보다 앞입니다.",
    CouncilFault.SECOND_CHAIR: "그 기간에 다른 위원장이 있습니다. 앞선 위원장의 마지막 날을 먼저 적어 주세요.",
    CouncilFault.PERIOD: "어느 반기의 회의인지 알 수 없습니다. 창을 다시 열어 주세요.",
    CouncilFault.DAY: "회의한 날을 골라 주세요.",
    CouncilFault.FUTURE: "회의한 날이 오늘보다 뒤입니다.",
    CouncilFault.PRESENT: "참석한 위원을 골라 주세요.",
    CouncilFault.SAID: "한 안건이라도 논의와 결정을 적어 주세요.",
}
