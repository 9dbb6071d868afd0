"""What both doors lead to: one payload in, one answer out, always in time and always one that Slack takes."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncBoltRequest

from gwannae.bot.app import Bot
from gwannae.handlers import problems
from gwannae.handlers.desk import Desk

_LOG = logging.getLogger("gwannae.answers")

ANSWER_SECONDS = 2.6
"""Slack waits 3 s from the moment it sends; a lock of the database is given up after 2 s, several of them add up."""

Answer = Callable[[dict[str, Any], Mapping[str, str]], Awaitable[BoltResponse]]


def build_answer(bot: Bot, desk: Desk, *, seconds: float = ANSWER_SECONDS) -> Answer:
    """The way from a payload (already known to be Slack's, already JSON) and its headers to the answer; never raises.

    The payload goes in as a dict, as over a socket: Bolt's own reading of forms loses a command whose text happens to
    hold the word "payload". Work that is cut off here may still be stored, and every form has a key that stores once.
    """

    async def answer(body: dict[str, Any], headers: Mapping[str, str]) -> BoltResponse:
        try:
            async with asyncio.timeout(seconds):
                request = AsyncBoltRequest(mode="socket_mode", body=body, headers=dict(headers))
                return await bot.dispatch(request)
        except Exception as error:  # Bolt's own stumbling over a payload of another form, or ours while telling
            try:
                said = problems.TooSlowError() if isinstance(error, TimeoutError) else error
                return problems.answer(said, body, desk)
            except Exception as second:
                with contextlib.suppress(Exception):  # not even the log: Slack gets its answer all the same
                    _LOG.error("unanswerable", extra={"error": type(second).__name__})
                return BoltResponse(status=200, body="")

    return answer
