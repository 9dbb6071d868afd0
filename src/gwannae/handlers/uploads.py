"""A file into a conversation, in Slack's three steps: an address, the bytes, the sharing."""

import os
from typing import BinaryIO

import aiohttp

from gwannae.handlers.workspaces import Workspaces

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
    client = workspaces.patient(team_id)
    length = content.seek(0, os.SEEK_END)
    content.seek(0)
    ticket = await client.files_getUploadURLExternal(filename=name, length=length)
    headers = {"Content-Type": "application/octet-stream", "Content-Length": str(length)}
    limit = aiohttp.ClientTimeout(total=UPLOAD_SECONDS)
    address = str(ticket["upload_url"])
    async with workspaces.session.post(address, data=content, headers=headers, timeout=limit) as answer:
        if answer.status != 200:
            raise UploadRefusedError(answer.status)
    shared: list[dict[str, str | None]] = [{"id": str(ticket["file_id"]), "title": name}]
    await client.files_completeUploadExternal(files=shared, channel_id=channel, initial_comment=comment)
