"""What `gwannae doctor` looks at of what the clock posts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.posting_overview import PostingOverview

# The latest tick is written down every few minutes; after so long nobody ticks.
SILENT_AFTER = timedelta(minutes=15)


def look(toolkit: "Toolkit", now: datetime) -> Iterator[tuple[str, bool, str]]:
    """What is looked at, whether it is fine, and what is so."""
    from gwannae.actions.posting_trouble import overview
    from gwannae.messages.posting import sum_words

    found = overview(toolkit, now)
    yield "발송", _is_fine(found), _state(found)
    yield "발송 장부", found.total.holds and not found.total.asking, sum_words(found.total)
    yield "발송 시계", *_clock(found, now)
    if found.trouble.count:
        yield (
            "발송 문제",
            False,
            f"보내지 못한 곳이 {found.trouble.count:,}곳 있습니다. `/gwannae 발송`에서 할 일을 봐 주세요.",
        )


def _is_fine(found: "PostingOverview") -> bool:
    """Not to have begun is no fault: a city is set up first, and the words beside it say how to go on."""
    return not found.pauses and found.other_since is None


def _state(found: "PostingOverview") -> str:
    if found.other_since is not None:
        return "다른 곳에 설치된 관내봇이 같은 작업 공간에 보내고 있어, 여기서는 보내지 않습니다. 하나만 켜 두세요."
    if found.pauses:
        return f"멈추어 둔 것이 {len(found.pauses):,}가지 있습니다. `/gwannae 발송`에서 다시 보낼 수 있습니다."
    if found.started_at is not None:
        return "시작되어 있습니다"
    if found.test_channel is not None:
        return "시작 전입니다. 모두 시험 채널에만 나갑니다"
    return "시작 전이고 시험 채널도 없습니다. 시험할 채널에서 `/gwannae 발송`을 해 주세요."


def _clock(found: "PostingOverview", now: datetime) -> tuple[bool, str]:
    if found.ticked_at is None:
        return True, "아직 한 번도 돌지 않았습니다. gwannae serve가 1분마다 돌립니다"
    ago = now - found.ticked_at
    if ago < timedelta(0) - SILENT_AFTER:
        return False, "장부의 시각이 지금보다 앞서 있습니다. 이 컴퓨터의 시계를 확인해 주세요."
    if ago > SILENT_AFTER:
        return (
            False,
            f"{int(ago.total_seconds() // 60):,}분 동안 돌지 않았습니다. gwannae serve가 켜져 있는지 봐 주세요.",
        )
    return True, "돌고 있습니다"
