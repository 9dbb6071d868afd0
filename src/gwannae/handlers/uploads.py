"""A file into a conversation, in Slack's three steps: an address, the bytes, the sharing."""

import asyncio
import os
from typing import BinaryIO

import aiohttp

from gwannae.handlers.workspaces import Workspaces

READY_PAUSES = (0.2, 0.4, 0.8, 1.6)
UPLOAD_SECONDS = 300  # a city's year over a slow line; nobody waits at a form for it


class UploadRefusedError(Exception):
    """The address that Slack gave took no file. `status`: HTTP's."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def upload(
    workspaces: Workspaces, team_id: str, channel: str, content: BinaryIO, name: str, comment: str
) -> None:
    """Send what stands in `content` from its begin as a file of this name, with a line over it.

    `channel` is a conversation's id (a person's will not do). The bot's token does not go to the upload address.

    Raises:
        SlackApiError, UploadRefusedError, aiohttp.ClientError, TimeoutError: it is not there, or may not be.
    """
    file_id = await _send(workspaces, team_id, content, name)
    shared: list[dict[str, str | None]] = [{"id": file_id, "title": name}]
    client = workspaces.patient(team_id)
    await client.files_completeUploadExternal(files=shared, channel_id=channel, initial_comment=comment)


async def upload_unshared(workspaces: Workspaces, team_id: str, content: BinaryIO, name: str) -> str:
    """The same into no conversation: the file's address, by which each post of the bot that names it shares it.

    Raises: as `upload`.
    """
    file_id = await _send(workspaces, team_id, content, name)
    client = workspaces.patient(team_id)
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": name}])
    answer = await client.files_info(file=file_id)
    return str(answer["file"]["permalink"])


async def upload_for_blocks(workspaces: Workspaces, team_id: str, content: BinaryIO, name: str, alt: str) -> str:
    """A picture into no conversation, to be shown by blocks: the file's id. `alt` is what it shows, in words.

    Raises: as `upload`.
    """
    file_id = await _send(workspaces, team_id, content, name, alt)
    client = workspaces.patient(team_id)
    await client.files_completeUploadExternal(files=[{"id": file_id, "title": name}])
    for pause in READY_PAUSES:  # blocks that name a picture are refused until Slack has looked at its bytes
        described = await client.files_info(file=file_id)
        if described["file"].get("mimetype"):
            break
        await asyncio.sleep(pause)
    return file_id


async def _send(workspaces: Workspaces, team_id: str, content: BinaryIO, name: str, alt: str = "") -> str:
    """The bytes to the address that Slack gives; the file's id."""
    client = workspaces.patient(team_id)
    length = content.seek(0, os.SEEK_END)
    content.seek(0)
    ticket = await client.files_getUploadURLExternal(filename=name, length=length, alt_txt=alt or None)
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
    limit = aiohttp.ClientTimeout(total=UPLOAD_SECONDS)
    address = str(ticket["upload_url"])
    async with workspaces.session.post(address, data=content, headers=headers, timeout=limit) as answer:
        if answer.status != 200:
            raise UploadRefusedError(answer.status)
    return str(ticket["file_id"])
