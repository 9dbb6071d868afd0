"""`/gwannae`: help, linking a channel, naming people, adding organisations."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import organisations as manage
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.view_state import chosen, text_of, user_of
from gwannae.messages import gwannae as say
from gwannae.messages import ids
from gwannae.messages.blocks import ephemeral
from gwannae.messages.problems import window
from gwannae.messages.report_form import organisation_options
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import OrganisationKind, Role
from gwannae.programme.verdict import rule_on

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_command(app, desk)
    _register_channel(app, desk)
    _register_people(app, desk)
    _register_organisations(app, desk)


def _register_command(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    def help_now() -> dict[str, Any]:
        return say.help_answer(toolkit.city, rule_on(toolkit.city.local_rules, toolkit.today))

    @app.command("/gwannae")
    async def dispatch(ack: AsyncAck, command: Body) -> None:
        word = " ".join(str(command.get("text") or "").split())
        if word in ("", "도움말", "도움", "help"):
            await ack(**help_now())
        elif word == "연결":
            await _open_link(ack, desk, command)
        elif word == "담당":
            await _open_lead(desk, command)
            await ack()
        elif word in ("부서", "기관", "조직"):
            await _open_organisation(desk, command)
            await ack()
        else:
            await ack(**say.unknown_word(word))

    @app.action(ids.HELP_OPEN)
    async def help_by_button(ack: AsyncAck, body: Body) -> None:
        await ack()
        answer = help_now()
        desk.direct(actor_of(body), {"text": answer["text"], "blocks": answer["blocks"][:-1]})


async def _open_link(ack: AsyncAck, desk: Desk, command: Body) -> None:
    toolkit, actor = desk.toolkit, actor_of(command)
    channel = str(actor.channel_id or "")
    if not channel.startswith(("C", "G")):
        await ack(**say.only_in_channel())
        return
    allowed = await toolkit.work(manage.may_link, actor, toolkit.today)
    if not allowed:
        await ack(**ephemeral(say.NOT_ALLOWED))
        return
    linked = await toolkit.work(manage.linked_organisation, actor.team_id, channel)
    await desk.open_view(command, say.link_form(allowed, channel, linked))
    await ack()


async def _open_lead(desk: Desk, body: Body) -> None:
    toolkit, actor = desk.toolkit, actor_of(body)
    allowed = await toolkit.work(manage.may_name, actor, toolkit.today)
    office = await toolkit.work(manage.is_office, actor, toolkit.today)
    await desk.open_view(body, say.lead_form(allowed, office=office) if allowed else window(say.NOT_ALLOWED))


async def _open_organisation(desk: Desk, body: Body) -> None:
    toolkit = desk.toolkit
    office = await toolkit.work(manage.is_office, actor_of(body), toolkit.today)
    await desk.open_view(body, say.organisation_form() if office else window(say.NOT_ALLOWED))


def _register_channel(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.LINK_VIEW)
    async def link(ack: AsyncAck, body: Body, view: Body) -> None:
        actor, channel = actor_of(body), str(view.get("private_metadata") or "")
        organisation_id = int(chosen(view, ids.LINK_ORGANISATION) or 0)
        outcome = await toolkit.work(manage.link_channel, actor, organisation_id, channel, toolkit.clock())
        await ack(response_action="update", view=window(say.said(outcome)))

    @app.action(ids.UNLINK)
    async def unlink(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, channel = actor_of(body), str(action.get("value") or "")
        outcome = await toolkit.work(manage.unlink_channel, actor, channel, toolkit.clock())
        view = body["view"]
        quick = desk.workspaces.quick(actor.team_id)
        await quick.views_update(view_id=view["id"], hash=view.get("hash"), view=window(say.said(outcome)))
        await ack()

    @app.options(ids.LINK_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(manage.may_link, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))


def _register_people(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.LEAD_VIEW)
    async def give_role(ack: AsyncAck, body: Body, view: Body) -> None:
        user, role = user_of(view, ids.LEAD_PERSON), chosen(view, ids.LEAD_ROLE)
        if not user or not role:
            await ack(response_action="errors", errors={ids.LEAD_PERSON: "사람과 역할을 골라 주세요."})
            return
        organisation_id = int(chosen(view, ids.LEAD_ORGANISATION) or 0)
        outcome = await toolkit.work(
            manage.give_role, actor_of(body), organisation_id, user, Role(role), toolkit.clock()
        )
        await ack(response_action="update", view=window(say.said(outcome)))

    @app.options(ids.LEAD_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(manage.may_name, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))

    @app.action(ids.LEAD_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await _open_lead(desk, body)
        await ack()


def _register_organisations(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.ORGANISATION_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await _open_organisation(desk, body)
        await ack()

    @app.options(ids.ORGANISATION_TARGET)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(manage.may_name, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))

    @app.view(ids.ORGANISATION_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        name = " ".join((text_of(view, ids.ORGANISATION_NAME) or "").split())
        if not name:
            await ack(response_action="errors", errors={ids.ORGANISATION_NAME: "이름을 적어 주세요."})
            return
        kind = OrganisationKind(chosen(view, ids.ORGANISATION_KIND) or OrganisationKind.DIVISION.value)
        target = int(chosen(view, ids.ORGANISATION_TARGET) or 0)
        outcome = await toolkit.work(manage.save_by_form, actor_of(body), target, name, kind, toolkit.clock())
        if isinstance(outcome, NotAllowed):
            await ack(response_action="update", view=window(say.NOT_ALLOWED))
        else:
            await ack(response_action="update", view=window(say.said(outcome)))
