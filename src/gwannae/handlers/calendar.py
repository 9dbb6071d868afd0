"""연간 일정: the year on a page, by `/gwannae 일정` or from the Home tab, and its file for other calendars."""

from io import BytesIO
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import calendar as plan
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.uploads import upload
from gwannae.messages import calendar as say
from gwannae.messages import ids
from gwannae.messages.problems import window
from gwannae.programme.agenda import CalendarFile
from gwannae.programme.organisations import Actor
from gwannae.programme.working_days import UnconfirmedYearError

Body = dict[str, Any]


async def open_calendar(desk: Desk, body: Body) -> None:
    """Show this year's plan, as far as it is the person's."""
    toolkit = desk.toolkit
    try:
        found = await toolkit.work(plan.year_for, actor_of(body), toolkit.clock())
    except UnconfirmedYearError as error:
        page = window(say.unconfirmed_year(error.year))
    else:
        page = say.year_page(found)
    await desk.open_view(body, page)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""

    @app.action(ids.CALENDAR_OPEN)
    async def open_page(ack: AsyncAck, body: Body) -> None:
        await open_calendar(desk, body)
        await ack()

    @app.action(ids.CALENDAR_FILE)
    async def take_file(ack: AsyncAck, body: Body) -> None:
        actor = actor_of(body)

        async def tell(_: Exception) -> None:
            client = desk.workspaces.patient(actor.team_id)
            await client.chat_postMessage(channel=actor.user_id, text=say.FILE_NOT_SENT)

        await ack()
        desk.later(_make_and_send(desk, actor), name="calendar", tell=tell)


async def _make_and_send(desk: Desk, actor: Actor) -> None:
    client = desk.workspaces.patient(actor.team_id)
    try:
        made: object = await desk.toolkit.work(plan.calendar_file, actor, desk.toolkit.clock())
    except UnconfirmedYearError as error:
        made = error.year
    if not isinstance(made, CalendarFile):
        await client.chat_postMessage(channel=actor.user_id, text=say.not_made(made))
        return
    # a file goes to a conversation's id only, and this answer names it
    posted = await client.chat_postMessage(channel=actor.user_id, text=say.FILE_BEGUN)
    content = BytesIO(made.content)
    await upload(desk.workspaces, actor.team_id, str(posted["channel"]), content, made.name, say.with_file(made))
