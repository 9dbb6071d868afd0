"""The sentence at each wrong field of the form "구매 보고"."""

from collections.abc import Sequence
from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import Block
from gwannae.messages.report_form import name_block_of
from gwannae.programme.dates import write_day
from gwannae.programme.report_form import FieldFault, FieldProblem, ReportField

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
    ReportField.REASON_CODE: ids.REASON_CODE,
    ReportField.REASON_SENTENCE: ids.REASON_SENTENCE,
}


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
    own = {**{block_id: block_id for block_id in asked}, ids.REPORT_FIRM_NAME: name_block_of(blocks)}
    errors: dict[str, str] = {}
    for block_id, sentence in field_errors(faults).items():
        errors.setdefault(own.get(block_id) or asked[0], sentence)
    return errors


def _sentence(fault: FieldFault) -> str:
    if fault.problem is FieldProblem.MISSING:
        return _MISSING[fault.where]
    if fault.problem is FieldProblem.TOO_LONG:
        return f"{fault.values['limit']}자 안으로 줄여 주세요."
    if fault.problem is FieldProblem.DATE_IN_FUTURE:
        return f"계약일이 오늘({_day(fault)})보다 뒤입니다."
    if fault.problem is FieldProblem.DATE_BEFORE_YEAR:
        return f"{_day(fault)}부터의 구매만 보고할 수 있습니다. 더 앞선 구매는 총괄 부서에 알려 주세요."
    return _SENTENCES[fault.problem]


def _day(fault: FieldFault) -> str:
    day = fault.values.get("today") or fault.values.get("first")
    assert isinstance(day, date)
    return write_day(day)


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
    ReportField.REASON_CODE: "사유를 골라 주세요. 나중에 적으시려면 설명도 비워 주세요.",
    ReportField.REASON_SENTENCE: "까닭을 한 문장으로 적어 주세요. 나중에 적으시려면 사유도 비워 주세요.",
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
