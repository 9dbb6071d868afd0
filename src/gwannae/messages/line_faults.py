"""Why a row of a purchase file is not counted, and why a whole file is not taken: one short sentence for each."""

from collections.abc import Mapping

from gwannae.programme.purchase_imports import SERVICE_FAULT
from gwannae.programme.purchase_lines import LineFault

LINE_FAULTS: Mapping[str, str] = {
    LineFault.TITLE_MISSING.value: "계약명이 비어 있습니다",
    LineFault.FIRM_MISSING.value: "업체명이 비어 있습니다",
    LineFault.DATE_MISSING.value: "계약일이 비어 있습니다",
    LineFault.DATE_UNREADABLE.value: "계약일을 읽지 못했습니다",
    LineFault.DATE_IN_FUTURE.value: "계약일이 오늘보다 뒤입니다",
    LineFault.DATE_BEFORE_YEAR.value: "지난 연도의 계약이라 지금은 보고할 수 없습니다",
    LineFault.PERIOD_CLOSED.value: "그 기간이 마감되었습니다. 총괄 부서에 다시 열어 달라고 하실 수 있습니다",
    LineFault.AMOUNT_MISSING.value: "계약금액이 비어 있습니다",
    LineFault.AMOUNT_UNREADABLE.value: "계약금액을 읽지 못했습니다",
    LineFault.AMOUNT_TOO_LARGE.value: "계약금액이 지나치게 큽니다",
    LineFault.AMOUNT_ZERO.value: "금액이 0원입니다",
    LineFault.AMOUNT_NEGATIVE.value: "금액이 0원보다 작습니다(감액·반납)",
    LineFault.CANCELLED.value: "취소되거나 해지된 계약입니다",
    LineFault.NUMBER_WRONG.value: "사업자등록번호가 맞지 않습니다",
    LineFault.NUMBER_SEVERAL.value: "사업자등록번호가 한 칸에 둘 이상 있습니다",
    LineFault.NOT_CALCULATED.value: "계산된 값이 없는 수식이 있습니다. 엑셀에서 열어 다시 저장해 주세요",
    LineFault.REVISION_UNREADABLE.value: "차수를 읽지 못했습니다",
    LineFault.SHARE_UNREADABLE.value: "지분율을 읽지 못했습니다",
    LineFault.SHARE_OVER.value: "지분율의 합이 100%를 넘습니다",
    LineFault.TOO_LONG.value: "글자가 너무 깁니다",
    LineFault.ORGANISATION_MISSING.value: "부서가 비어 있습니다",
    LineFault.ORGANISATION_UNKNOWN.value: "부서를 찾지 못했습니다",
    LineFault.ORGANISATION_NOT_ALLOWED.value: "이 부서의 실적은 보고하실 수 없습니다",
    LineFault.LEFT_OUT.value: "빼기로 하셨습니다",
}

COLUMN_LABELS: Mapping[str, str] = {
    "title": "계약명",
    "date": "계약일",
    "amount": "계약금액",
    "this_year": "당해연도 금액",
    "total": "총금액",
    "firm": "업체명",
    "business_number": "사업자등록번호",
    "address": "소재지",
    "organisation": "부서",
    "kind": "구분",
    "method": "계약방법",
    "item": "품목",
    "contract_number": "계약번호",
    "revision": "차수",
    "share": "지분율",
    "status": "계약상태",
    "reason": "사유",
}

_SAVE_AGAIN = "엑셀에서 열어 다시 저장한 뒤 올려 주세요."
_AGAIN = "잠시 뒤 다시 올려 주세요."
_FILE_FAULTS: Mapping[str, str] = {
    "not_found": f"파일을 찾지 못했습니다. {_AGAIN}",
    "unreadable": f"파일을 읽지 못했습니다. 손상되었을 수 있습니다. {_SAVE_AGAIN}",
    "empty": "빈 파일입니다. 내용이 있는지 확인해 주세요.",
    "no_rows": "제목 줄 아래에 내용이 없습니다.",
    "no_header": "계약명, 계약일, 계약금액, 업체명이 있는 제목 줄을 찾지 못했습니다. 계약 목록 파일인지 확인해 주세요.",
    "columns_missing": "필요한 열이 없습니다. 제목 줄에 계약명, 계약일, 계약금액, 업체명이 있는지 확인해 주세요.",
    "encrypted": "암호가 걸린 파일입니다. 엑셀에서 암호를 풀어 저장한 뒤 올려 주세요.",
    "too_large": "파일이 너무 큽니다(64MB까지). 나누어 저장한 뒤 하나씩 올려 주세요.",
    "bomb": "압축을 풀면 지나치게 커지는 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "bad_names": "안전하지 않은 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "entity_expansion": "안전하지 않은 파일이라 열지 않았습니다. 엑셀에서 새 파일로 저장해 주세요.",
    "html_table": "이름은 엑셀이지만 내용은 웹 페이지입니다. 엑셀에서 열어 XLSX로 저장한 뒤 올려 주세요.",
    "wrong_kind": "읽을 수 있는 파일이 아닙니다. CSV, XLSX, XLS로 저장해 주세요.",
    "file_gone": "파일을 읽기 전에 지워졌습니다. 다시 올려 주세요.",
    "file_remote": "다른 곳에 있는 파일의 링크라 열지 않았습니다. 파일을 내려받아 Slack에 직접 올려 주세요.",
    "file_address": "파일의 주소가 Slack의 것이 아니라 열지 않았습니다. 파일을 Slack에 직접 올려 주세요.",
    "file_too_large": "파일이 너무 큽니다(64MB까지). 나누어 저장한 뒤 하나씩 올려 주세요.",
    "file_away": f"Slack에서 파일을 가져오지 못했습니다. {_AGAIN}",
    "unexpected": f"예상하지 못한 문제로 읽지 못했습니다. {_AGAIN}",
}


_SERVICE_TROUBLE = "나라장터에서 목록을 받지 못했습니다. 잠시 뒤 다시 해 주시고, 계속되면 관리자에게 알려 주세요."
_SERVICE_FAULTS = {
    "no_key": "나라장터에 물을 인증키가 없습니다. 관리자에게 설정을 부탁해 주세요.",
    "refused_key": "나라장터가 인증키를 받아 주지 않습니다. 관리자에게 키를 확인해 달라고 해 주세요.",
    "quota": "나라장터에 오늘 물을 수 있는 횟수를 다 썼습니다. 내일 다시 해 주세요.",
}


def file_fault(code: str) -> str:
    """Why a file was not taken."""
    if code.startswith(SERVICE_FAULT):
        return _SERVICE_FAULTS.get(code.removeprefix(SERVICE_FAULT), _SERVICE_TROUBLE)
    return _FILE_FAULTS.get(code, _FILE_FAULTS["unexpected"])


def line_fault(code: str) -> str:
    """Why a row is not counted."""
    return LINE_FAULTS.get(code, code)


def row_name(sheet: str, row: int) -> str:
    """A row as the spreadsheet shows it."""
    return f"{sheet} {row:,}행" if sheet else f"{row:,}행"
