"""쉬는 날 정하기: the office's form, by `/gwannae 휴일` or from the Home tab."""

from datetime import date
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import office_days as keep
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.home import publish
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import office_days as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.office_days import DayForm, DayRefused
from gwannae.programme.organisations import Actor
from gwannae.programme.typed_text import plain

Body = dict[str, Any]


async def open_days(desk: Desk, body: Body) -> None:
    """Show the form to the office; others are told that it is not theirs."""
    await desk.open_view(body, await _page(desk, actor_of(body)))


async def _page(desk: Desk, actor: Actor) -> Body:
    found = await desk.toolkit.work(keep.days_desk, actor, desk.toolkit.clock())
    return window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.days_form(found)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.DAYS_OPEN)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        await open_days(desk, body)
        await ack()

    @app.action(ids.DAYS_MORE)
    async def once_more(ack: AsyncAck, body: Body) -> None:
        page = await _page(desk, actor_of(body))
        desk.update_view(body, page, otherwise="다른 날을 정하시려면 `/gwannae 휴일`을 입력해 주세요.")
        await ack()

    @app.view(ids.DAYS_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        actor = actor_of(body)
        outcome = await toolkit.work(keep.set_day, actor, _form(view), toolkit.clock())
        if isinstance(outcome, DayRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=say.done_page(outcome))
        desk.later(publish(desk, actor), name="home")

    @app.action(ids.DAYS_TAKE_BACK)
    async def take_back(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, day = actor_of(body), _day(str(action.get("value") or ""))
        outcome = await toolkit.work(keep.take_back_day, actor, day or date.min, toolkit.clock())
        desk.update_view(body, say.done_page(outcome), otherwise=say.said(outcome))
        await ack()
        desk.later(publish(desk, actor), name="home")


def _form(view: Body) -> DayForm:
    off = {say.OFF: True, say.WORKED: False}.get(chosen(view, ids.DAYS_KIND) or "")
    name = " ".join(plain(text_of(view, ids.DAYS_NAME) or "").split())
    return DayForm(_day(text_of(view, ids.DAYS_DAY, "selected_date") or ""), off, name)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
