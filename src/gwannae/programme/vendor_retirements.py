"""목록에서 뺀 업체: since when and why nobody looks a firm up any more."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Retirement:
    """A firm that is no longer looked up from `day` on. `merged_into` is the other record of it, if that is why."""

    day: date
    reason: str
    merged_into: int | None = None


@dataclass(frozen=True, slots=True)
class RetiredFirm:
    """One firm that is off the list: since when, why, when that was written down, and for a merged record the firm that
    it went into.
    """

    vendor_id: int
    name: str
    business_number: str | None
    retirement: Retirement
    retired_at: datetime
    merged_name: str = ""


@dataclass(frozen=True, slots=True)
class RetiredFirms:
    """A page of them, the last retired first: `total` in all, `offset` of them before the page."""

    total: int
    offset: int
    entries: tuple[RetiredFirm, ...]
