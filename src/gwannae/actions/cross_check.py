"""대조: a published list of contracts beside the year's reports, for whoever may read them all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import refuse
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.contracts import Contract, contract_of, organisation_meant
from gwannae.programme.cross_check import Checked, cross_check, within_year
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.purchases import PurchaseState
from gwannae.programme.roles import Deed, may
from gwannae.storage import audit, organisations
from gwannae.storage.database import Transaction
from gwannae.storage.purchase_listing import listing


def check_list(
    toolkit: Toolkit, actor: Actor, published: Iterable[Contract], year: int, organisation_id: int | None, now: datetime
) -> Checked | NotAllowed:
    """Hold the list against what was reported with a contract date in `year`; cancelled reports are none.

    With an organisation: its reports, and of the list the rows that name it or nobody. Nothing is changed.
    """
    subject = "purchases" if organisation_id is None else f"organisation:{organisation_id}"
    with toolkit.database.snapshot() as tx:
        allowed = may(standing(tx, actor, now.date()), Deed.EXPORT, organisation_id)
        checked = checked_in(tx, published, year, organisation_id) if allowed else NotAllowed()
    with toolkit.database.write() as tx:
        if isinstance(checked, NotAllowed):
            refuse(tx, actor, now, Deed.EXPORT, subject)
        else:
            detail = {"year": year, "agreed": len(checked.check.agreed), "published": checked.published}
            event = AuditEvent.PURCHASES_CROSS_CHECKED
            audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, subject, detail))
    return checked


def checked_in(tx: Transaction, published: Iterable[Contract], year: int, organisation_id: int | None) -> Checked:
    """The same inside a snapshot that is already open, for whoever has asked whether it may be."""
    every = {o.id: o for o in organisations.all_organisations(tx, active_only=False)}
    only = every.get(organisation_id) if organisation_id is not None else None
    meant: dict[str, Organisation | None] = {}
    rows: list[Contract] = []
    other_years = elsewhere = 0
    for contract in published:
        text = contract.organisation_text
        if text not in meant:
            meant[text] = organisation_meant(text, every.values()) if text else only
        whose = meant[text]
        if not within_year(contract, year):
            other_years += 1
        elif only is not None and whose != only:
            elsewhere += 1
        else:
            rows.append(_placed(contract, whose))
    reported = [
        contract_of(purchase, every[purchase.draft.organisation_id])
        for purchase in listing(tx, date(year, 1, 1), date(year, 12, 31), organisation_id)
        if purchase.state is PurchaseState.REPORTED
    ]
    return Checked(year, cross_check(rows, reported), len(rows), len(reported), other_years, elsewhere)


def _placed(contract: Contract, whose: Organisation | None) -> Contract:
    if whose is None:
        return contract
    return replace(contract, organisation=whose.code, organisation_text=whose.name)
