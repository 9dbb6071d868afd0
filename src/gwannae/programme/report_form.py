"""구매 보고: the form as it was filled in, read and checked field by field; every fault at once, each at its field."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from gwannae.programme.amount import AmountError, read_amount
from gwannae.programme.business_number import BusinessNumberError, read_business_number
from gwannae.programme.dates import DateError, read_date
from gwannae.programme.outside_reasons import (
    MAX_SENTENCE,
    CheckedReason,
    RawReason,
    ReasonFault,
    ReasonRefused,
    read_reason_if_any,
)
from gwannae.programme.purchases import ContractMethod, PurchaseKind
from gwannae.programme.typed_text import without_invisible

Choice = TypeVar("Choice", bound=StrEnum)
MAX_TITLE = 200
MAX_NAME = 200
MAX_ADDRESS = 300
MAX_ITEM = 100


class ReportField(StrEnum):
    """The fields of the form, in the order of a person's thought."""

    ORGANISATION = "organisation"
    TITLE = "title"
    FIRM = "firm"
    FIRM_NAME = "firm_name"
    FIRM_NUMBER = "firm_number"
    FIRM_ADDRESS = "firm_address"
    AMOUNT = "amount"
    CONTRACT_DATE = "contract_date"
    KIND = "kind"
    METHOD = "method"
    ITEM = "item"
    REASON_CODE = "reason_code"
    REASON_SENTENCE = "reason_sentence"


class FieldProblem(StrEnum):
    """What can be wrong with a field. The sentence for each stands in `messages`."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    AMOUNT_TOO_LARGE = "amount_too_large"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IN_FUTURE = "date_in_future"
    DATE_BEFORE_YEAR = "date_before_year"
    NUMBER_LENGTH = "number_length"
    NUMBER_CHECK_DIGIT = "number_check_digit"
    FIRM_GONE = "firm_gone"
    ORGANISATION_GONE = "organisation_gone"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class FieldFault:
    """One field and what is wrong with it; `values` are what the sentence needs, such as a limit or a day."""

    where: ReportField
    problem: FieldProblem
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RawReport:
    """The form as it came in: texts as typed, None where nothing was typed or chosen.

    `purchase_id` and `version` are set when a stored report is being changed. `seen` are codes of what the lamp has
    shown already. `reason`: why it went outside, asked where the chosen firm is.
    """

    form_key: str
    organisation_id: int | None
    title: str | None
    vendor_id: int | None
    firm_name: str | None
    firm_number: str | None
    firm_address: str | None
    amount: str | None
    contract_date: str | None
    kind: str | None
    method: str | None
    item: str | None
    purchase_id: int | None = None
    version: int | None = None
    seen: tuple[str, ...] = ()
    reason: RawReason = field(default_factory=RawReason)


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A form whose every field could be read. Whether firm and organisation exist is asked of the database after."""

    form_key: str
    organisation_id: int
    title: str
    vendor_id: int | None
    firm_name: str
    firm_number: str | None
    firm_address: str
    amount: int
    contract_date: date
    kind: PurchaseKind
    method: ContractMethod
    item: str
    reason: CheckedReason | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """The form stays open: every fault at its field."""

    faults: tuple[FieldFault, ...]


def check(raw: RawReport, today: date, earliest: date) -> CheckedReport | Refused:
    """Read every field and gather all faults at once. Contract dates lie between `earliest` (see
    `earliest_contract_date`) and today; amounts are whole won, VAT included.
    """
    faults: list[FieldFault] = []
    organisation_id = raw.organisation_id
    if organisation_id is None:
        faults.append(FieldFault(ReportField.ORGANISATION, FieldProblem.MISSING))
    title = _text(raw.title, ReportField.TITLE, MAX_TITLE, faults)
    item = _text(raw.item, ReportField.ITEM, MAX_ITEM, faults, required=False)
    name = address = ""
    number: str | None = None
    if raw.vendor_id is None:
        if raw.firm_name is None:
            faults.append(FieldFault(ReportField.FIRM, FieldProblem.MISSING))
        else:
            name = _text(raw.firm_name, ReportField.FIRM_NAME, MAX_NAME, faults)
            number = _number(raw.firm_number, faults)
            # A row that a file brought in may have none; who mends its amount need not look one up.
            asked = raw.purchase_id is None
            address = _text(raw.firm_address, ReportField.FIRM_ADDRESS, MAX_ADDRESS, faults, required=asked)
    amount = _amount(raw.amount, faults)
    day = _date(raw.contract_date, today, earliest, faults)
    kind = _choice(PurchaseKind, raw.kind, ReportField.KIND, faults)
    method = _choice(ContractMethod, raw.method, ReportField.METHOD, faults)
    reason = _reason(raw.reason, faults)
    if faults:
        return Refused(tuple(faults))
    assert organisation_id is not None
    assert day is not None
    assert kind is not None
    assert method is not None
    return CheckedReport(
        raw.form_key,
        organisation_id,
        title,
        raw.vendor_id,
        name,
        number,
        address,
        amount,
        day,
        kind,
        method,
        item,
        reason,
    )


_REASON_FAULTS = {
    ReasonFault.CODE_MISSING: FieldFault(ReportField.REASON_CODE, FieldProblem.MISSING),
    ReasonFault.SENTENCE_MISSING: FieldFault(ReportField.REASON_SENTENCE, FieldProblem.MISSING),
    ReasonFault.SENTENCE_TOO_LONG: FieldFault(
        ReportField.REASON_SENTENCE, FieldProblem.TOO_LONG, {"limit": MAX_SENTENCE}
    ),
}


def _reason(raw: RawReason, faults: list[FieldFault]) -> CheckedReason | None:
    read = read_reason_if_any(raw)
    if isinstance(read, ReasonRefused):
        faults.extend(_REASON_FAULTS[fault] for fault in read.faults)
        return None
    return read


def _text(typed: str | None, where: ReportField, limit: int, faults: list[FieldFault], *, required: bool = True) -> str:
    # no database keeps NUL or half a character, and Hangul from macOS comes in pieces
    text = unicodedata.normalize("NFC", without_invisible(typed or ""))
    if required and not text:
        faults.append(FieldFault(where, FieldProblem.MISSING))
    if len(text) > limit:
        faults.append(FieldFault(where, FieldProblem.TOO_LONG, {"limit": limit}))
    return text


def _number(typed: str | None, faults: list[FieldFault]) -> str | None:
    if not (typed or "").strip():
        return None  # a small outside shop's number is often not at hand; name and address must do
    try:
        return read_business_number(typed or "")
    except BusinessNumberError as error:
        checked = error.code.value == "check_digit"
        problem = FieldProblem.NUMBER_CHECK_DIGIT if checked else FieldProblem.NUMBER_LENGTH
        faults.append(FieldFault(ReportField.FIRM_NUMBER, problem))
        return None


_AMOUNT_PROBLEMS = {
    "empty": FieldProblem.MISSING,
    "negative": FieldProblem.AMOUNT_NOT_POSITIVE,
    "zero": FieldProblem.AMOUNT_NOT_POSITIVE,
    "too_large": FieldProblem.AMOUNT_TOO_LARGE,
}


def _amount(typed: str | None, faults: list[FieldFault]) -> int:
    try:
        return read_amount(typed or "")
    except AmountError as error:
        problem = _AMOUNT_PROBLEMS.get(error.code.value, FieldProblem.AMOUNT_UNREADABLE)
        faults.append(FieldFault(ReportField.AMOUNT, problem))
        return 0


def _date(typed: str | None, today: date, earliest: date, faults: list[FieldFault]) -> date | None:
    if not (typed or "").strip():
        faults.append(FieldFault(ReportField.CONTRACT_DATE, FieldProblem.MISSING))
        return None
    try:
        day = read_date(typed or "", today=today)
    except DateError:
        faults.append(FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_UNREADABLE))
        return None
    if day > today:
        faults.append(FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_IN_FUTURE, {"today": today}))
    elif day < earliest:
        faults.append(FieldFault(ReportField.CONTRACT_DATE, FieldProblem.DATE_BEFORE_YEAR, {"first": earliest}))
    return day


def _choice(kind: type[Choice], value: str | None, where: ReportField, faults: list[FieldFault]) -> Choice | None:
    try:
        return kind(value or "")
    except ValueError:
        faults.append(FieldFault(where, FieldProblem.MISSING))
        return None
