"""The buttons of reminders and of what else tells somebody of things left to do, and `/gwannae 할 일`."""

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import purchases_import as files
from gwannae.actions import reminders as remind
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.messages import ids
from gwannae.messages import purchase_imports as say_file
from gwannae.messages import reminders as say
from gwannae.messages.owed import read_nothing_value
from gwannae.programme.periods import Period, read_key
from gwannae.programme.purchase_imports import Standing
from gwannae.programme.reminders import AllDone, Audience, NothingBought, Reminder, Snoozed
from gwannae.programme.working_days import UnconfirmedYearError

Body = dict[str, Any]


async def answer_owed(ack: AsyncAck, desk: Desk, command: Body) -> None:
    """`/gwannae 할 일`: what the asker's organisation owes now."""
    found = await desk.toolkit.work(remind.my_reminder, actor_of(command), desk.toolkit.clock())
    await ack(**(say.nobody_to_remind() if found is None else say.for_command(found)))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_presses(app, desk)
    _register_windows(app, desk)


def _register_presses(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.OWED_NOTHING)
    async def nothing_bought(ack: AsyncAck, body: Body, action: Body) -> None:
        organisation_id, key, memo = read_nothing_value(str(action.get("value") or ""))
        outcome = await toolkit.work(
            remind.say_nothing_bought, actor_of(body), organisation_id, read_key(key), toolkit.clock()
        )
        month, audience = say.read_memo(memo)
        await _show(desk, body, outcome, organisation_id, month, audience)
        await ack()

    @app.action(ids.OWED_SNOOZE)
    async def snooze(ack: AsyncAck, body: Body, action: Body) -> None:
        organisation_id, month, audience = say.read_snooze_value(str(action.get("value") or ""))
        try:
            outcome = await toolkit.work(
                remind.snooze, actor_of(body), organisation_id, month, audience, toolkit.clock()
            )
        except UnconfirmedYearError:
            _whisper(desk, body, say.NO_HOLIDAYS)
        else:
            await _show(desk, body, outcome, organisation_id, month, audience)
        await ack()


def _register_windows(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.OWED_FILE)
    async def ask_about_file(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        found = await toolkit.work(files.look, actor, number_of(action), toolkit.clock())
        if isinstance(found, Standing):
            # not in the channel: what a file holds is not everybody's
            desk.direct(actor, say_file.question_card(found, toolkit.city.lamp))
        else:
            _whisper(desk, body, say_file.NOT_YOURS)
        await ack()

    @app.action(ids.OWED_UNCONFIRMED)
    async def show_unconfirmed(ack: AsyncAck, body: Body, action: Body) -> None:
        rows = await toolkit.work(remind.unconfirmed_of, actor_of(body), number_of(action), toolkit.clock())
        await desk.open_view(body, say.unconfirmed_window(rows))
        await ack()


async def _show(
    desk: Desk, body: Body, outcome: object, organisation_id: int, month: Period | None, audience: Audience
) -> None:
    """What a press did: in the message's place where it changed what that says, else to the person alone."""
    if not (isinstance(outcome, NothingBought | Snoozed) and outcome.fresh) or month is None:
        if isinstance(outcome, AllDone):
            desk.replace(body, say.all_done(outcome))
        else:
            _whisper(desk, body, say.said(outcome))
        return
    done, private = say.done_by(actor_of(body).user_id, outcome), _is_private(body)
    left = await desk.toolkit.work(remind.reminder, organisation_id, month, audience, desk.toolkit.clock())
    if isinstance(left, Reminder):
        desk.replace(body, say.reminder(left, done, private=private))
    elif isinstance(left, AllDone):
        desk.replace(body, say.all_done(left, done))
    else:
        _whisper(desk, body, say.said(outcome))


def _is_private(body: Body) -> bool:
    """Whether the message was one person's alone, as the answer to a command is."""
    return bool((body.get("container") or {}).get("is_ephemeral"))


def _whisper(desk: Desk, body: Body, text: str) -> None:
    """To the person who pressed, beside the message, which stays."""
    answer: Mapping[str, Any] = {"response_type": "ephemeral", "replace_original": False, "text": text}
    desk.respond(body, answer)
