"""A paper into somebody's direct messages: as text to read on a phone, and as a file of its form below it."""

import asyncio
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from gwannae.documents.papers_hwpx import paper_hwpx
from gwannae.handlers.desk import Desk
from gwannae.handlers.uploads import upload
from gwannae.programme.organisations import Actor
from gwannae.programme.papers import Paper


def send_paper(
    desk: Desk, actor: Actor, paper: Paper, message: Mapping[str, Any], trouble: str, line: str = ""
) -> None:
    """After the ack. `line` stands over the file; `trouble` is said where it could not be sent."""

    async def send() -> None:
        client = desk.workspaces.patient(actor.team_id)
        # a file goes to a conversation's id only, and this answer names it
        posted = await client.chat_postMessage(channel=actor.user_id, **message)
        await upload_paper(desk, actor, str(posted["channel"]), paper, line or paper.title)

    async def tell(_: Exception) -> None:
        await desk.workspaces.patient(actor.team_id).chat_postMessage(channel=actor.user_id, text=trouble)

    desk.later(send(), name="paper", tell=tell)


async def upload_paper(desk: Desk, actor: Actor, channel: str, paper: Paper, line: str) -> None:
    """Make the file and put it into a conversation. Raises: as `upload`."""
    content = await asyncio.get_running_loop().run_in_executor(desk.toolkit.threads, paper_hwpx, paper)
    await upload(desk.workspaces, actor.team_id, channel, BytesIO(content), paper.file_name, line)
