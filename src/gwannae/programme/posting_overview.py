"""How the posting stands, for the programme office: begun or not, paused, the sum, what is in trouble."""

from dataclasses import dataclass
from datetime import datetime

from gwannae.programme.ledger import LedgerSum, Place, PostKind
from gwannae.programme.organisations import Actor, Organisation
from gwannae.programme.posting_trouble import TroubleDigest


@dataclass(frozen=True, slots=True)
class Pause:
    """What waits, since when, and by whose press: `what` "all" (no `value`), "kind" or "organisation" (its code)."""

    what: str
    value: str
    since: datetime
    by: Actor


@dataclass(frozen=True, slots=True)
class Batch:
    """All messages of a kind and period that stand in Slack: how many, and when the latest was sent."""

    kind: PostKind
    period: str
    count: int
    latest: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A post of which a person has to say whether its message stands there; `meant`: the organisation's name."""

    post_id: int
    kind: PostKind
    meant: str


@dataclass(frozen=True, slots=True)
class PostingOverview:
    """`started_at`: since when posts go to their own places; before that all go to `test_channel`. `ticked_at`: the
    latest tick, to some minutes; None: there was none yet. `recovered_at`: when the database was seen to have forgotten
    something. `other_since`: since when another installation posts into the workspace, so that this one does not.
    `organisations`: those that take part, where somebody may let one of them wait.
    """

    started_at: datetime | None
    test_channel: Place | None
    ticked_at: datetime | None
    recovered_at: datetime | None
    pauses: tuple[Pause, ...]
    trouble: TroubleDigest
    batches: tuple[Batch, ...] = ()
    asked: tuple[Asked, ...] = ()
    other_since: datetime | None = None
    organisations: tuple[Organisation, ...] = ()

    @property
    def total(self) -> LedgerSum:
        """The sum of what counts now: rehearsals before 시작, real posts after."""
        return self.trouble.total


@dataclass(frozen=True, slots=True)
class InstallationMark:
    """One installation's message in the office's channel: its name, how often it was counted up, where it stands."""

    name: str
    beat: int
    ts: str


@dataclass(frozen=True, slots=True)
class Steered:
    """A press took effect, upon so many posts."""

    count: int = 0
