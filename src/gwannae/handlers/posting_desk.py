"""`/gwannae 발송`: the office's window of what the clock posts, and its presses."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import posting_office as office
from gwannae.actions import posting_trouble
from gwannae.handlers.desk import Desk, actor_of, is_in_channel
from gwannae.messages import ids
from gwannae.messages import posting_desk as say
from gwannae.messages.blocks import Block
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.ledger import Place, PostKind
from gwannae.programme.posting_overview import Steered

Body = dict[str, Any]
Outcome = Steered | NotAllowed | Impossible


async def open_posting(desk: Desk, body: Body) -> None:
    """Open the window; who may not steer is told so."""
    actor = actor_of(body)
    channel = str(actor.channel_id or "") if is_in_channel(actor) else ""
    await desk.open_view(body, await _drawn(desk, body, channel))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_presses(app, desk)
    _register_messages(app, desk)


def _register_presses(app: AsyncApp, desk: Desk) -> None:
    @app.action(ids.POSTING_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_posting(desk, body)
        await ack()

    @app.action(ids.POSTING_START)
    async def start(ack: AsyncAck, body: Body) -> None:
        await _press(desk, body, office.start, deed="시작했습니다.")
        await ack()

    @app.action(ids.POSTING_TEST_CHANNEL)
    async def test_channel(ack: AsyncAck, body: Body, action: Body) -> None:
        place = Place(actor_of(body).team_id, str(action.get("value") or ""))
        await _press(desk, body, office.set_place, "test", place, deed="시험 채널을 정했습니다.")
        await ack()

    @app.action(ids.POSTING_PAUSE)
    async def pause(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.pause, *_scope(action.get("value")), deed="멈추었습니다.")
        await ack()

    @app.action(ids.POSTING_RESUME)
    async def resume(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.resume, *_scope(action.get("value")), deed="다시 보냅니다.")
        await ack()

    @app.action(ids.POSTING_KIND)
    async def turn(ack: AsyncAck, body: Body, action: Body) -> None:
        await _turn(desk, body, *_scope((action.get("selected_option") or {}).get("value")))
        await ack()

    @app.action(ids.POSTING_ORGANISATION)
    async def turn_one(ack: AsyncAck, body: Body, action: Body) -> None:
        chosen = ids.read_number((action.get("selected_option") or {}).get("value"))
        await _turn(desk, body, "organisation", await desk.toolkit.work(office.code_of, chosen))
        await ack()

    @app.options(ids.POSTING_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        found = await desk.toolkit.work(posting_trouble.desk, actor_of(body), desk.toolkit.clock())
        every = () if isinstance(found, NotAllowed) else found.organisations
        await ack(options=organisation_options(every, str(payload.get("value") or "")))


def _register_messages(app: AsyncApp, desk: Desk) -> None:
    @app.action(ids.POSTING_CORRECT)
    async def correct(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.correct, *_batch(action), deed="곧 모두 고칩니다.")
        await ack()

    @app.action(ids.POSTING_WITHDRAW)
    async def withdraw(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.withdraw, *_batch(action), deed="곧 모두 거둡니다.")
        await ack()

    @app.action(ids.POSTING_ARRIVED)
    async def arrived(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.arrived, ids.read_number(action.get("value")), deed="보낸 것으로 적었습니다.")
        await ack()

    @app.action(ids.POSTING_NOT_ARRIVED)
    async def not_arrived(ack: AsyncAck, body: Body, action: Body) -> None:
        await _press(desk, body, office.not_arrived, ids.read_number(action.get("value")), deed="다시 보냅니다.")
        await ack()


async def _press(desk: Desk, body: Body, deed_of: Callable[..., Outcome], *values: Any, deed: str) -> None:
    toolkit = desk.toolkit
    await _show(desk, body, await toolkit.work(deed_of, actor_of(body), *values, toolkit.clock()), deed)


async def _turn(desk: Desk, body: Body, what: str, value: str) -> None:
    """Let it wait; what waits already goes on."""
    outcome = await desk.toolkit.work(office.pause, actor_of(body), what, value, desk.toolkit.clock())
    if isinstance(outcome, Impossible):
        await _press(desk, body, office.resume, what, value, deed="다시 보냅니다.")
    else:
        await _show(desk, body, outcome, "멈추었습니다.")


async def _show(desk: Desk, body: Body, outcome: Outcome, deed: str) -> None:
    done = say.said(outcome, deed)
    channel = str((body.get("view") or {}).get("private_metadata") or "")
    view = window(done) if isinstance(outcome, NotAllowed) else await _drawn(desk, body, channel, done)
    desk.update_view(body, view, otherwise=done)


async def _drawn(desk: Desk, body: Body, channel: str, done: str = "") -> Block:
    found = await desk.toolkit.work(posting_trouble.desk, actor_of(body), desk.toolkit.clock())
    return window(done or OFFICE_ALONE) if isinstance(found, NotAllowed) else say.posting_view(found, channel, done)


def _scope(value: object) -> tuple[str, str]:
    what, _, name = str(value or "").partition(":")
    return what, name


def _batch(action: Body) -> tuple[PostKind | None, str]:
    kind, _, period = str(action.get("value") or "").partition(":")
    return (PostKind(kind) if kind in set(PostKind) else None), period
