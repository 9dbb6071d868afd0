"""How long things take when the clock posts: time limits, leases, waits and rates. All in seconds unless said."""

from dataclasses import dataclass
from datetime import timedelta

RETRY_FIRST, RETRY_MOST = timedelta(seconds=60), timedelta(hours=1)  # between tries that Slack refused, doubling


@dataclass(frozen=True, slots=True)
class PostingTerms:
    """How long and how fast.

    `time_limit`: what a call to Slack may take. `lease`: how long a claimed post belongs to its owner. `settle`: after
    a doubtful outcome Slack may still take the message, so nobody looks for it before. `per_minute`: messages to one
    workspace; Slack speaks of "several hundred". `between`: two messages to one channel, of which Slack takes one a
    second. `reading`: two calls that read or change what stands, of which it takes fifty a minute. `at_once`: posts
    under way. `reconcile_after`: when a message that was in doubt is looked for twice. `shut_for`: how long a workspace
    that does not let us in is left alone.

    Leases and settle times are counted by each process with a clock that nobody sets: see `docs/posting.md`.

    Raises:
        ValueError: a lease that the owner of a slow call would outlive.
    """

    time_limit: float = 15.0
    lease: float = 150.0
    settle: float = 60.0
    per_minute: int = 300
    between: float = 1.05
    reading: float = 1.25
    at_once: int = 16
    reconcile_after: timedelta = timedelta(minutes=75)
    shut_for: float = 300.0

    def __post_init__(self) -> None:
        """Whoever takes a post over must be sure that its owner no longer sends."""
        if self.lease < 10 * self.time_limit:
            raise ValueError("a lease must be at least ten time limits")

    @property
    def slot(self) -> float:
        """Seconds between two messages to one workspace; a little more, for they travel at different speeds."""
        return 60.0 / self.per_minute * 1.01


def retry_after(tries: int) -> timedelta:
    """How long to wait after so many refused tries: a minute, doubling, an hour at most."""
    return min(RETRY_FIRST * (1 << min(max(tries - 1, 0), 12)), RETRY_MOST)
