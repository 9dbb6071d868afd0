"""의무구매: other purchasing schemes that one purchase fills beside the local one, by what was frozen with it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gwannae.programme.certificates import days_left, warning
from gwannae.programme.facts import Fact
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.vendors import Certificate, CertificateKind
from gwannae.programme.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Scheme:
    """A dated duty to buy from certain firms. `rate` in basis points of the base (500 is 5%), None where no text names
    one. The base is all purchases of `kinds`, of small firms alone where `base_small`.

    A purchase counts by one of `certificates`, or by the firm's proven size where `by_size`. `until` is inclusive.
    Several entries may share a `code` (other kinds, other days); no purchase falls under two of them.
    """

    code: str
    label: str
    rate: int | None
    kinds: tuple[PurchaseKind, ...]
    base_small: bool
    certificates: tuple[CertificateKind, ...]
    by_size: bool
    valid_from: date
    until: date | None
    law: str
    checked_on: date
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it was in force on a day."""
        return self.valid_from <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was known of the firm on the contract date, as far as schemes ask: its size, and certificates that held.

    `certificates` is None where the purchase was reported before they were kept: nobody can say any more.
    """

    small: Fact
    certificates: frozenset[CertificateKind] | None


@dataclass(frozen=True, slots=True)
class Filled:
    """A scheme that a purchase counts in, and the certificate by which it does; None where the firm's size is why.

    `ends_in` are the days that the certificate has left where its end is near, else None.
    """

    scheme: Scheme
    certificate: Certificate | None
    ends_in: int | None = None


@dataclass(frozen=True, slots=True)
class EvidenceTotal:
    """Purchases of one organisation, kind and evidence, added up: number of contracts and won."""

    organisation_id: int
    kind: PurchaseKind
    evidence: Evidence
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class SchemeFigures:
    """One scheme over a span of days: what counted of its base. `unknown_count` of the base was reported before
    certificates were kept and counts as not filled.
    """

    scheme: Scheme
    count: int = 0
    amount: int = 0
    base_count: int = 0
    base_amount: int = 0
    unknown_count: int = 0

    @property
    def by_count(self) -> Ratio:
        """Contracts that count of those in the base."""
        return Ratio(self.count, self.base_count)

    @property
    def by_amount(self) -> Ratio:
        """Won that count of those in the base: what the rate is about."""
        return Ratio(self.amount, self.base_amount)

    @property
    def missing(self) -> int | None:
        """Won that are still to be bought under the scheme for its rate, on the base as it stands; None without one."""
        if self.scheme.rate is None:
            return None
        due = -(-self.base_amount * self.scheme.rate // 10_000)
        return max(0, due - self.amount)


@dataclass(frozen=True, slots=True)
class SchemesAnswer:
    """Every scheme's figures over a year: of all organisations, or of the one that is named."""

    year: int
    organisation: str | None
    figures: tuple[SchemeFigures, ...]


def evidence_of(judgement: Judgement) -> Evidence:
    """What a frozen verdict says of the firm."""
    held = judgement.certificates
    return Evidence(judgement.size.small, None if held is None else frozenset(c.kind for c in held))


def filled(
    schemes: Sequence[Scheme], kind: PurchaseKind, judgement: Judgement, today: date, warn_days: Sequence[int]
) -> tuple[Filled, ...]:
    """The schemes in force on the contract date that a purchase counts in: several, but none of them twice.

    Ends of certificates are seen from `today`, and told within so many days of it.
    """
    found: dict[str, Filled] = {}
    evidence = evidence_of(judgement)
    for scheme in schemes:
        if scheme.holds_on(judgement.judged_for) and _counts(scheme, kind, evidence):
            certificate = _by_which(scheme, judgement.certificates or ())
            found.setdefault(scheme.code, Filled(scheme, certificate, _ends_in(certificate, today, warn_days)))
    return tuple(found.values())


def spans(schemes: Sequence[Scheme], first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days from `first` to `last` in stretches within which no scheme begins or ends."""
    begins = {s.valid_from for s in schemes} | {s.until + timedelta(days=1) for s in schemes if s.until}
    cuts = sorted({first} | {day for day in begins if first < day <= last})
    for begin, following in zip(cuts, [*cuts[1:], last + timedelta(days=1)], strict=True):
        yield begin, following - timedelta(days=1)


def scheme_figures(
    schemes: Sequence[Scheme], totals: Mapping[tuple[date, date], Iterable[EvidenceTotal]]
) -> tuple[SchemeFigures, ...]:
    """Add up every scheme that was in force in one of the spans. `totals` by span, as `spans` cuts them."""
    figures: dict[Scheme, SchemeFigures] = {}
    for (begin, _), of_span in totals.items():
        rows = list(of_span)
        for scheme in schemes:
            if scheme.holds_on(begin):
                found = figures.get(scheme, SchemeFigures(scheme))
                for row in rows:
                    found = _plus(found, row)
                figures[scheme] = found
    return tuple(figures[scheme] for scheme in schemes if scheme in figures)


def _plus(figures: SchemeFigures, row: EvidenceTotal) -> SchemeFigures:
    scheme = figures.scheme
    if not _in_base(scheme, row.kind, row.evidence):
        return figures
    counts = _counts(scheme, row.kind, row.evidence)
    unknown = not scheme.by_size and row.evidence.certificates is None
    return SchemeFigures(
        scheme,
        figures.count + row.count * counts,
        figures.amount + row.amount * counts,
        figures.base_count + row.count,
        figures.base_amount + row.amount,
        figures.unknown_count + row.count * unknown,
    )


def _in_base(scheme: Scheme, kind: PurchaseKind, evidence: Evidence) -> bool:
    return kind in scheme.kinds and (not scheme.base_small or evidence.small is Fact.YES)


def _counts(scheme: Scheme, kind: PurchaseKind, evidence: Evidence) -> bool:
    if not _in_base(scheme, kind, evidence):
        return False
    if scheme.by_size:
        return evidence.small is Fact.YES
    return not (evidence.certificates or frozenset()).isdisjoint(scheme.certificates)


def _by_which(scheme: Scheme, certificates: Sequence[Certificate]) -> Certificate | None:
    """Of several the one that holds longest: a purchase counts once, by whichever."""
    fitting = [c for c in certificates if c.kind in scheme.certificates]
    return max(fitting, key=lambda c: c.valid_to or date.max, default=None)


def _ends_in(certificate: Certificate | None, today: date, warn_days: Sequence[int]) -> int | None:
    if certificate is None or warning(certificate, today, warn_days) is None:
        return None
    return days_left(certificate, today)
