"""나라장터에서 가져오기: the procurement service's firms of the city's region, taken in like those of a file."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendors_import import import_vendors
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.organisations import Actor
from gwannae.programme.vendors_import import ImportReport
from gwannae.readers.g2b_firms import SOURCE, G2bFirms, G2bService
from gwannae.storage.vendor_identity import existing_keys


def g2b_firms(
    toolkit: Toolkit, service: G2bService, now: datetime, since: date | None, told: Callable[[date], None] | None = None
) -> G2bFirms:
    """The firms that registered or changed from `since` to today, not yet asked for. Without `since`: as many days
    back as a firm of the registry stays fresh. `told` hears up to which day all were read.
    """
    today = now.date()
    with toolkit.database.read() as tx:
        known = frozenset(existing_keys(tx).by_number)
    first = today - timedelta(days=toolkit.city.registry.stale_after_days) if since is None else since
    return G2bFirms(service, toolkit.city.places, first, today, known, told=told)


def import_from_g2b(
    toolkit: Toolkit, actor: Actor, firms: G2bFirms, now: datetime, *, dry_run: bool = False
) -> ImportReport | NotAllowed:
    """Take them in by the rules of `import_vendors`. Where the service stopped, `firms.fault` says why and
    `firms.read_until` up to which day everything is in; taking in the rest later, or all again, does no harm.
    """
    return import_vendors(toolkit, actor, firms, SOURCE, now, dry_run=dry_run)
