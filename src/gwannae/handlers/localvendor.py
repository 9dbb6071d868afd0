"""`/localvendor`: find local firms, page, share, say that something is missing."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions import localvendor as find
from gwannae.actions.deliveries import first_time
from gwannae.handlers.desk import Desk, actor_of, is_in_channel
from gwannae.handlers.remembered import RememberedAnswers
from gwannae.messages import ids
from gwannae.messages import localvendor as say
from gwannae.messages.blocks import Block
from gwannae.programme.localvendor import LookUp

if TYPE_CHECKING:
    from gwannae.programme.vendor_retirements import RetiredFirm

Body = dict[str, Any]

COMMAND = "/localvendor"


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listeners. The command comes first of all: each listener ahead of it costs time."""
    _register_pages(app, desk)
    _register_missing(app, desk)


def _register_pages(app: AsyncApp, desk: Desk) -> None:
    toolkit, city = desk.toolkit, desk.toolkit.city

    remembered = RememberedAnswers()

    @app.command(COMMAND)
    async def look_up(command: Body) -> BoltResponse:
        text, shareable, now = str(command.get("text") or ""), is_in_channel(actor_of(command)), toolkit.clock()
        today = now.date()
        before = toolkit.shelf.at_hand(today)
        written = remembered.get(before, text, shareable, now)
        if written is None:
            found = await toolkit.work(find.look_up, text, today)
            # Only what was made from the words that are in memory now, and where nothing was missed that is counted.
            retired = await _retired_meant(desk, found)  # shown to the office alone
            # with an amount comes what the asker's own paid
            everybodys = found.local and found.planned is None and not retired
            same = before if before is toolkit.shelf.at_hand(today) and everybodys else None
            written = remembered.keep(same, text, shareable, now, await _answered(desk, command, found, retired))
            if not found.local and found.query.words:
                desk.later(_count(desk, found, delivery_of(command)), name="unanswered")
        return BoltResponse(status=200, body=written)

    async def turn_page(ack: AsyncAck, body: Body, action: Body) -> None:
        text, side, offset = say.read_memo(str(action.get("value") or chosen_in(action)))
        found = await toolkit.work(find.look_up, text, toolkit.today, side, offset)
        answer = await _answered(desk, body, found)
        await ack()
        desk.respond(body, {**answer, "replace_original": True})

    menus = (ids.VENDOR_DISTRICT, ids.VENDOR_KIND, ids.VENDOR_CERTIFICATE)
    turning = (ids.VENDOR_MORE, ids.VENDOR_BACK, ids.VENDOR_SIDE)
    for action_id in (*turning, *menus, re.compile(f"^{ids.VENDOR_CHIP}-")):
        app.action(action_id)(turn_page)

    @app.action(re.compile(f"^{ids.VENDOR_NEAR}-"))
    async def look_up_near(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(find.look_up, str(action.get("value") or ""), toolkit.today)
        answer = await _answered(desk, body, found)
        await ack()
        desk.respond(body, {**answer, "replace_original": True})

    @app.action(ids.VENDOR_SHARE)
    async def share(ack: AsyncAck, body: Body, action: Body) -> None:
        fresh = await toolkit.work(first_time, f"share:{delivery_of(body)}", toolkit.clock())
        text, side, offset = say.read_memo(str(action.get("value") or ""))
        found = await toolkit.work(find.look_up, text, toolkit.today, side, offset)
        answer = say.shared(found, actor_of(body).user_id) if found.cards else say.answer(found, city)
        await ack()
        if fresh:
            desk.respond(body, {**answer, "replace_original": not found.cards})


async def _count(desk: Desk, found: LookUp, delivery: str) -> None:
    """Look-ups that led to no local firm become work for the programme office; who asked is not kept."""
    from gwannae.actions.missing_words import count_unanswered  # done after the answer, so a start need not wait for it

    words, typed = " ".join(found.query.words), found.query.text
    await desk.toolkit.work(count_unanswered, words, desk.toolkit.clock(), delivery, typed)


def _register_missing(app: AsyncApp, desk: Desk) -> None:
    toolkit = desk.toolkit

    @app.action(ids.VENDOR_MISSING)
    async def note_missing(ack: AsyncAck, body: Body, action: Body) -> None:
        actor = actor_of(body)
        noted = await toolkit.work(find.note_missing, actor, str(action.get("value") or ""), toolkit.clock())
        office = await toolkit.work(find.office_addresses, actor.team_id, toolkit.today) if noted.fresh else []
        answer = say.missing_noted(noted)
        await ack()
        desk.respond(body, answer)
        for team_id, channel in office:
            desk.post(team_id, channel, say.missing_for_office(noted))


async def _retired_meant(desk: Desk, found: LookUp) -> Sequence["RetiredFirm"]:
    if found.found and not (found.guesses or found.only or found.meant):  # most look-ups
        return ()
    from gwannae.actions.vendor_retirements import retired_meant

    return await desk.toolkit.work(retired_meant, found)


async def _answered(desk: Desk, body: Body, found: LookUp, retired: Sequence["RetiredFirm"] = ()) -> dict[str, Any]:
    actor = actor_of(body)
    beside: list[Block] = []
    if found.planned is not None:
        # what knows of purchases: 20 ms that a start need not wait for
        from gwannae.actions.paid_before import pre_check
        from gwannae.messages.paid_before import pre_check_blocks

        beside = pre_check_blocks(await desk.toolkit.work(pre_check, actor, found, desk.toolkit.today))
    answer = say.answer(found, desk.toolkit.city, shareable=is_in_channel(actor), beside=beside)
    if not retired:
        return answer
    from gwannae.actions.vendor_retirements import keeps_registry
    from gwannae.messages.vendor_retirements import retired_meant

    if not await desk.toolkit.work(keeps_registry, actor, desk.toolkit.clock()):
        return answer
    return {**answer, "blocks": [*retired_meant(retired), *answer["blocks"]]}


def delivery_of(body: Body) -> str:
    """What is the same when the same request comes in again, and in no other."""
    return str(body.get("trigger_id") or uuid4())


def chosen_in(action: Body) -> str:
    """What the chosen option of a menu carries."""
    return str((action.get("selected_option") or {}).get("value") or "")


def number_of(action: Body) -> int:
    """The id that a button carries; 0, which nobody has, for what is not ours."""
    return ids.read_number(action.get("value"))
