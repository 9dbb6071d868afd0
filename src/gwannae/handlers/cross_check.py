"""대조 for the programme office: a published list into the inbox, its results, and each card's one sending."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError

from gwannae.actions import cross_check_cards as cards
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.purchase_worker import PurchaseWorker
from gwannae.handlers.slack_refusals import NO_ANSWER, may_be_done
from gwannae.handlers.view_state import chosen, element
from gwannae.messages import cross_check as say
from gwannae.messages import ids
from gwannae.messages.cross_check_card import channel_card
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.purchase_imports import NOT_YOURS, plain_words
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.cross_check_cards import AlreadySent, CardSending, NoChannel, PublishedSource
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import Standing

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    worker = PurchaseWorker(desk)
    _register_form(app, desk, worker)
    _register_results(app, desk)
    _register_sending(app, desk)


def _register_form(app: AsyncApp, desk: Desk, worker: PurchaseWorker) -> None:
    toolkit = desk.toolkit

    @app.action(ids.CROSS_OPEN)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        found = await toolkit.work(cards.check_desk, actor_of(body), desk.published is not None, toolkit.clock())
        await desk.open_view(body, window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.check_form(found))
        await ack()

    @app.view(ids.CROSS_VIEW)
    async def sent(ack: AsyncAck, body: Body, view: Body) -> None:
        source = PublishedSource.G2B if chosen(view, ids.CROSS_SOURCE) == PublishedSource.G2B else PublishedSource.FILE
        year = ids.read_number(chosen(view, ids.CROSS_YEAR))
        given = element(view, ids.CROSS_FILE).get("files") or []
        if (wrong := _wrong(source, year, given)) is not None:
            await ack(response_action="errors", errors=wrong)
            return
        key, name = f"g2b:{uuid4().hex}", say.SERVICE_NAME
        if source is PublishedSource.FILE:
            key, name = f"slack:{given[0]['id']}", str(given[0].get("name") or "")
        found = await toolkit.work(cards.take_in, actor_of(body), source, key, name, year, toolkit.clock())
        words = OFFICE_ALONE
        if isinstance(found, Standing):
            words = say.RECEIVED if found.done else say.STALE
            if found.done:
                worker.start(found.batch.id)
        await ack(response_action="update", view=window(words))

    @app.action(ids.CROSS_TURN)
    async def turn(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(cards.turn_into_check, actor_of(body), number_of(action), toolkit.clock())
        if isinstance(found, Standing) and found.done:
            worker.start(found.batch.id, body)
        else:
            words = say.STALE if isinstance(found, Standing) else OFFICE_ALONE
            desk.replace(body, plain_words(words if isinstance(found, Standing | NotAllowed) else NOT_YOURS))
        await ack()


def _wrong(source: PublishedSource, year: int, given: list[Any]) -> dict[str, str] | None:
    if source is PublishedSource.FILE and not given:
        return {ids.CROSS_FILE: say.NO_FILE}
    return {ids.CROSS_YEAR: say.NO_YEAR} if source is PublishedSource.G2B and not year else None


def _register_results(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def page(body: Body, action: Body) -> Body:
        number, _, begin = str(action.get("value") or "").partition(":")
        at = ids.read_number(begin)
        found = await toolkit.work(cards.overview, actor_of(body), ids.read_number(number), at, toolkit.clock())
        return window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.results(found, at)

    @app.action(ids.CROSS_RESULTS)
    async def open_results(ack: AsyncAck, body: Body, action: Body) -> None:
        await desk.open_view(body, await page(body, action))
        await ack()

    @app.action(ids.CROSS_MORE)
    @app.action(ids.CROSS_FIRST)
    async def turn_page(ack: AsyncAck, body: Body, action: Body) -> None:
        desk.update_view(body, await page(body, action), otherwise=say.RECEIVED)
        await ack()

    @app.action(ids.CROSS_CARD)
    async def open_card(ack: AsyncAck, body: Body, action: Body) -> None:
        state = await toolkit.work(cards.look_at_card, actor_of(body), number_of(action), toolkit.clock())
        if isinstance(state, NotAllowed):
            await desk.open_view(body, window(OFFICE_ALONE))
        else:
            await desk.open_view(body, say.card_window(state, toolkit.city.programme_office))
        await ack()


def _register_sending(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit
    office = toolkit.city.programme_office

    @app.action(ids.CROSS_SEND)
    @app.action(ids.CROSS_AGAIN)
    async def send(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        again = action.get("action_id") == ids.CROSS_AGAIN
        outcome = await toolkit.work(
            cards.send_again if again else cards.send, actor, number_of(action), toolkit.clock()
        )
        if isinstance(outcome, NotAllowed):
            desk.update_view(body, window(OFFICE_ALONE), otherwise=OFFICE_ALONE)
        elif isinstance(outcome, NoChannel):
            shown = say.card_window(outcome.state, office, unlinked=True)
            desk.update_view(body, shown, otherwise=say.STALE)
        elif isinstance(outcome, AlreadySent):
            desk.update_view(body, window(say.ALREADY_SENT), otherwise=say.ALREADY_SENT)
        else:
            desk.later(_send(desk, actor, outcome), name="cross_check_card")
            desk.update_view(body, window(say.SENT), otherwise=say.SENT)
        await ack()


async def _send(desk: Desk, actor: Actor, sending: CardSending) -> None:
    """Post what was claimed; where Slack surely did not take it, it may be sent again, and the office hears of it."""
    toolkit, card = desk.toolkit, sending.state.card
    message = channel_card(sending.state, toolkit.city.programme_office)
    try:
        posted = await desk.workspaces.patient(sending.team_id).chat_postMessage(channel=sending.channel_id, **message)
    except (SlackApiError, *NO_ANSWER) as error:
        if not may_be_done(error):
            await toolkit.work(cards.note_not_sent, card.id)
            name = card.draft.organisation.name if card.draft.organisation else ""
            desk.direct(actor, plain_words(say.not_sent(name)))
        return
    await toolkit.work(cards.note_sent, card.id, str(posted["ts"]))
