"""Slack clients by workspace: tokens are looked up by team, although a city starts with one."""

import asyncio
import logging
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from gwannae.handlers.slack_refusals import NO_ANSWER, code_of

_LOG = logging.getLogger("gwannae.workspaces")

QUICK_SECONDS = 2  # a form must open within the 3 seconds that its trigger lives
PATIENT_SECONDS = 15


class UnknownWorkspaceError(Exception):
    """None of our tokens belongs to the workspace that asks. `detail`: why Slack refused a token, if it did."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class Workspaces:
    """One client without retries for what somebody waits for, one that waits out a 429 for posts, and one for the
    ledger, which is as patient and never tries again by itself.

    Two sessions over one pool of connections: given a session, the SDK leaves the time limit to it and ignores its own.
    """

    def __init__(self, tokens: tuple[str, ...], base_url: str, patience: float = PATIENT_SECONDS) -> None:
        """`tokens` are bot tokens, one for each workspace; `base_url` is Slack's API address; `patience` the seconds
        that a post may take.
        """
        self._tokens = tokens
        self._patience = patience
        self._base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._sessions: dict[float, aiohttp.ClientSession] = {}
        self._connector: aiohttp.TCPConnector | None = None
        self._known: dict[str, AuthorizeResult] = {}
        self._asked: set[str] = set()
        self._lock = asyncio.Lock()
        self.sdk_log = logging.getLogger("gwannae.slack_sdk")  # a level of its own: at DEBUG the SDK writes out bodies
        self.sdk_log.setLevel(logging.WARNING)

    @property
    def session(self) -> aiohttp.ClientSession:
        """The patient session, for response addresses."""
        return self._session(self._patience)

    @property
    def api_url(self) -> str:
        """Slack's Web API, as it is set."""
        return self._base_url

    def token(self, team_id: str) -> str:
        """The bot's token for a workspace, for what no method of the client does; see `slack_files.may_carry_token`."""
        return self._token(team_id)

    def _session(self, seconds: float) -> aiohttp.ClientSession:
        """The session whose requests end after so many seconds; made at first use, for it needs a running loop."""
        if self._connector is None:
            self._connector = aiohttp.TCPConnector()
        if seconds not in self._sessions:
            limit = aiohttp.ClientTimeout(total=seconds)
            self._sessions[seconds] = aiohttp.ClientSession(
                connector=self._connector, connector_owner=False, timeout=limit
            )
        return self._sessions[seconds]

    def quick(self, team_id: str) -> AsyncWebClient:
        """For views and other calls on the way to the answer: 2 s, no retries."""
        return self._client(self._token(team_id), QUICK_SECONDS, [])

    def patient(self, team_id: str) -> AsyncWebClient:
        """For posts: waits as long as Slack asks after a 429; never repeats a lost connection (it could post twice)."""
        return self._client(self._token(team_id), self._patience, [AsyncRateLimitErrorRetryHandler(max_retry_count=2)])

    def bare(self, team_id: str) -> AsyncWebClient:
        """For posts of the ledger: every try is one call, and what comes after it the ledger decides."""
        return self._client(self._token(team_id), self._patience, [])

    async def authorize(self, team_id: str | None = None) -> AuthorizeResult:
        """Bolt's question whose token a request is for.

        Raises:
            UnknownWorkspaceError: no token of ours is for that workspace.
            aiohttp.ClientError, TimeoutError: Slack could not be asked.
        """
        known = self._known.get(team_id or "")
        if known is not None:
            return known
        trouble = await self._ask()
        known = self._known.get(team_id or "")
        if known is None:
            if isinstance(trouble, NO_ANSWER):
                raise trouble
            raise UnknownWorkspaceError(code_of(trouble) if trouble else "no_token")
        return known

    async def teams(self) -> tuple[str, ...]:
        """Ids of the workspaces that have answered to our tokens so far."""
        await self._ask()
        return tuple(self._known)

    @property
    def all_known(self) -> bool:
        """Whether Slack has said of every token whose it is."""
        return self._asked.issuperset(self._tokens)

    async def close(self) -> None:
        """Close the sessions and their connections."""
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()
        if self._connector is not None:
            await self._connector.close()
            self._connector = None

    async def _ask(self) -> Exception | None:
        """Ask Slack once whose each token is; a failed question is asked again next time and holds up no other."""
        trouble: Exception | None = None
        async with self._lock:
            for token in self._tokens:
                if token in self._asked:
                    continue
                try:
                    answer = await self._client(token, QUICK_SECONDS, []).auth_test()
                except (SlackApiError, *NO_ANSWER) as error:
                    _LOG.error("token_not_accepted", extra={"error": code_of(error)})
                    trouble = error
                    continue
                self._known[str(answer["team_id"])] = AuthorizeResult(
                    enterprise_id=answer.get("enterprise_id"),
                    team_id=answer["team_id"],
                    bot_token=token,
                    bot_id=answer.get("bot_id"),
                    bot_user_id=answer.get("user_id"),
                )
                self._asked.add(token)
        return trouble

    def _token(self, team_id: str) -> str:
        known = self._known.get(team_id)
        if known is None or not known.bot_token:
            raise UnknownWorkspaceError("no_token")  # one workspace's words never leave under another's token
        return known.bot_token

    def _client(self, token: str, seconds: float, retry_handlers: list[Any]) -> AsyncWebClient:
        return AsyncWebClient(
            token=token,
            base_url=self._base_url,
            session=self._session(seconds),
            retry_handlers=retry_handlers,
            logger=self.sdk_log,
        )
