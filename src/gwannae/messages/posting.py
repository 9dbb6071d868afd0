"""What the ledger itself says: the mark of a rehearsal, and the one digest of all that could not be sent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gwannae.messages.blocks import Block, context, escape, header, section
from gwannae.programme.dates import write_date
from gwannae.programme.ledger import LedgerSum, PostKey
from gwannae.programme.periods import label_of
from gwannae.programme.posting_trouble import Remedy, TroubleDigest

SHOWN = 15  # lines of one kind of trouble

_RECIPIENTS = {
    "channel": "채널",
    "lead": "책임자 DM",
    "office": "총괄 부서",
    "council": "실무협의회",
    "person": "담당자 DM",
}
_REMEDIES = {
    Remedy.UNARCHIVE: "채널이 보관되었습니다. 보관을 풀거나, 쓰는 채널에서 `/gwannae 연결`을 해 주세요.",
    Remedy.INVITE: "관내봇이 채널에 없습니다. 채널에서 `/invite @관내봇`을 해 주세요.",
    Remedy.LINK: "채널이 없어졌거나 보이지 않습니다. 쓰는 채널에 관내봇을 초대하고 `/gwannae 연결`을 해 주세요.",
    Remedy.ALLOW: "이 채널에는 글을 쓸 수 없게 되어 있습니다. 채널의 글쓰기 권한을 확인해 주세요.",
    Remedy.PERSON: "받을 사람이 Slack에 없습니다. `/gwannae 담당`에서 담당을 다시 정해 주세요.",
    Remedy.APP: "Slack이 관내봇의 토큰을 받지 않습니다. 관리자가 앱을 다시 설치하고 토큰을 바꾸어야 합니다.",
    Remedy.WAIT: "Slack에 닿지 못했거나 바빴습니다. 저절로 다시 보냅니다.",
    Remedy.TEST_CHANNEL: "시험 채널이 정해지지 않았습니다. 총괄 부서의 홈 탭에서 정해 주세요.",
    Remedy.OFFICE: "총괄 부서의 채널도 사람도 정해지지 않았습니다. `gwannae people add`로 정해 주세요.",
    Remedy.LOOK: "도착했는지 관내봇이 확인할 수 없습니다. 채널을 보시고 알려 주세요. 그동안 다시 보내지 않습니다.",
    Remedy.REPORT: "프로그램의 문제로 만들지 못했습니다. 관리자에게 로그를 보아 달라고 해 주세요. 다시 해 봅니다.",
}


def as_rehearsal(message: Mapping[str, Any], key: PostKey, meant: str) -> dict[str, Any]:
    """The message as it goes to the test channel: with a line above that says what it is and whom it is for."""
    recipient = _RECIPIENTS[key.recipient.partition(":")[0]]
    whom = f"{escape(meant)} {recipient}" if meant else recipient
    line = f"시험 발송입니다. [시작]을 누른 뒤에 나갈 곳: *{whom}*"
    said = {**message, "text": f"[시험] {message.get('text', '')}"}
    if message.get("blocks"):
        said["blocks"] = [context("rehearsal", line), *message["blocks"]][:50]
    return said


def installation_note() -> dict[str, Any]:
    """Stands in the office's channel as long as a bot posts from there."""
    return {
        "text": "관내봇이 이 작업 공간에 때맞춰 보내는 일을 맡고 있습니다. 다른 곳에 설치된 관내봇이 같은 것을 또 "
        "보내지 않게 하는 표시이니 이 메시지를 그대로 두어 주세요."
    }


def trouble_digest(digest: TroubleDigest) -> dict[str, Any]:
    """All that has not gone out, by what is to be done about it, in one message."""
    lines = [f"보내지 못한 것이 {digest.count:,}곳 있습니다."] if digest.count else []
    if digest.doubles:
        lines.append(f"두 번 올라간 메시지가 {len(digest.doubles):,}건 있습니다.")
    if digest.missed:
        count = sum(one.count for one in digest.missed)
        lines.append(f"때를 놓쳐 보내지 않은 것이 {count:,}건 있습니다.")
    blocks = [
        header("trouble", "발송 문제 요약"),
        *trouble_blocks(digest),
        context("trouble-sum", sum_words(digest.total)),
    ]
    return {"text": " ".join(lines) or "발송 문제가 없습니다.", "blocks": blocks}


def trouble_blocks(digest: TroubleDigest) -> list[Block]:
    """One paragraph for each remedy, and one for doubles."""
    blocks = []
    for remedy, names in digest.by_remedy.items():
        shown = ", ".join(escape(name) for name in names[:SHOWN])
        more = f" 외 {len(names) - SHOWN:,}곳" if len(names) > SHOWN else ""
        blocks.append(section(f"trouble-{remedy.value}", f"*{len(names):,}곳* {shown}{more}\n{_REMEDIES[remedy]}"))
    if digest.doubles:
        links = "\n".join(f"• {escape(one.meant)} {one.link}" for one in digest.doubles[:SHOWN])
        blocks.append(section("trouble-doubles", f"*두 번 올라간 메시지 {len(digest.doubles):,}건*\n{links}"))
    if digest.missed:
        told = [f"• {one.kind.label} {period_words(one.period)}: {one.count:,}건" for one in digest.missed[:SHOWN]]
        rest = [f"… 외 {len(digest.missed) - SHOWN:,}가지"] if len(digest.missed) > SHOWN else []
        head = "*때를 놓쳐 보내지 않은 것* 봇이 꺼져 있었거나, 멈추었거나, 그때까지 보내지 못했습니다."
        blocks.append(section("trouble-missed", "\n".join([head, *told, *rest])))
    return blocks


def period_words(key: str) -> str:
    """What a post's period is called, a single day as any day."""
    try:
        return write_date(date.fromisoformat(key))
    except ValueError:
        return label_of(key)


def sum_words(total: LedgerSum) -> str:
    """The sum that holds at every moment."""
    return (
        f"예정한 것 {total.planned:,} = 보냄 {total.sent:,} + 보내지 않기로 함 {total.refused:,} "
        f"+ 기다림 {total.waiting:,} + 사람의 확인을 기다림 {total.asking:,}"
    )
