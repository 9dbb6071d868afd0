"""Purchases from files: dropped to the bot or in a division's channel, or sent with the form; then the buttons."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import people
from gwannae.actions import purchases_import as files
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.purchase_worker import PurchaseWorker
from gwannae.handlers.view_state import chosen, element
from gwannae.messages import ids
from gwannae.messages import import_rows as rows
from gwannae.messages import purchase_imports as say
from gwannae.messages.import_questions import read_button_value
from gwannae.messages.problems import window
from gwannae.messages.purchase_lamp import lamp_window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor
from gwannae.programme.purchase_imports import TO_DO, NoSuchImport, Standing, UndoTooLate

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    worker = PurchaseWorker(desk)
    _register_dropping(app, desk, worker)
    _register_form(app, desk, worker)
    _register_answering(app, desk, worker)
    _register_ending(app, desk, worker)
    _register_rows(app, desk)


def _register_dropping(app: AsyncApp, desk: Desk, worker: PurchaseWorker) -> None:
    toolkit = desk.toolkit

    @app.event("file_shared")
    async def dropped(ack: AsyncAck, body: Body, event: Body) -> None:
        team, channel = str(body.get("team_id") or ""), str(event.get("channel_id") or "")
        actor = Actor(team, str(event.get("user_id") or ""), channel)
        file_id = str(event.get("file_id") or "")
        bots = {str(one.get("user_id")) for one in body.get("authorizations") or ()}
        if actor.user_id and file_id and actor.user_id not in bots:
            found = await toolkit.work(files.receive_dropped, actor, file_id, toolkit.clock())
            if found is not None and found.done:
                worker.start(found.batch.id)
            elif found is not None and not files.is_sender(actor, found.batch):
                desk.direct(actor, say.already_here(found))
        await ack()


def _register_form(app: AsyncApp, desk: Desk, worker: PurchaseWorker) -> None:
    toolkit = desk.toolkit

    @app.action(ids.IMPORT_OPEN)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        choice = await toolkit.work(people.organisation_choice, actor_of(body), toolkit.today)
        await desk.open_view(body, say.upload_form(choice.options, choice.proposed))
        await ack()

    @app.options(ids.IMPORT_WHOSE)
    async def suggest_whose(ack: AsyncAck, body: Body, payload: Body) -> None:
        await _suggest(ack, desk, body, payload)

    @app.view(ids.IMPORT_VIEW)
    async def sent(ack: AsyncAck, body: Body, view: Body) -> None:
        actor = actor_of(body)
        whose = ids.read_number(chosen(view, ids.IMPORT_WHOSE) or view.get("private_metadata")) or None
        given = element(view, ids.IMPORT_FILE).get("files") or []
        for file in given[:1]:
            now, name = toolkit.clock(), str(file.get("name") or "")
            found = await toolkit.work(files.receive, actor, f"slack:{file['id']}", name, whose, now)
            if found.done:
                worker.start(found.batch.id)
        await ack(response_action="update", view=window(say.received()))


async def _suggest(ack: AsyncAck, desk: Desk, body: Body, payload: Body) -> None:
    choice = await desk.toolkit.work(people.organisation_choice, actor_of(body), desk.toolkit.today)
    await ack(options=organisation_options(choice.options, str(payload.get("value") or "")))


def _register_answering(app: AsyncApp, desk: Desk, worker: PurchaseWorker) -> None:
    toolkit, lamp = desk.toolkit, desk.toolkit.city.lamp

    @app.action(ids.IMPORT_ASK)
    async def ask(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(files.look, actor_of(body), number_of(action), toolkit.clock())
        desk.replace(
            body, say.question_card(found, lamp) if isinstance(found, Standing) else say.plain_words(say.NOT_YOURS)
        )
        await ack()

    @app.action(ids.IMPORT_LAMP)
    async def look_at_all(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(files.look, actor_of(body), number_of(action), toolkit.clock())
        shown = lamp_window(found.batch.summary, lamp) if isinstance(found, Standing) else window(say.NOT_YOURS)
        await desk.open_view(body, shown)
        await ack()

    @app.action(re.compile(f"^{ids.IMPORT_ANSWER}-"))
    async def answered(ack: AsyncAck, body: Body, action: Body) -> None:
        await _answer(desk, worker, body, *read_button_value(str(action.get("value") or "")))
        await ack()

    @app.action(ids.IMPORT_ORGANISATION)
    async def placed(ack: AsyncAck, body: Body, action: Body) -> None:
        import_id = ids.read_number(str(action.get("block_id") or "").rpartition(":")[2])
        found = await toolkit.work(files.look, actor_of(body), import_id, toolkit.clock())
        said = str((action.get("selected_option") or {}).get("value") or "")
        if isinstance(found, Standing) and found.batch.questions:
            await _answer(desk, worker, body, import_id, found.batch.questions[0].key, said)
        else:
            desk.replace(body, say.plain_words(say.TOO_LATE))
        await ack()

    @app.options(ids.IMPORT_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        await _suggest(ack, desk, body, payload)


async def _answer(desk: Desk, worker: PurchaseWorker, body: Body, import_id: int, key: str, said: str) -> None:
    """Note an answer, and put the next question (or how the file stands) in its place."""
    toolkit = desk.toolkit
    outcome = await toolkit.work(files.answer, actor_of(body), import_id, key, said, toolkit.clock())
    if not isinstance(outcome, Standing):
        desk.replace(body, say.plain_words(say.NOT_YOURS))
        return
    _shown_by(desk, worker, body, outcome, say.question_card(outcome, toolkit.city.lamp))


def _shown_by(desk: Desk, worker: PurchaseWorker, body: Body, standing: Standing, message: Body) -> None:
    """Put the message in the place of the pressed one; what is still to be done, the worker shows there."""
    batch = standing.batch
    if standing.done and batch.state in TO_DO:
        worker.start(batch.id, body if files.is_sender(actor_of(body), batch) else None)
    else:
        desk.replace(body, message)


def _register_ending(app: AsyncApp, desk: Desk, worker: PurchaseWorker) -> None:
    toolkit = desk.toolkit

    async def move(body: Body, action: Body, deed: Any) -> None:
        import_id = number_of(action)
        outcome: Standing | UndoTooLate | NotAllowed | NoSuchImport = await toolkit.work(
            deed, actor_of(body), import_id, toolkit.clock()
        )
        if isinstance(outcome, UndoTooLate):
            await desk.open_view(body, say.undo_too_late(outcome, toolkit.city.programme_office))
            return
        if not isinstance(outcome, Standing):
            desk.replace(body, say.plain_words(say.NOT_YOURS))
            return
        _shown_by(desk, worker, body, outcome, say.said(outcome, toolkit.city.lamp))

    @app.action(ids.IMPORT_CONFIRM)
    async def confirm(ack: AsyncAck, body: Body, action: Body) -> None:
        await move(body, action, files.confirm)
        await ack()

    @app.action(ids.IMPORT_DISCARD)
    async def discard(ack: AsyncAck, body: Body, action: Body) -> None:
        await move(body, action, files.discard)
        await ack()

    @app.action(ids.IMPORT_UNDO)
    async def undo(ack: AsyncAck, body: Body, action: Body) -> None:
        await move(body, action, files.undo)
        await ack()


def _register_rows(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def page(body: Body, action: Body) -> Body:
        number, _, begin = str(action.get("value") or "").partition(":")
        at, actor = ids.read_number(begin), actor_of(body)
        found = await toolkit.work(files.rows_of, actor, ids.read_number(number), at, toolkit.clock())
        return window(say.NOT_YOURS) if isinstance(found, NoSuchImport) else rows.rows_window(found)

    @app.action(ids.IMPORT_ROWS)
    async def show_rows(ack: AsyncAck, body: Body, action: Body) -> None:
        await desk.open_view(body, await page(body, action))
        await ack()

    @app.action(re.compile(f"^{ids.IMPORT_ROWS_MORE}"))
    async def turn_page(ack: AsyncAck, body: Body, action: Body) -> None:
        desk.update_view(body, await page(body, action), otherwise=rows.CLOSED)
        await ack()
