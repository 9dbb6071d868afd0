"""발송 장부: what is to be posted by the clock, each post once: its key in one spelling, its states, and the sum.

A row of the ledger is one post. It is planned days before it is due, claimed before it is sent, and confirmed with
Slack's time stamp after; `docs/posting.md` says why each step is as it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

# 2027-05, 2027-Q2, 2027-H1, 2027, and a single day for what comes daily.
_PERIOD = re.compile(r"\d{4}(?:-(?:Q[1-4]|H[12]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?", re.ASCII)
_RECIPIENT = re.compile(r"channel|lead|office|council|person:[A-Z0-9]{2,}", re.ASCII)
_REHEARSAL = "rehearsal"


class PostKind(StrEnum):
    """What is posted by the clock. The value is part of every key and is kept for ever: never rename one."""

    GUIDANCE = "guidance"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    CONFIRMATION = "confirmation"
    CLOSING_COUNTDOWN = "closing_countdown"
    CLOSING = "closing"
    COUNCIL_PACKET = "council_packet"
    PRELIMINARY_STANDINGS = "preliminary_standings"
    FINAL_STANDINGS = "final_standings"
    ANNOUNCEMENT = "announcement"
    BONUS_POINTS = "bonus_points"
    HAND_OVER = "hand_over"
    WEEKLY_DIGEST = "weekly_digest"
    TROUBLE_DIGEST = "trouble_digest"
    PROJECT_REMINDER = "project_reminder"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    PostKind.GUIDANCE: "1월 안내",
    PostKind.REMINDER: "월별 독려",
    PostKind.OVERDUE: "기한 지남",
    PostKind.CONFIRMATION: "실적 확정",
    PostKind.CLOSING_COUNTDOWN: "마감 예고",
    PostKind.CLOSING: "마감",
    PostKind.COUNCIL_PACKET: "실무협의회 자료",
    PostKind.PRELIMINARY_STANDINGS: "잠정 순위",
    PostKind.FINAL_STANDINGS: "최종 순위",
    PostKind.ANNOUNCEMENT: "우수부서 발표",
    PostKind.BONUS_POINTS: "가점 통보",
    PostKind.HAND_OVER: "인수인계",
    PostKind.WEEKLY_DIGEST: "주간 요약",
    PostKind.TROUBLE_DIGEST: "발송 문제 요약",
    PostKind.PROJECT_REMINDER: "과제 독려",
}


class PostState(StrEnum):
    """How a post stands."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    ASKING = "asking"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    PostState.PLANNED: "예정",
    PostState.SENDING: "보내는 중",
    PostState.SENT: "보냄",
    PostState.FAILED: "실패(다시 시도 예정)",
    PostState.ASKING: "사람의 확인을 기다림",
    PostState.SKIPPED: "건너뜀",
    PostState.CANCELLED: "취소",
}

WAITING = (PostState.PLANNED, PostState.SENDING, PostState.FAILED)
REFUSED = (PostState.SKIPPED, PostState.CANCELLED)


class SkipReason(StrEnum):
    """Why a post was not sent, by a rule or by a person. Kept for ever: never rename one."""

    NOTHING_OWED = "nothing_owed"
    TOO_LATE = "too_late"
    ORGANISATION_GONE = "organisation_gone"
    NO_SLACK = "no_slack"
    NOBODY = "nobody"
    REHEARSAL_OVER = "rehearsal_over"
    BY_OFFICE = "by_office"
    PUT_OFF = "put_off"

    @property
    def label(self) -> str:
        """A sentence's end that says it: "보낼 것이 없어서"."""
        return _REASON_LABELS[self]


_REASON_LABELS = {
    SkipReason.NOTHING_OWED: "보낼 것이 없어서",
    SkipReason.TOO_LATE: "늦어서 쓸모가 없어져서",
    SkipReason.ORGANISATION_GONE: "더는 참여하지 않는 곳이라서",
    SkipReason.NO_SLACK: "연결된 채널이 없어서(공문 초안으로 대신)",
    SkipReason.NOBODY: "받을 사람이 정해지지 않아서",
    SkipReason.REHEARSAL_OVER: "시험 기간이 끝나서",
    SkipReason.BY_OFFICE: "총괄 부서가 취소해서",
    SkipReason.PUT_OFF: "받는 쪽에서 다시 알릴 날을 정해 두어서",
}


class BadKeyError(ValueError):
    """Not a key of a post: the `part` that is wrong, and its `value`."""

    def __init__(self, part: str, value: str) -> None:
        super().__init__(part, value)
        self.part = part
        self.value = value


@dataclass(frozen=True, slots=True)
class PostKey:
    """What makes a post that post. Two of one key are the same post, and it goes out once.

    `period` in the one spelling ("2027-05", "2027-Q2", "2027-H1", "2027", "2027-05-03"); `organisation` its code, empty
    for what is the whole city's; `recipient` "channel", "lead", "office", "council" or "person:<Slack id>";
    `occurrence` from 1. `rehearsal`: before the office presses 시작; the ledger sets it, no plan does.

    Raises:
        BadKeyError: another spelling would be another post.
    """

    kind: PostKind
    period: str
    organisation: str
    recipient: str
    occurrence: int = 1
    rehearsal: bool = False

    def __post_init__(self) -> None:
        """Refuse a second spelling of anything."""
        if not _PERIOD.fullmatch(self.period):
            raise BadKeyError("period", self.period)
        if not _RECIPIENT.fullmatch(self.recipient):
            raise BadKeyError("recipient", self.recipient)
        if self.occurrence < 1:
            raise BadKeyError("occurrence", str(self.occurrence))

    @property
    def spelled(self) -> str:
        """The key as one text; it stands in the message's metadata, so there is neither an amount nor a name in it."""
        organisation = self.organisation.replace("%", "%25").replace("/", "%2F")
        parts = [self.kind.value, self.period, organisation, self.recipient, str(self.occurrence)]
        return "/".join([*parts, _REHEARSAL] if self.rehearsal else parts)


def read_key(text: str) -> PostKey:
    """The key that was spelled so. Raises BadKeyError."""
    parts = text.split("/")
    rehearsal = len(parts) == 6 and parts[5] == _REHEARSAL
    if len(parts) != 5 + rehearsal or parts[0] not in set(PostKind) or not parts[4].isascii():
        raise BadKeyError("key", text)
    if not parts[4].isdigit() or parts[4] != str(int(parts[4])):
        raise BadKeyError("occurrence", parts[4])
    organisation = parts[2].replace("%2F", "/").replace("%25", "%")
    return PostKey(PostKind(parts[0]), parts[1], organisation, parts[3], int(parts[4]), rehearsal)


def month_key(day: date) -> str:
    """The spelling of a day's month: "2027-05"."""
    return f"{day.year:04}-{day.month:02}"


def day_key(day: date) -> str:
    """The spelling of a day: "2027-05-03"."""
    return day.isoformat()


def year_key(day: date) -> str:
    """The spelling of a day's year: "2027"."""
    return f"{day.year:04}"


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post that ought to stand in the ledger: sent from `due` on, and no more from `useful_until` on (both aware).

    `edits`: it takes the place of that post's message where one was sent, and is a message of its own where none was.
    """

    key: PostKey
    due: datetime
    useful_until: datetime
    edits: PostKey | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Asked as it was about to go out: it is not sent, for this reason."""

    reason: SkipReason


@dataclass(frozen=True, slots=True)
class Wait:
    """Asked as it was about to go out: not now; it is asked again at `until` (a snooze, a decision still open)."""

    until: datetime


class Wish(StrEnum):
    """What the office wishes done to messages that stand already."""

    CORRECT = "correct"  # say it anew in the same place
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes or went: a channel or person of a workspace."""

    team_id: str
    channel_id: str


@dataclass(frozen=True, slots=True)
class Post:
    """One row of the ledger. `due` moves with every retry, `planned_for` does not; all moments are aware.

    `look_first`: an outcome was doubtful, or the database forgot, so Slack is asked for the message before anything is
    sent. `place` and `ts`: where it stands, or was last tried. `problem`: Slack's or our own code for why it has not
    gone out yet. `wish`: what the office wishes done to the message that stands there.
    """

    id: int
    key: PostKey
    state: PostState
    planned_for: datetime
    due: datetime
    useful_until: datetime
    edits: PostKey | None = None
    owner: str | None = None
    lease_until: datetime | None = None
    tries: int = 0
    first_try_at: datetime | None = None
    look_first: bool = False
    place: Place | None = None
    ts: str = ""
    sent_at: datetime | None = None
    problem: str = ""
    problem_at: datetime | None = None
    reason: SkipReason | None = None
    withdrawn_at: datetime | None = None
    wish: Wish | None = None


class PostEvent(StrEnum):
    """What became of a post, step by step. Kept for ever: never rename one."""

    CLAIMED = "claimed"
    SENT = "sent"
    FOUND = "found"  # the look-up found it: nothing was sent a second time
    NOT_FOUND = "not_found"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"
    ASKED = "asked"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    PUT_BACK = "put_back"
    LATE_OWNER = "late_owner"
    DOUBLE = "double"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RECOVERED = "recovered"
    ANSWERED = "answered"

    @property
    def label(self) -> str:
        """What a person reads in a post's history."""
        return _EVENT_LABELS[self]


_EVENT_LABELS = {
    PostEvent.CLAIMED: "보내기 시작함",
    PostEvent.SENT: "보냄",
    PostEvent.FOUND: "채널에서 찾음(다시 보내지 않음)",
    PostEvent.NOT_FOUND: "채널에 없음을 확인함",
    PostEvent.DOUBTFUL: "도착했는지 알 수 없음",
    PostEvent.REFUSED: "Slack이 받지 않음",
    PostEvent.ASKED: "사람에게 물음",
    PostEvent.SKIPPED: "건너뜀",
    PostEvent.CANCELLED: "취소함",
    PostEvent.PUT_BACK: "다시 예정에 넣음",
    PostEvent.LATE_OWNER: "늦게 끝난 발송이 있었음",
    PostEvent.DOUBLE: "두 번 올라간 것을 찾음",
    PostEvent.CORRECTED: "고침",
    PostEvent.WITHDRAWN: "거둠",
    PostEvent.RECOVERED: "복원된 자료라서 먼저 찾아보기로 함",
    PostEvent.ANSWERED: "사람이 답함",
}


@dataclass(frozen=True, slots=True)
class PostStep:
    """One step of a post's history; `detail` holds codes, and whose press it was."""

    at: datetime
    event: PostEvent
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LedgerSum:
    """At every moment planned = sent + refused by rule + waiting + asking a person."""

    planned: int
    sent: int
    refused: int
    waiting: int
    asking: int

    @property
    def holds(self) -> bool:
        """Whether nothing has got lost between the parts."""
        return self.planned == self.sent + self.refused + self.waiting + self.asking


def sum_of(counts: Mapping[PostState, int], planned: int) -> LedgerSum:
    """The sum, from how many posts stand in each state and how many there are."""
    return LedgerSum(
        planned,
        counts.get(PostState.SENT, 0),
        sum(counts.get(state, 0) for state in REFUSED),
        sum(counts.get(state, 0) for state in WAITING),
        counts.get(PostState.ASKING, 0),
    )


def rehearsed(planned: PlannedPost) -> PlannedPost:
    """The same post as it is planned before the office presses 시작: another post, which goes to the test channel."""
    edits = replace(planned.edits, rehearsal=True) if planned.edits is not None else None
    return replace(planned, key=replace(planned.key, rehearsal=True), edits=edits)
