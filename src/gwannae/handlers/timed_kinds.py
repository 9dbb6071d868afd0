"""What the clock posts: one line a feature. The loop in `posting.py` asks these, and knows no feature itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gwannae.actions import posting_trouble
from gwannae.actions.toolkit import Toolkit
from gwannae.messages import posting
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind


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


TIMED_KINDS: tuple[TimedKind, ...] = (
    TimedKind(PostKind.TROUBLE_DIGEST, posting_trouble.plan, posting_trouble.look, posting.trouble_digest),
)
