"""관외 사유: why a purchase went to an outside firm, in a code and a sentence, beside the local firms looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Purchase, PurchaseState
from gwannae.programme.typed_text import plain
from gwannae.programme.verdict import Verdict

MAX_SENTENCE = 1000
MOST_CANDIDATES = 5


class ReasonCode(StrEnum):
    """What offices themselves write (the codes are kept for ever: never rename one)."""

    NO_LOCAL_FIRM = "no_local_firm"
    NO_ITEM = "no_item"
    COMPATIBILITY = "compatibility"
    PATENT = "patent"
    HEAD_OFFICE = "head_office"
    BRANCH_ONLY = "branch_only"
    EMERGENCY = "emergency"
    PRICE = "price"
    UNIT_PRICE = "unit_price"
    FIXED_BY_LAW = "fixed_by_law"
    COMPETITIVE_BID = "competitive_bid"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _LABELS[self]

    @property
    def is_missing_item(self) -> bool:
        """Whether it says that nobody local offers the thing: work for the programme office."""
        return self in (ReasonCode.NO_LOCAL_FIRM, ReasonCode.NO_ITEM)


_LABELS = {
    ReasonCode.NO_LOCAL_FIRM: "관내 업체 없음",
    ReasonCode.NO_ITEM: "관내에서 만들거나 팔지 않는 품목",
    ReasonCode.COMPATIBILITY: "기존 장비·시설과 호환",
    ReasonCode.PATENT: "특허·특정 공법",
    ReasonCode.HEAD_OFFICE: "관내 대리점이 있으나 본사와 계약",
    ReasonCode.BRANCH_ONLY: "관내에는 지점만 있음",
    ReasonCode.EMERGENCY: "긴급·재난, 관내 인력 없음",
    ReasonCode.PRICE: "가격·성능 차이",
    ReasonCode.UNIT_PRICE: "조달 단가계약만 있음",
    ReasonCode.FIXED_BY_LAW: "법령상 상대방 지정",
    ReasonCode.COMPETITIVE_BID: "경쟁입찰 낙찰자",
    ReasonCode.OTHER: "그 밖의 사유",
}


@dataclass(frozen=True, slots=True)
class OutsideRule:
    """From a contract date on: outside purchases of at least so many won (VAT included) need a reason, and those with a
    code of `left_out` leave the effective (실질) denominator, for a local choice was not possible. `words` are what
    offices write for a code in their own files, beside its label.
    """

    valid_from: date
    at_least: int
    left_out: frozenset[ReasonCode]
    source: str
    words: Mapping[ReasonCode, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """검토한 관내 업체: a local firm that the search found for the item, as it was named on that day."""

    vendor_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked for, when, and which local firms were found: at most MOST_CANDIDATES of `found`."""

    word: str
    day: date
    candidates: tuple[Candidate, ...] = ()
    found: int = 0


@dataclass(frozen=True, slots=True)
class OutsideReason:
    """The reason as it was given: by whom, when, and what had been looked at then."""

    code: ReasonCode
    sentence: str
    looked: Looked
    given_at: datetime
    team_id: str
    user_id: str


@dataclass(frozen=True, slots=True)
class RawReason:
    """A reason as typed: None where nothing was chosen or written."""

    code: str | None = None
    sentence: str | None = None


class ReasonFault(StrEnum):
    """What can be wrong with it. The sentence for each stands in `messages`."""

    CODE_MISSING = "code_missing"
    SENTENCE_MISSING = "sentence_missing"
    SENTENCE_TOO_LONG = "sentence_too_long"


@dataclass(frozen=True, slots=True)
class CheckedReason:
    """A code and a sentence."""

    code: ReasonCode
    sentence: str


@dataclass(frozen=True, slots=True)
class ReasonRefused:
    """The form stays open, or the reason was sent with faults."""

    faults: tuple[ReasonFault, ...]


@dataclass(frozen=True, slots=True)
class ReasonAsked:
    """What the form for a stored purchase shows: the purchase, the local firms found now, and the reason so far."""

    purchase: Purchase
    looked: Looked
    former: OutsideReason | None


@dataclass(frozen=True, slots=True)
class ReasonGiven:
    """The reason is stored. `left_out_by`: the rule by which the purchase leaves the effective denominator, if it does;
    `fresh` is false where the same form came again.
    """

    purchase: Purchase
    organisation: Organisation
    reason: OutsideReason
    left_out_by: OutsideRule | None
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class NotOutside:
    """The purchase is not (any more) an outside one that counts: no reason is needed."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Outside purchases that wait for a reason, the oldest contract first, and how many there are in all."""

    purchases: tuple[Purchase, ...] = ()
    number: int = 0


def read_reason(raw: RawReason) -> CheckedReason | ReasonRefused:
    """Check a reason; both parts are needed."""
    faults: list[ReasonFault] = []
    code = next((c for c in ReasonCode if c.value == raw.code), None)
    sentence = plain(raw.sentence or "")
    if code is None:
        faults.append(ReasonFault.CODE_MISSING)
    if not sentence:
        faults.append(ReasonFault.SENTENCE_MISSING)
    if len(sentence) > MAX_SENTENCE:
        faults.append(ReasonFault.SENTENCE_TOO_LONG)
    if faults or code is None:
        return ReasonRefused(tuple(faults))
    return CheckedReason(code, sentence)


def read_reason_if_any(raw: RawReason) -> CheckedReason | ReasonRefused | None:
    """The same where it may be given later: None if nothing was chosen or written."""
    if not raw.code and not plain(raw.sentence or ""):
        return None
    return read_reason(raw)


def outside_rule_on(rules: Sequence[OutsideRule], day: date) -> OutsideRule | None:
    """The rule in force on a contract date: the latest that began on it or before; None before the first."""
    return max((r for r in rules if r.valid_from <= day), key=lambda r: r.valid_from, default=None)


def needs_reason(rules: Sequence[OutsideRule], purchase: Purchase) -> bool:
    """Whether the city asks why this purchase went outside."""
    rule = outside_rule_on(rules, purchase.draft.contract_date)
    return rule is not None and is_outside(purchase) and purchase.draft.amount >= rule.at_least


def is_outside(purchase: Purchase) -> bool:
    """Whether it counts and was judged 관외."""
    return purchase.state is PurchaseState.REPORTED and purchase.judgement.verdict is Verdict.OUTSIDE


def leaves_denominator(rules: Sequence[OutsideRule], code: ReasonCode, day: date) -> OutsideRule | None:
    """The rule by which a purchase with this reason leaves the effective denominator; None where it stays in it."""
    rule = outside_rule_on(rules, day)
    return rule if rule is not None and code in rule.left_out else None
