"""Who stands first among firms that met a query equally well, on one day: whoever deserves it, then by turns.

First who makes the thing (a certificate of 직접생산 that holds on the day, then a firm that is stated to make, then the
rest), then whose record is fresh, then from whom the city bought in the last twelve months. Firms that are equal in all
of that change their places every day, so that none is always first. The source is the programme's own: the ordinance
leaves the order of a list open, and a fixed one (by name, by age of the record) would favour the same firms for years.

All is as it stood when the day began, so that every process and both databases agree, and a page and the next one too.
"""

from collections.abc import Iterable, Set
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from hashlib import blake2b
from zoneinfo import ZoneInfo

from gwannae.programme.facts import Fact
from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.programme.verdict import add_months

BOUGHT_MONTHS = 12

_TURNS = 1 << 32  # ids are smaller: as many turns, each once
_LAST_TURN = _TURNS - 1


class Making(IntEnum):
    """How surely a firm makes what it offers; less is surer."""

    CERTIFIED = 0
    STATED = 1
    NOT_STATED = 2


def making(makes: Fact, certificates: Iterable[Certificate], day: date) -> Making:
    """What is known on a day of a firm that makes or only sells; a certificate that has ended proves nothing."""
    if any(c.kind is CertificateKind.DIRECT_PRODUCTION and c.holds_on(day) for c in certificates):
        return Making.CERTIFIED
    return Making.STATED if makes is Fact.YES else Making.NOT_STATED


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The moment up to which purchases and checks count for the order of a day."""
    return datetime.combine(day, time(), zone)


def fresh_since(day: date, stale_after_days: int) -> date:
    """The earliest day on which a firm must have been looked at to count as fresh."""
    return day - timedelta(days=stale_after_days)


def bought_since(day: date) -> date:
    """The earliest contract date that counts as bought lately."""
    return add_months(day, -BOUGHT_MONTHS)


class DailyOrder:
    """The order of firms on one day. `key` costs about half a microsecond: a registry is sorted by it at the start."""

    __slots__ = ("_bought", "_checked", "_day", "_fresh_from", "_turn")

    def __init__(self, day: date, stale_after_days: int, checked: Set[int], bought: Set[int]) -> None:
        """`checked` are ids of firms that were looked at lately although their data may be old (the tax office
        answered), `bought` of those from whom the city bought.
        """
        self._day = day
        self._fresh_from = fresh_since(day, stale_after_days)
        self._checked = checked
        self._bought = bought
        self._turn = int.from_bytes(blake2b(day.isoformat().encode(), digest_size=4).digest(), "big")

    def key(self, vendor_id: int, makes: Fact, certificates: tuple[Certificate, ...], as_of: date | None) -> int:
        """Where a firm stands: less is earlier. No two firms have the same. `as_of`: the day of the firm's data."""
        made: int = making(makes, certificates, self._day) if certificates or makes is Fact.YES else Making.NOT_STATED
        stale = (as_of is None or as_of < self._fresh_from) and vendor_id not in self._checked
        merit = made * 4 + stale * 2 + (vendor_id not in self._bought)
        # A permutation of 32 bits (odd factors, shifted halves) that is another one every day: ids that follow one
        # another do not, and the same firms are not neighbours tomorrow.
        turn = (vendor_id ^ self._turn) * 0x9E3779B1 & _LAST_TURN
        turn = (turn ^ turn >> 15) * 0x85EBCA77 & _LAST_TURN
        return merit * _TURNS + (turn ^ turn >> 13)
