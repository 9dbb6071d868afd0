"""Pictures with the answer of `/local-standings`: drawn and uploaded after the ack, then shown right below it."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from typing import Any

from gwannae.actions.standings_pictures import drawn_standings
from gwannae.documents.charts_png import chart_png
from gwannae.handlers.desk import Desk
from gwannae.handlers.uploads import upload_for_blocks
from gwannae.messages.standings_pictures import picture_message, pictures
from gwannae.programme.charts import Picture
from gwannae.programme.local_standings import ScoreAnswer, StandingsAnswer
from gwannae.programme.organisations import Actor

Say = Callable[[Mapping[str, Any]], None]
KEPT = 500


class KeptPictures:
    """The files of pictures that Slack has already, by workspace and bytes: the same numbers are uploaded once."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, bytes], str] = OrderedDict()

    def get(self, team_id: str, content: bytes) -> str | None:
        """The file's id."""
        return self._files.get((team_id, sha256(content).digest()))

    def put(self, team_id: str, content: bytes, file_id: str) -> None:
        """Remember it; of more than KEPT the oldest is forgotten."""
        self._files[team_id, sha256(content).digest()] = file_id
        while len(self._files) > KEPT:
            self._files.popitem(last=False)


def add_pictures(desk: Desk, kept: KeptPictures, actor: Actor, found: StandingsAnswer | ScoreAnswer, say: Say) -> None:
    """After the ack, by `say`, in a message below the words: these say the same, so trouble is for the log alone."""

    async def add() -> None:
        toolkit = desk.toolkit
        drawn = pictures(await toolkit.work(drawn_standings, found))
        files = [(one, await _file_of(desk, kept, actor.team_id, one)) for one in drawn]
        if files:
            say(picture_message(files))

    desk.later(add(), name="standings_pictures")


async def _file_of(desk: Desk, kept: KeptPictures, team_id: str, one: Picture) -> str:
    content = await asyncio.get_running_loop().run_in_executor(desk.toolkit.threads, chart_png, one.chart)
    known = kept.get(team_id, content)
    if known is not None:
        return known
    made = await upload_for_blocks(desk.workspaces, team_id, BytesIO(content), f"{one.name}.png", one.alt)
    kept.put(team_id, content, made)
    return made
