"""구매 목록의 한 줄: what one row of a purchase file says, or why it says nothing that can be counted."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gwannae.programme.purchases import ContractMethod, PurchaseKind

WHOLE_SHARE = 10_000  # basis points: a share of 33.33 % is 3333


class LineFault(StrEnum):
    """Why a row is not counted. The sentence for each stands in `messages` (for the command line in `bot`)."""

    TITLE_MISSING = "title_missing"
    FIRM_MISSING = "firm_missing"
    DATE_MISSING = "date_missing"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IN_FUTURE = "date_in_future"
    DATE_BEFORE_YEAR = "date_before_year"
    PERIOD_CLOSED = "period_closed"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_TOO_LARGE = "amount_too_large"
    AMOUNT_ZERO = "amount_zero"
    AMOUNT_NEGATIVE = "amount_negative"
    CANCELLED = "cancelled"
    NUMBER_WRONG = "number_wrong"
    NUMBER_SEVERAL = "number_several"
    NOT_CALCULATED = "not_calculated"  # a cell that is needed holds a formula without its result
    REVISION_UNREADABLE = "revision_unreadable"
    SHARE_UNREADABLE = "share_unreadable"
    SHARE_OVER = "share_over"
    TOO_LONG = "too_long"
    ORGANISATION_MISSING = "organisation_missing"
    ORGANISATION_UNKNOWN = "organisation_unknown"
    ORGANISATION_NOT_ALLOWED = "organisation_not_allowed"
    LEFT_OUT = "left_out"  # by an answer


# Rows that count nowhere and still speak of a contract: an earlier 차수 must not count in their place.
VOID = frozenset((LineFault.CANCELLED, LineFault.AMOUNT_ZERO, LineFault.AMOUNT_NEGATIVE))


# Named tuples, not dataclasses: a hundred thousand of them are made in one import, at a third of the cost.
class Line(NamedTuple):
    """One row as an office wrote it. `number` is the row of `sheet` (empty for CSV), from 1.

    `amount` is this year's where the file tells it apart, in won; `total` the whole contract's where it differs.
    `contract_number` is "" where there is none. `share` is in basis points, None where the contract is not a joint one.
    `void` says why the row itself counts nowhere (one of `VOID`; then `amount` may be 0 or less).
    """

    number: int
    sheet: str
    organisation: str
    title: str
    day: date
    amount: int
    total: int | None
    kind: PurchaseKind | None
    method: ContractMethod
    firm: str
    business_number: str | None
    address: str
    item: str
    contract_number: str
    revision: int
    share: int | None
    reason: str
    void: LineFault | None = None


class RefusedRow(NamedTuple):
    """One row that was not taken: its number, why, and the cell (at most 100 characters) that was the reason."""

    number: int
    sheet: str
    code: LineFault
    value: str
