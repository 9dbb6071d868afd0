"""A dated limit of the city as a line: what it bounds, for whom, by which law, and when somebody last read it."""

from datetime import date

from gwannae.messages.blocks import escape
from gwannae.programme.amount import write_short
from gwannae.programme.city import LimitKind, PurchaseLimit
from gwannae.programme.dates import write_day

LIMIT_NAMES = {LimitKind.DIRECT_CONTRACT: "수의계약", LimitKind.SINGLE_QUOTE: "1인 견적"}


def limit_line(limit: PurchaseLimit) -> str:
    """ "수의계약(여성기업) 물품·용역 1억 원 · 지방계약법 시행령 … 기준, 2026. 6. 3. 확인" """
    return f"{bound(limit)} · {cited(limit.law, limit.checked_on)}"


def bound(limit: PurchaseLimit) -> str:
    """ "수의계약(여성기업) 물품·용역 1억 원" """
    kinds = "·".join(kind.label for kind in limit.applies_to)
    firms = f"({'·'.join(kind.label for kind in limit.certificates)})" if limit.certificates else ""
    return f"{LIMIT_NAMES[limit.kind]}{firms} {kinds} {write_short(limit.amount)}"


def cited(law: str, checked_on: date) -> str:
    """A text with the day on which somebody last read it."""
    return f"{escape(law)} 기준, {write_day(checked_on)} 확인"
