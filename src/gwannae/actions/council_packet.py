"""실무협의회 자료: everything that the council looks at of a half, by one press; and the call when it is time."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from gwannae.actions.calendar import working_days
from gwannae.actions.outside_reasons import look_for
from gwannae.actions.permission import asked
from gwannae.actions.standings import compute
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_directory import new_local_firms
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.calendar import of_kind, year_plan
from gwannae.programme.council import half_of, members_on
from gwannae.programme.council_packet import (
    DISPUTES_SHOWN,
    FIRMS_SHOWN,
    LEAKS_SHOWN,
    NEW_SHOWN,
    WORDS_SHOWN,
    CouncilPacket,
    Leak,
    PacketCall,
    PacketFault,
    PacketRefused,
)
from gwannae.programme.effective import together
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.occasions_ahead import opening_soon
from gwannae.programme.organisations import Actor
from gwannae.programme.periods import half_key
from gwannae.programme.roles import Deed
from gwannae.programme.standings import Figures, Standings
from gwannae.programme.vendor_order import day_begins
from gwannae.programme.working_days import UnconfirmedYearError
from gwannae.storage import (
    council,
    council_figures,
    missing_words,
    objections,
    office_days,
    vendor_doubts,
)
from gwannae.storage.database import Transaction

_DAY = timedelta(days=1)


def packet(toolkit: Toolkit, actor: Actor, period: str, now: datetime) -> CouncilPacket | PacketRefused | NotAllowed:
    """The packet of a half, from what stands in the database at this moment; anybody of the office may ask again."""
    if not asked(toolkit, actor, now, Deed.KEEP_COUNCIL, f"council:{period[:7]}"):
        return NotAllowed()
    span = half_of(period)
    if span is None:
        return PacketRefused(PacketFault.NO_PERIOD)
    if now.date() < span[0]:
        return PacketRefused(PacketFault.NOT_BEGUN)
    with toolkit.database.snapshot() as tx:
        return _packet(toolkit, tx, period, span, now)


def plan_council_packet(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """One call for each half, to the office, on the calendar's day."""
    with toolkit.database.read() as tx:
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.COUNCIL_PACKET)
    return [
        PlannedPost(PostKey(PostKind.COUNCIL_PACKET, one.period, "", "office"), one.opens, one.useful_until)
        for one in occasions
    ]


def look_council_packet(toolkit: Toolkit, key: PostKey, now: datetime) -> PacketCall | Skip:
    """What the office is told; nothing once the half's meeting is written down, or where its day is gone."""
    with toolkit.database.read() as tx:
        if council.meeting_of(tx, key.period) is not None:
            return Skip(SkipReason.NOTHING_OWED)
        occasions = opening_soon(toolkit.city, office_days.every_day(tx), now, PostKind.COUNCIL_PACKET)
    found = next((one for one in occasions if one.period == key.period), None)
    if found is None:
        return Skip(SkipReason.TOO_LATE)
    return PacketCall(found.period, found.on, toolkit.city.council.name, found.useful_until)


def _packet(toolkit: Toolkit, tx: Transaction, period: str, span: tuple[date, date], now: datetime) -> CouncilPacket:
    city, (first, last) = toolkit.city, span
    standings = compute(tx, city, first.year, span=span)
    held_on = _held_on(toolkit, tx, period, first.year)
    found, left = council_figures.leaks(tx, first, last, LEAKS_SHOWN)
    new, new_count = _new_firms(toolkit, tx, span, now)
    begins, ends = (day_begins(day, city.zone) for day in (first, last + _DAY))
    words, _ = missing_words.waiting(tx, begins, WORDS_SHOWN)
    year, half = first.year, int(period[-1])
    return CouncilPacket(
        period=period,
        first=first,
        last=last,
        held_on=held_on,
        made_on=now.date(),
        city_name=city.name,
        office=city.programme_office,
        rules=city.council,
        members=members_on(council.members(tx), held_on or now.date()),
        standings=standings,
        order=city.standings_order,
        figures=_all_together(standings),
        left_out=together([one for place in standings.places for one in place.left_out]),
        leaks=tuple(Leak(item, bought, _local_firms(toolkit, tx, item, now.date())) for item, bought in found),
        leaks_left=left,
        reasons=tuple(council_figures.reasons(tx, first, last)),
        firms=tuple(council_figures.firms(tx, first, last, FIRMS_SHOWN)),
        firm_cap=city.vendor_cap.yearly_amount if city.vendor_cap else None,
        doubts=tuple(vendor_doubts.told_between(tx, begins, ends))[:DISPUTES_SHOWN],
        objections=tuple(
            one for one in objections.of_year(tx, year - (half == 1)) if begins <= one.at < ends
        )[:DISPUTES_SHOWN],
        new_firms=new,
        new_count=new_count,
        missing=tuple((word.word, word.searched + word.told) for word in words),
        before=council.meeting_of(tx, half_key(year - (half == 1), 3 - half)),
    )  # fmt: skip


def _held_on(toolkit: Toolkit, tx: Transaction, period: str, year: int) -> date | None:
    """The day on which the calendar has the council meet; None where nobody knows that year's days off."""
    try:
        plan = of_kind(year_plan(toolkit.city, working_days(tx, toolkit.city), year), PostKind.COUNCIL_PACKET)
    except UnconfirmedYearError:
        return None
    return next((one.on for one in plan if one.period == period), None)


def _all_together(standings: Standings) -> Figures:
    whole = Figures()
    for place in standings.places:
        whole = whole.and_(place.total)
    return whole


def _local_firms(toolkit: Toolkit, tx: Transaction, item: str, day: date) -> int:
    return look_for(toolkit, tx, item, day).found if item else 0


def _new_firms(
    toolkit: Toolkit, tx: Transaction, span: tuple[date, date], now: datetime
) -> tuple[tuple[str, ...] | None, int]:
    found = new_local_firms(toolkit, tx, span[0], now.date())
    return (None, 0) if found is None else (tuple(found[:NEW_SHOWN]), len(found))
