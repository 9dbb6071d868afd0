"""What this process has seen for how long, by a clock that nobody sets: leases, settle times, places to leave alone.

A moment in the database is a clock's word, and clocks are set. So nobody takes a post over because a stored moment has
passed, but because this very process has watched the same owner hold it for a whole lease; and nobody looks for a
message before having watched its doubt for a whole settle time. A clock that jumps makes nobody send twice.
"""

from collections.abc import Callable

from gwannae.programme.ledger import Place, Post
from gwannae.programme.posting_terms import PostingTerms


class Watch:
    """One for each process. `monotonic`: seconds that only grow."""

    def __init__(self, terms: PostingTerms, monotonic: Callable[[], float]) -> None:
        self._terms = terms
        self._now = monotonic
        self._held: dict[int, tuple[str, float]] = {}
        self._doubts: dict[int, tuple[int, float]] = {}
        self._shut: dict[str, float] = {}

    def lease_is_over(self, post: Post) -> bool:
        """Whether its owner has had it for a whole lease before our eyes."""
        owner, since = self._held.get(post.id, ("", 0.0))
        if owner != post.owner:
            self._held[post.id] = (post.owner or "", self._now())
            return False
        return self._now() - since >= self._terms.lease

    def has_settled(self, post: Post) -> bool:
        """Whether Slack can no longer be busy with what was in doubt."""
        tries, since = self._doubts.get(post.id, (-1, 0.0))
        if tries != post.tries:
            self._doubts[post.id] = (post.tries, self._now())
            return self._terms.settle <= 0
        return self._now() - since >= self._terms.settle

    def forget(self, post: Post) -> None:
        """It has come to an end."""
        self._held.pop(post.id, None)
        self._doubts.pop(post.id, None)

    def shut(self, name: str, seconds: float) -> None:
        """Leave a workspace, a place or a method alone for so long; names as in the shared pace."""
        self._shut[name] = max(self._shut.get(name, 0.0), self._now() + seconds)

    def opens_in(self, *names: str) -> float:
        """Seconds until all of these may be called again; 0: now."""
        return max(max(self._shut.get(name, 0.0) for name in names) - self._now(), 0.0)


def name_of(place: Place) -> str:
    """How a place is spelt in the shared pace."""
    return f"{place.team_id}/{place.channel_id}"
