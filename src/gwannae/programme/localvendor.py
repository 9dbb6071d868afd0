"""What a look-up of local firms answers."""

from dataclasses import dataclass
from datetime import date

from gwannae.programme.meant import Meant
from gwannae.programme.met import Guess
from gwannae.programme.search import Query
from gwannae.programme.vendor_kinds import KindFilter
from gwannae.programme.vendors import Certificate, Vendor
from gwannae.programme.verdict import Judgement, Verdict

PAGE = 5


@dataclass(frozen=True, slots=True)
class Card:
    """One firm of an answer: the firm, its verdict as of the day of asking, certificates valid on that day.

    `matched_by` is how the words met it (name of the MatchClass in small letters), `score` 0 for the best. `bought` is
    how many purchases of the last twelve months the city has reported with it; None where nobody counted.
    """

    vendor: Vendor
    judgement: Judgement
    certificates: tuple[Certificate, ...]
    matched_by: str
    score: int
    bought: int | None = None


@dataclass(frozen=True, slots=True)
class LookUp:
    """One page of an answer. `side` is LOCAL, or OUTSIDE for what stands behind "관외 n곳 보기" (unconfirmed included).

    `offset` counts firms of that side before this page. Where nothing was found `near` are queries that find something:
    the words without their filters (district, certificate), else words of the registry that look alike. `planned` is
    the amount in won that the words named; it changes what is said, never who is found.

    `guesses` say what was looked for in place of which word, where such firms are on the page; `stands` is whether the
    words as they were typed are in the registry, too. `only` are the words that were looked for where not all of them
    together led to a firm. `meant` are words of the same trade that stood in for words that no firm lists. `unsorted`
    is how many firms of the side were left out because it is not known what they supply; `not_met` are kinds that were
    given up, for no firm of them was found.
    """

    query: Query
    side: Verdict
    local: int
    outside: int
    unconfirmed: int
    offset: int
    cards: tuple[Card, ...]
    as_of: date | None
    near: tuple[str, ...] = ()
    planned: int | None = None
    guesses: tuple[Guess, ...] = ()
    stands: bool = False
    only: tuple[str, ...] = ()
    meant: Meant | None = None
    unsorted: int = 0
    not_met: tuple[KindFilter, ...] = ()

    @property
    def found(self) -> int:
        """How many firms met the words at all."""
        return self.local + self.outside + self.unconfirmed

    @property
    def of_side(self) -> int:
        """How many firms stand on the side that is shown."""
        return self.local if self.side is Verdict.LOCAL else self.outside + self.unconfirmed

    @property
    def remaining(self) -> int:
        """How many firms of the side follow this page."""
        return max(0, self.of_side - self.offset - len(self.cards))


@dataclass(frozen=True, slots=True)
class FirmGone:
    """The firm of a button that was pressed is no longer in the registry."""

    vendor_id: int


@dataclass(frozen=True, slots=True)
class MissingNoted:
    """A word without a local firm was handed to the programme office: `times` so far, by anybody.

    `fresh` is false where the same person had said so on the same day: nothing was counted again.
    """

    word: str
    times: int
    fresh: bool = True
