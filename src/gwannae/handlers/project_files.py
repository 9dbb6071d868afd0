"""A bill that came with the form: fetched and read behind the answer, for Slack waits three seconds."""

from gwannae.actions import projects as act
from gwannae.handlers.desk import Desk
from gwannae.handlers.problems import note
from gwannae.handlers.slack_files import NotFetchedError, describe, fetch
from gwannae.messages import project_bills as say
from gwannae.messages.problems import with_number
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor
from gwannae.programme.projects import ProjectForm
from gwannae.readers.faults import FileFault


async def take_bill(desk: Desk, actor: Actor, form: ProjectForm, file_id: str, form_key: str) -> None:
    """Register a project from a file and tell its sender, whatever came of it. Killed before, it has kept nothing."""
    toolkit, workspaces = desk.toolkit, desk.workspaces
    try:
        await workspaces.authorize(actor.team_id)
        content = await fetch(workspaces, actor.team_id, await describe(workspaces, actor.team_id, file_id))
        outcome, bill = await toolkit.work(act.register_bill, actor, form, content, form_key, toolkit.clock())
    except NotFetchedError as error:
        desk.direct(actor, say.bill_fault(error.code))
        return
    except FileFault as fault:
        desk.direct(actor, say.bill_fault(fault.code.value, fault.values.get("what", "")))
        return
    except Exception as error:
        desk.direct(actor, {"text": with_number(*note(error))})
        return
    unstated = sum(item.amount is None for item in bill.items)
    kept = None if isinstance(outcome, NotAllowed) else outcome
    desk.direct(actor, say.bill_message(kept, bill.refused if kept else (), unstated))
