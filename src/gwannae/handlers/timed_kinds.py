"""What the clock posts: one line a feature. The loop in `posting.py` asks these, and knows no feature itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gwannae.actions import guidance_posts, hand_over_posts, posting_trouble, reminder_posts, weekly_digest
from gwannae.actions.announcement import look_announcement, plan_announcement
from gwannae.actions.bonus_points import look_bonus_points, plan_bonus_points
from gwannae.actions.council_packet import look_council_packet, plan_council_packet
from gwannae.actions.final_standings import look_final, plan_final
from gwannae.actions.new_year import year_note
from gwannae.actions.preliminary_standings import look_preliminary, plan_preliminary
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_closing import look_closing, look_countdown, plan_closing, plan_countdown
from gwannae.messages import (
    awards,
    bonus_points,
    council,
    final_standings,
    guidance_desk,
    hand_over,
    posting,
    preliminary_standings,
    reminders,
    year_closing,
)
from gwannae.messages import weekly_digest as digest
from gwannae.messages.new_year import with_note
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, Wait
from gwannae.programme.new_year import OF_THE_YEAR


@dataclass(frozen=True, slots=True)
class TimedKind:
    """One kind of post.

    `plan(toolkit, now)`: all posts that ought to stand in the ledger from now to some days ahead, asked at every tick,
    so cheap when nothing has changed; the same answer twice changes nothing. `look(toolkit, key, now)`: asked as a post
    is about to go out: the value to say, `Skip` or `Wait`. `say(value)`: the message, `text` and `blocks`. The same
    look and say serve previews and commands.
    """

    kind: PostKind
    plan: Callable[[Toolkit, datetime], Sequence[PlannedPost]]
    look: Callable[[Toolkit, PostKey, datetime], Any]
    say: Callable[[Any], Mapping[str, Any]]


_look_reminder, _say_reminder = reminder_posts.look_reminder, reminders.reminder

_KINDS: tuple[TimedKind, ...] = (
    TimedKind(PostKind.TROUBLE_DIGEST, posting_trouble.plan, posting_trouble.look, posting.trouble_digest),
    TimedKind(PostKind.GUIDANCE, guidance_posts.plan_guidance, guidance_posts.look_guidance, guidance_desk.timed),
    TimedKind(PostKind.REMINDER, reminder_posts.plan_reminders, _look_reminder, _say_reminder),
    TimedKind(PostKind.OVERDUE, reminder_posts.plan_overdue, reminder_posts.look_overdue, _say_reminder),
    TimedKind(
        PostKind.CONFIRMATION,
        reminder_posts.plan_confirmations,
        reminder_posts.look_confirmation,
        reminders.call_to_confirm,
    ),
    TimedKind(PostKind.HAND_OVER, hand_over_posts.plan_hand_over, hand_over_posts.look_hand_over, hand_over.hand_over),
    TimedKind(
        PostKind.WEEKLY_DIGEST, weekly_digest.plan_weekly_digest, weekly_digest.look_weekly_digest, digest.digest
    ),
    TimedKind(PostKind.CLOSING_COUNTDOWN, plan_countdown, look_countdown, year_closing.call),
    TimedKind(PostKind.CLOSING, plan_closing, look_closing, year_closing.closed),
    TimedKind(PostKind.PRELIMINARY_STANDINGS, plan_preliminary, look_preliminary, preliminary_standings.notice),
    TimedKind(PostKind.FINAL_STANDINGS, plan_final, look_final, final_standings.notice),
    TimedKind(PostKind.COUNCIL_PACKET, plan_council_packet, look_council_packet, council.call),
    TimedKind(PostKind.ANNOUNCEMENT, plan_announcement, look_announcement, awards.announcement),
    TimedKind(PostKind.BONUS_POINTS, plan_bonus_points, look_bonus_points, bonus_points.for_planning),
)


def _of_a_year(kind: TimedKind) -> TimedKind:
    """The same, with a word below every post while the year that it is of rests on settings that nobody has settled."""

    def look(toolkit: Toolkit, key: PostKey, now: datetime) -> Any:
        value = kind.look(toolkit, key, now)
        return value if isinstance(value, Skip | Wait) else (value, year_note(toolkit, int(key.period[:4])))

    def say(found: Any) -> Mapping[str, Any]:
        value, note = found
        return with_note(kind.say(value), note)

    return replace(kind, look=look, say=say)


# The guidance says it by itself, for it also goes out as a letter and is looked at before.
_NOTED = OF_THE_YEAR - {PostKind.GUIDANCE}
TIMED_KINDS: tuple[TimedKind, ...] = tuple(_of_a_year(kind) if kind.kind in _NOTED else kind for kind in _KINDS)
