"""The form "구매 보고": its fields in the order of a person's thought, and how it is drawn again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from gwannae.messages.lamp import lamp_blocks
from gwannae.messages.outside_reasons import form_note, reason_fields
from gwannae.messages.report_choices import known_firm_option, typed_firm, unregistered_name
from gwannae.programme.affiliation import OrganisationChoice
from gwannae.programme.amount import write_won
from gwannae.programme.city import City
from gwannae.programme.lamp import LookFirst, code_of
from gwannae.programme.organisations import Organisation
from gwannae.programme.outside_reasons import Looked
from gwannae.programme.purchases import IN_FORMS, ContractMethod, Draft, PurchaseKind
from gwannae.programme.report_form import MAX_ADDRESS, MAX_ITEM, MAX_NAME, MAX_TITLE


@dataclass(frozen=True, slots=True)
class FormMemo:
    """What the form carries unseen: its unique key, the organisation where it is not asked, what is being changed,
    and the codes of what the lamp has shown.
    """

    form_key: str
    organisation_id: int | None = None
    purchase_id: int | None = None
    version: int | None = None
    seen: tuple[str, ...] = ()

    def write(self) -> str:
        """As private_metadata."""
        kept = {"k": self.form_key, "o": self.organisation_id, "p": self.purchase_id, "v": self.version}
        return json.dumps({**kept, "s": self.seen} if self.seen else kept, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "FormMemo":
        """The other way round. Raises ValueError for what is not ours."""
        try:
            kept = json.loads(text)
            return cls(str(kept["k"]), kept["o"], kept["p"], kept["v"], tuple(kept.get("s", ())))
        except (KeyError, TypeError) as error:
            raise ValueError("not a form's memo") from error


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form at first. `firm` is a choice of the type-ahead (`firm_option`, `unregistered_option`);
    the next three are asked only for a firm that the registry lacks. `name_block` is the block_id of the name's field:
    Slack keeps what was typed under an id, so another name needs another id to be seen. `reason_note` stands over the
    fields for the reason, which are asked only for an outside firm.
    """

    title: str = ""
    firm: Block | None = None
    firm_name: str = ""
    name_block: str = ids.REPORT_FIRM_NAME
    firm_number: str = ""
    firm_address: str = ""
    amount: str = ""
    contract_date: date | None = None
    kind: PurchaseKind | None = None
    method: ContractMethod | None = None
    item: str = ""
    reason_note: Block | None = None
    reason_code: str | None = None
    reason_sentence: str = ""


def filled_from(draft: Draft, day: date) -> Filled:
    """The form as a stored report fills it, with `day` as its contract date."""
    return Filled(
        title=draft.title,
        firm=known_firm_option(draft.firm),
        firm_name=draft.firm.name,
        firm_number=draft.firm.business_number or "",
        firm_address=draft.firm.address,
        amount=write_won(draft.amount),
        contract_date=day,
        kind=draft.kind,
        method=draft.method,
        item=draft.item,
    )


@dataclass(frozen=True, slots=True)
class Form:
    """All that the form is made of. Drawn again it has no `choice`, but the block that stands there, `organisation`.

    `lamp`: what is to be looked at first, at the head of the form.
    """

    memo: FormMemo
    choice: OrganisationChoice | None
    filled: Filled = field(default_factory=Filled)
    organisation: tuple[Block, ...] = ()
    lamp: tuple[Block, ...] = ()


def report_form(form: Form) -> Block:
    """The modal. Where the reporter has one organisation it is shown, else it is asked."""
    filled = form.filled
    changing = form.memo.purchase_id is not None
    blocks = [
        *form.lamp,
        *(_organisation(form.choice) if form.choice else form.organisation),
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
        *(
            _unregistered(filled, changing=changing)
            if filled.firm and unregistered_name(filled.firm) is not None
            else []
        ),
        *_reason(filled),
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
            ids.REPORT_METHOD, "계약방법", _menu(ids.REPORT_METHOD, "계약방법 고르기", IN_FORMS, filled.method)
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
        submit=send_label(changing=changing, again=bool(form.lamp)),
        close="그만두기",
        memo=form.memo.write(),
    )


def name_block_of(blocks: Sequence[Block]) -> str | None:
    """The block_id of the field for an unregistered firm's name, where the form has it."""
    found = (str(block.get("block_id")) for block in blocks)
    return next((block_id for block_id in found if block_id.startswith(ids.REPORT_FIRM_NAME)), None)


def redrawn(
    view: Mapping[str, Any], filled: Filled, organisation: Block | None, looked: Looked | None = None
) -> Block | None:
    """The form after another firm was chosen: fields for an unregistered one, and those for the reason of an outside
    one (`looked`: what was found beside it), come and go; what was typed stays.

    `organisation` is the choice that stands in the form now. None where the form is right as it is.
    """
    blocks = view["blocks"]
    shown = name_block_of(blocks)
    name = unregistered_name(filled.firm) if filled.firm else None
    named_right = (shown is None) == (name is None) and (
        name is None or _drawn_for(blocks, shown) == typed_firm(name)[0]
    )
    if named_right and (looked is None) == (filled.reason_note is None):
        return None
    filled = replace(filled, reason_note=form_note(looked) if looked else None)
    if name is not None:
        turn = ids.read_number((shown or "").removeprefix(f"{ids.REPORT_FIRM_NAME}-")) + 1
        block_id = ids.numbered(ids.REPORT_FIRM_NAME, turn) if shown else ids.REPORT_FIRM_NAME
        typed_name, typed_number = typed_firm(name)
        number = filled.firm_number or typed_number
        filled = replace(filled, firm_name=typed_name, name_block=block_id, firm_number=number)
    memo = replace(FormMemo.read(view["private_metadata"]), seen=())  # of another firm other things are to be looked at
    return report_form(Form(memo, None, filled, _organisation_as_it_is(view, organisation)))


def held_up(view: Mapping[str, Any], filled: Filled, organisation: Block | None, look: LookFirst, city: City) -> Block:
    """The form as it was sent, with what is to be looked at first at its head; sent again it is stored."""
    memo = FormMemo.read(view["private_metadata"])
    shown = replace(memo, seen=tuple(dict.fromkeys((*memo.seen, *map(code_of, look.findings)))))
    press = send_label(changing=memo.purchase_id is not None, again=True)
    name_block = name_block_of(view["blocks"]) or ids.REPORT_FIRM_NAME
    return report_form(
        Form(
            shown,
            None,
            replace(filled, name_block=name_block),
            _organisation_as_it_is(view, organisation),
            tuple(lamp_blocks(look, city.lamp, press)),
        )
    )


def send_label(*, changing: bool, again: bool) -> str:
    """The name of the button that sends the form off."""
    if again:
        return "그대로 고치기" if changing else "그대로 보고"
    return "고치기" if changing else "보고"


def _organisation_as_it_is(view: Mapping[str, Any], chosen: Block | None) -> tuple[Block, ...]:
    return tuple(_with_initial(b, chosen) for b in view["blocks"] if b.get("block_id") == ids.REPORT_ORGANISATION)


def _drawn_for(blocks: Sequence[Block], block_id: str | None) -> str:
    element = next(block["element"] for block in blocks if block.get("block_id") == block_id)
    return str(element.get("initial_value") or "")


def _with_initial(block: Block, chosen: Block | None) -> Block:
    if block.get("type") != "input" or chosen is None:
        return block
    return {**block, "element": {**block["element"], "initial_option": dict(chosen)}}


def keep(choice: OrganisationChoice, organisation: Organisation) -> OrganisationChoice:
    """The choice for a stored report: its own organisation comes first and can always be kept."""
    others = tuple(o for o in choice.options if o.id != organisation.id)
    return OrganisationChoice(organisation, (organisation, *others), remembers=False)


def done(text: str) -> Block:
    """The window that stands in the form's place where there is something to say instead of closing."""
    return modal(ids.REPORT_DONE_VIEW, "구매 보고", [section("report-done", text)])


def _organisation(choice: OrganisationChoice) -> list[Block]:
    if len(choice.options) == 1:
        return [context(ids.REPORT_ORGANISATION, f"*{escape_text(choice.options[0].name)}* 이름으로 보고합니다.")]
    initial = option(choice.proposed.name, str(choice.proposed.id)) if choice.proposed else None
    hint = "한 번 고르면 기억합니다. 부서 책임자와 총괄 부서가 확인할 수 있습니다." if choice.remembers else ""
    select = external_select(ids.REPORT_ORGANISATION, "부서·기관 이름으로 찾기", initial, least=0)
    return [input_block(ids.REPORT_ORGANISATION, "어느 부서·기관의 구매인가요", select, hint=hint)]


def _reason(filled: Filled) -> list[Block]:
    if filled.reason_note is None:
        return []
    return [filled.reason_note, *reason_fields(filled.reason_code, filled.reason_sentence, optional=True)]


def _unregistered(filled: Filled, *, changing: bool) -> list[Block]:
    return [
        input_block(
            filled.name_block,
            "업체 이름",
            text_input(filled.name_block, initial=filled.firm_name, limit=MAX_NAME),
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
            optional=changing,
        ),
    ]


def _menu(
    action_id: str,
    placeholder: str,
    kind: Iterable[PurchaseKind] | Iterable[ContractMethod],
    chosen: PurchaseKind | ContractMethod | None,
) -> Block:
    options = [option(choice.label, choice.value) for choice in kind]
    return static_select(action_id, placeholder, options, chosen.value if chosen else None)
