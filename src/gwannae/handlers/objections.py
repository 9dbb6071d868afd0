"""이의: an organisation's form, the thread it lives in, and the office's answer."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import objections as object_
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import objections as say
from gwannae.messages.permission import OFFICE_ALONE, OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.objections import (
    AnswerForm,
    Objected,
    Objection,
    ObjectionAnswered,
    ObjectionForm,
    ObjectionRefused,
    ObjectionsClosed,
)

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_objecting(app, desk)
    _register_answering(app, desk)


def _register_objecting(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.OBJECT_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        year, organisation_id = say.read_value(str(action.get("value") or ""))
        refused = await toolkit.work(object_.may_object, actor_of(body), year, organisation_id, toolkit.clock())
        if refused is None:
            view = say.object_form(year, organisation_id, uuid4().hex, _thread(body))
        else:
            view = window(say.closed(refused) if isinstance(refused, ObjectionsClosed) else OFFICE_OR_LEAD)
        await desk.open_view(body, view)
        await ack()

    @app.view(ids.OBJECT_VIEW)
    async def take(ack: AsyncAck, body: Body, view: Body) -> None:
        actor = actor_of(body)
        form_key, year, organisation_id, thread = say.read_memo(str(view.get("private_metadata") or ""))
        sentence, evidence = text_of(view, ids.OBJECT_SENTENCE) or "", text_of(view, ids.OBJECT_EVIDENCE) or ""
        form = ObjectionForm(year, organisation_id, sentence, evidence, thread)
        outcome = await toolkit.work(object_.object_to, actor, form, form_key, toolkit.clock())
        if isinstance(outcome, ObjectionRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.objected(outcome, toolkit.city.programme_office)))
        if isinstance(outcome, Objected) and outcome.fresh:
            _post_in_thread(desk, outcome.objection, say.in_thread(outcome.objection))
            for team_id, user_id in outcome.office:
                desk.post(team_id, user_id, say.for_office(outcome.objection))


def _register_answering(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.OBJECT_ANSWER_OPEN)
    async def open_answer(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(object_.objection_to_answer, actor_of(body), number_of(action), toolkit.clock())
        if isinstance(found, Objection):
            view = say.answer_form(found)
        else:
            view = window(OFFICE_ALONE if isinstance(found, NotAllowed) else say.answer_said(found))
        await desk.open_view(body, view)
        await ack()

    @app.view(ids.OBJECT_ANSWER_VIEW)
    async def answer(ack: AsyncAck, body: Body, view: Body) -> None:
        word = chosen(view, ids.OBJECT_ACCEPTED)
        form = AnswerForm(
            ids.read_number(view.get("private_metadata")),
            {say.YES: True, say.NO: False}.get(word or ""),
            text_of(view, ids.OBJECT_ANSWER) or "",
        )
        outcome = await toolkit.work(object_.answer_objection, actor_of(body), form, toolkit.clock())
        if isinstance(outcome, ObjectionRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.answer_said(outcome)))
        if isinstance(outcome, ObjectionAnswered) and outcome.fresh:
            _post_in_thread(desk, outcome.objection, say.answered_in_thread(outcome.objection))


def _thread(body: Body) -> tuple[str, str] | None:
    """Channel and ts of the message whose button was pressed; None where it was no message of a channel."""
    place = body.get("container") or {}
    channel, ts = str(place.get("channel_id") or ""), str(place.get("message_ts") or "")
    return (channel, ts) if channel and ts and not place.get("is_ephemeral") else None


def _post_in_thread(desk: Desk, objection: Objection, message: dict[str, Any]) -> None:
    """Where the objection lives; an objection without a thread is answered to who made it."""
    if objection.thread is None:
        desk.post(objection.team_id, objection.user_id, message)
    else:
        channel, ts = objection.thread
        desk.post(objection.team_id, channel, {**message, "thread_ts": ts})
