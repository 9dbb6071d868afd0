"""확정: a lead's word for what stands in a period, and whether it still covers what stands there now."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from gwannae.programme.organisations import Organisation
from gwannae.programme.periods import Period
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.verdict import Verdict

# Says what the bytes of a fingerprint are made of. Whatever is added or left out needs another name.
FORMAT = "gwannae.confirmation/1"


@dataclass(frozen=True, slots=True)
class ConfirmedRow:
    """What of a report is confirmed: the contract, the firm, and the verdict with the rule that it was made by."""

    purchase_id: int
    title: str
    kind: PurchaseKind
    method: ContractMethod
    firm_name: str
    firm_number: str | None
    item: str
    amount: int
    contract_date: date
    verdict: Verdict
    rule_version: str


def canonical(organisation_code: str, period: Period, rows: Sequence[ConfirmedRow]) -> bytes:
    """The rows as JSON in one spelling: by purchase, keys in order, no spaces, composed UTF-8. Same rows, same bytes,
    in whatever order they come and whatever their reports went through before.
    """
    told = {
        "format": FORMAT,
        "organisation": organisation_code,
        "period": period.key,
        "rows": [told_row(row) for row in sorted(rows, key=lambda row: row.purchase_id)],
    }
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", text).encode()


def fingerprint(organisation_code: str, period: Period, rows: Sequence[ConfirmedRow]) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return sha256(canonical(organisation_code, period, rows)).hexdigest()


def told_row(row: ConfirmedRow) -> dict[str, object]:
    """A row as plain JSON values; what is added or left out here changes every fingerprint."""
    return {
        "id": row.purchase_id,
        "title": row.title,
        "kind": row.kind.value,
        "method": row.method.value,
        "firm": row.firm_name,
        "business_number": row.firm_number,
        "item": row.item,
        "amount": row.amount,
        "contract_date": row.contract_date.isoformat(),
        "verdict": row.verdict.value,
        "rule": row.rule_version,
    }


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The `number`th confirmation of a period: who said so when, of how many rows and won, of which 미확인.

    `touched` is the mark that the rows' months had then: with the same mark they are the same rows. None: not known.
    """

    number: int
    fingerprint: str
    rows: int
    amount: int
    unconfirmed: int
    confirmed_at: datetime
    by_team: str
    by_user: str
    touched: int | None = None


class ConfirmationStatus(StrEnum):
    """How far a period is. CHANGED: it was confirmed, and its rows are others now."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The words that offices use."""
        return {"waiting": "확정 전", "confirmed": "확정", "changed": "다시 확정 필요"}[self.value]


@dataclass(frozen=True, slots=True)
class PeriodState:
    """A period of one organisation as it is now: its rows (reported ones, 미확인 among them) and their fingerprint
    (empty where nobody has confirmed it and only sums were asked for), and the latest confirmation, if there is one.
    """

    organisation: Organisation
    period: Period
    rows: int
    amount: int
    unconfirmed: int
    fingerprint: str
    latest: Confirmation | None

    @property
    def status(self) -> ConfirmationStatus:
        """Whether the latest confirmation covers the rows of now."""
        if self.latest is None:
            return ConfirmationStatus.WAITING
        return (
            ConfirmationStatus.CONFIRMED if self.latest.fingerprint == self.fingerprint else ConfirmationStatus.CHANGED
        )

    @property
    def asks(self) -> bool:
        """Whether somebody must confirm it."""
        return self.status is not ConfirmationStatus.CONFIRMED


def takes_part_in(state: PeriodState, begun: date | None) -> bool:
    """Whether a period is one of the organisation's own: not one before it took part, unless it has rows there or a
    lead has said a word of it.
    """
    return begun is None or state.period.last >= begun or state.rows > 0 or state.latest is not None


@dataclass(frozen=True, slots=True)
class PeriodOverview:
    """Who has confirmed a period and who has not, of all organisations that take part."""

    period: Period
    states: tuple[PeriodState, ...]

    def of(self, status: ConfirmationStatus) -> tuple[PeriodState, ...]:
        """Those that are so far."""
        return tuple(state for state in self.states if state.status is status)


@dataclass(frozen=True, slots=True)
class ConfirmationDesk:
    """What the window shows: the organisations that the person may look at, `chosen` of them with its periods (latest
    first), and, while none is chosen, how it stands with everybody. `may_confirm`: the chosen one's periods.
    """

    organisations: tuple[Organisation, ...]
    chosen: Organisation | None
    states: tuple[PeriodState, ...]
    may_confirm: bool
    overview: tuple[PeriodOverview, ...]


@dataclass(frozen=True, slots=True)
class PeriodRows:
    """The single rows of a period, by contract date, for whoever confirms them."""

    state: PeriodState
    rows: tuple[ConfirmedRow, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The period was confirmed now."""

    state: PeriodState


@dataclass(frozen=True, slots=True)
class AlreadyConfirmed:
    """These very rows were confirmed before, by whomever: a second press, another lead. Nothing was written twice."""

    state: PeriodState


@dataclass(frozen=True, slots=True)
class RowsMoved:
    """The rows are others than those that the person saw: nothing was confirmed. `state` is how it is now."""

    state: PeriodState


@dataclass(frozen=True, slots=True)
class NotOverYet:
    """The period is still running; it can be confirmed from the day after its last one."""

    period: Period
