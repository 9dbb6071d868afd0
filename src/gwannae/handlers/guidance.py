"""연초 안내: the office's window with its buttons, and the buttons of the guidance itself."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import guidance as guide
from gwannae.actions import localvendor as find
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.guidance_files import attach_directory, send_directory, send_letters
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import guidance_desk as say
from gwannae.messages import ids
from gwannae.messages import localvendor as say_firms
from gwannae.messages.blocks import Block
from gwannae.messages.guidance import guidance
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.guidance import Guidance, GuidanceDesk, GuidanceMoved, GuidanceState, Letters
from gwannae.programme.new_year import year_worked_on

Body = dict[str, Any]


async def open_guidance(desk: Desk, body: Body) -> None:
    """Open the window; who is not of the office is told so."""
    await desk.open_view(body, await _drawn(desk, body, year_worked_on(desk.toolkit.today), 0))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_window(app, desk)
    _register_steering(app, desk)
    _register_files(app, desk)
    _register_finding(app, desk)


def _register_window(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.GUIDANCE_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_guidance(desk, body)
        await ack()

    @app.options(ids.GUIDANCE_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        year = year_worked_on(toolkit.today)
        found = await toolkit.work(guide.guidance_desk, actor_of(body), 0, year, toolkit.clock())
        every = (*found.linked, *found.unlinked) if isinstance(found, GuidanceDesk) else ()
        await ack(options=organisation_options(every, str(payload.get("value") or "")))

    @app.action(ids.GUIDANCE_ORGANISATION)
    async def choose(ack: AsyncAck, body: Body) -> None:
        view = body.get("view") or {}
        year, _, _ = say.read_desk_value(str(view.get("private_metadata") or ""))
        organisation_id = ids.read_number(chosen(view, ids.GUIDANCE_ORGANISATION))
        client = desk.workspaces.quick(actor_of(body).team_id)
        # without the hash: of two choices in quick succession the later one must not be refused
        await client.views_update(view_id=view["id"], view=await _drawn(desk, body, year, organisation_id))
        await ack()

    @app.view(ids.GUIDANCE_VIEW)
    async def keep_note(ack: AsyncAck, body: Body, view: Body) -> None:
        year, version, organisation_id = say.read_desk_value(str(view.get("private_metadata") or ""))
        words = text_of(view, ids.GUIDANCE_NOTE) or ""
        outcome = await toolkit.work(guide.note, actor_of(body), year, version, words, toolkit.clock())
        await ack(response_action="update", view=await _after(desk, body, outcome, year, organisation_id))


def _register_steering(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def move(body: Body, action: Body, to: GuidanceState) -> None:
        year, version, organisation_id = say.read_desk_value(str(action.get("value") or ""))
        outcome = await toolkit.work(guide.move, actor_of(body), year, version, to, toolkit.clock())
        said = say.said(outcome)
        desk.update_view(body, await _after(desk, body, outcome, year, organisation_id), otherwise=said)
        if isinstance(outcome, GuidanceMoved) and outcome.fresh and to is GuidanceState.GOING_OUT:
            attach_directory(desk, actor_of(body), year)

    @app.action(ids.GUIDANCE_RELEASE)
    async def release(ack: AsyncAck, body: Body, action: Body) -> None:
        await move(body, action, GuidanceState.GOING_OUT)
        await ack()

    @app.action(ids.GUIDANCE_STOP)
    async def stop(ack: AsyncAck, body: Body, action: Body) -> None:
        await move(body, action, GuidanceState.STOPPED)
        await ack()

    @app.action(ids.GUIDANCE_TRY)
    async def try_out(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        year, _, organisation_id = say.read_desk_value(str(action.get("value") or ""))
        found = await toolkit.work(guide.try_out, actor, organisation_id, year, toolkit.clock())
        if isinstance(found, Guidance):
            desk.direct(actor, guidance(found, tried=True))
        said = say.said(found)
        desk.update_view(body, await _after(desk, body, found, year, organisation_id), otherwise=said)
        await ack()


def _register_files(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.GUIDANCE_FILE)
    async def hand_out_directory(ack: AsyncAck, body: Body) -> None:
        send_directory(desk, actor_of(body))
        await ack()

    @app.action(ids.GUIDANCE_LETTERS)
    async def draft_letters(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        year, _, organisation_id = say.read_desk_value(str(action.get("value") or ""))
        found = await toolkit.work(guide.letters, actor, year, toolkit.clock())
        if isinstance(found, Letters) and found.guidances:
            send_letters(desk, actor, found)
        said = say.said(found)
        desk.update_view(body, await _after(desk, body, found, year, organisation_id), otherwise=said)
        await ack()


def _register_finding(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.GUIDANCE_FIND)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        await desk.open_view(body, say.find_form())
        await ack()

    @app.view(ids.GUIDANCE_FIND_VIEW)
    async def look_up(ack: AsyncAck, body: Body, view: Body) -> None:
        words = (text_of(view, ids.GUIDANCE_WORDS) or "").strip()
        if not words:
            await ack(response_action="errors", errors={ids.GUIDANCE_WORDS: say.FIND_MISSING})
            return
        found = await toolkit.work(find.look_up, words, toolkit.today)
        shown = say_firms.answer(found, toolkit.city, shareable=False)
        shown.pop("response_type")
        await ack(response_action="update", view=window(say.FOUND))
        desk.direct(actor_of(body), shown)


async def _after(desk: Desk, body: Body, outcome: object, year: int, organisation_id: int) -> Block:
    """The window once a press was answered; who may not see it sees the answer alone."""
    said = say.said(outcome)
    return window(said) if isinstance(outcome, NotAllowed) else await _drawn(desk, body, year, organisation_id, said)


async def _drawn(desk: Desk, body: Body, year: int, organisation_id: int, done: str = "") -> Block:
    toolkit, now = desk.toolkit, desk.toolkit.clock()
    found = await toolkit.work(guide.guidance_desk, actor_of(body), organisation_id, year, now)
    return say.desk_view(found, done) if isinstance(found, GuidanceDesk) else window(done or say.said(found))
