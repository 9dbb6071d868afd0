"""Slack clients by workspace: tokens are looked up by team, although a city starts with one."""

import asyncio
from typing import Any

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

QUICK_SECONDS = 2  # a form must open within the 3 seconds that its trigger lives
PATIENT_SECONDS = 15


class Workspaces:
    """One client without retries for what somebody waits for, one that waits out a 429 for posts; one HTTP session."""

    def __init__(self, tokens: tuple[str, ...], base_url: str) -> None:
        """`tokens` are bot tokens, one for each workspace; `base_url` is Slack's API address."""
        self._tokens = tokens
        self._base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self._session: aiohttp.ClientSession | None = None
        self._known: dict[str, AuthorizeResult] = {}
        self._asked: set[str] = set()
        self._lock = asyncio.Lock()
        self._log = structlog.get_logger("gwannae.workspaces")

    @property
    def session(self) -> aiohttp.ClientSession:
        """The shared session; made at first use, for it needs a running loop."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    def quick(self, team_id: str) -> AsyncWebClient:
        """For views and other calls on the way to the answer: 2 s, no retries."""
        return self._client(self._token(team_id), QUICK_SECONDS, [])

    def patient(self, team_id: str) -> AsyncWebClient:
        """For posts: waits as long as Slack asks after a 429; never repeats a lost connection (it could post twice)."""
        return self._client(self._token(team_id), PATIENT_SECONDS, [AsyncRateLimitErrorRetryHandler(max_retry_count=2)])

    async def authorize(self, team_id: str | None = None) -> AuthorizeResult | None:
        """Bolt's question whose token a request is for; None for a workspace that none of our tokens belongs to."""
        if team_id not in self._known:
            await self._ask()
        return self._known.get(team_id or "")

    async def teams(self) -> tuple[str, ...]:
        """Ids of the workspaces that answer to our tokens."""
        await self._ask()
        return tuple(self._known)

    async def close(self) -> None:
        """Close the shared session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self) -> None:
        """Ask Slack once whose each token is; a failed question is asked again next time."""
        async with self._lock:
            for token in self._tokens:
                if token in self._asked:
                    continue
                try:
                    answer = await self._client(token, QUICK_SECONDS, []).auth_test()
                except SlackApiError as error:
                    self._log.error("token_refused", error=str(error.response.get("error")))
                    continue
                self._known[str(answer["team_id"])] = AuthorizeResult(
                    enterprise_id=answer.get("enterprise_id"),
                    team_id=answer["team_id"],
                    bot_token=token,
                    bot_id=answer.get("bot_id"),
                    bot_user_id=answer.get("user_id"),
                )
                self._asked.add(token)

    def _token(self, team_id: str) -> str:
        known = self._known.get(team_id)
        if known is not None and known.bot_token:
            return known.bot_token
        return self._tokens[0]

    def _client(self, token: str, timeout: int, retry_handlers: list[Any]) -> AsyncWebClient:
        return AsyncWebClient(
            token=token,
            base_url=self._base_url,
            timeout=timeout,
            session=self.session,
            retry_handlers=retry_handlers,
        )
