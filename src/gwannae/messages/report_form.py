"""The form "구매 보고": its fields in the order of a person's thought, and the sentence at each wrong field."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    context,
    datepicker,
    external_select,
    input_block,
    modal,
    option,
    section,
    static_select,
    text_input,
)
from gwannae.messages.blocks import escape as escape_text
from gwannae.programme.affiliation import OrganisationChoice
from gwannae.programme.business_number import write_business_number
from gwannae.programme.dates import write_date
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchases import ContractMethod, Firm, PurchaseKind
from gwannae.programme.report_purchase import (
    MAX_ADDRESS,
    MAX_ITEM,
    MAX_NAME,
    MAX_TITLE,
    FieldFault,
    FieldProblem,
    ReportField,
)
from gwannae.programme.vendors import Vendor

UNREGISTERED = "new:"
FIRM_VALUE = "vendor:"

BLOCK_OF = {
    ReportField.ORGANISATION: ids.REPORT_ORGANISATION,
    ReportField.TITLE: ids.REPORT_TITLE,
    ReportField.FIRM: ids.REPORT_FIRM,
    ReportField.FIRM_NAME: ids.REPORT_FIRM_NAME,
    ReportField.FIRM_NUMBER: ids.REPORT_FIRM_NUMBER,
    ReportField.FIRM_ADDRESS: ids.REPORT_FIRM_ADDRESS,
    ReportField.AMOUNT: ids.REPORT_AMOUNT,
    ReportField.CONTRACT_DATE: ids.REPORT_DATE,
    ReportField.KIND: ids.REPORT_KIND,
    ReportField.METHOD: ids.REPORT_METHOD,
    ReportField.ITEM: ids.REPORT_ITEM,
}


@dataclass(frozen=True, slots=True)
class FormMemo:
    """What the form carries unseen: its unique key, the organisation where it is not asked, what is being changed."""

    form_key: str
    organisation_id: int | None = None
    purchase_id: int | None = None
    version: int | None = None

    def write(self) -> str:
        """As private_metadata."""
        return json.dumps(
            {"k": self.form_key, "o": self.organisation_id, "p": self.purchase_id, "v": self.version},
            separators=(",", ":"),
        )

    @classmethod
    def read(cls, text: str) -> "FormMemo":
        """The other way round. Raises ValueError for what is not ours."""
        try:
            kept = json.loads(text)
            return cls(str(kept["k"]), kept["o"], kept["p"], kept["v"])
        except (KeyError, TypeError) as error:
            raise ValueError("not a form's memo") from error


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form at first. `firm` is a choice of the type-ahead (`firm_option`, `unregistered_option`);
    the next three are asked only for a firm that the registry lacks.
    """

    title: str = ""
    firm: Block | None = None
    firm_name: str = ""
    firm_number: str = ""
    firm_address: str = ""
    amount: str = ""
    contract_date: date | None = None
    kind: PurchaseKind | None = None
    method: ContractMethod | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All that the form is made of."""

    memo: FormMemo
    choice: OrganisationChoice
    filled: Filled = field(default_factory=Filled)


def report_form(form: Form) -> Block:
    """The modal. Where the reporter has one organisation it is shown, else it is asked."""
    filled = form.filled
    changing = form.memo.purchase_id is not None
    blocks = [
        *_organisation(form.choice),
        input_block(
            ids.REPORT_TITLE,
            "무엇을 샀나요 (계약명)",
            text_input(
                ids.REPORT_TITLE, initial=filled.title, placeholder="예) 주민자치 행사 현수막 제작", limit=MAX_TITLE
            ),
        ),
        input_block(
            ids.REPORT_FIRM,
            "어디서 (업체)",
            external_select(ids.REPORT_FIRM, "업체 이름, 품목, 사업자등록번호로 찾기", filled.firm),
            hint="목록에 없으면 이름을 적고 ‘명부에 없는 업체로 적기’를 고르세요.",
            dispatch=True,
        ),
        *(_unregistered(filled) if filled.firm and unregistered_name(filled.firm) is not None else []),
        input_block(
            ids.REPORT_AMOUNT,
            "얼마 (계약금액, 부가세 포함)",
            text_input(ids.REPORT_AMOUNT, initial=filled.amount, placeholder="예) 1,200,000", limit=60),
            hint="30만원, 1,500천원처럼 적어도 됩니다.",
        ),
        input_block(
            ids.REPORT_DATE,
            "언제 (계약일)",
            datepicker(ids.REPORT_DATE, filled.contract_date.isoformat() if filled.contract_date else None),
        ),
        input_block(ids.REPORT_KIND, "구분", _menu(ids.REPORT_KIND, "물품·용역·공사", PurchaseKind, filled.kind)),
        input_block(
            ids.REPORT_METHOD, "계약방법", _menu(ids.REPORT_METHOD, "계약방법 고르기", ContractMethod, filled.method)
        ),
        input_block(
            ids.REPORT_ITEM,
            "품목",
            text_input(ids.REPORT_ITEM, initial=filled.item, placeholder="예) 현수막", limit=MAX_ITEM),
            optional=True,
            hint="적어 두면 다음에 찾기와 비교가 쉬워집니다.",
        ),
    ]
    title = "보고 고치기" if changing else "구매 보고"
    return modal(
        ids.REPORT_VIEW,
        title,
        blocks,
        submit="고치기" if changing else "보고",
        close="그만두기",
        memo=form.memo.write(),
    )


def firm_option(vendor: Vendor) -> Block:
    """A firm of the registry as a choice: name, and what tells it from namesakes."""
    head = vendor.head_office
    number = write_business_number(vendor.business_number) if vendor.business_number else ""
    place = head.district or head.text if head else ""
    described = " · ".join(part for part in (place, number, ", ".join(vendor.items[:3])) if part)
    return option(vendor.name, f"{FIRM_VALUE}{vendor.id}", described)


def known_firm_option(firm: Firm) -> Block:
    """The firm of a stored purchase as a choice."""
    if firm.vendor_id is not None:
        return option(firm.name, f"{FIRM_VALUE}{firm.vendor_id}")
    return unregistered_option(firm.name)


def unregistered_option(name: str) -> Block:
    """The choice that takes typed words as a firm that the registry lacks."""
    short = " ".join(name.split())[:50]
    return option(f"‘{short}’ – 명부에 없는 업체로 적기", f"{UNREGISTERED}{short}")


def vendor_id_of(choice: Mapping[str, Any]) -> int | None:
    """The registry's firm that a choice names."""
    number = str(choice.get("value", "")).removeprefix(FIRM_VALUE)
    return int(number) if number.isdecimal() else None


def unregistered_name(choice: Mapping[str, Any]) -> str | None:
    """The typed name, if the choice is for a firm that the registry lacks."""
    value = str(choice.get("value", ""))
    return value.removeprefix(UNREGISTERED) if value.startswith(UNREGISTERED) else None


def firm_options(typed: str, vendors: Sequence[Vendor]) -> list[Block]:
    """Choices of the type-ahead; the last one takes the typed words as a firm that the registry lacks."""
    choices = [firm_option(vendor) for vendor in vendors]
    return [*choices, unregistered_option(typed)] if typed.strip() else choices


def organisation_options(organisations: Sequence[Organisation], typed: str = "") -> list[Block]:
    """Choices of the organisation menu: those whose name holds what was typed, at most 100."""
    wanted = "".join(typed.split())
    return [option(o.name, str(o.id)) for o in organisations if wanted in "".join(o.name.split())][:100]


def field_errors(faults: Sequence[FieldFault]) -> dict[str, str]:
    """Block id to sentence; the first fault of a field is said."""
    errors: dict[str, str] = {}
    for fault in faults:
        errors.setdefault(BLOCK_OF[fault.where], _sentence(fault))
    return errors


def visible_errors(faults: Sequence[FieldFault], blocks: Sequence[Block]) -> dict[str, str]:
    """The errors at fields that the form shows; Slack refuses a key that names none. A fault whose field is not shown
    (an organisation that is not asked) is said at the form's first field.
    """
    asked = [str(block["block_id"]) for block in blocks if block.get("type") == "input"]
    errors: dict[str, str] = {}
    for block_id, sentence in field_errors(faults).items():
        errors.setdefault(block_id if block_id in asked else asked[0], sentence)
    return errors


def keep(choice: OrganisationChoice, organisation: Organisation) -> OrganisationChoice:
    """The choice for a stored report: its own organisation comes first and can always be kept."""
    others = tuple(o for o in choice.options if o.id != organisation.id)
    return OrganisationChoice(organisation, (organisation, *others), remembers=False)


def done(text: str) -> Block:
    """The window that stands in the form's place when there is something to say instead of closing."""
    return modal(ids.REPORT_DONE_VIEW, "구매 보고", [section("report-done", text)])


def _organisation(choice: OrganisationChoice) -> list[Block]:
    if len(choice.options) == 1:
        return [context(ids.REPORT_ORGANISATION, f"*{escape_text(choice.options[0].name)}* 이름으로 보고합니다.")]
    initial = option(choice.proposed.name, str(choice.proposed.id)) if choice.proposed else None
    hint = "한 번 고르면 기억합니다. 부서 책임자와 총괄 부서가 확인할 수 있습니다." if choice.remembers else ""
    select = external_select(ids.REPORT_ORGANISATION, "부서·기관 이름으로 찾기", initial, least=0)
    return [input_block(ids.REPORT_ORGANISATION, "어느 부서·기관의 구매인가요", select, hint=hint)]


def _unregistered(filled: Filled) -> list[Block]:
    return [
        input_block(
            ids.REPORT_FIRM_NAME,
            "업체 이름",
            text_input(ids.REPORT_FIRM_NAME, initial=filled.firm_name, limit=MAX_NAME),
        ),
        input_block(
            ids.REPORT_FIRM_NUMBER,
            "사업자등록번호",
            text_input(ids.REPORT_FIRM_NUMBER, initial=filled.firm_number, placeholder="예) 000-00-00000", limit=40),
            optional=True,
        ),
        input_block(
            ids.REPORT_FIRM_ADDRESS,
            "소재지",
            text_input(
                ids.REPORT_FIRM_ADDRESS,
                initial=filled.firm_address,
                placeholder="시·도부터 적어 주세요",
                limit=MAX_ADDRESS,
            ),
            hint="적어 주신 주소만으로는 관내로 집계하지 않고, 확인될 때까지 ‘미확인’으로 둡니다.",
        ),
    ]


def _menu(
    action_id: str,
    placeholder: str,
    kind: type[PurchaseKind] | type[ContractMethod],
    chosen: PurchaseKind | ContractMethod | None,
) -> Block:
    options = [option(choice.label, choice.value) for choice in kind]
    return static_select(action_id, placeholder, options, chosen.value if chosen else None)


def _sentence(fault: FieldFault) -> str:
    if fault.problem is FieldProblem.MISSING:
        return _MISSING[fault.where]
    if fault.problem is FieldProblem.TOO_LONG:
        return f"{fault.values['limit']}자 안으로 줄여 주세요."
    if fault.problem is FieldProblem.DATE_IN_FUTURE:
        return f"계약일이 오늘({_day(fault)})보다 뒤입니다."
    if fault.problem is FieldProblem.DATE_BEFORE_YEAR:
        return f"올해({_day(fault)}부터)의 구매만 보고할 수 있습니다. 지난해 구매는 총괄 부서에 알려 주세요."
    return _SENTENCES[fault.problem]


def _day(fault: FieldFault) -> str:
    day = fault.values.get("today") or fault.values.get("first")
    assert isinstance(day, date)
    return write_date(day)


_MISSING = {
    ReportField.ORGANISATION: "어느 부서·기관의 구매인지 골라 주세요.",
    ReportField.TITLE: "계약명을 적어 주세요.",
    ReportField.FIRM: "업체를 골라 주세요. 목록에 없으면 이름을 적고 ‘명부에 없는 업체로 적기’를 고르세요.",
    ReportField.FIRM_NAME: "업체 이름을 적어 주세요.",
    ReportField.FIRM_NUMBER: "사업자등록번호를 적어 주세요.",
    ReportField.FIRM_ADDRESS: "업체 소재지를 적어 주세요. 모르면 ‘모름’이라고 적어도 됩니다.",
    ReportField.AMOUNT: "금액을 적어 주세요. 예) 1,200,000 또는 120만원",
    ReportField.CONTRACT_DATE: "계약일을 골라 주세요.",
    ReportField.KIND: "물품, 용역, 공사 가운데 하나를 골라 주세요.",
    ReportField.METHOD: "계약방법을 골라 주세요.",
    ReportField.ITEM: "품목을 적어 주세요.",
}

_SENTENCES = {
    FieldProblem.AMOUNT_UNREADABLE: "금액을 읽지 못했습니다. 예) 1,200,000 또는 120만원",
    FieldProblem.AMOUNT_NOT_POSITIVE: "금액은 0보다 커야 합니다. 취소된 계약은 보고하지 않으셔도 됩니다.",
    FieldProblem.AMOUNT_TOO_LARGE: "금액이 너무 큽니다. 단위를 다시 확인해 주세요.",
    FieldProblem.DATE_UNREADABLE: "계약일을 읽지 못했습니다. 예) 2027. 6. 14.",
    FieldProblem.NUMBER_LENGTH: "사업자등록번호는 숫자 10자리입니다. 다시 확인해 주세요.",
    FieldProblem.NUMBER_CHECK_DIGIT: "사업자등록번호의 끝자리가 맞지 않습니다. 다시 확인해 주세요.",
    FieldProblem.FIRM_GONE: "그 사이 명부에서 빠진 업체입니다. 다시 골라 주세요. 다른 칸은 그대로 있습니다.",
    FieldProblem.ORGANISATION_GONE: "그 사이 없어진 부서·기관입니다. 다시 골라 주세요.",
    FieldProblem.NOT_ALLOWED: (
        "이 부서·기관의 이름으로는 보고할 수 없습니다. 소속이 다르면 부서 책임자나 총괄 부서에 알려 주세요."
    ),
}
