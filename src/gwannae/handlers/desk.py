"""What every listener is handed on Slack's side: the actions' toolkit, the clients, and work after the answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from gwannae.actions.toolkit import Toolkit
from gwannae.handlers.later import Later
from gwannae.handlers.workspaces import Workspaces
from gwannae.messages.problems import could_not_send
from gwannae.programme.organisations import Actor

Payload = Mapping[str, Any]


def actor_of(body: Payload) -> Actor:
    """Who asks: commands carry flat names, interactive payloads nested ones."""
    team = body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id") or ""
    user = body.get("user_id") or (body.get("user") or {}).get("id") or ""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    return Actor(str(team), str(user), channel)


@dataclass(frozen=True, slots=True)
class Desk:
    """Parts for listeners."""

    toolkit: Toolkit
    workspaces: Workspaces
    later: Later

    def respond(self, body: Payload, answer: Mapping[str, Any]) -> None:
        """Answer a pressed button in its own place, after the ack; falls back to a direct message."""
        actor = actor_of(body)

        async def tell(_: Exception) -> None:
            await self._post(actor.team_id, actor.user_id, {"text": answer.get("text", "")})

        url = str(body.get("response_url") or "")
        if url:
            self.later(self._respond(url, answer), name="respond", tell=tell)
        else:
            self.direct(actor, answer)

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
        """Post into a channel, after the ack. `reporter` is told when it could not be done."""

        async def tell(_: Exception) -> None:
            if reporter is not None:
                await self._post(team_id, reporter.user_id, could_not_send())

        self.later(self._post(team_id, channel, message), name="post", tell=tell)

    async def open_view(self, body: Payload, view: Mapping[str, Any]) -> None:
        """Open a form with the trigger of what was just typed or pressed; raises SlackApiError when it is too late."""
        actor = actor_of(body)
        method = self.workspaces.quick(actor.team_id)
        stacked = (body.get("view") or {}).get("type") == "modal"
        open_or_push = method.views_push if stacked else method.views_open
        await open_or_push(trigger_id=str(body.get("trigger_id") or ""), view=dict(view))

    async def _post(self, team_id: str, channel: str, message: Mapping[str, Any]) -> None:
        client = self.workspaces.patient(team_id)
        try:
            await client.chat_postMessage(channel=channel, **message)
        except SlackApiError as error:
            if error.response.get("error") not in ("invalid_blocks", "msg_blocks_too_long"):
                raise
            await client.chat_postMessage(channel=channel, text=str(message.get("text", "")))

    async def _respond(self, url: str, answer: Mapping[str, Any]) -> None:
        client = AsyncWebhookClient(
            url,
            session=self.workspaces.session,
            timeout=15,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=2)],
        )
        response = await client.send_dict(dict(answer))
        if response.status_code != 200:
            raise ConnectionError(f"response address answered {response.status_code}")
