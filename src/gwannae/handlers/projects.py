"""`/gwannae 설계`: projects while they are designed: the list, the form for a new one, local makers of its things."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import projects as act
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.project_files import take_bill
from gwannae.handlers.view_state import chosen, day_of, element, text_of
from gwannae.messages import ids
from gwannae.messages import project_bills as bills
from gwannae.messages import projects as say
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.projects import ProjectDesk, ProjectForm, ProjectRefused, form_fault

Body = dict[str, Any]


async def open_projects(desk: Desk, body: Body) -> None:
    """Open the window; who belongs to no organisation is told so."""
    found = await _found(desk, body)
    await desk.open_view(body, say.projects_window(found) if found else window(say.NOT_YOURS))


async def _found(desk: Desk, body: Body) -> ProjectDesk | None:
    found = await desk.toolkit.work(act.project_desk, actor_of(body), desk.toolkit.clock())
    return None if isinstance(found, NotAllowed) else found


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.PROJECTS_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_projects(desk, body)
        await ack()

    @app.action(ids.PROJECT_NEW)
    async def open_form(ack: AsyncAck, body: Body) -> None:
        found = await _found(desk, body)
        ready = found is not None and found.own
        await desk.open_view(body, say.project_form(found, uuid4().hex) if found and ready else window(say.NOT_YOURS))
        await ack()

    @app.action(ids.PROJECT_REVIEW)
    async def show(ack: AsyncAck, body: Body, action: Body) -> None:
        wanted, now = ids.read_number(action.get("value")), toolkit.clock()
        outcome = await toolkit.work(act.review, actor_of(body), wanted, now, say.SHOWN, say.COUNTED)
        await desk.open_view(body, say.review_window(outcome))
        await ack()

    @app.action(ids.PROJECT_MISSING)
    async def tell(ack: AsyncAck, body: Body, action: Body) -> None:
        wanted, now = ids.read_number(action.get("value")), toolkit.clock()
        said = say.told(await toolkit.work(act.tell_missing, actor_of(body), wanted, now, say.SHOWN))
        desk.update_view(body, window(said), otherwise=said)
        await ack()

    @app.action(ids.PROJECT_REMOVE)
    async def take_out(ack: AsyncAck, body: Body, action: Body) -> None:
        wanted, now = ids.read_number(action.get("value")), toolkit.clock()
        said = say.removed(await toolkit.work(act.remove, actor_of(body), wanted, now))
        desk.update_view(body, window(said), otherwise=said)
        await ack()

    @app.view(ids.PROJECT_FORM_VIEW)
    async def save(ack: AsyncAck, body: Body, view: Body) -> None:
        form = say.read_form(
            text_of(view, ids.PROJECT_NAME) or "",
            ids.read_number(chosen(view, ids.PROJECT_WHOSE)),
            (chosen(view, ids.PROJECT_KIND), chosen(view, ids.PROJECT_STAGE)),
            day_of(view, ids.PROJECT_MONTH),
            text_of(view, ids.PROJECT_BUDGET) or "",
        )
        if isinstance(form, dict):
            await ack(response_action="errors", errors=form)
            return
        if given := element(view, ids.PROJECT_FILE).get("files") or []:
            await _read_later(ack, desk, body, form, str(given[0]["id"]), str(view.get("private_metadata") or ""))
            return
        typed = (text_of(view, ids.PROJECT_ITEMS) or "", ids.read_number(chosen(view, ids.PROJECT_COPY)))
        key = str(view.get("private_metadata") or "")
        outcome = await toolkit.work(act.register_typed, actor_of(body), form, typed, key, toolkit.clock())
        if isinstance(outcome, ProjectRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=say.kept_window(outcome))


async def _read_later(ack: AsyncAck, desk: Desk, body: Body, form: ProjectForm, file_id: str, form_key: str) -> None:
    """What is wrong with the form is told at once; the file is read behind the answer."""
    if fault := form_fault(form, desk.toolkit.today):
        await ack(response_action="errors", errors=say.errors(ProjectRefused(fault)))
        return
    await ack(response_action="update", view=window(bills.READING))
    desk.later(take_bill(desk, actor_of(body), form, file_id, form_key), name="project_bill")
