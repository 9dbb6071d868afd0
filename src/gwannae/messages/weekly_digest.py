"""주간 요약: who owes what and what did not go out, in one message for the programme office."""

from collections.abc import Mapping
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import actions, button, context, escape, message, section
from gwannae.messages.owed import owed_in_short, short_period
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.posting import sum_words, trouble_blocks
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.dates import write_date
from gwannae.programme.weekly_digest import WeeklyDigest

LINES_A_BLOCK = 10
OWING_SHOWN = 60


def for_command(found: WeeklyDigest | NotAllowed) -> dict[str, Any]:
    """The same as the answer to `/gwannae 남은 곳`, for the asker alone."""
    if isinstance(found, NotAllowed):
        return {"response_type": "ephemeral", "text": OFFICE_ALONE}
    return {"response_type": "ephemeral", **digest(found)}


def digest(found: WeeklyDigest) -> Mapping[str, Any]:
    """The week."""
    month = short_period(found.month, found.day)
    head = f"*남은 곳 {len(found.owing):,}/{found.organisations:,}* · {month}까지 · {write_date(found.day)}"
    blocks = [section("digest-head", head)]
    lines = [
        f"• {escape(owed.organisation.name)}: {owed_in_short(owed, found.day)}" for owed in found.owing[:OWING_SHOWN]
    ]
    blocks += [
        section(ids.numbered("digest-owing", at), "\n".join(lines[at : at + LINES_A_BLOCK]))
        for at in range(0, len(lines), LINES_A_BLOCK)
    ]
    notes = ["각 부서·기관에는 이미 따로 알렸습니다. 총괄 부서에는 이 요약만 갑니다."]
    if (more := len(found.owing) - OWING_SHOWN) > 0:
        notes.insert(0, f"{more:,}곳이 더 있습니다. 확정 현황과 순위에서 볼 수 있습니다.")
    if found.trouble.anything:
        blocks += [section("digest-trouble", "*보내지 못한 것*"), *trouble_blocks(found.trouble)]
    blocks.append(actions("digest-row", [button(ids.CONFIRM_OPEN, "확정 현황"), button(ids.LEAD_OPEN, "담당 정하기")]))
    blocks.append(context("digest-note", *notes, sum_words(found.trouble.total)))
    tail = f" 보내지 못한 것이 {found.trouble.count:,}곳 있습니다." if found.trouble.count else ""
    return message(f"이번 주 남은 곳 {len(found.owing):,}/{found.organisations:,}.{tail}", blocks)
