"""실적: a reported purchase, what may stand in it, and its place in the programme's year."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.purchase_kind import PurchaseKind as PurchaseKind
from gwannae.programme.verdict import Judgement


class ContractMethod(StrEnum):
    """계약방법, as contract disclosures and accounts name them. Two are told by files only: see `IN_FORMS`."""

    DIRECT_SINGLE = "direct_single"
    DIRECT_QUOTES = "direct_quotes"
    OPEN_BID = "open_bid"
    RESTRICTED_BID = "restricted_bid"
    NOMINATED_BID = "nominated_bid"
    UNIT_PRICE = "unit_price"
    MALL = "mall"
    CARD = "card"
    DIRECT = "direct"  # 수의계약 without the number of quotes
    UNSTATED = "unstated"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _METHOD_LABELS[self]


DIRECT_METHODS = (
    ContractMethod.DIRECT_SINGLE,
    ContractMethod.DIRECT_QUOTES,
    ContractMethod.DIRECT,
    ContractMethod.CARD,
)
"""Ways of contracting without a tender."""


_METHOD_LABELS = {
    ContractMethod.DIRECT_SINGLE: "수의계약(1인 견적)",
    ContractMethod.DIRECT_QUOTES: "수의계약(2인 이상 견적)",
    ContractMethod.OPEN_BID: "일반경쟁입찰",
    ContractMethod.RESTRICTED_BID: "제한경쟁입찰",
    ContractMethod.NOMINATED_BID: "지명경쟁입찰",
    ContractMethod.UNIT_PRICE: "조달 단가계약·MAS",
    ContractMethod.MALL: "종합쇼핑몰",
    ContractMethod.CARD: "카드·견적 생략",
    ContractMethod.DIRECT: "수의계약",
    ContractMethod.UNSTATED: "계약방법 미기재",
}

# What a person who reports is asked for: the method is known to them.
IN_FORMS = tuple(m for m in ContractMethod if m not in (ContractMethod.DIRECT, ContractMethod.UNSTATED))


class PurchaseState(StrEnum):
    """A cancelled purchase stays readable and counts nowhere."""

    REPORTED = "reported"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return {"reported": "보고", "cancelled": "취소"}[self.value]


@dataclass(frozen=True, slots=True)
class Firm:
    """The other side of a contract as it was written down on the day of the report.

    `vendor_id` names the registry's firm; None for a firm that the registry does not have, then the three texts are
    what the reporter typed.
    """

    name: str
    vendor_id: int | None = None
    business_number: str | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What a contract list tells of a purchase beside the form's fields.

    `number` is the contract's own, "" where there is none; `revision` its 차수, the later replaces the earlier. `share`
    is this firm's part of a joint contract in basis points (`amount` is its part of the money). `total` is the whole
    contract in won where `amount` is this year's part. `reason` is what the office wrote.
    """

    number: str = ""
    revision: int = 0
    share: int | None = None
    total: int | None = None
    reason: str = ""


class PurchaseSource(StrEnum):
    """출처: how a purchase came in."""

    FORM = "form"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a purchase came from first: a form, or a row of a file that was imported."""

    source: PurchaseSource = PurchaseSource.FORM
    import_id: int | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A purchase as checked and ready to be stored: `amount` in won, VAT included; `form_key` unique for each form."""

    form_key: str
    organisation_id: int
    title: str
    kind: PurchaseKind
    method: ContractMethod
    firm: Firm
    item: str
    amount: int
    contract_date: date
    contract: ContractFacts = ContractFacts()


@dataclass(frozen=True, slots=True)
class Purchase:
    """A stored purchase in its latest version; the verdict is frozen at the contract date with its rule's version."""

    id: int
    draft: Draft
    judgement: Judgement
    state: PurchaseState
    version: int
    reporter_team: str
    reporter_user: str
    self_declared: bool
    reported_at: datetime
    changed_at: datetime
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class PurchaseVersion:
    """One entry of a purchase's history: what it was from this version on, who made it so, and when."""

    version: int
    draft: Draft
    judgement: Judgement
    state: PurchaseState
    changed_by_team: str
    changed_by_user: str
    changed_at: datetime
