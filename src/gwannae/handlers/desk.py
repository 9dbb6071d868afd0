"""What every listener is handed on Slack's side: the actions' toolkit, the clients, and work after the answer."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.later import Later
from gwannae.handlers.slack_refusals import BLOCKS_REFUSED, code_of, may_be_done
from gwannae.handlers.workspaces import Workspaces
from gwannae.messages.problems import could_not_send, perhaps_not_sent
from gwannae.programme.organisations import Actor

if TYPE_CHECKING:  # of a feature that the start does not wait for
    from gwannae.actions.cross_check_work import Service

_LOG = logging.getLogger("gwannae.desk")

Payload = Mapping[str, Any]


class ResponseRefusedError(Exception):
    """A response address that took no answer: worn out (404), a bad payload (400), trouble. `status`: HTTP's."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def actor_of(body: Payload) -> Actor:
    """Who asks: commands carry flat names, interactive payloads nested ones."""
    team = body.get("team_id") or _id_in(body, "team") or (body.get("user") or {}).get("team_id") or ""
    user = body.get("user_id") or _id_in(body, "user") or ""
    channel = body.get("channel_id") or _id_in(body, "channel")
    return Actor(str(team), str(user), channel)


def _id_in(body: Payload, name: str) -> Any:
    return (body.get(name) or {}).get("id")


def is_in_channel(actor: Actor) -> bool:
    """Whether others read along where this was asked; the ids of direct messages begin with D."""
    return (actor.channel_id or "").startswith(("C", "G"))


@dataclass(frozen=True, slots=True)
class Desk:
    """Parts for listeners. Nothing here that is promised for after the answer can fail it."""

    toolkit: Toolkit
    workspaces: Workspaces
    later: Later
    published: "Service | None" = None  # asks the procurement service for a year's contracts, where there is a key

    def respond(self, body: Payload, answer: Mapping[str, Any]) -> None:
        """Answer a pressed button in its own place, after the ack; falls back to a direct message."""
        actor = actor_of(body)

        async def tell(error: Exception) -> None:
            if answer.get("response_type") == "in_channel":  # meant for all: the one who asked hears that it failed
                await self._post(actor.team_id, actor.user_id, _failure(error))
            else:
                await self._post(actor.team_id, actor.user_id, _as_message(answer))

        url = str(body.get("response_url") or "")
        if url:
            self.later(self._respond(url, answer), name="respond", tell=tell)
        else:
            self.direct(actor, _as_message(answer))

    def replace(self, body: Payload, message: Mapping[str, Any]) -> None:
        """Put `message` in the place of the one whose button was pressed, after the ack."""
        if body.get("response_url"):
            self.respond(body, {**message, "replace_original": True})
        else:
            self.direct(actor_of(body), message)

    def direct(self, actor: Actor, message: Mapping[str, Any]) -> None:
        """Send somebody a direct message, after the ack."""
        self.post(actor.team_id, actor.user_id, message, reporter=actor)

    def post(self, team_id: str, channel: str, message: Mapping[str, Any], reporter: Actor | None = None) -> None:
        """Post into a channel, after the ack. `reporter` is told when it could not be done, or may not have been.

        Nothing is posted a second time on suspicion: a message that Slack did not confirm may well have arrived.
        """

        async def tell(error: Exception) -> None:
            own = reporter is not None and reporter.user_id == channel
            if reporter is not None and (not own or may_be_done(error)):
                await self._post(team_id, reporter.user_id, _failure(error))

        self.later(self._post(team_id, channel, message), name="post", tell=tell)

    async def open_view(self, body: Payload, view: Mapping[str, Any]) -> None:
        """Open a form with the trigger of what was just typed or pressed; raises SlackApiError when it is too late."""
        actor = actor_of(body)
        method = self.workspaces.quick(actor.team_id)
        stacked = (body.get("view") or {}).get("type") == "modal"
        open_or_push = method.views_push if stacked else method.views_open
        await open_or_push(trigger_id=str(body.get("trigger_id") or ""), view=dict(view))

    def update_view(self, body: Payload, view: Mapping[str, Any], otherwise: str) -> None:
        """Put `view` in the place of the one whose button was pressed, after the ack; where that cannot be done (it was
        closed meanwhile) the sentence `otherwise` comes as a direct message, for the deed itself is done.
        """
        actor = actor_of(body)

        async def update() -> None:
            client = self.workspaces.patient(actor.team_id)
            await client.views_update(view_id=(body.get("view") or {}).get("id"), view=dict(view))

        async def tell(_: Exception) -> None:
            await self._post(actor.team_id, actor.user_id, {"text": otherwise})

        self.later(update(), name="update_view", tell=tell)

    async def _post(self, team_id: str, channel: str, message: Mapping[str, Any]) -> None:
        client = self.workspaces.patient(team_id)
        try:
            await client.chat_postMessage(channel=channel, **message)
        except SlackApiError as error:
            if code_of(error) not in BLOCKS_REFUSED or "blocks" not in message:
                raise
            _LOG.error("blocks_refused", extra={"error": code_of(error)})
            await client.chat_postMessage(channel=channel, text=str(message.get("text", "")))

    async def _respond(self, url: str, answer: Mapping[str, Any]) -> None:
        client = AsyncWebhookClient(
            url,
            session=self.workspaces.session,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
            logger=self.workspaces.sdk_log,
        )
        response = await client.send_dict(dict(answer))
        if response.status_code == 400 and "blocks" in answer and any(c in response.body for c in BLOCKS_REFUSED):
            _LOG.error("blocks_refused", extra={"error": "response_url"})
            response = await client.send_dict({k: v for k, v in answer.items() if k != "blocks"})
        if response.status_code != 200:
            raise ResponseRefusedError(response.status_code)


def _as_message(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without what only a response address understands."""
    return {name: answer[name] for name in ("text", "blocks") if answer.get(name)}


def _failure(error: Exception) -> Mapping[str, Any]:
    return perhaps_not_sent() if may_be_done(error) else could_not_send()
