"""발송 문제: why a post has not gone out, as something that somebody can do about it; gathered for one digest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gwannae.programme.ledger import LedgerSum, PostKind


class Remedy(StrEnum):
    """What helps."""

    UNARCHIVE = "unarchive"
    INVITE = "invite"
    LINK = "link"
    ALLOW = "allow"
    PERSON = "person"
    APP = "app"
    WAIT = "wait"
    TEST_CHANNEL = "test_channel"
    OFFICE = "office"
    LOOK = "look"
    REPORT = "report"


# Slack's codes, by its page on chat.postMessage, and our own.
_REMEDIES: dict[str, Remedy] = {
    "is_archived": Remedy.UNARCHIVE,
    "not_in_channel": Remedy.INVITE,
    "channel_not_found": Remedy.LINK,
    "channel_is_archived": Remedy.UNARCHIVE,
    "restricted_action": Remedy.ALLOW,
    "restricted_action_read_only_channel": Remedy.ALLOW,
    "restricted_action_non_threadable_channel": Remedy.ALLOW,
    "restricted_action_thread_only_channel": Remedy.ALLOW,
    "restricted_action_thread_locked": Remedy.ALLOW,
    "posting_to_general_channel_denied": Remedy.ALLOW,
    "user_not_found": Remedy.PERSON,
    "users_not_found": Remedy.PERSON,
    "user_disabled": Remedy.PERSON,
    "cannot_dm_bot": Remedy.PERSON,
    "messages_tab_disabled": Remedy.APP,
    "account_inactive": Remedy.APP,
    "invalid_auth": Remedy.APP,
    "not_authed": Remedy.APP,
    "token_revoked": Remedy.APP,
    "token_expired": Remedy.APP,
    "missing_scope": Remedy.APP,
    "no_permission": Remedy.APP,
    "no_token": Remedy.APP,
    "org_login_required": Remedy.APP,
    "team_access_not_granted": Remedy.APP,
    "ekm_access_denied": Remedy.APP,
    "access_denied": Remedy.APP,
    "ratelimited": Remedy.WAIT,
    "unreachable": Remedy.WAIT,
    "internal_error": Remedy.WAIT,
    "fatal_error": Remedy.WAIT,
    "request_timeout": Remedy.WAIT,
    "service_unavailable": Remedy.WAIT,
    "no_test_channel": Remedy.TEST_CHANNEL,
    "no_office": Remedy.OFFICE,
}


def remedy_of(problem: str, *, asks: bool = False) -> Remedy:
    """What helps against a problem's code; `asks`: the post waits for a person's answer."""
    if asks:
        return Remedy.LOOK
    found = _REMEDIES.get(problem)
    if found is not None:
        return found
    # no answer came, or one that was none: names of exceptions and http_500
    return (
        Remedy.WAIT if problem.startswith("http_") or problem.endswith(("Error", "Reset", "Timeout")) else Remedy.REPORT
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """One post that has not gone out: for whom it is meant, why, and whether a person is asked."""

    meant: str
    problem: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Double:
    """A message that stands there twice; `link` leads to the second one."""

    meant: str
    link: str


@dataclass(frozen=True, slots=True)
class Missed:
    """So many posts of a kind and period were not sent, for they had become too late to be of use."""

    kind: PostKind
    period: str
    count: int


@dataclass(frozen=True, slots=True)
class TroubleDigest:
    """What one digest tells: for each remedy the names of those concerned, doubles, the sum, and what was missed."""

    by_remedy: Mapping[Remedy, tuple[str, ...]]
    doubles: tuple[Double, ...]
    total: LedgerSum
    missed: tuple[Missed, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is a reason to tell it."""
        return bool(self.by_remedy or self.doubles or self.missed)

    @property
    def count(self) -> int:
        """How many names are listed."""
        return sum(len(names) for names in self.by_remedy.values())


def gathered(
    troubles: Iterable[Trouble], doubles: tuple[Double, ...], total: LedgerSum, missed: tuple[Missed, ...] = ()
) -> TroubleDigest:
    """One digest of all; each name once for each remedy."""
    found: dict[Remedy, dict[str, None]] = {}
    for one in troubles:
        found.setdefault(remedy_of(one.problem, asks=one.asks), {})[one.meant] = None
    by_remedy = {remedy: tuple(found[remedy]) for remedy in Remedy if remedy in found}
    return TroubleDigest(by_remedy, doubles, total, missed)
