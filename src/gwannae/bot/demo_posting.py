"""What the demo's bot posts by itself: everything that is due, each time that somebody has set the page's clock."""

from datetime import datetime, time
from pathlib import Path

from gwannae.actions.toolkit import Toolkit
from gwannae.bot.demo_year.sowing import BEGUN
from gwannae.bot.posting import FileMark, build_poster
from gwannae.handlers.desk import Desk
from gwannae.handlers.posting import Poster
from gwannae.programme.posting_terms import PostingTerms
from gwannae.storage import posting_state

# The pretend Slack counts no rate, and nobody at the page waits for one.
_TERMS = PostingTerms(per_minute=60_000, between=0.0)


class DemoPosting:
    """Ticks when it is told to. `folder` keeps the mark of the demo's database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._poster: Poster | None = None

    async def post(self, desk: Desk, _: datetime) -> None:
        """Send all that may be sent at the moment at which the clock stands."""
        if self._poster is None:
            toolkit = desk.toolkit
            await desk.workspaces.teams()  # whose tokens ours are
            mark = FileMark(self._folder, toolkit.database.url)
            self._poster = build_poster(toolkit, desk.workspaces, mark, _TERMS)
        await self._poster.run()


def begin(toolkit: Toolkit) -> None:
    """Let posts go to their own places from the first: in the made-up year the office pressed 시작 in January."""
    with toolkit.database.write() as tx:
        if posting_state.state(tx).started_at is None:
            posting_state.change(tx, started_at=datetime.combine(BEGUN, time(9), toolkit.city.zone))
