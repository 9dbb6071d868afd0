"""이력: what was done to a report, version by version, and what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import Purchase, PurchaseState, PurchaseVersion


class Step(StrEnum):
    """What was done."""

    REPORTED = "reported"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    REJUDGED = "rejudged"


class Part(StrEnum):
    """What of a report can differ between two versions, in the order of the form."""

    ORGANISATION = "organisation"
    TITLE = "title"
    FIRM = "firm"
    NUMBER = "number"
    ADDRESS = "address"
    AMOUNT = "amount"
    CONTRACT_DATE = "contract_date"
    KIND = "kind"
    METHOD = "method"
    ITEM = "item"
    VERDICT = "verdict"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part before and after, as the programme's own value (an int of won, a date, a kind, an organisation's id)."""

    part: Part
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """Who did what when, and what it changed. The first entry changes nothing. `reason`: the office's, for a verdict by
    its word.
    """

    version: int
    step: Step
    by_team: str
    by_user: str
    at: datetime
    changes: tuple[PartChange, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """A report as it is now, and all that was done to it, latest first; `organisations` are those that it names."""

    purchase: Purchase
    entries: tuple[HistoryEntry, ...]
    organisations: tuple[Organisation, ...]


def entries_of(versions: Sequence[PurchaseVersion]) -> tuple[HistoryEntry, ...]:
    """The entries of a report's versions (oldest first), latest first."""
    if not versions:
        return ()
    first = _entry(versions[0], Step.REPORTED)
    later = [_entry(after, _step(before, after), _changes(before, after)) for before, after in pairwise(versions)]
    return (first, *later)[::-1]


def _entry(version: PurchaseVersion, step: Step, changes: tuple[PartChange, ...] = ()) -> HistoryEntry:
    ruling = version.judgement.ruling if step is Step.REJUDGED else None
    return HistoryEntry(
        version=version.version,
        step=step,
        by_team=version.changed_by_team,
        by_user=version.changed_by_user,
        at=version.changed_at,
        changes=changes,
        reason=ruling.reason if ruling else "",
    )


def _step(before: PurchaseVersion, after: PurchaseVersion) -> Step:
    if before.state is after.state:
        ruling = after.judgement.ruling
        return Step.CHANGED if ruling is None or ruling == before.judgement.ruling else Step.REJUDGED
    return Step.CANCELLED if after.state is PurchaseState.CANCELLED else Step.RESTORED


def _changes(before: PurchaseVersion, after: PurchaseVersion) -> tuple[PartChange, ...]:
    was, is_now = _parts(before), _parts(after)
    return tuple(PartChange(part, was[part], is_now[part]) for part in Part if was[part] != is_now[part])


def _parts(version: PurchaseVersion) -> dict[Part, object]:
    draft, judgement = version.draft, version.judgement
    return {
        Part.ORGANISATION: draft.organisation_id,
        Part.TITLE: draft.title,
        Part.FIRM: draft.firm.name,
        Part.NUMBER: draft.firm.business_number or "",
        Part.ADDRESS: draft.firm.address,
        Part.AMOUNT: draft.amount,
        Part.CONTRACT_DATE: draft.contract_date,
        Part.KIND: draft.kind,
        Part.METHOD: draft.method,
        Part.ITEM: draft.item,
        Part.VERDICT: judgement.verdict,
        Part.RULE: judgement.rule_version,
    }
