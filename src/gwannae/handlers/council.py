"""`/gwannae 협의회`: members with their terms, a half's packet by one press, and what a meeting came to."""

from typing import Any
from uuid import uuid4

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import council as keep
from gwannae.actions.council_packet import packet
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.paper_files import send_paper
from gwannae.handlers.view_state import chosen, day_of, element, text_of
from gwannae.messages import council as say
from gwannae.messages import council_papers as papers
from gwannae.messages import ids
from gwannae.messages.blocks import Block
from gwannae.messages.paper_text import page
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.council import CouncilDesk, CouncilRefused, MeetingForm, MemberForm
from gwannae.programme.council_packet import CouncilPacket

Body = dict[str, Any]


async def open_council(desk: Desk, body: Body) -> None:
    """Open the window; who is not of the programme office is told so."""
    found = await _found(desk, body)
    await desk.open_view(body, say.council_window(found) if found else window(OFFICE_ALONE))


async def _found(desk: Desk, body: Body) -> CouncilDesk | None:
    found = await desk.toolkit.work(keep.council_desk, actor_of(body), desk.toolkit.clock())
    return None if isinstance(found, NotAllowed) else found


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners."""
    _register_forms(app, desk)
    _register_keeping(app, desk)
    _register_papers(app, desk)


def _register_forms(app: AsyncApp, desk: Desk) -> None:
    @app.action(ids.COUNCIL_OPEN)
    async def open_by_button(ack: AsyncAck, body: Body) -> None:
        await open_council(desk, body)
        await ack()

    @app.action(ids.COUNCIL_MEMBER_OPEN)
    async def open_member(ack: AsyncAck, body: Body, action: Body) -> None:
        found, wanted = await _found(desk, body), ids.read_number(action.get("value"))
        view: Block = window(OFFICE_ALONE)
        if found is not None:
            member = next((m for m in found.members if m.id == wanted), None)
            view = say.member_form(member, uuid4().hex)
        await desk.open_view(body, view)
        await ack()

    @app.action(ids.COUNCIL_MEETING_OPEN)
    async def open_meeting(ack: AsyncAck, body: Body, action: Body) -> None:
        found, period = await _found(desk, body), str(action.get("value") or "")
        view: Block = window(OFFICE_ALONE)
        if found is not None:
            ready = bool(found.members) and period in found.periods
            view = say.meeting_form(found, period, uuid4().hex) if ready else window(say.MEMBERS_FIRST)
        await desk.open_view(body, view)
        await ack()


def _register_keeping(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.view(ids.COUNCIL_MEMBER_VIEW)
    async def save_member(ack: AsyncAck, body: Body, view: Body) -> None:
        form_key, member = say.read_member_memo(str(view.get("private_metadata") or ""))
        form = MemberForm(
            member,
            text_of(view, ids.COUNCIL_POST) or "",
            chosen(view, ids.COUNCIL_SEAT) == say.CHAIR,
            day_of(view, ids.COUNCIL_SINCE),
            day_of(view, ids.COUNCIL_UNTIL),
        )
        outcome = await toolkit.work(keep.keep_member, actor_of(body), form, form_key, toolkit.clock())
        await _answer(ack, desk, outcome)

    @app.view(ids.COUNCIL_MEETING_VIEW)
    async def save_meeting(ack: AsyncAck, body: Body, view: Body) -> None:
        form_key, period = say.read_meeting_memo(str(view.get("private_metadata") or ""))
        picked = element(view, ids.COUNCIL_PRESENT).get("selected_options") or ()
        present = tuple(ids.read_number(one.get("value")) for one in picked)
        duties = range(len(toolkit.city.council.duties))
        decided = tuple(text_of(view, say.said_block(at)) or "" for at in duties)
        others = text_of(view, ids.COUNCIL_OTHERS) or ""
        form = MeetingForm(period, day_of(view, ids.COUNCIL_DAY), present, others, decided)
        outcome = await toolkit.work(keep.keep_meeting, actor_of(body), form, form_key, toolkit.clock())
        await _answer(ack, desk, outcome)


async def _answer(ack: AsyncAck, desk: Desk, outcome: Any) -> None:
    if isinstance(outcome, CouncilRefused):
        await ack(response_action="errors", errors=say.errors(outcome))
        return
    await ack(response_action="update", view=window(say.said(outcome, desk.toolkit.city.council.seats)))


def _register_papers(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.COUNCIL_PACKET)
    async def make_packet(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, period = actor_of(body), str(action.get("value") or "")
        found = await toolkit.work(packet, actor, period, toolkit.clock())
        if isinstance(found, CouncilPacket):
            paper = papers.packet_paper(found)
            send_paper(desk, actor, paper, {"text": page(say.packet_head(period), paper)}, say.NOT_SENT)
        else:
            desk.direct(actor, {"text": say.packet_refused(found)})
        await ack()

    @app.action(ids.COUNCIL_MINUTES)
    async def minutes(ack: AsyncAck, body: Body, action: Body) -> None:
        actor, period = actor_of(body), str(action.get("value") or "")
        found = await toolkit.work(keep.meeting_record, actor, period, toolkit.clock())
        if isinstance(found, tuple):
            city = toolkit.city
            paper = papers.minutes_paper(city.council, *found, city.programme_office)
            send_paper(desk, actor, paper, {"text": page(say.MINUTES_HEAD, paper)}, say.NOT_SENT)
        else:
            desk.direct(actor, {"text": say.packet_refused(found)})
        await ack()
