"""정보가 다릅니다: what staff say is wrong with a firm's record, and how the programme office settled it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gwannae.programme.organisations import Actor

MAX_SENTENCE = 300  # characters


class DoubtKind(StrEnum):
    """What is said to be wrong. The value is kept for ever: never rename one."""

    ADDRESS = "address"
    CLOSED = "closed"
    ITEMS = "items"
    PHONE = "phone"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words of the form."""
        return {
            "address": "소재지",
            "closed": "폐업·휴업",
            "items": "품목",
            "phone": "전화",
            "other": "기타",
        }[self.value]


class DoubtState(StrEnum):
    """Open until the office says that it mended the record or leaves it as it is."""

    OPEN = "open"
    MENDED = "mended"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One report. `vendor_name` is the firm's name as it is now; who said so is known to the office alone."""

    id: int
    vendor_id: int
    vendor_name: str
    kind: DoubtKind
    sentence: str
    state: DoubtState
    told_at: datetime
    told_by: Actor


@dataclass(frozen=True, slots=True)
class DoubtTold:
    """The report was taken down; `fresh` is false where the same form came a second time."""

    doubt: Doubt
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class DoubtSettled:
    """The office has settled it; `fresh` is false where somebody had done so before, and that stands."""

    doubt: Doubt
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class NoDoubt:
    """There is no such report (any more)."""
