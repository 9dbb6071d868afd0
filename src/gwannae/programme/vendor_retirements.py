"""목록에서 뺀 업체: since when and why nobody looks a firm up any more."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Retirement:
    """A firm that is no longer looked up from `day` on. `merged_into` is the other record of it, if that is why."""

    day: date
    reason: str
    merged_into: int | None = None
