"""`/local-standings`: the asker's place and the upper part of the ranking."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import standings
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import standings as say
from gwannae.programme.local_standings import StandingsAnswer
from gwannae.programme.standings_words import NotUnderstood

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    def _said(found: StandingsAnswer | NotUnderstood) -> dict[str, Any]:
        return say.not_understood(found) if isinstance(found, NotUnderstood) else say.answer(found, toolkit.city)

    @app.command("/local-standings")
    async def show(ack: AsyncAck, command: Body) -> None:
        words = str(command.get("text") or "")
        found = await toolkit.work(standings.my_standings, actor_of(command), toolkit.today, words)
        await ack(**_said(found))

    @app.action(ids.STANDINGS_OPEN)
    async def show_by_button(ack: AsyncAck, body: Body) -> None:
        actor = actor_of(body)
        found = await toolkit.work(standings.my_standings, actor, toolkit.today)
        answer = _said(found)
        await ack()
        desk.direct(actor, {"text": answer["text"], "blocks": answer["blocks"]})
