"""구매 보고: what comes of a form, a change, a cancelling; what its reporter gets. See `report_form` for the form."""

from dataclasses import dataclass

from gwannae.programme.organisations import Organisation
from gwannae.programme.outside_reasons import OutsideReason, ReasonGiven
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.schemes import Filled
from gwannae.programme.standings import Place
from gwannae.programme.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter gets: the purchase, its organisation, and where that one stands in the contract's year.

    `filled` are the other schemes that it counts in. `reason` is why it went outside; `asks_reason` where the city
    wants one and none was given yet. For who looks at it: `earlier` is the verdict that the office's word changed,
    `may_rejudge` whether the person may change this one.
    """

    purchase: Purchase
    organisation: Organisation
    place: Place | None
    filled: tuple[Filled, ...] = ()
    reason: OutsideReason | None = None
    asks_reason: bool = False
    earlier: Judgement | None = None
    may_rejudge: bool = False

    def is_older(self, version: int) -> bool:
        """Whether a button made for `version` is older than what is stored, or the purchase is cancelled."""
        return self.purchase.version != version or self.purchase.state is PurchaseState.CANCELLED


@dataclass(frozen=True, slots=True)
class Stored:
    """The report (or its change) was stored now; `given` where a reason for going outside came with it. `before`: the
    report as it was, where the change overtook the office's word for its verdict.
    """

    receipt: Receipt
    given: ReasonGiven | None = None
    before: Purchase | None = None


@dataclass(frozen=True, slots=True)
class AlreadyStored:
    """The same form was stored before: a double click, a retried delivery. Nothing was counted twice."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Stale:
    """The purchase changed (or was cancelled) after the message that carried the button; `receipt` is how it is now."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The report was cancelled now; it stays readable and counts nowhere."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class Restored:
    """The cancelling was taken back now: the report counts again, as it was judged."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class NotYours:
    """The person may not see or change this purchase, or there is none of that number: the answer is the same."""


@dataclass(frozen=True, slots=True)
class NoLongerYours:
    """The person reported it, but may not report for that organisation any more: to look at, not to change."""
