"""What people write to the bot in plain words: a direct message or a mention is a look-up, once per delivery."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import localvendor as find
from gwannae.actions.deliveries import first_time
from gwannae.handlers.desk import Desk
from gwannae.messages import localvendor as say

Body = dict[str, Any]
_MENTION = re.compile(r"<@[UW][A-Z0-9]+(\|[^>]*)?>")


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    async def answer(body: Body, event: Body) -> None:
        if event.get("bot_id") or event.get("subtype") or not event.get("user"):
            return  # our own words, edits, joins: nobody asked
        if not await toolkit.work(first_time, str(body.get("event_id") or ""), toolkit.clock()):
            return
        words = _MENTION.sub(" ", str(event.get("text") or ""))
        found = await toolkit.work(find.look_up, words, toolkit.today)
        shown = say.answer(found, toolkit.city, shareable=False)
        shown.pop("response_type")
        desk.post(str(body.get("team_id") or ""), str(event["user"]), shown)

    @app.event("message")
    async def in_direct_message(ack: AsyncAck, body: Body, event: Body) -> None:
        if event.get("channel_type") == "im":
            await answer(body, event)
        await ack()

    @app.event("app_mention")
    async def by_mention(ack: AsyncAck, body: Body, event: Body) -> None:
        await answer(body, event)
        await ack()
