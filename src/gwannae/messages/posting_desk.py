"""`/gwannae 발송`: the office's window of what the clock posts: begun or not, paused, what stands, what is asked."""

from collections.abc import Mapping

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    divider,
    escape,
    modal,
    option,
    section,
    static_select,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.posting import period_words, sum_words, trouble_blocks
from gwannae.messages.report_choices import organisation_menu
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.dates import write_date, write_time
from gwannae.programme.ledger import PostKind
from gwannae.programme.posting_overview import Pause, PostingOverview, Steered

_IMPOSSIBLE = {
    "started": "이미 시작되어 있습니다.",
    "paused": "이미 멈추어 있습니다.",
    "under_way": "보내는 중이거나 도착했는지 확인하는 중이라 바꿀 수 없습니다. 잠시 뒤 다시 봐 주세요.",
    "gone": "그 사이 달라져서 할 것이 없습니다.",
}


def posting_view(overview: PostingOverview, channel: str, done: str = "") -> Block:
    """The window. `channel`: where it was asked for, which can be made the test channel; `done`: what was pressed."""
    blocks = [
        *([section("posting-done", done)] if done else []),
        section("posting-state", _state(overview)),
        actions("posting-row", _presses(overview, channel)),
        section("posting-sum", sum_words(overview.total)),
        *_kinds(overview),
        *_batches(overview),
        *_asked(overview),
        *trouble_blocks(overview.trouble),
    ]
    return modal(ids.POSTING_VIEW, "때가 되면 보내는 것", blocks, memo=channel)


def said(outcome: Steered | NotAllowed | Impossible, deed: str = "") -> str:
    """What a press did."""
    if isinstance(outcome, NotAllowed):
        return OFFICE_ALONE
    if isinstance(outcome, Impossible):
        return _IMPOSSIBLE.get(outcome.code, _IMPOSSIBLE["gone"])
    count = f" ({outcome.count:,}건)" if outcome.count else ""
    return f"{deed}{count}" if deed else f"했습니다{count}."


def _state(overview: PostingOverview) -> str:
    if overview.started_at is not None:
        lines = [f"*시작됨* · {write_date(overview.started_at.date())}부터 각 채널에 나갑니다."]
    elif overview.test_channel is not None:
        lines = [f"*시작 전* · 모두 시험 채널 <#{overview.test_channel.channel_id}>에만 나갑니다."]
    else:
        lines = ["*시작 전* · 시험 채널이 정해지지 않아 아무것도 나가지 않습니다."]
    if overview.other_since is not None:
        lines.append(
            "*보내지 않고 있습니다.* 다른 곳에 설치된 관내봇이 같은 작업 공간에 보내고 있습니다. 하나만 켜 두세요."
        )
    if overview.recovered_at is not None:
        lines.append("복원된 자료를 알아보았습니다. 그때까지의 것은 Slack에서 먼저 찾아보고 보냅니다.")
    names = {o.code: o.name for o in overview.organisations}
    lines += [f"멈춤: {_paused(pause, names)}" for pause in overview.pauses]
    return "\n".join(lines)


def _paused(pause: Pause, names: Mapping[str, str]) -> str:
    if pause.what == "kind" and pause.value in set(PostKind):
        what = PostKind(pause.value).label
    else:
        what = "모두" if pause.what == "all" else escape(names.get(pause.value, pause.value))
    by = f" <@{pause.by.user_id}>" if pause.by.team_id else ""
    return f"{what} ({write_date(pause.since.date())}{by})"


def _presses(overview: PostingOverview, channel: str) -> list[Block]:
    everything = any(pause.what == "all" for pause in overview.pauses)
    presses = (
        [button(ids.POSTING_RESUME, "모두 다시 보내기", "all:", style="primary")]
        if everything
        else [button(ids.POSTING_PAUSE, "모두 멈추기", "all:", style="danger")]
    )
    if overview.started_at is None:
        sure = confirmation(
            "시작",
            "지금부터 예정된 것이 각 부서 채널에 나갑니다. 시험으로 보낸 것 가운데 아직 때가 맞는 것도 나갑니다.",
            "시작",
        )
        presses.append(button(ids.POSTING_START, "시작", style="primary", confirm=sure))
        if channel:
            presses.append(button(ids.POSTING_TEST_CHANNEL, "이 채널을 시험 채널로", channel))
    return presses


def _kinds(overview: PostingOverview) -> list[Block]:
    paused = {pause.value for pause in overview.pauses if pause.what == "kind"}
    options = [option(f"{kind.label}{' (멈춤)' if kind in paused else ''}", f"kind:{kind.value}") for kind in PostKind]
    menu = static_select(ids.POSTING_KIND, "종류", options)
    blocks = [section("posting-kinds", "한 종류만 멈추거나 다시 보내기", menu)]
    if overview.organisations:
        which = organisation_menu(ids.POSTING_ORGANISATION, overview.organisations, None)
        blocks.append(section("posting-organisations", "한 곳만 멈추거나 다시 보내기", which))
    return blocks


def _batches(overview: PostingOverview) -> list[Block]:
    blocks: list[Block] = []
    for batch in overview.batches:
        value = f"{batch.kind.value}:{batch.period}"
        sure = confirmation(
            "모두 거두기", f"{batch.count:,}곳에서 이 메시지를 지웁니다. 다시 보내지 않습니다.", "거두기"
        )
        latest = f"{write_date(batch.latest.date())} {write_time(batch.latest)}"
        line = f"*{batch.kind.label}* {period_words(batch.period)} · {batch.count:,}곳에 있음 · 마지막 {latest}"
        blocks.append(section(ids.numbered("posting-batch", value), line))
        blocks.append(
            actions(
                ids.numbered("posting-batch-row", value),
                [
                    button(ids.POSTING_CORRECT, "지금 내용으로 모두 고치기", value),
                    button(ids.POSTING_WITHDRAW, "모두 거두기", value, style="danger", confirm=sure),
                ],
            )
        )
    return [divider("posting-batches"), *blocks] if blocks else []


def _asked(overview: PostingOverview) -> list[Block]:
    blocks: list[Block] = []
    for one in overview.asked:
        line = f"*{escape(one.meant)}* {one.kind.label}: 도착했는지 관내봇이 알 수 없습니다. 채널을 보시고 눌러 주세요."
        blocks.append(section(ids.numbered("posting-asked", one.post_id), line))
        blocks.append(
            actions(
                ids.numbered("posting-asked-row", one.post_id),
                [
                    button(ids.POSTING_ARRIVED, "도착해 있습니다", str(one.post_id)),
                    button(ids.POSTING_NOT_ARRIVED, "없습니다. 보내 주세요", str(one.post_id)),
                ],
            )
        )
    more = overview.total.asking - len(overview.asked)
    if more > 0:
        blocks.append(context("posting-asked-more", f"{more:,}건이 더 있습니다."))
    return blocks
