"""A vendor (업체): what is stored of a firm, each fact with its date and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gwannae.programme.facts import Fact
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.vendor_status import VendorStatus


class AddressKind(StrEnum):
    """Which of a firm's places an address is: ordinances differ in which of them makes a firm local."""

    HEAD_OFFICE = "head_office"
    BRANCH = "branch"
    FACTORY = "factory"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return {"head_office": "본점", "branch": "지점", "factory": "공장"}[self.value]


class CertificateKind(StrEnum):
    """Certificates that other purchasing schemes count; a tag hangs on a certificate, never on a checkbox."""

    WOMEN = "women"
    DISABLED = "disabled"
    SOCIAL = "social"
    SOCIAL_COOPERATIVE = "social_cooperative"
    VILLAGE = "village"
    SELF_SUPPORT = "self_support"
    STARTUP = "startup"
    YOUTH_STARTUP = "youth_startup"
    SEVERELY_DISABLED = "severely_disabled"
    STANDARD_WORKPLACE = "standard_workplace"
    GREEN = "green"
    INNOVATION = "innovation"
    DIRECT_PRODUCTION = "direct_production"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return CERTIFICATE_LABELS[self]


CERTIFICATE_LABELS = {
    CertificateKind.WOMEN: "여성기업",
    CertificateKind.DISABLED: "장애인기업",
    CertificateKind.SOCIAL: "사회적기업",
    CertificateKind.SOCIAL_COOPERATIVE: "사회적협동조합",
    CertificateKind.VILLAGE: "마을기업",
    CertificateKind.SELF_SUPPORT: "자활기업",
    CertificateKind.STARTUP: "창업기업",
    CertificateKind.YOUTH_STARTUP: "청년창업기업",
    CertificateKind.SEVERELY_DISABLED: "중증장애인생산품",
    CertificateKind.STANDARD_WORKPLACE: "장애인표준사업장",
    CertificateKind.GREEN: "녹색제품",
    CertificateKind.INNOVATION: "혁신제품",
    CertificateKind.DIRECT_PRODUCTION: "직접생산",
}

# Longest words first: 청년창업기업 is not 창업기업, 장애인표준사업장 is not 장애인기업.
_CERTIFICATE_WORDS = tuple(
    sorted(
        [(label, kind) for kind, label in CERTIFICATE_LABELS.items()]
        + [
            ("표준사업장", CertificateKind.STANDARD_WORKPLACE),
            ("중증장애인", CertificateKind.SEVERELY_DISABLED),
            ("청년창업", CertificateKind.YOUTH_STARTUP),
            ("직접생산확인", CertificateKind.DIRECT_PRODUCTION),
            ("자활", CertificateKind.SELF_SUPPORT),
            ("녹색", CertificateKind.GREEN),
            ("혁신", CertificateKind.INNOVATION),
        ],
        key=lambda pair: -len(pair[0]),
    )
)


def read_certificate(text: str) -> CertificateKind | None:
    """Read a certificate's name as sheets write it (여성기업, 여성기업확인서 …); None when we know none such."""
    word = "".join(text.split())
    return next((kind for label, kind in _CERTIFICATE_WORDS if word.startswith(label)), None)


@dataclass(frozen=True, slots=True)
class VendorAddress:
    """One address over a span of days: `since` inclusive (None: unknown), `until` exclusive (None: still)."""

    kind: AddressKind
    text: str
    district: str | None
    in_city: Fact
    evidence: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SizeFact:
    """Whether the firm is an SME or micro firm (중소기업·소상공인), and what says so."""

    small: Fact = Fact.UNKNOWN
    evidence: str = ""
    checked_on: date | None = None


def size_on(now: SizeFact, earlier: Sequence[tuple[SizeFact, date]], day: date) -> SizeFact:
    """What was known of a firm's size on a day. `earlier` are the facts of before, oldest first, each with the day on
    which another took its place.

    A proof of that day or older holds; else what stood in the registry on that day; else what is known now.
    """
    if now.checked_on is not None and now.checked_on <= day:
        return now
    stood = next((fact for fact, until in earlier if day < until), now)
    if stood.small is not Fact.UNKNOWN and (stood.checked_on is None or stood.checked_on <= day):
        return stood
    known = [fact for fact, _ in earlier if fact.checked_on is not None and fact.checked_on <= day]
    return max(known, key=lambda fact: fact.checked_on or date.min, default=now)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate; it counts on days from `valid_from` to `valid_to`, both inclusive (None: not stated)."""

    kind: CertificateKind
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it was valid on a day; an unstated end is taken as open."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Vendor:
    """A firm of the registry as it stands now; `id` 0 before it is stored.

    `items` are what it makes or sells, as the source words them; `phone` is an office number, never a mobile one;
    `kinds` are those that a source states (물품, 용역, 공사), in the order of PurchaseKind; what trade and items say
    beside it is never written down. `as_of` is the day that the source itself names as its own. `status` is what the
    tax office last answered; no source of firms speaks of it, and it is never part of a firm's versions.
    """

    id: int
    name: str
    business_number: str | None = None
    phone: str | None = None
    trade: str | None = None
    makes: Fact = Fact.UNKNOWN
    size: SizeFact = field(default_factory=SizeFact)
    items: tuple[str, ...] = ()
    addresses: tuple[VendorAddress, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    as_of: date | None = None
    source: str = ""
    version: int = 1
    status: VendorStatus = field(default_factory=VendorStatus)
    kinds: tuple[PurchaseKind, ...] = ()

    @property
    def head_office(self) -> VendorAddress | None:
        """The current head office, or the first address that is known at all."""
        current = [a for a in self.addresses if a.until is None]
        heads = [a for a in current if a.kind is AddressKind.HEAD_OFFICE]
        return next(iter(heads or current or self.addresses), None)
