"""One firm in a window of its own, and the text that asks for quotes."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import localvendor as find
from gwannae.actions import vendor_card as show
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.messages import ids
from gwannae.messages import localvendor as pages
from gwannae.messages import vendor_card as say
from gwannae.programme.localvendor import FirmGone

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.VENDOR_DETAIL)
    async def open_detail(ack: AsyncAck, body: Body, action: Body) -> None:
        page = await toolkit.work(show.vendor_page, actor_of(body), number_of(action), toolkit.today)
        if isinstance(page, FirmGone):
            await ack()
            desk.respond(body, {**pages.gone(), "replace_original": False})
            return
        await desk.open_view(body, say.vendor_window(page, toolkit.city, toolkit.today))
        await ack()

    @app.action(ids.VENDOR_MAP)
    async def follow_map(ack: AsyncAck) -> None:
        await ack()  # the browser opens the map by itself, and Slack still waits for an answer

    @app.action(ids.VENDOR_QUOTES)
    async def ask_beside(ack: AsyncAck, body: Body, action: Body) -> None:
        cards = await toolkit.work(show.firms_to_ask, number_of(action), toolkit.today)
        if isinstance(cards, FirmGone):
            await ack()
            desk.respond(body, {**pages.gone(), "replace_original": False})
            return
        vendor = cards[0].vendor
        about = next(iter(vendor.items), vendor.trade or "")
        await desk.open_view(body, say.quotes_window(cards, about, toolkit.city))
        await ack()

    @app.action(ids.PAGE_QUOTES)
    async def ask_page(ack: AsyncAck, body: Body, action: Body) -> None:
        text, side, offset = pages.read_memo(str(action.get("value") or ""))
        found = await toolkit.work(find.look_up, text, toolkit.today, side, offset)
        if not found.cards:
            await ack()
            desk.respond(body, {**pages.gone(), "replace_original": False})
            return
        await desk.open_view(body, say.quotes_window(found.cards, " ".join(found.query.words), toolkit.city))
        await ack()
