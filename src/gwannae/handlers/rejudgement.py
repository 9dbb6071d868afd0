"""다시 판정: `/gwannae 미확인`, and the office's form behind "판정 바꾸기"."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import rejudgement as judge
from gwannae.actions.localvendor import office_addresses
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.view_state import chosen, text_of
from gwannae.messages import ids
from gwannae.messages import rejudgement as say
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_purchase import NOT_YOURS, read_button_value
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.rejudgement import OvertakenWord, Rejudged, RejudgeForm, RejudgeRefused
from gwannae.programme.report_purchase import NotYours, Stored
from gwannae.programme.verdict import Verdict

Body = dict[str, Any]


async def open_unconfirmed(desk: Desk, body: Body) -> None:
    """Open the list of what has no verdict; for the office alone."""
    found = await desk.toolkit.work(judge.unconfirmed_list, actor_of(body), desk.toolkit.clock())
    await desk.open_view(body, window(OFFICE_ALONE) if isinstance(found, NotAllowed) else say.list_view(found))


def overtaken_in(stored: Stored) -> list[OvertakenWord]:
    """The office's word that a change by form took away, if it did."""
    receipt = stored.receipt
    return [OvertakenWord(stored.before, receipt.purchase, receipt.organisation)] if stored.before else []


async def tell_office(desk: Desk, team_id: str, words: Sequence[OvertakenWord], more: int = 0) -> bool:
    """Tell the office of words of its own that were overtaken, and of `more` in one sentence; False: nobody is there
    to be told, or nothing to tell.
    """
    if not words and not more:
        return False
    office = await desk.toolkit.work(office_addresses, team_id, desk.toolkit.today)
    messages = [say.overtaken_for_office(word) for word in words] + ([say.overtaken_many(more)] if more else [])
    for team, channel in office:
        for message in messages:
            desk.post(team, channel, message)
    return bool(office)


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    toolkit = desk.toolkit

    @app.action(ids.UNCONFIRMED_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_unconfirmed(desk, body)
        await ack()

    @app.action(ids.REJUDGE_OPEN)
    async def open_form(ack: AsyncAck, body: Body, action: Body) -> None:
        purchase_id, _ = read_button_value(str(action.get("value") or ""))
        kept = await toolkit.work(judge.to_rejudge, actor_of(body), purchase_id, toolkit.clock())
        if isinstance(kept, NotAllowed | NotYours):
            await desk.open_view(body, window(OFFICE_ALONE if isinstance(kept, NotAllowed) else NOT_YOURS))
        else:
            await desk.open_view(body, say.rejudge_form(kept, uuid4().hex))
        await ack()

    @app.view(ids.REJUDGE_VIEW)
    async def rejudge(ack: AsyncAck, body: Body, view: Body) -> None:
        form_key, form = _form(view)
        outcome = await toolkit.work(judge.rejudge, actor_of(body), form, form_key, toolkit.clock())
        if isinstance(outcome, RejudgeRefused):
            await ack(response_action="errors", errors=say.errors(outcome))
            return
        await ack(response_action="update", view=window(say.said(outcome)))
        if isinstance(outcome, Rejudged):
            purchase = outcome.receipt.purchase
            told = say.for_reporter(outcome, toolkit.city.programme_office)
            if purchase.reporter_team:  # what the command line reported has nobody to tell
                desk.post(purchase.reporter_team, purchase.reporter_user, told)


def _form(view: Body) -> tuple[str, RejudgeForm]:
    form_key, purchase_id, version = say.read_memo(str(view.get("private_metadata") or ""))
    word = chosen(view, ids.REJUDGE_VERDICT)
    verdict = next((v for v in Verdict if v.value == word), None)
    return form_key, RejudgeForm(purchase_id, version, verdict, text_of(view, ids.REJUDGE_REASON) or "")
