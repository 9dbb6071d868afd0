"""The ledger's calls to Slack: each is one request, and ends in an outcome of which nothing is left to guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from gwannae.handlers.slack_refusals import BLOCKS_REFUSED, NO_ANSWER, code_of, may_be_done
from gwannae.handlers.workspaces import UnknownWorkspaceError, Workspaces
from gwannae.messages.posting import installation_note
from gwannae.programme.ledger import Place, PostKey
from gwannae.programme.posting_overview import InstallationMark

EVENT_TYPE, INSTALLATION = "gwannae_post", "gwannae_installation"
PAGE, PAGES = 200, 15  # messages of a channel that are looked through, the newest first
_IDS = UUID("6f1f1c5e-7f3b-4d6b-9a53-0d9c2d7a3f10")  # any, but always the same
_WAIT = 30.0  # seconds, where a 429 does not say

# The whole workspace is closed to us; that is no fault of a channel.
WORKSPACE_CODES = frozenset(
    {
        "account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope",
        "no_permission", "org_login_required", "team_access_not_granted", "ekm_access_denied", "access_denied",
        "no_token", "unreachable",
    }
)  # fmt: skip
NO_MESSAGE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found"})


class OutcomeKind(StrEnum):
    """DONE: Slack says so. REFUSED: it says no, so nothing was done. LIMITED: come back in `wait` seconds. DOUBTFUL: it
    may have been done. UNSENT: the request never left.
    """

    DONE = "done"
    REFUSED = "refused"
    LIMITED = "limited"
    DOUBTFUL = "doubtful"
    UNSENT = "unsent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one call. `place` and `ts`: where the message stands; `code`: Slack's, where it is not DONE."""

    kind: OutcomeKind
    code: str = ""
    place: Place | None = None
    ts: str = ""
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a look-up saw: the messages' time stamps, oldest first, and where; `outcome` not DONE: it saw nothing."""

    outcome: Outcome
    place: Place
    stamps: tuple[str, ...] = ()


def metadata_of(key: PostKey) -> dict[str, Any]:
    """The bare key: whoever reads the channel can read it."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key.spelled}}


class PostingSlack:
    """Posts, changes, takes back and looks for messages, without a retry of its own."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def post(self, place: Place, message: Mapping[str, Any], key: PostKey) -> Outcome:
        """Send it. Slack may know `client_msg_id` and drop a second message of the same one; nothing relies on it."""
        own = {"metadata": metadata_of(key), "client_msg_id": str(uuid5(_IDS, key.spelled))}
        outcome = await self._say(place, {**message, **own})
        if outcome.kind is OutcomeKind.REFUSED and outcome.code in BLOCKS_REFUSED and "blocks" in message:
            return await self._say(place, {"text": str(message.get("text", "")), **own})  # nothing was sent
        return outcome

    async def update(self, place: Place, ts: str, message: Mapping[str, Any]) -> Outcome:
        """Put it in the place of what stands there; done twice it is the same, so a doubt is no harm."""

        async def call(client: AsyncWebClient) -> Outcome:
            await client.chat_update(channel=place.channel_id, ts=ts, **message)
            return Outcome(OutcomeKind.DONE, place=place, ts=ts)

        return await self._call(place.team_id, call)

    async def delete(self, place: Place, ts: str) -> Outcome:
        """Take it away; that it is gone already is fine."""

        async def call(client: AsyncWebClient) -> Outcome:
            await client.chat_delete(channel=place.channel_id, ts=ts)
            return Outcome(OutcomeKind.DONE, place=place, ts=ts)

        outcome = await self._call(place.team_id, call)
        gone = outcome.kind is OutcomeKind.REFUSED and outcome.code == "message_not_found"
        return Outcome(OutcomeKind.DONE, place=place, ts=ts) if gone else outcome

    async def link(self, place: Place, ts: str) -> str:
        """The address of a message; empty where Slack does not say."""
        found = [""]

        async def call(client: AsyncWebClient) -> Outcome:
            answer = await client.chat_getPermalink(channel=place.channel_id, message_ts=ts)
            found[0] = str(answer.get("permalink") or "")
            return Outcome(OutcomeKind.DONE)

        await self._call(place.team_id, call)
        return found[0]

    async def find(self, place: Place, key: PostKey, *, every: bool = False) -> Sighting:
        """Look through the place for a message of this key, or for `every` one.

        Not from the first try on: that moment is our clock's, which may have been ahead of Slack's.
        """
        where, stamps = [place], list[str]()

        async def call(client: AsyncWebClient) -> Outcome:
            where[0] = await _readable(client, place)
            cursor = ""
            for _ in range(PAGES):
                page = await client.conversations_history(
                    channel=where[0].channel_id, limit=PAGE, cursor=cursor or None, include_all_metadata=True
                )
                stamps.extend(str(m["ts"]) for m in page.get("messages") or () if _key_in(m) == key.spelled)
                cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
                if not cursor or (stamps and not every):
                    break
            return Outcome(OutcomeKind.DONE)

        outcome = await self._call(place.team_id, call)
        return Sighting(outcome, where[0], tuple(sorted(stamps)))

    async def marks(self, place: Place) -> tuple[Outcome, Place, tuple[InstallationMark, ...]]:
        """The marks of installations in a place, and where to leave one."""
        where, found = [place], list[InstallationMark]()

        async def call(client: AsyncWebClient) -> Outcome:
            where[0] = await _readable(client, place)
            page = await client.conversations_history(
                channel=where[0].channel_id, limit=PAGE, include_all_metadata=True
            )
            for message in page.get("messages") or ():
                payload = _payload_of(message, INSTALLATION)
                if payload:
                    beat = payload.get("beat")
                    number = beat if isinstance(beat, int) else 0
                    found.append(InstallationMark(str(payload.get("name")), number, str(message["ts"])))
            return Outcome(OutcomeKind.DONE)

        outcome = await self._call(place.team_id, call)
        return outcome, where[0], tuple(found)

    async def mark(self, place: Place, name: str, beat: int, ts: str) -> Outcome:
        """Leave the mark of an installation, or (with the `ts` where it stands) count it up."""
        metadata = {"event_type": INSTALLATION, "event_payload": {"name": name, "beat": beat}}

        async def call(client: AsyncWebClient) -> Outcome:
            said = {**installation_note(), "metadata": metadata}
            if ts:
                await client.chat_update(channel=place.channel_id, ts=ts, **said)
            else:
                await client.chat_postMessage(channel=place.channel_id, **said)
            return Outcome(OutcomeKind.DONE)

        return await self._call(place.team_id, call)

    async def _say(self, place: Place, message: Mapping[str, Any]) -> Outcome:
        async def call(client: AsyncWebClient) -> Outcome:
            answer = await client.chat_postMessage(channel=place.channel_id, **message)
            there = Place(place.team_id, str(answer.get("channel") or place.channel_id))
            return Outcome(OutcomeKind.DONE, place=there, ts=str(answer["ts"]))

        return await self._call(place.team_id, call)

    async def _call(self, team_id: str, call: Any) -> Outcome:
        try:
            await self._workspaces.authorize(team_id)
            client = self._workspaces.bare(team_id)
        except UnknownWorkspaceError as error:
            return Outcome(OutcomeKind.UNSENT, error.detail or "no_token")
        except NO_ANSWER:
            return Outcome(OutcomeKind.UNSENT, "unreachable")
        try:
            outcome: Outcome = await call(client)
            return outcome
        except SlackApiError as error:
            return _refusal(error)
        except aiohttp.ClientConnectorError:
            return Outcome(OutcomeKind.UNSENT, "unreachable")
        except Exception as error:  # no answer, or one that even the SDK stumbles over: it may have been done
            return Outcome(OutcomeKind.DOUBTFUL, code_of(error))


def _refusal(error: SlackApiError) -> Outcome:
    code = code_of(error)
    status = getattr(error.response, "status_code", 200)
    if code == "ratelimited" or status == 429:
        headers = {name.lower(): value for name, value in (getattr(error.response, "headers", None) or {}).items()}
        return Outcome(OutcomeKind.LIMITED, "ratelimited", wait=_seconds(headers.get("retry-after")))
    # an answer that is no JSON says nothing about the deed, whatever its status
    if may_be_done(error) or code.startswith("http_"):
        return Outcome(OutcomeKind.DOUBTFUL, code)
    return Outcome(OutcomeKind.REFUSED, code)


def _seconds(said: object) -> float:
    try:
        return max(float(str(said[0] if isinstance(said, list) else said)), 1.0)
    except (ValueError, IndexError):
        return _WAIT


async def _readable(client: AsyncWebClient, place: Place) -> Place:
    """Where it is read: a direct message by the id of its conversation."""
    if not place.channel_id.startswith(("U", "W")):
        return place
    opened = await client.conversations_open(users=place.channel_id)
    return Place(place.team_id, str(opened["channel"]["id"]))


def _key_in(message: Mapping[str, Any]) -> str:
    return str(_payload_of(message, EVENT_TYPE).get("key") or "")


def _payload_of(message: Mapping[str, Any], event_type: str) -> Mapping[str, Any]:
    """What stands beside a message of ours; empty for any other."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") if metadata.get("event_type") == event_type else None
    return payload if isinstance(payload, Mapping) else {}
