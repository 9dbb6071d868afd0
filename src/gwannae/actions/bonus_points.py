"""가점: the points that a settled result brings by the city's table, and the pack that shows why."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import BinaryIO

from gwannae.actions.calendar import send_windows
from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_end import computed, state_of
from gwannae.documents.evidence_pack import write_pack
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.bonus_points import BonusSheet, bonuses
from gwannae.programme.city import City
from gwannae.programme.ledger import PlannedPost, PostKey, PostKind, Skip, SkipReason
from gwannae.programme.organisations import Actor, Role
from gwannae.programme.purchase_export import ExportRow
from gwannae.programme.result_rules import table_for
from gwannae.programme.results import StoredResult, moved
from gwannae.programme.roles import Deed
from gwannae.programme.year_end import Release, YearEndFault, YearEndRefused
from gwannae.storage import affiliations, awards, organisations, results
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_listing import listing

USEFUL = timedelta(days=14)  # a bot that was away for longer sends nothing any more; the office is told


def bonus_sheet(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> BonusSheet | YearEndRefused | NotAllowed:
    """Who gets which points, for both offices."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.read() as tx:
        found = _sheet(tx, toolkit.city, year, now)
    return found if isinstance(found, YearEndRefused) else found[1]


def evidence_file(
    toolkit: Toolkit, actor: Actor, year: int, out: BinaryIO, now: datetime
) -> str | YearEndRefused | NotAllowed:
    """Write the pack into `out`: points, figures, rules, and every row of every organisation. Returns its name."""
    if not asked(toolkit, actor, now, Deed.READ_RESULTS, f"results:{year}"):
        return NotAllowed()
    with toolkit.database.snapshot() as tx:
        found = _sheet(tx, toolkit.city, year, now)
        if isinstance(found, YearEndRefused):
            return found
        stored, sheet = found
        whose = {o.id: o for o in organisations.all_organisations(tx, active_only=False)}
        rows = (
            ExportRow(whose[purchase.draft.organisation_id], purchase)
            for purchase in listing(tx, sheet.result.first, sheet.result.last)
        )
        again = computed(tx, toolkit.city, year, stored.made_at)
        since = moved(stored.result, again)
        write_pack(out, toolkit.city, stored, sheet, rows, since)
    return f"{toolkit.city.code}-가점근거-{year}.zip"


def plan_bonus_points(toolkit: Toolkit, now: datetime) -> Sequence[PlannedPost]:
    """A direct message to each person of the planning office, from the press on."""
    planned: list[PlannedPost] = []
    with toolkit.database.read() as tx:
        out = [
            (year, released)
            for year, released in results.all_releases(tx)
            if released.what is Release.BONUS_POINTS and now < released.at + USEFUL
        ]
        people = affiliations.of_role(tx, Role.PLANNING, now.date()) if out else []
        windows = send_windows(tx, toolkit.city)
    for year, released in out:
        for user_id in dict.fromkeys(user_id for _, user_id in people):
            key = PostKey(PostKind.BONUS_POINTS, f"{year:04}", "", f"person:{user_id}", released.number)
            planned.append(PlannedPost(key, windows.next_opening(released.at), released.at + USEFUL))
    return planned


def look_bonus_points(toolkit: Toolkit, key: PostKey, now: datetime) -> BonusSheet | Skip:
    """The points of the settled result; those of one that was amended meanwhile are not sent."""
    year = int(key.period)
    with toolkit.database.read() as tx:
        settled = state_of(tx, toolkit.city, now, year).latest(settled=True)
        found = _sheet(tx, toolkit.city, year, now)
    if settled is None or settled.number != key.occurrence or isinstance(found, YearEndRefused):
        return Skip(SkipReason.NOTHING_OWED)
    return found[1]


def _sheet(tx: Transaction, city: City, year: int, now: datetime) -> tuple[StoredResult, BonusSheet] | YearEndRefused:
    settled = state_of(tx, city, now, year).latest(settled=True)
    if settled is None:
        return YearEndRefused(YearEndFault.NOTHING_FROZEN)
    table = table_for(city.bonus_tables, year)
    if table is None:
        return YearEndRefused(YearEndFault.NO_TABLE)
    decision = awards.latest(tx, year)
    decided_on = decision.decided_on if decision else None
    return settled, BonusSheet(settled.result, table, bonuses(settled.result, table), settled.fingerprint, decided_on)
