"""정보가 다릅니다: the form in the detail window, and the office's two buttons."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import vendor_doubts as doubts
from gwannae.actions.localvendor import office_addresses
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.home import publish
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import localvendor as pages
from gwannae.messages import vendor_doubts as say
from gwannae.messages.blocks import fold_line
from gwannae.messages.problems import window
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.vendor_doubts import DoubtKind, DoubtSettled, DoubtState

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_telling(app, desk)
    _register_settling(app, desk)


def _register_telling(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit
    office_name = toolkit.city.programme_office

    @app.action(ids.VENDOR_DOUBT)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        vendor_id = number_of(action)
        name = await toolkit.work(doubts.doubted_firm, vendor_id)
        if isinstance(name, FirmGone):
            await ack()
            desk.respond(body, {**pages.gone(), "replace_original": False})
            return
        await desk.open_view(body, say.doubt_form(vendor_id, name, uuid4().hex, office_name))
        await ack()

    @app.view(ids.DOUBT_VIEW)
    async def tell(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, now = actor_of(body), toolkit.clock()
        vendor_id, form_key = say.read_form_memo(str(view.get("private_metadata") or ""))
        word, sentence = chosen(view, ids.DOUBT_KIND), fold_line(text_of(view, ids.DOUBT_SENTENCE) or "")
        kind = next((kind for kind in DoubtKind if kind.value == word), None)
        if kind is None or not sentence:
            await ack(response_action="errors", errors=say.incomplete())
            return
        outcome = await toolkit.work(doubts.tell_doubt, actor, vendor_id, kind, sentence, form_key, now)
        if isinstance(outcome, FirmGone):
            await ack(response_action="update", view=window(str(pages.gone()["text"])))
            return
        office = await toolkit.work(office_addresses, actor.team_id, now.date()) if outcome.fresh else []
        await ack(response_action="update", view=window(say.told(outcome, office_name)))
        for team_id, channel in office:
            desk.post(team_id, channel, say.for_office(outcome.doubt))


def _register_settling(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def settle(body: Body, action: Body, state: DoubtState) -> None:
        actor = actor_of(body)
        outcome = await toolkit.work(doubts.settle_doubt, actor, number_of(action), state, toolkit.clock())
        said = {"text": say.settled(outcome)}
        if isinstance(outcome, DoubtSettled):
            desk.replace(body, said)
            desk.later(publish(desk, actor), name="home")
        else:
            desk.direct(actor, said)

    @app.action(ids.DOUBT_MENDED)
    async def mended(ack: AsyncAck, body: Body, action: Body) -> None:
        await settle(body, action, DoubtState.MENDED)
        await ack()

    @app.action(ids.DOUBT_KEPT)
    async def kept(ack: AsyncAck, body: Body, action: Body) -> None:
        await settle(body, action, DoubtState.KEPT)
        await ack()
