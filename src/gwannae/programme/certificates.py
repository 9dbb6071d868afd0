"""인증: certificates that end soon, so that nobody buys on the strength of one that is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gwannae.programme.vendors import Certificate


@dataclass(frozen=True, slots=True)
class EndingCertificate:
    """A certificate of a firm, valid on the day of asking, and on how many more days after it."""

    vendor_id: int
    vendor_name: str
    business_number: str | None
    certificate: Certificate
    days_left: int


@dataclass(frozen=True, slots=True)
class EndingCertificates:
    """One page of the list for the programme office, soonest first; `offset` entries stand before it."""

    day: date
    within: int
    total: int
    offset: int
    entries: tuple[EndingCertificate, ...]


def warning(certificate: Certificate, day: date, warn_days: Iterable[int]) -> int | None:
    """The warning that a certificate has come to, the nearest of some numbers of days (60, 30); None for one that is
    not valid on the day, has no stated end, or has time.
    """
    left = days_left(certificate, day)
    return None if left is None else min((days for days in warn_days if left <= days), default=None)


def days_left(certificate: Certificate, day: date) -> int | None:
    """On how many more days it is valid after this one; None where that is not stated, or it is not valid now."""
    if certificate.valid_to is None or not certificate.holds_on(day):
        return None
    return (certificate.valid_to - day).days


def is_renewed(certificate: Certificate, held: Sequence[Certificate]) -> bool:
    """Whether another certificate of the same kind goes on after this one ends, without a day between them."""
    end = certificate.valid_to
    return end is not None and any(
        other.kind is certificate.kind
        and other.valid_to is not None
        and other.valid_to > end
        and (other.valid_from is None or (other.valid_from - end).days <= 1)
        for other in held
    )
