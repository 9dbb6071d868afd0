"""What a tick would send, looked at and said, with nothing sent and nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gwannae.actions import ledger
from gwannae.actions.posting_places import Addressed
from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.timed_kinds import TimedKind
from gwannae.messages.posting import as_rehearsal
from gwannae.programme.ledger import Skip, SkipReason, Wait


@dataclass(frozen=True, slots=True)
class Previewed:
    """One post: its `text`, or the reason for which it is skipped, the moment until which it waits, its `problem`."""

    addressed: Addressed
    text: str = ""
    skip: SkipReason | None = None
    until: datetime | None = None
    problem: str = ""


def preview(toolkit: Toolkit, kinds: Sequence[TimedKind], now: datetime) -> list[Previewed]:
    """What a tick at `now` would try, in the order of the plan."""
    planned = [post for kind in kinds for post in kind.plan(toolkit, now)]
    by_kind = {kind.kind: kind for kind in kinds}
    found = ledger.preview(toolkit, planned, now)
    return [_previewed(toolkit, by_kind[a.post.key.kind], a, now) for a in found if a.post.key.kind in by_kind]


def _previewed(toolkit: Toolkit, kind: TimedKind, addressed: Addressed, now: datetime) -> Previewed:
    if addressed.skip is not None or addressed.place is None:
        return Previewed(addressed, skip=addressed.skip, problem=addressed.problem)
    key = addressed.post.key
    value = kind.look(toolkit, replace(key, rehearsal=False), now)
    if isinstance(value, Skip):
        return Previewed(addressed, skip=value.reason)
    if isinstance(value, Wait):
        return Previewed(addressed, until=value.until)
    message = kind.say(value)
    said = as_rehearsal(message, key, addressed.meant) if key.rehearsal else message
    return Previewed(addressed, text=str(said.get("text", "")))
