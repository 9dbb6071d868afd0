"""다시 판정: the programme office changes a frozen verdict by its word and a reason; and what still has no verdict."""

from dataclasses import dataclass
from enum import StrEnum

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Purchase, PurchaseVersion
from gwannae.programme.report_purchase import Receipt
from gwannae.programme.verdict import Judgement, Verdict

MAX_REASON = 300


@dataclass(frozen=True, slots=True)
class RejudgeForm:
    """The form as it came in: which version of which report, what it shall count as, and why."""

    purchase_id: int
    version: int
    verdict: Verdict | None
    reason: str


class RejudgeFault(StrEnum):
    """What the form lacks."""

    VERDICT = "verdict"
    SAME = "same"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class RejudgeRefused:
    """The form stays open: every fault at its field."""

    faults: tuple[RejudgeFault, ...]


@dataclass(frozen=True, slots=True)
class Rejudged:
    """The report has another verdict now; `before` stays readable in its history."""

    receipt: Receipt
    before: Judgement


def is_overtaken(before: Purchase, after: Purchase) -> bool:
    """Whether this change took the office's word for the verdict away: it named another firm or day."""
    return before.judgement.ruling is not None and after.judgement.overtaken is not None


@dataclass(frozen=True, slots=True)
class OvertakenWord:
    """A report whose verdict was the office's word, before and after a change of firm or day."""

    before: Purchase | PurchaseVersion
    after: Purchase
    organisation: Organisation


@dataclass(frozen=True, slots=True)
class WithoutVerdict:
    """The rows of one organisation that are 미확인: how many, how many won, and some of them, oldest first."""

    organisation: Organisation
    count: int
    amount: int
    rows: tuple[Purchase, ...] = ()


@dataclass(frozen=True, slots=True)
class UnconfirmedList:
    """All organisations that have such rows, most rows first."""

    groups: tuple[WithoutVerdict, ...]

    @property
    def count(self) -> int:
        """All rows without a verdict."""
        return sum(group.count for group in self.groups)
