"""Files that go with the guidance: the workbook of local firms, and letters for who has no channel."""

import tempfile
from collections.abc import Coroutine
from typing import Any

from gwannae.actions.guidance import keep_directory
from gwannae.actions.vendor_directory import directory_file
from gwannae.handlers.desk import Desk
from gwannae.handlers.paper_files import upload_paper
from gwannae.handlers.uploads import upload, upload_unshared
from gwannae.messages import guidance_desk as say
from gwannae.messages.guidance_letter import letter
from gwannae.programme.guidance import Letters
from gwannae.programme.organisations import Actor


def send_directory(desk: Desk, actor: Actor) -> None:
    """The local firms of this very day as a direct message, after the ack."""

    async def send() -> None:
        toolkit = desk.toolkit
        client = desk.workspaces.patient(actor.team_id)
        # a file goes to a conversation's id only, and this answer names it
        posted = await client.chat_postMessage(channel=actor.user_id, text=say.DIRECTORY_MAKING)
        with tempfile.TemporaryFile() as out:
            made = await toolkit.work(directory_file, out, toolkit.clock())
            line = say.with_directory(len(made.rows), made.city_name)
            await upload(desk.workspaces, actor.team_id, str(posted["channel"]), out, made.file_name, line)

    _later(desk, actor, send(), "directory", say.DIRECTORY_NOT_SENT)


def attach_directory(desk: Desk, actor: Actor, year: int) -> None:
    """Put the local firms of this day into Slack once, for all posts of a year's guidance to link to."""

    async def attach() -> None:
        toolkit = desk.toolkit
        with tempfile.TemporaryFile() as out:
            made = await toolkit.work(directory_file, out, toolkit.clock())
            link = await upload_unshared(desk.workspaces, actor.team_id, out, made.file_name)
        await toolkit.work(keep_directory, year, link)

    _later(desk, actor, attach(), "attach", say.DIRECTORY_NOT_ATTACHED)


def send_letters(desk: Desk, actor: Actor, letters: Letters) -> None:
    """One draft after the other into the person's direct messages, after the ack."""

    async def send() -> None:
        client = desk.workspaces.patient(actor.team_id)
        posted = await client.chat_postMessage(channel=actor.user_id, text=say.LETTERS_MAKING)
        for found in letters.guidances:
            await upload_paper(desk, actor, str(posted["channel"]), letter(found), say.with_letter(found))

    _later(desk, actor, send(), "letters", say.LETTERS_NOT_SENT)


def _later(desk: Desk, actor: Actor, work: Coroutine[Any, Any, None], name: str, trouble: str) -> None:
    async def tell(_: Exception) -> None:
        client = desk.workspaces.patient(actor.team_id)
        await client.chat_postMessage(channel=actor.user_id, text=trouble)

    desk.later(work, name=name, tell=tell)
