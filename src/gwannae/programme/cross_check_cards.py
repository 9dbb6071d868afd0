"""대조 카드: what a published list says beside one organisation's reports, kept until it is looked at and answered.

What is open is worked out anew whenever a card is shown, from what the list had and what is reported now: a purchase
that was reported or corrected meanwhile leaves the card by itself, however it came in.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check import CrossCheck, cross_check
from gwannae.programme.organisations import Organisation

MAX_REASON = 300
UNPUBLISHED = "unpublished"  # in the place of a finding's key: all reports that the list lacks
CARDS_ON_PAGE = 15  # of the office's window: what is worked out while somebody waits


class PublishedSource(StrEnum):
    """Where a published list came from."""

    FILE = "file"
    G2B = "g2b"


class FindingKind(StrEnum):
    """What is to be looked at, in the order in which a card shows it."""

    MISSING_HERE = "missing_here"
    DIFFERENT = "different"
    QUESTION = "question"
    MISSING_THERE = "missing_there"


class CardAnswer(StrEnum):
    """What an organisation says of a finding, with its reason; then nobody asks again."""

    NOT_OURS = "not_ours"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class CheckRun:
    """One published list held against a year's reports; `import_id` is its place in the inbox of files.

    `year` 0: the one that most of its contracts have. The counts are 0 until it was done.
    """

    import_id: int
    source: PublishedSource
    year: int = 0
    published: int = 0
    reported: int = 0
    agreed: int = 0
    other_years: int = 0
    without_amount: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Sent:
    """A card on its way: claimed by the press; `ts` names the message once Slack has confirmed it, "" before."""

    at: datetime
    by_user: str
    team_id: str
    channel_id: str
    ts: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody said of a finding, and of which contract (its name then)."""

    key: str
    title: str
    answer: CardAnswer
    reason: str
    by_user: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardDraft:
    """What is kept of one organisation's part. `published`: what the list has and no report agrees with; `agreed` and
    `unpublished`: numbers of the reports that agreed, and that the list did not have. `organisation` None: nobody of
    ours could be told from the list.
    """

    organisation: Organisation | None
    published: tuple[Contract, ...] = ()
    agreed: tuple[int, ...] = ()
    unpublished: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A kept card. `answers` are all of its organisation, those to earlier lists too."""

    id: int
    run: CheckRun
    draft: CardDraft
    sent: Sent | None = None
    answers: Mapping[str, Answered] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `key` is the same as long as it is the same thing, in later lists too."""

    key: str
    kind: FindingKind
    published: tuple[Contract, ...]
    reported: tuple[Contract, ...]

    @property
    def title(self) -> str:
        """What it is about."""
        return (self.published or self.reported)[0].title


@dataclass(frozen=True, slots=True)
class CardState:
    """A card as it stands now: what is open, what was answered of what would be open."""

    card: Card
    findings: tuple[Finding, ...]
    answered: tuple[Answered, ...]

    @property
    def to_do(self) -> tuple[Finding, ...]:
        """What somebody should look at one by one: reports that the list lacks are often not to be published at all."""
        return tuple(one for one in self.findings if one.kind is not FindingKind.MISSING_THERE)

    @property
    def unpublished(self) -> tuple[Finding, ...]:
        """Those reports, which are told of together and answered with one press."""
        return tuple(one for one in self.findings if one.kind is FindingKind.MISSING_THERE)

    def pressed(self, key: str) -> tuple[Finding, ...]:
        """The open findings that a button is about: one, or all reports that the list lacks."""
        return self.unpublished if key == UNPUBLISHED else tuple(one for one in self.findings if one.key == key)


def drafts_of(
    check: CrossCheck, whose: Callable[[str], Organisation | None], span: tuple[date, date] | None
) -> tuple[CardDraft, ...]:
    """The parts of the organisations that have something to look at, by name; what is nobody's last. `whose` tells an
    organisation by its code. A difference or question belongs to who reported.

    `span`: the list's first and last day, None where it tells none. Lists are of a month or a quarter more often than
    of a year, so a report of another day says nothing about them.
    """
    published: dict[str, list[Contract]] = {}
    unpublished: dict[str, list[int]] = {}
    for contract in check.missing_here:
        published.setdefault(contract.organisation, []).append(contract)
    for pair in check.different:
        published.setdefault(pair.reported.organisation, []).append(pair.published)
    for question in check.questions:
        published.setdefault(question.reported[0].organisation, []).extend(question.published)
    for contract in check.missing_there:
        if span is not None and (contract.day is None or not span[0] <= contract.day <= span[1]):
            continue
        unpublished.setdefault(contract.organisation, []).append(contract.ref)
    agreed: dict[str, list[int]] = {}
    for contract in check.agreed:
        agreed.setdefault(contract.organisation, []).append(contract.ref)
    drafts = [
        CardDraft(
            whose(code), tuple(published.get(code, ())), tuple(agreed.get(code, ())), tuple(unpublished.get(code, ()))
        )
        for code in {*published, *unpublished}
    ]
    return tuple(sorted(drafts, key=lambda d: (d.organisation is None, d.organisation.name if d.organisation else "")))


def state_of(card: Card, reported: Iterable[Contract]) -> CardState:
    """What is open now. `reported`: what its organisation has reported of the year, cancelled reports left out."""
    agreed = frozenset(card.draft.agreed)
    found = cross_check(card.draft.published, [c for c in reported if c.ref not in agreed])
    findings = _findings(found, frozenset(card.draft.unpublished))
    answered = tuple(card.answers[one.key] for one in findings if one.key in card.answers)
    return CardState(card, tuple(one for one in findings if one.key not in card.answers), answered)


def _findings(check: CrossCheck, unpublished: Collection[int]) -> list[Finding]:
    """In the order of a card. A report that the list could not have yet is none."""
    found = [Finding(_key("here", (c,), ()), FindingKind.MISSING_HERE, (c,), ()) for c in check.missing_here]
    found += [
        Finding(_key("amount", (d.published,), (d.reported,)), FindingKind.DIFFERENT, (d.published,), (d.reported,))
        for d in check.different
    ]
    found += [
        Finding(_key("alike", q.published, q.reported), FindingKind.QUESTION, q.published, q.reported)
        for q in check.questions
    ]
    found += [
        Finding(_key("there", (), (c,)), FindingKind.MISSING_THERE, (), (c,))
        for c in check.missing_there
        if c.ref in unpublished
    ]
    return found


def _key(kind: str, published: Sequence[Contract], reported: Sequence[Contract]) -> str:
    """Names a finding by what the contract itself says: its row in another list is another."""
    said: list[object] = [kind]
    for c in published:
        said += [c.number_key] if c.number_key else [c.title_key, c.firm_key, c.business_number, c.day]
        said.append(c.amount)
    said += [c.ref for c in reported]
    return hashlib.blake2s("|".join(map(str, said)).encode(), digest_size=8).hexdigest()


# -- outcomes -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckDesk:
    """What the form for a published list offers: years, and whether the procurement service can be asked."""

    years: tuple[int, ...]
    service: bool


@dataclass(frozen=True, slots=True)
class CheckOverview:
    """A list that was held against the reports: its cards as they stand now."""

    run: CheckRun
    name: str
    cards: tuple[CardState, ...]
    unlinked: frozenset[int] = frozenset()  # organisations without a channel to send to


@dataclass(frozen=True, slots=True)
class CardSending:
    """A card may go out now, to this channel; nobody else sends it."""

    state: CardState
    team_id: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class AlreadySent:
    """The card was sent before: nothing goes out twice."""

    state: CardState


@dataclass(frozen=True, slots=True)
class NoChannel:
    """The organisation has no channel, or none of the list's contracts is anybody's: nowhere to send it."""

    state: CardState


@dataclass(frozen=True, slots=True)
class Settled:
    """The finding is no longer open: reported, corrected or answered meanwhile."""

    state: CardState


@dataclass(frozen=True, slots=True)
class AnswerMissing:
    """The form lacks an answer, or its reason."""

    answer: bool
    reason: bool
