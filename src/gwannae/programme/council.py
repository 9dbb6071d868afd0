"""실무협의회: its members with their terms, what it met about, and what was decided. People decide; this is the record.

Members are kept by post (소관과장, 계약총괄팀장), not by name: who holds a post changes, and no name is needed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from gwannae.programme.council_rules import CouncilRules
from gwannae.programme.periods import half_key

MAX_POST = 60
MAX_SAID = 1500
MAX_OTHERS = 300


@dataclass(frozen=True, slots=True)
class Member:
    """One seat's holder by post. `until` is the last day of the term, None while it has no end."""

    id: int
    post: str
    chair: bool
    since: date
    until: date | None = None

    def sits_on(self, day: date) -> bool:
        """Whether the term covers a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class MemberForm:
    """What the office filled in; `id` 0: a new one."""

    id: int
    post: str
    chair: bool
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The `number`th record of a half's meeting (a later one replaces it). `present`: ids of members; `others`: in
    words; `said`: what was decided, duty by duty, an empty text where nothing was.
    """

    number: int
    period: str
    held_on: date
    present: tuple[int, ...]
    others: str
    said: tuple[str, ...]
    at: datetime
    by_team: str
    by_user: str


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """What the office filled in."""

    period: str
    held_on: date | None
    present: tuple[int, ...]
    others: str
    said: tuple[str, ...]


class CouncilFault(StrEnum):
    """Which field is wrong."""

    POST = "post"
    SINCE = "since"
    UNTIL = "until"
    SECOND_CHAIR = "second_chair"
    PERIOD = "period"
    DAY = "day"
    FUTURE = "future"
    PRESENT = "present"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class CouncilRefused:
    """Nothing was stored."""

    faults: tuple[CouncilFault, ...]


@dataclass(frozen=True, slots=True)
class MemberKept:
    """It stands; `sitting` is how many sit today. `fresh` is False where the same form came in again."""

    member: Member
    sitting: int
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class MeetingKept:
    """It stands. `strangers` were present and no members on that day; `absent` sat and are not named as present."""

    meeting: Meeting
    strangers: tuple[Member, ...]
    absent: tuple[Member, ...]
    fresh: bool = True


@dataclass(frozen=True, slots=True)
class CouncilDesk:
    """What the office's window shows: the halves to work on, latest first, all members, what was recorded."""

    today: date
    rules: CouncilRules
    periods: tuple[str, ...]
    members: tuple[Member, ...] = ()
    meetings: tuple[Meeting, ...] = field(default_factory=tuple)

    def meeting_of(self, period: str) -> Meeting | None:
        """The record that holds for a half."""
        found = [meeting for meeting in self.meetings if meeting.period == period]
        return max(found, key=lambda meeting: meeting.number, default=None)


def members_on(members: Iterable[Member], day: date) -> tuple[Member, ...]:
    """Who sits on a day, the chair first."""
    return tuple(sorted((m for m in members if m.sits_on(day)), key=lambda m: (not m.chair, m.since, m.id)))


def strangers(members: Sequence[Member], present: Sequence[int], day: date) -> tuple[Member, ...]:
    """Those of the present who were no members on that day."""
    return tuple(m for m in members if m.id in present and not m.sits_on(day))


def named_without_seat(members: Sequence[Member], text: str, day: date) -> tuple[Member, ...]:
    """Members whose post is named in a free text and whose term does not cover the day, nor that of another holder of
    the same post.
    """
    sitting = {member.post for member in members_on(members, day)}
    found = {m.post: m for m in members if m.post in text and m.post not in sitting}
    return tuple(found.values())


def member_faults(form: MemberForm, members: Sequence[Member]) -> tuple[CouncilFault, ...]:
    """What is wrong with a form: `post` cleaned already, `members` all that there are."""
    if not form.post:
        return (CouncilFault.POST,)
    if form.since is None:
        return (CouncilFault.SINCE,)
    if form.until is not None and form.until < form.since:
        return (CouncilFault.UNTIL,)
    if form.chair and any(_overlap(form, other) for other in members if other.chair and other.id != form.id):
        return (CouncilFault.SECOND_CHAIR,)
    return ()


def meeting_faults(form: MeetingForm, members: Sequence[Member], today: date) -> tuple[CouncilFault, ...]:
    """What is wrong with a form, field by field."""
    faults = []
    if half_of(form.period) is None:
        faults.append(CouncilFault.PERIOD)
    if form.held_on is None:
        faults.append(CouncilFault.DAY)
    elif form.held_on > today:
        faults.append(CouncilFault.FUTURE)
    known = {member.id for member in members}
    if not form.present or not known.issuperset(form.present):
        faults.append(CouncilFault.PRESENT)
    if not any(form.said):
        faults.append(CouncilFault.SAID)
    return tuple(faults)


def half_of(period: str) -> tuple[date, date] | None:
    """First and last day of a half ("2027-H1"), both inclusive; None for what is none."""
    year, _, half = period.partition("-H")
    if len(year) != 4 or not (year.isascii() and year.isdigit()) or int(year) == 0 or half not in ("1", "2"):
        return None
    first = date(int(year), 1 if half == "1" else 7, 1)
    return first, date(int(year), 6, 30) if half == "1" else date(int(year), 12, 31)


def halves_to(day: date, count: int) -> tuple[str, ...]:
    """The halves up to that of a day, the latest first."""
    number = day.year * 2 + (day.month > 6)
    return tuple(half_key((number - n) // 2, (number - n) % 2 + 1) for n in range(count))


def _overlap(form: MemberForm, other: Member) -> bool:
    assert form.since is not None
    begins_before_end = other.until is None or form.since <= other.until
    return begins_before_end and (form.until is None or other.since <= form.until)
