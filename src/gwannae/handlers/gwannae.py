"""`/gwannae`: help, linking a channel, adding and changing organisations."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import organisations as manage
from gwannae.handlers.calendar import open_calendar
from gwannae.handlers.confirmations import open_confirmations
from gwannae.handlers.council import open_council
from gwannae.handlers.desk import Desk, actor_of, is_in_channel
from gwannae.handlers.guidance import open_guidance
from gwannae.handlers.hand_over import answer_hand_over
from gwannae.handlers.new_year import open_new_year
from gwannae.handlers.office_days import open_days
from gwannae.handlers.policy_record import open_record
from gwannae.handlers.posting_desk import open_posting
from gwannae.handlers.projects import open_projects
from gwannae.handlers.rejudgement import open_unconfirmed
from gwannae.handlers.reminders import answer_owed
from gwannae.handlers.reopening import open_reopening
from gwannae.handlers.roles import open_roles
from gwannae.handlers.view_state import chosen, text_of
from gwannae.handlers.weekly_digest import answer_digest
from gwannae.handlers.year_end import open_year_end
from gwannae.messages import gwannae as say
from gwannae.messages import ids
from gwannae.messages.blocks import ephemeral
from gwannae.messages.permission import OFFICE_ALONE, OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import OrganisationKind
from gwannae.programme.roles import Deed
from gwannae.programme.verdict import rule_on

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_command(app, desk)
    _register_channel(app, desk)
    _register_organisations(app, desk)


def _register_command(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.command("/gwannae")
    async def dispatch(ack: AsyncAck, command: Body) -> None:
        word = " ".join(str(command.get("text") or "").split())
        if word in ("", "도움말", "도움", "help"):
            await ack(**say.help_answer(toolkit.city, rule_on(toolkit.city.local_rules, toolkit.today)))
        elif word == "연결":
            await _open_link(ack, desk, command)
        elif word in _PAGES:
            await _PAGES[word](desk, command)
            await ack()
        elif word in _OWED:
            await answer_owed(ack, desk, command)
        elif word in _DIGEST:
            await answer_digest(ack, desk, command)
        elif (named := word.partition(" "))[0] == _HAND_OVER:
            await answer_hand_over(ack, desk, command, named[2])
        else:
            await ack(**say.unknown_word(word))

    @app.action(ids.HELP_OPEN)
    async def help_by_button(ack: AsyncAck, body: Body) -> None:
        message = say.help_message(toolkit.city, rule_on(toolkit.city.local_rules, toolkit.today))
        await ack()
        desk.direct(actor_of(body), message)


async def _open_link(ack: AsyncAck, desk: Desk, command: Body) -> None:
    toolkit, actor = desk.toolkit, actor_of(command)
    channel = str(actor.channel_id or "")
    if not is_in_channel(actor):
        await ack(**say.only_in_channel())
        return
    allowed = await toolkit.work(manage.may_link, actor, toolkit.today)
    linked = await toolkit.work(manage.linked_organisation, actor.team_id, channel)
    if not allowed:
        await toolkit.work(manage.note_refusal, actor, Deed.LINK_CHANNEL, toolkit.clock())
        await ack(**ephemeral(OFFICE_OR_LEAD))
    elif linked is not None and not (linked in allowed or await toolkit.work(manage.is_office, actor, toolkit.today)):
        await toolkit.work(manage.note_refusal, actor, Deed.LINK_CHANNEL, toolkit.clock())
        await ack(**say.linked_elsewhere(linked, toolkit.city.programme_office))
    else:
        await desk.open_view(command, say.link_form(allowed, channel, linked))
        await ack()


async def _open_organisation(desk: Desk, body: Body) -> None:
    toolkit, actor = desk.toolkit, actor_of(body)
    office = await toolkit.work(manage.is_office, actor, toolkit.today)
    if not office:
        await toolkit.work(manage.note_refusal, actor, Deed.MANAGE_ORGANISATIONS, toolkit.clock())
    await desk.open_view(body, say.organisation_form() if office else window(OFFICE_ALONE))


def _register_channel(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.LINK_VIEW)
    async def link(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, channel = actor_of(body), str(view.get("private_metadata") or "")
        organisation_id = ids.read_number(chosen(view, ids.LINK_ORGANISATION))
        outcome = await toolkit.work(manage.link_channel, actor, organisation_id, channel, toolkit.clock())
        await ack(response_action="update", view=window(say.said(outcome)))

    @app.action(ids.UNLINK)
    async def unlink(ack: AsyncAck, body: Body, action: Body) -> None:
        channel = str(action.get("value") or "")
        outcome = await toolkit.work(manage.unlink_channel, actor_of(body), channel, toolkit.clock())
        desk.update_view(body, window(say.said(outcome)), otherwise=say.said(outcome))
        await ack()

    @app.options(ids.LINK_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(manage.may_link, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))


def _register_organisations(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.ORGANISATION_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await _open_organisation(desk, body)
        await ack()

    @app.options(ids.ORGANISATION_TARGET)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(manage.may_change, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))

    @app.view(ids.ORGANISATION_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        name = " ".join((text_of(view, ids.ORGANISATION_NAME) or "").split())
        word = chosen(view, ids.ORGANISATION_KIND)
        kind = next((k for k in OrganisationKind if k.value == word), None)
        target = ids.read_number(chosen(view, ids.ORGANISATION_TARGET))
        if not search_key(name) and (name or not target):  # a name of signs alone tells nobody apart
            await ack(response_action="errors", errors=say.name_missing())
            return
        part = {say.TAKES_PART: True, say.TAKES_NO_PART: False}.get(chosen(view, ids.ORGANISATION_STATE) or "")
        outcome = await toolkit.work(manage.save_by_form, actor_of(body), target, name, kind, toolkit.clock(), part)
        errors = say.organisation_errors(outcome)
        if errors:
            await ack(response_action="errors", errors=errors)
        else:
            await ack(response_action="update", view=window(say.said(outcome)))


# What opens a page or form, by the word after the command.
_PAGES: dict[str, Callable[[Desk, Body], Awaitable[None]]] = {
    "담당": open_roles,
    "부서": _open_organisation,
    "기관": _open_organisation,
    "조직": _open_organisation,
    "확정": open_confirmations,
    "미확인": open_unconfirmed,
    "결산": open_year_end,
    "연말": open_year_end,
    "협의회": open_council,
    "실무협의회": open_council,
    "정책실명제": open_record,
    "사업내역서": open_record,
    "설계": open_projects,
    "사업": open_projects,
    "마감": open_reopening,
    "다시 열기": open_reopening,
    "일정": open_calendar,
    "달력": open_calendar,
    "휴일": open_days,
    "쉬는 날": open_days,
    "안내": open_guidance,
    "연초 안내": open_guidance,
    "발송": open_posting,
    "새해": open_new_year,
    "새해 열기": open_new_year,
}
_OWED = ("할 일", "할일", "독려")
_DIGEST = ("남은 곳", "남은곳")
_HAND_OVER = "인수인계"
