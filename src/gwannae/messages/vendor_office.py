"""업체 고치기: the programme office's forms about one firm, and what came of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    context,
    datepicker,
    escape,
    external_select,
    input_block,
    modal,
    section,
    text_input,
)
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.report_choices import firm_option
from gwannae.programme.business_number import write_business_number
from gwannae.programme.dates import write_day
from gwannae.programme.hangul import josa
from gwannae.programme.vendor_changes import (
    MAX_REASON,
    AlreadyChanged,
    ChangeFault,
    ChangeOutcome,
    ChangeRefused,
    NotTheOffice,
    RecordMoved,
    VendorAdded,
    VendorCorrected,
    VendorRestored,
    VendorRetired,
    VendorsMerged,
)
from gwannae.programme.vendors import Vendor

GONE = "그 사이 명부에서 내렸거나 합친 업체입니다. 아무것도 바꾸지 않았습니다. 다시 찾아 주세요."
MOVED = "그 사이 다른 사람이 이 업체를 고쳤습니다. 아무것도 바꾸지 않았습니다. 창을 닫고 [상세]를 다시 열어 주세요."
TWICE = "이미 저장한 내용입니다. 두 번 바뀌지 않습니다."
RESTORE = "명부에 다시 올리기"
NAME_LIMIT, ITEMS_LIMIT = 200, 3000


@dataclass(frozen=True, slots=True)
class KeepMemo:
    """What a form carries unseen: its unique key, the firm, the version that was shown, and the id of the window
    `below` it that the change makes old: the firm's own, or the list of those off the list.
    """

    form_key: str
    vendor_id: int = 0
    version: int = 0
    below: str = ""
    below_is_list: bool = False

    def write(self) -> str:
        """As private_metadata."""
        kept = {"k": self.form_key, "v": self.vendor_id, "n": self.version}
        return json.dumps({**kept, "b": self.below, "l": self.below_is_list} if self.below else kept)

    @classmethod
    def read(cls, text: str) -> "KeepMemo":
        """The other way round. Raises ValueError for what is not ours."""
        try:
            kept = json.loads(text)
            numbers = ids.read_number(kept["v"]), ids.read_number(kept["n"])
            return cls(str(kept["k"])[:64], *numbers, str(kept.get("b", ""))[:64], bool(kept.get("l")))
        except (KeyError, TypeError) as error:
            raise ValueError("not a form's memo") from error


def add_form(form_key: str) -> Block:
    """A new firm."""
    blocks = _fields(Vendor(0, ""))
    return modal(
        ids.KEEP_ADD_VIEW,
        "새 업체 등록",
        [*blocks, context("keep-note", "규모와 인증은 확인한 뒤 업체 파일로 넣어 주세요. 그때까지 규모 미확인입니다.")],
        submit="등록",
        close="그만두기",
        memo=KeepMemo(form_key).write(),
    )


def correct_form(vendor: Vendor, form_key: str) -> Block:
    """The same fields with what is known; a field that is left empty stays as it is."""
    note = "비워 두면 그대로 둡니다. 번호와 전화는 ‘-’를 적으면 지웁니다. 고치기 전 내용은 이력에 남습니다."
    return modal(
        ids.KEEP_CORRECT_VIEW,
        "업체 고치기",
        [section("keep-firm", _firm_line(vendor)), *_fields(vendor), context("keep-note", note)],
        submit="고치기",
        close="그만두기",
        memo=KeepMemo(form_key, vendor.id, vendor.version).write(),
    )


def retire_form(vendor: Vendor, form_key: str, today: str) -> Block:
    """From what day on the firm is off the list, and why. `today` as 2027-06-15."""
    note = "찾기에 나오지 않고, 이날부터의 계약은 관내로 판정하지 않습니다. 그 전의 보고와 판정은 그대로 있습니다."
    return modal(
        ids.KEEP_RETIRE_VIEW,
        "명부에서 내리기",
        [
            section("keep-firm", _firm_line(vendor)),
            input_block(ids.KEEP_DAY, "언제부터", datepicker(ids.KEEP_DAY, today)),
            _reason("예) 폐업, 다른 시로 이전"),
            context("keep-note", note),
        ],
        submit="내리기",
        close="그만두기",
        memo=KeepMemo(form_key, vendor.id, vendor.version).write(),
    )


def restore_form(vendor: Vendor, form_key: str) -> Block:
    """Take a retirement back."""
    return modal(
        ids.KEEP_RESTORE_VIEW,
        RESTORE,
        [
            section("keep-firm", _firm_line(vendor)),
            _reason("예) 잘못 내림"),
            context("keep-note", "내릴 때 닫은 주소가 이어지고 찾기에 나옵니다. 그 사이의 판정은 그대로입니다."),
        ],
        submit="올리기",
        close="그만두기",
        memo=KeepMemo(form_key, vendor.id, vendor.version).write(),
    )


def merge_form(vendor: Vendor, form_key: str) -> Block:
    """Which other record is the same firm."""
    note = (
        "품목과 인증을 이 기록에 모읍니다. 다른 기록으로 보고한 구매는 적힌 그대로 있고, 이 업체의 구매로 함께 셉니다."
    )
    return modal(
        ids.KEEP_MERGE_VIEW,
        "다른 기록과 합치기",
        [
            section("keep-firm", f"{_firm_line(vendor)}\n이 기록을 남기고 아래 기록을 여기에 합칩니다."),
            input_block(ids.KEEP_OTHER, "합칠 기록", external_select(ids.KEEP_OTHER, "업체 이름이나 번호")),
            _reason("예) 같은 업체가 두 번 올라감"),
            context("keep-note", note),
        ],
        submit="합치기",
        close="그만두기",
        memo=KeepMemo(form_key, vendor.id, vendor.version).write(),
    )


def other_options(vendors: Sequence[Vendor]) -> list[Block]:
    """Choices of the type-ahead."""
    return [firm_option(vendor) for vendor in vendors]


def _firm_line(vendor: Vendor) -> str:
    head = vendor.head_office
    place = f" · {escape(head.text)}" if head and head.text else ""
    return f"*{escape(vendor.name)}*{place}"


def _fields(vendor: Vendor) -> list[Block]:
    """A text that is longer than its field begins empty: cut, it would be stored cut."""
    known = bool(vendor.id)
    number = write_business_number(vendor.business_number) if vendor.business_number else ""
    items = ", ".join(vendor.items)
    fields = [
        (ids.KEEP_NAME, "업체 이름", vendor.name, NAME_LIMIT, "", known),
        (ids.KEEP_NUMBER, "사업자등록번호", number, 40, "", True),
        (ids.KEEP_ADDRESS, "새 본점 주소" if known else "본점 주소", "", 300, "시·구부터 적어 주세요.", True),
    ]
    blocks = [_text(*field) for field in fields]
    blocks.append(
        input_block(
            ids.KEEP_SINCE,
            "그곳에 있기 시작한 날",
            datepicker(ids.KEEP_SINCE),
            hint="주소를 비우고 날만 고르면 지금 주소의 시작일을 고칩니다." if known else "",
            optional=True,
        )
    )
    blocks.append(_text(ids.KEEP_ITEMS, "취급 품목", items, ITEMS_LIMIT, "쉼표로 나눠 적어 주세요.", known))
    blocks.append(_text(ids.KEEP_PHONE, "전화", vendor.phone or "", 40, "사무실 번호만 적어 주세요.", True))
    return [*blocks, _reason("예) 사업자등록증으로 확인")]


def _text(block_id: str, label: str, initial: str, limit: int, hint: str, optional: bool) -> Block:
    element = text_input(block_id, initial=initial if len(initial) <= limit else "", limit=limit)
    return input_block(block_id, label, element, hint=hint, optional=optional)


def _reason(placeholder: str) -> Block:
    element = text_input(ids.KEEP_REASON, limit=MAX_REASON, placeholder=placeholder)
    return input_block(ids.KEEP_REASON, "사유", element, hint="감사 기록과 업체 이력에 남습니다.")


_FAULTS = {
    ChangeFault.REASON_MISSING: (ids.KEEP_REASON, "사유를 적어 주세요. 이력에 남습니다."),
    ChangeFault.NAME_MISSING: (ids.KEEP_NAME, "업체 이름을 적어 주세요."),
    ChangeFault.NUMBER_WRONG: (ids.KEEP_NUMBER, "사업자등록번호가 맞지 않습니다. 열 자리를 다시 확인해 주세요."),
    ChangeFault.NUMBER_TAKEN: (
        ids.KEEP_NUMBER,
        "명부에 이 번호의 다른 기록이 있습니다. 같은 업체이면 [다른 기록과 합치기]를 쓰세요.",
    ),
    ChangeFault.NUMBER_RETIRED: (
        ids.KEEP_NUMBER,
        "명부에서 내린 업체의 번호입니다. 홈의 [내린 업체]에서 찾아 [명부에 다시 올리기]를 눌러 주세요.",
    ),
    ChangeFault.PHONE_WRONG: (ids.KEEP_PHONE, "사무실 전화번호를 적어 주세요. 휴대전화 번호는 두지 않습니다."),
    ChangeFault.ITEMS_MISSING: (ids.KEEP_ITEMS, "취급 품목을 하나 이상 적어 주세요."),
    ChangeFault.SINCE_WITHOUT_ADDRESS: (ids.KEEP_ADDRESS, "지금 본점 주소가 없습니다. 주소도 함께 적어 주세요."),
    ChangeFault.DAY_MISSING: (ids.KEEP_DAY, "날짜를 골라 주세요."),
    ChangeFault.OTHER_MISSING: (ids.KEEP_OTHER, "명부에 있는 다른 기록을 골라 주세요."),
    ChangeFault.OTHER_NUMBER: (
        ids.KEEP_OTHER,
        "두 기록의 사업자등록번호가 서로 다릅니다. 같은 업체가 맞으면 먼저 한쪽 번호를 고쳐 주세요.",
    ),
}


def errors(refused: ChangeRefused, day_block: str) -> dict[str, str]:
    """Each fault at its field; `day_block` is the form's own date."""
    said = dict(_FAULTS[fault] for fault in refused.faults if fault in _FAULTS)
    if ChangeFault.DAY_AHEAD in refused.faults:
        said[day_block] = "오늘보다 뒤의 날입니다."
    return said


_UNCHANGED: dict[type, str] = {NotTheOffice: OFFICE_ALONE, RecordMoved: MOVED, AlreadyChanged: TWICE}


def over(form: Block, below: str, *, is_list: bool) -> Block:
    """The form, knowing the window under it."""
    memo = KeepMemo.read(str(form["private_metadata"]))
    return {**form, "private_metadata": replace(memo, below=below, below_is_list=is_list).write()}


def done(outcome: ChangeOutcome, memo: KeepMemo) -> Block:
    """What came of a form, in its window; a retirement can be taken back there, for nobody finds the firm any more."""
    page = {**window(said(outcome)), "private_metadata": memo.write()}
    if isinstance(outcome, VendorRetired):
        page["blocks"].append(actions("keep-undo", [button(ids.KEEP_RESTORE, RESTORE, str(outcome.vendor.id))]))
    return page


def said(outcome: ChangeOutcome) -> str:
    """What came of a form, in a sentence; faults are said at the fields."""
    match outcome:
        case VendorAdded(vendor):
            return f"{escape(vendor.name)}{josa(vendor.name, '을/를')} 명부에 등록했습니다. 이제 찾기에 나옵니다."
        case VendorCorrected(vendor, changed=True):
            return (
                f"{escape(vendor.name)}{josa(vendor.name, '을/를')} 고쳤습니다. 고치기 전 내용은 이력에 남아 있습니다."
            )
        case VendorCorrected(vendor):
            return f"{escape(vendor.name)}의 내용이 그대로여서 바꾸지 않았습니다."
        case VendorRetired(vendor, day):
            return (
                f"{escape(vendor.name)}{josa(vendor.name, '을/를')} {write_day(day)}부터 명부에서 내렸습니다. "
                "그 전의 보고와 판정은 그대로 있습니다."
            )
        case VendorRestored(vendor):
            return f"{escape(vendor.name)}{josa(vendor.name, '을/를')} 명부에 다시 올렸습니다. 이제 찾기에 나옵니다."
        case VendorsMerged(kept, other):
            return (
                f"{escape(other.name)}의 기록을 {escape(kept.name)}에 합쳤습니다. 보고된 구매는 적힌 그대로 있습니다."
            )
        case _:
            return _UNCHANGED.get(type(outcome), GONE)
