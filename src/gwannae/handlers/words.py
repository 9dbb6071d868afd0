"""The office's words: adding and taking out synonyms, and the list of words without a local firm."""

from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import missing_words as missing
from gwannae.actions import words as keep
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.view_state import text_of
from gwannae.messages import ids
from gwannae.messages import words as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.missing import MissingState
from gwannae.programme.organisations import Actor
from gwannae.programme.word_groups import SynonymAdded, SynonymRefused

Body = dict[str, Any]
LISTED_DAYS = 90


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_synonyms(app, desk)
    _register_missing(app, desk)


async def _synonym_page(desk: Desk, actor: Actor, word: str = "") -> Body:
    found = await desk.toolkit.work(keep.list_synonyms, actor, desk.toolkit.clock(), say.SYNONYMS_SHOWN)
    return window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.synonym_form(found, word)


async def _missing_page(desk: Desk, actor: Actor) -> Body:
    now = desk.toolkit.clock()
    found = await desk.toolkit.work(missing.missing_list, actor, now - timedelta(days=LISTED_DAYS), now)
    return window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.missing_page(found)


def _register_synonyms(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.SYNONYM_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        await desk.open_view(body, await _synonym_page(desk, actor_of(body), str(action.get("value") or "")))
        await ack()

    @app.action(ids.SYNONYM_MORE)
    async def once_more(ack: AsyncAck, body: Body) -> None:
        page = await _synonym_page(desk, actor_of(body))
        desk.update_view(body, page, otherwise="동의어를 더 추가하려면 홈에서 [동의어 추가]를 눌러 주세요.")
        await ack()

    @app.view(ids.SYNONYM_VIEW)
    async def add(ack: AsyncAck, body: Body, view: Body) -> None:
        word, means = text_of(view, ids.SYNONYM_WORD) or "", text_of(view, ids.SYNONYM_MEANS) or ""
        outcome = await toolkit.work(keep.add_synonym, actor_of(body), word, means, toolkit.clock())
        if isinstance(outcome, SynonymRefused):
            await ack(response_action="errors", errors=say.synonym_errors(outcome))
        else:
            page = say.synonym_done(outcome) if isinstance(outcome, SynonymAdded) else window(say.said(outcome))
            await ack(response_action="update", view=page)

    @app.action(ids.SYNONYM_REMOVE)
    async def remove(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, synonym_id = actor_of(body), ids.read_number(action.get("value"))
        outcome = await toolkit.work(keep.remove_synonym, actor, synonym_id, toolkit.clock())
        page = window(say.said(outcome)) if isinstance(outcome, NotAllowed) else await _synonym_page(desk, actor)
        desk.update_view(body, page, otherwise=say.said(outcome))
        await ack()


def _register_missing(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.MISSING_OPEN)
    async def open_list(ack: AsyncAck, body: Body) -> None:
        await desk.open_view(body, await _missing_page(desk, actor_of(body)))
        await ack()

    async def mark(body: Body, action: Body, state: MissingState) -> None:
        actor, key = actor_of(body), str(action.get("value") or "")
        outcome = await toolkit.work(missing.mark_missing, actor, key, state, toolkit.clock())
        page = window(say.said(outcome)) if isinstance(outcome, NotAllowed) else await _missing_page(desk, actor)
        desk.update_view(body, page, otherwise=say.said(outcome))

    @app.action(ids.MISSING_RECEIVED)
    async def received(ack: AsyncAck, body: Body, action: Body) -> None:
        await mark(body, action, MissingState.RECEIVED)
        await ack()

    @app.action(ids.MISSING_SEARCHING)
    async def searching(ack: AsyncAck, body: Body, action: Body) -> None:
        await mark(body, action, MissingState.SEARCHING)
        await ack()

    @app.action(ids.MISSING_SOLVED)
    async def solved(ack: AsyncAck, body: Body, action: Body) -> None:
        await mark(body, action, MissingState.SOLVED)
        await ack()
