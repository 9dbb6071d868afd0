"""내린 업체: the firms that are off the list, for the programme office; and who is meant by an exact number or name."""

from datetime import datetime

from gwannae.actions.people import standing
from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.hangul import firm_key
from gwannae.programme.localvendor import LookUp
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed, may
from gwannae.programme.vendor_changes import NotTheOffice
from gwannae.programme.vendor_retirements import RetiredFirm, RetiredFirms
from gwannae.storage import vendor_retirements
from gwannae.storage.database import Transaction

SHOWN = 15


def retired_firms(
    toolkit: Toolkit, actor: Actor, now: datetime, offset: int = 0, *, shown: int | None = SHOWN
) -> RetiredFirms | NotTheOffice:
    """A page of the firms that are off the list, the last retired first. The office alone. An offset beyond the end
    (some were taken back since) answers the last page; `shown` None: all of them.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, "vendors"):
        return NotTheOffice()
    with toolkit.database.read() as tx:
        found = vendor_retirements.retired(tx)
    size = shown or max(len(found), 1)
    begin = min(max(offset, 0), max(0, len(found) - 1) // size * size)
    return RetiredFirms(len(found), begin, tuple(found[begin : begin + size]))


def retired_named(tx: Transaction, typed: str) -> tuple[RetiredFirm, ...]:
    """The firms off the list that a text names exactly: their business number, or their name with or without its
    company form.
    """
    try:
        number = read_business_number(typed)
    except BusinessNumberError:
        number = ""
    key = firm_key(typed)
    return tuple(
        firm
        for firm in vendor_retirements.retired(tx)
        if (number and firm.business_number == number) or (key and firm_key(firm.name) == key)
    )


def retired_meant(toolkit: Toolkit, found: LookUp) -> tuple[RetiredFirm, ...]:
    """The firms off the list that a look-up names exactly, where it led to nobody for certain. To be shown to none but
    the office (`keeps_registry`).
    """
    if found.query.is_empty or (found.found and not (found.guesses or found.only or found.meant)):
        return ()
    with toolkit.database.read() as tx:
        return retired_named(tx, found.query.text)


def keeps_registry(toolkit: Toolkit, actor: Actor, now: datetime) -> bool:
    """Whether this is the office; who is not has asked for nothing, so nothing is written down."""
    with toolkit.database.read() as tx:
        return may(standing(tx, actor, now.date()), Deed.KEEP_REGISTRY)
