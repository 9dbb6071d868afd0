"""`/gwannae 담당`: who holds which role, naming somebody, ending a role."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext

from gwannae.actions import organisations as manage
from gwannae.actions import roles
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.handlers.view_state import chosen, user_of
from gwannae.messages import ids
from gwannae.messages import roles as say
from gwannae.messages.blocks import Block
from gwannae.messages.gwannae import said
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.problems import window
from gwannae.messages.report_choices import organisation_options
from gwannae.programme.organisations import GIVEN_ROLES
from gwannae.programme.roles import Deed

Body = dict[str, Any]


async def open_roles(desk: Desk, body: Body) -> None:
    """Open the form; who may name nobody is told so, and it is written down."""
    toolkit, actor = desk.toolkit, actor_of(body)
    found = await toolkit.work(roles.role_desk, actor, 0, toolkit.today)
    if found is None:
        await toolkit.work(manage.note_refusal, actor, Deed.NAME_LEAD, toolkit.clock())
        await desk.open_view(body, window(OFFICE_OR_LEAD))
        return
    await desk.open_view(body, say.lead_form(found, actor.team_id))


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_form(app, desk)
    _register_list(app, desk)


def _register_form(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.LEAD_VIEW)
    async def give_role(ack: AsyncAck, body: Body, view: Body, context: AsyncBoltContext) -> None:
        user, word = user_of(view, ids.LEAD_PERSON), chosen(view, ids.LEAD_ROLE)
        role = next((r for r in GIVEN_ROLES if r.value == word), None)
        if not user or role is None:
            await ack(response_action="errors", errors=say.person_and_role_missing())
            return
        if user == context.bot_user_id:  # Slack's menu of people offers apps as well
            await ack(response_action="errors", errors=say.person_is_the_bot())
            return
        organisation_id = ids.read_number(chosen(view, ids.LEAD_ORGANISATION))
        outcome = await toolkit.work(roles.give_role, actor_of(body), organisation_id, user, role, toolkit.clock())
        await ack(response_action="update", view=window(said(outcome)))

    @app.options(ids.LEAD_ORGANISATION)
    async def suggest(ack: AsyncAck, body: Body, payload: Body) -> None:
        allowed = await toolkit.work(roles.may_name, actor_of(body), toolkit.today)
        await ack(options=organisation_options(allowed, str(payload.get("value") or "")))

    @app.action(ids.LEAD_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_roles(desk, body)
        await ack()


def _register_list(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    async def redrawn(body: Body, done: str = "") -> Block:
        actor = actor_of(body)
        organisation_id = ids.read_number(chosen(body.get("view") or {}, ids.LEAD_ORGANISATION))
        found = await toolkit.work(roles.role_desk, actor, organisation_id, toolkit.today)
        return say.lead_form(found, actor.team_id, done) if found else window(done or OFFICE_OR_LEAD)

    @app.action(ids.LEAD_ORGANISATION)
    async def choose(ack: AsyncAck, body: Body) -> None:
        client = desk.workspaces.quick(actor_of(body).team_id)
        # without the hash: of two choices in quick succession the later one must not be refused
        await client.views_update(view_id=body["view"]["id"], view=await redrawn(body))
        await ack()

    @app.action(ids.LEAD_TAKE_BACK)
    async def take_back(ack: AsyncAck, body: Body, action: Body) -> None:
        outcome = await toolkit.work(roles.take_back, actor_of(body), number_of(action), toolkit.clock())
        desk.update_view(body, await redrawn(body, said(outcome)), otherwise=said(outcome))
        await ack()
