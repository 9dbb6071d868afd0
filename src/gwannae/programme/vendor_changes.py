"""업체 고치기: what the programme office changes in the registry by hand, and what came of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gwannae.programme.vendors import Vendor

MAX_REASON = 300  # characters


class ChangeFault(StrEnum):
    """Why a form cannot be taken as it is; each belongs to one field."""

    REASON_MISSING = "reason_missing"
    NAME_MISSING = "name_missing"
    NUMBER_WRONG = "number_wrong"
    NUMBER_TAKEN = "number_taken"
    NUMBER_RETIRED = "number_retired"
    PHONE_WRONG = "phone_wrong"
    ITEMS_MISSING = "items_missing"
    DAY_AHEAD = "day_ahead"
    DAY_MISSING = "day_missing"
    SINCE_WITHOUT_ADDRESS = "since_without_address"
    OTHER_MISSING = "other_missing"
    OTHER_NUMBER = "other_number"


@dataclass(frozen=True, slots=True)
class VendorForm:
    """What was typed, as it was typed. Items stand apart by commas or lines."""

    name: str
    business_number: str
    address: str
    since: date | None
    items: str
    phone: str
    reason: str


@dataclass(frozen=True, slots=True)
class VendorAdded:
    """A firm is new in the registry."""

    vendor: Vendor


@dataclass(frozen=True, slots=True)
class VendorCorrected:
    """A firm reads otherwise now; `changed` is false where the form said nothing new, and nothing was written."""

    vendor: Vendor
    changed: bool = True


@dataclass(frozen=True, slots=True)
class VendorRetired:
    """A firm is off the list from `day` on."""

    vendor: Vendor
    day: date


@dataclass(frozen=True, slots=True)
class VendorRestored:
    """A firm that was off the list is on it again, where it stood before."""

    vendor: Vendor


@dataclass(frozen=True, slots=True)
class VendorsMerged:
    """Two records are one: `kept` goes on with the items and certificates of both, `other` points to it."""

    kept: Vendor
    other: Vendor


@dataclass(frozen=True, slots=True)
class ChangeRefused:
    """The form cannot be taken: what is wrong with it."""

    faults: tuple[ChangeFault, ...]


@dataclass(frozen=True, slots=True)
class NotTheOffice:
    """Only the programme office may; the attempt was written down."""


@dataclass(frozen=True, slots=True)
class RecordGone:
    """The firm is not in the registry any more, or off the list already."""


@dataclass(frozen=True, slots=True)
class AlreadyChanged:
    """This very form was sent before, and done."""


@dataclass(frozen=True, slots=True)
class RecordMoved:
    """Somebody else changed the firm since the form was opened; nothing was written."""


ChangeOutcome = (
    VendorAdded
    | VendorCorrected
    | VendorRetired
    | VendorRestored
    | VendorsMerged
    | ChangeRefused
    | NotTheOffice
    | RecordGone
    | RecordMoved
    | AlreadyChanged
)
