"""Files out of Slack: the token goes to Slack's own file host over https and to nobody else."""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.errors import SlackApiError
from yarl import URL

from gwannae.handlers.slack_refusals import NO_ANSWER, code_of
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.purchase_imports import FILE_ADDRESS, FILE_AWAY, FILE_GONE, FILE_REMOTE, FILE_TOO_LARGE

_LOG = logging.getLogger("gwannae.slack_files")

MOST_BYTES = 64 * 1024 * 1024
FETCH_SECONDS = 120
_PIECE = 1 << 16
_GONE = ("file_not_found", "file_deleted")
_TABLES = ("csv", "xlsx", "xls", "xlsm", "tsv", "txt")


class NotFetchedError(Exception):
    """A file that did not come: `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class SlackFile:
    """A file as Slack describes it. `url` is empty for one that Slack does not hold."""

    id: str
    name: str
    size: int
    url: str

    @property
    def may_be_table(self) -> bool:
        """Whether its name is that of a table; what it is, its bytes say."""
        return self.name.rpartition(".")[2].lower() in _TABLES


def may_carry_token(address: str, api_url: str) -> bool:
    """Whether the bot's token may be sent to an address: https://files.slack.com alone; where the Web API is not
    Slack's own (a pretend Slack), that one's own origin.
    """
    if not address.isascii() or not address.isprintable() or any(sign in address for sign in "\\ @"):
        return False
    try:
        url, api = URL(address), URL(api_url)
        origin = (url.scheme, url.host, url.port)
    except ValueError:
        return False
    if url.user is not None or url.password is not None:
        return False
    if api.host == "slack.com" or (api.host or "").endswith(".slack.com"):
        return origin == ("https", "files.slack.com", 443)
    return origin == (api.scheme, api.host, api.port)


async def describe(workspaces: Workspaces, team_id: str, file_id: str) -> SlackFile:
    """Ask Slack what a file is.

    Raises:
        NotFetchedError: FILE_GONE, FILE_REMOTE (a link to elsewhere), FILE_AWAY.
    """
    try:
        answer = await workspaces.patient(team_id).files_info(file=file_id)
    except SlackApiError as error:
        raise NotFetchedError(FILE_GONE if code_of(error) in _GONE else FILE_AWAY) from error
    except NO_ANSWER as error:
        raise NotFetchedError(FILE_AWAY) from error
    found = answer.get("file") or {}
    if found.get("mode") in ("tombstone", "hidden_by_limit"):
        raise NotFetchedError(FILE_GONE)
    if found.get("is_external") or found.get("mode") == "external":
        raise NotFetchedError(FILE_REMOTE)
    url = str(found.get("url_private_download") or found.get("url_private") or "")
    return SlackFile(file_id, str(found.get("name") or found.get("title") or ""), int(found.get("size") or 0), url)


async def fetch(workspaces: Workspaces, team_id: str, file: SlackFile) -> bytes:
    """The file's bytes, at most MOST_BYTES, whatever its length was said to be. No redirection is followed.

    Raises:
        NotFetchedError: FILE_ADDRESS before anything is sent, FILE_TOO_LARGE, FILE_GONE, FILE_AWAY.
    """
    if not may_carry_token(file.url, workspaces.api_url):
        _LOG.warning("file_address_refused", extra={"host": _host(file.url)})
        raise NotFetchedError(FILE_ADDRESS)
    if file.size > MOST_BYTES:
        raise NotFetchedError(FILE_TOO_LARGE)
    headers = {"Authorization": f"Bearer {workspaces.token(team_id)}"}
    limit = aiohttp.ClientTimeout(total=FETCH_SECONDS)
    try:
        async with workspaces.session.get(file.url, headers=headers, timeout=limit, allow_redirects=False) as response:
            if response.status in (404, 410):
                raise NotFetchedError(FILE_GONE)
            # without the scope Slack answers with its sign-in page
            if response.status != 200 or response.content_type == "text/html":
                _LOG.warning("file_not_fetched", extra={"status": response.status})
                raise NotFetchedError(FILE_AWAY)
            content = bytearray()
            async for piece in response.content.iter_chunked(_PIECE):
                content += piece
                if len(content) > MOST_BYTES:
                    raise NotFetchedError(FILE_TOO_LARGE)
            return bytes(content)
    except NO_ANSWER as error:
        raise NotFetchedError(FILE_AWAY) from error


def _host(address: str) -> str:
    """For the log: what can be told of an address that may be none."""
    try:
        return URL(address).host or ""
    except ValueError:
        return ""
