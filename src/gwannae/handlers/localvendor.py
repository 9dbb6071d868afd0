"""`/localvendor`: find local firms, page, share, open one, say that something is missing."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import localvendor as find
from gwannae.handlers.desk import Desk, actor_of
from gwannae.messages import ids
from gwannae.messages import localvendor as say
from gwannae.programme.localvendor import FirmGone

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners. The command comes first of all: each listener ahead of it costs time."""
    _register_pages(app, desk)
    _register_firm(app, desk)
    _register_missing(app, desk)


def _register_pages(app: AsyncApp, desk: Desk) -> None:
    toolkit, city = desk.toolkit, desk.toolkit.city

    @app.command("/localvendor")
    async def look_up(ack: AsyncAck, command: Body) -> None:
        text, today = str(command.get("text") or ""), toolkit.today
        found = find.at_hand(toolkit, text, today)
        if found is None:
            found = await toolkit.work(find.look_up, text, today)
        await ack(**say.answer(found, city))

    async def turn_page(ack: AsyncAck, body: Body, action: Body) -> None:
        text, side, offset = say.read_memo(str(action.get("value") or ""))
        found = await toolkit.work(find.look_up, text, toolkit.today, side, offset)
        answer = say.answer(found, city)
        await ack()
        desk.respond(body, {**answer, "replace_original": True})

    for action_id in (ids.VENDOR_MORE, ids.VENDOR_BACK, ids.VENDOR_SIDE):
        app.action(action_id)(turn_page)

    @app.action(re.compile(f"^{ids.VENDOR_NEAR}-"))
    async def look_up_near(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(find.look_up, str(action.get("value") or ""), toolkit.today)
        answer = say.answer(found, city)
        await ack()
        desk.respond(body, {**answer, "replace_original": True})

    @app.action(ids.VENDOR_SHARE)
    async def share(ack: AsyncAck, body: Body, action: Body) -> None:
        text, side, offset = say.read_memo(str(action.get("value") or ""))
        found = await toolkit.work(find.look_up, text, toolkit.today, side, offset)
        answer = say.shared(found, actor_of(body).user_id) if found.cards else say.answer(found, city)
        await ack()
        desk.respond(body, {**answer, "replace_original": not found.cards})


def _register_firm(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.VENDOR_DETAIL)
    async def open_detail(ack: AsyncAck, body: Body, action: Body) -> None:
        card = await toolkit.work(find.vendor_detail, number_of(action), toolkit.today)
        if isinstance(card, FirmGone):
            await ack()
            desk.respond(body, {**say.gone(), "replace_original": False})
            return
        await desk.open_view(body, say.detail(card, toolkit.city.local_rules, toolkit.today))
        await ack()


def _register_missing(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.VENDOR_MISSING)
    async def note_missing(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        noted = await toolkit.work(find.note_missing, actor, str(action.get("value") or ""), toolkit.clock())
        office = await toolkit.work(find.office_addresses, actor.team_id, toolkit.today) if noted.fresh else []
        await ack()
        desk.respond(body, say.missing_noted(noted))
        for team_id, channel in office:
            desk.post(team_id, channel, say.missing_for_office(noted))


def number_of(action: Body) -> int:
    """The id that a button carries; 0, which nobody has, for what is not ours."""
    value = str(action.get("value") or "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0
