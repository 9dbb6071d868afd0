"""끝나는 인증: the certificates that end soon, for the programme office."""

from datetime import datetime

from gwannae.actions.permission import asked
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.certificates import EndingCertificates
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.storage import certificates

SHOWN = 15
LONGEST = 3650  # days that anybody may look ahead


def ending_certificates(
    toolkit: Toolkit,
    actor: Actor,
    now: datetime,
    offset: int = 0,
    *,
    within: int | None = None,
    shown: int | None = SHOWN,
) -> EndingCertificates | NotAllowed:
    """A page of the certificates that end within so many days; without a number the city's longest warning. The office
    alone. An offset beyond the end (some were renewed since) answers the last page; `shown` None: all of them.
    """
    if not asked(toolkit, actor, now, Deed.KEEP_REGISTRY, "vendors"):
        return NotAllowed()
    day = now.date()
    ahead = min(within, LONGEST) if within is not None else max(toolkit.city.registry.certificate_warn_days)
    with toolkit.database.read() as tx:
        found = certificates.ending(tx, day, ahead)
    size = shown or max(len(found), 1)
    begin = min(max(offset, 0), max(0, len(found) - 1) // size * size)
    return EndingCertificates(day, ahead, len(found), begin, tuple(found[begin : begin + size]))
