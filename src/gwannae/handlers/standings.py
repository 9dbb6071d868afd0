"""`/local-standings`: the asker's place, the upper part of the ranking, and a score explained."""

from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import local_standings
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.standings_pictures import KeptPictures, add_pictures
from gwannae.messages import ids, scores
from gwannae.messages import standings as say
from gwannae.messages.problems import window
from gwannae.programme.city import City
from gwannae.programme.local_standings import ScoreAnswer, StandingsAnswer
from gwannae.programme.standings_words import NotUnderstood

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit, kept = desk.toolkit, KeptPictures()

    @app.command("/local-standings")
    async def show(ack: AsyncAck, command: Body) -> None:
        words, actor = str(command.get("text") or ""), actor_of(command)
        found = await toolkit.work(local_standings.my_standings, actor, toolkit.clock(), words)
        await ack(**_said(found, toolkit.city))
        if not isinstance(found, NotUnderstood):
            add_pictures(desk, kept, actor, found, partial(desk.respond, command))

    @app.action(ids.STANDINGS_OPEN)
    async def show_by_button(ack: AsyncAck, body: Body) -> None:
        actor = actor_of(body)
        found = await toolkit.work(local_standings.my_standings, actor, toolkit.clock())
        answer = _said(found, toolkit.city)
        await ack()
        desk.direct(actor, {"text": answer["text"], "blocks": answer["blocks"]})

    @app.action(ids.SCORE_OPEN)
    async def explain(ack: AsyncAck, body: Body, action: Body) -> None:
        year, organisation_id = ids.read_year_and_number(action.get("value"))
        found = await toolkit.work(local_standings.my_score, actor_of(body), year, organisation_id, toolkit.clock())
        view = scores.explained(found.board, found.line, found.lift) if found else window(scores.NOT_YOURS)
        await desk.open_view(body, view)
        await ack()


def _said(found: StandingsAnswer | ScoreAnswer | NotUnderstood, city: City) -> dict[str, Any]:
    if isinstance(found, NotUnderstood):
        return say.not_understood(found)
    return scores.answer(found, city) if isinstance(found, ScoreAnswer) else say.answer(found, city)
