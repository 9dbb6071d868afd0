"""판정: whether a firm was local on a day, by the city's dated rule over dated facts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from gwannae.programme.facts import Fact
from gwannae.programme.vendor_status import StateFact, VendorState, state_on
from gwannae.programme.vendors import AddressKind, Certificate, SizeFact, VendorAddress


class Verdict(StrEnum):
    """관내, 관외 or 미확인. 미확인 counts on neither side."""

    LOCAL = "local"
    OUTSIDE = "outside"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return {"local": "관내", "outside": "관외", "unconfirmed": "미확인"}[self.value]


class UnknownSize(StrEnum):
    """What a firm counts as, by the city's rule, while nobody has proof of its size."""

    LOCAL = "local"
    OUTSIDE = "outside"
    UNCONFIRMED = "unconfirmed"


class NotOpen(StrEnum):
    """What a firm counts as, by the city's rule, that was closed or suspended on the contract date."""

    OUTSIDE = "outside"
    UNCONFIRMED = "unconfirmed"


class Reason(StrEnum):
    """Why a verdict is what it is. The sentence for each stands in `messages`."""

    ADDRESS_IN_CITY = "address_in_city"
    ADDRESS_OUTSIDE = "address_outside"
    ADDRESS_UNREAD = "address_unread"
    ADDRESS_NONE = "address_none"
    RESIDENCE_TOO_SHORT = "residence_too_short"
    RESIDENCE_UNKNOWN = "residence_unknown"
    SIZE_PROVEN = "size_proven"
    SIZE_UNKNOWN = "size_unknown"
    SIZE_LARGE = "size_large"
    NOT_IN_REGISTRY = "not_in_registry"
    CLOSED = "closed"
    SUSPENDED = "suspended"

    @property
    def label(self) -> str:
        """The reason in a table's cell."""
        return _REASON_LABELS[self]


_REASON_LABELS = {
    Reason.ADDRESS_IN_CITY: "소재지 관내",
    Reason.ADDRESS_OUTSIDE: "소재지 관외",
    Reason.ADDRESS_UNREAD: "주소로 알 수 없음",
    Reason.ADDRESS_NONE: "주소 없음",
    Reason.RESIDENCE_TOO_SHORT: "소재 기간 부족",
    Reason.RESIDENCE_UNKNOWN: "소재 기간 미확인",
    Reason.SIZE_PROVEN: "규모 확인",
    Reason.SIZE_UNKNOWN: "규모 미확인",
    Reason.SIZE_LARGE: "중소기업·소상공인 아님",
    Reason.NOT_IN_REGISTRY: "명부에 없음",
    Reason.CLOSED: "폐업",
    Reason.SUSPENDED: "휴업",
}


@dataclass(frozen=True, slots=True)
class LocalRule:
    """The city's rule from a day on: which addresses count, how long the firm must have been there, and size.

    `residency_months` is counted from the address's first known day to the contract date. `source` names the text
    that the rule was taken from (ordinance article or yearly plan). `closed` and `suspended` say what a firm counts as
    that was so on the contract date.
    """

    version: str
    valid_from: date
    addresses: frozenset[AddressKind]
    residency_months: int
    size_matters: bool
    unknown_size: UnknownSize
    source: str
    closed: NotOpen = NotOpen.UNCONFIRMED
    suspended: NotOpen = NotOpen.UNCONFIRMED


class NoRuleError(LookupError):
    """No rule of the city holds on that day (`day`): the day lies before its first one."""

    def __init__(self, day: date) -> None:
        super().__init__(day.isoformat())
        self.day = day


@dataclass(frozen=True, slots=True)
class Ruling:
    """The programme office's own word for a verdict: why, who of which workspace signed it, and when."""

    reason: str
    by_team: str
    by_user: str
    on: date


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The office's word for a verdict, about a firm and a day that the report has not named since."""

    verdict: Verdict
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with everything needed to show why, two years later. `state` is what was known of the firm's being
    open, None where nobody had asked (or nobody wrote it down: verdicts of before). `certificates` are those that held
    on the day, by which other schemes count the purchase; None where it was judged before they were kept. `ruling`: the
    verdict is the office's word; the reasons and facts beside it are those of the verdict that it changed. `overtaken`:
    the office had given its word before firm or day were changed.
    """

    verdict: Verdict
    reasons: tuple[Reason, ...]
    rule_version: str
    judged_for: date
    address: VendorAddress | None
    size: SizeFact
    state: StateFact | None = None
    certificates: tuple[Certificate, ...] | None = None
    ruling: Ruling | None = None
    overtaken: Overtaken | None = None


def judged_anew(before: Judgement, now: Judgement) -> Judgement:
    """The verdict on changed facts. The office's word was about others: it does not hold for them, and is not lost."""
    if before.ruling is not None:
        return replace(now, overtaken=Overtaken(before.verdict, before.ruling))
    return replace(now, overtaken=before.overtaken) if before.overtaken is not None else now


def rule_on(rules: Sequence[LocalRule], day: date) -> LocalRule:
    """The rule in force on a day: the latest that began on it or before."""
    begun = [rule for rule in rules if rule.valid_from <= day]
    if not begun:
        raise NoRuleError(day)
    return max(begun, key=lambda rule: rule.valid_from)


def judge(
    addresses: Sequence[VendorAddress],
    size: SizeFact,
    day: date,
    rule: LocalRule,
    states: Sequence[StateFact] = (),
    certificates: Sequence[Certificate] = (),
) -> Judgement:
    """Judge a firm on a contract date. The address decides first, then the size, then whether it was open; unknown
    never counts as a yes.

    Of `certificates` those that hold on the day are kept with the verdict; they do not decide it.

    `rule` must be the one in force on `day` (see `rule_on`); a caller that judges many firms looks it up once.
    `states` are what the tax office ever answered. A closed firm was open up to its last day, that day included; where
    no such day is known, and for a suspended one, the day of asking is the first that counts.
    """
    verdict, address, reasons = _judge_place(addresses, day, rule)
    if verdict is not Verdict.OUTSIDE and rule.size_matters:
        verdict, reason = _judge_size(verdict, size, rule)
        reasons = (*reasons, reason)
    state = state_on(states, day) if states else None
    if state is not None and verdict is not Verdict.OUTSIDE and (shut := _not_open(state, day, rule)) is not None:
        counts_as, reason = shut
        verdict, reasons = Verdict(counts_as.value), (reason, *reasons)
    held = tuple(c for c in certificates if c.holds_on(day))
    return Judgement(verdict, reasons, rule.version, day, address, size, state, held)


def _not_open(state: StateFact, day: date, rule: LocalRule) -> tuple[NotOpen, Reason] | None:
    if state.state is VendorState.CLOSED:
        closed = state.checked_on <= day if state.closed_on is None else state.closed_on < day
        return (rule.closed, Reason.CLOSED) if closed else None
    if state.state is VendorState.SUSPENDED and state.checked_on <= day:
        return rule.suspended, Reason.SUSPENDED
    return None


def _judge_place(
    addresses: Sequence[VendorAddress], day: date, rule: LocalRule
) -> tuple[Verdict, VendorAddress | None, tuple[Reason, ...]]:
    counted = [a for a in addresses if a.kind in rule.addresses and _stands_on(a, day)]
    if not counted:
        return Verdict.UNCONFIRMED, None, (Reason.ADDRESS_NONE,)
    inside = [a for a in counted if a.in_city is Fact.YES]
    for address in inside:
        if rule.residency_months == 0 or (address.since and add_months(address.since, rule.residency_months) <= day):
            return Verdict.LOCAL, address, (Reason.ADDRESS_IN_CITY,)
    unread = next((a for a in counted if a.in_city is Fact.UNKNOWN), None)
    undated = next((a for a in inside if a.since is None), None)
    if undated:
        return Verdict.UNCONFIRMED, undated, (Reason.ADDRESS_IN_CITY, Reason.RESIDENCE_UNKNOWN)
    if unread:
        return Verdict.UNCONFIRMED, unread, (Reason.ADDRESS_UNREAD,)
    if inside:
        return Verdict.OUTSIDE, inside[0], (Reason.ADDRESS_IN_CITY, Reason.RESIDENCE_TOO_SHORT)
    return Verdict.OUTSIDE, counted[0], (Reason.ADDRESS_OUTSIDE,)


def _judge_size(place: Verdict, size: SizeFact, rule: LocalRule) -> tuple[Verdict, Reason]:
    if size.small is Fact.NO:
        return Verdict.OUTSIDE, Reason.SIZE_LARGE
    if size.small is Fact.YES:
        return place, Reason.SIZE_PROVEN
    if place is Verdict.UNCONFIRMED or rule.unknown_size is UnknownSize.LOCAL:
        return place, Reason.SIZE_UNKNOWN
    return Verdict(rule.unknown_size.value), Reason.SIZE_UNKNOWN


def _stands_on(address: VendorAddress, day: date) -> bool:
    return (address.since is None or address.since <= day) and (address.until is None or day < address.until)


def add_months(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where that month is shorter (민법 제160조 제3항)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has a 28th day")  # pragma: no cover
