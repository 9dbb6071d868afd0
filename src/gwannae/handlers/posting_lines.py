"""Who waits for which place, and whose turn is next."""

import heapq
from collections import deque
from collections.abc import Callable, Iterable

from gwannae.actions.posting_places import Addressed
from gwannae.handlers.posting_watch import name_of

NO_PLACE = ""  # the line of posts that no place waits for: they end without a call


class Lines:
    """One line of posts for each place. The longest line goes first, for it would end last; a place that is being
    called is out until `back`, so that a slow one holds nobody up.
    """

    def __init__(self, posts: Iterable[Addressed], chance: Callable[[], float]) -> None:
        """`chance` settles who of equals goes first, so that several processes seldom reach for the same post."""
        self._chance = chance
        self._lines: dict[str, deque[Addressed]] = {}
        for post in posts:
            name = name_of(post.place) if post.place is not None else NO_PLACE
            self._lines.setdefault(name, deque()).append(post)
        self._turns = [(-len(line), chance(), name) for name, line in self._lines.items()]
        heapq.heapify(self._turns)

    def next(self, is_shut: Callable[[Addressed], bool]) -> tuple[str, Addressed] | None:
        """The next post of a place that may be called; places that are shut are left for another look at the ledger."""
        while self._turns:
            name = heapq.heappop(self._turns)[2]
            line = self._lines[name]
            if line and not is_shut(line[0]):
                return name, line.popleft()
        return None

    def back(self, name: str) -> None:
        """The place may be called again."""
        line = self._lines.get(name)
        if line:
            heapq.heappush(self._turns, (-len(line), self._chance(), name))
