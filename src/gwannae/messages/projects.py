"""설계 단계의 사업: the window, the form, and what is known of each thing: 검토, never that anybody must buy."""

from datetime import date

from gwannae.messages import ids
from gwannae.messages.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    datepicker,
    escape,
    input_block,
    modal,
    option,
    section,
    static_select,
    tags,
    text_input,
)
from gwannae.messages.problems import window
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.amount import AmountError, read_amount, write_short, write_won
from gwannae.programme.dates import write_month
from gwannae.programme.projects import (
    MAX_NAME,
    Candidate,
    Looked,
    MissingTold,
    Project,
    ProjectDesk,
    ProjectFault,
    ProjectForm,
    ProjectKept,
    ProjectRefused,
    Review,
    Stage,
)
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import write_ratio_amount, write_ratio_count
from gwannae.programme.vendor_order import Making

SHOWN, COUNTED, LISTED, COPIES, MAX_TYPED = 10, 1000, 20, 50, 3000
NOT_YOURS = (
    "설계 단계의 사업은 맡은 부서와 총괄 부서만 볼 수 있습니다. 아무것도 바꾸지 않았습니다. "
    "소속이 확인되지 않았다면 부서 책임자에게 물어보세요."
)
_NOTE = "설계에서 검토하실 자료입니다. 계약 여부와 방법은 계약 담당 부서와 상의해 주세요."
_MAKING = {Making.CERTIFIED: "직접생산 확인", Making.STATED: "만든다고 적힘", Making.NOT_STATED: "판매"}
_FAULTS = {
    ProjectFault.NAME_MISSING: (ids.PROJECT_NAME, "사업명에 글자가 없습니다. 사업의 이름을 적어 주세요."),
    ProjectFault.NAME_TOO_LONG: (ids.PROJECT_NAME, "사업명이 너무 깁니다(100자까지)."),
    ProjectFault.NAME_TAKEN: (ids.PROJECT_NAME, "같은 이름의 사업이 이미 있습니다. 이름을 달리 적어 주세요."),
    ProjectFault.MONTH_PASSED: (ids.PROJECT_MONTH, "이미 지난 달입니다. 앞으로의 날을 골라 주세요."),
    ProjectFault.NO_ITEMS: (ids.PROJECT_ITEMS, "품목을 한 줄에 하나씩 적거나 내역서, 앞선 사업을 골라 주세요."),
}


def projects_window(desk: ProjectDesk) -> Block:
    """The projects that the person may see, next month of order first, those that are over behind."""
    this_month = desk.today.replace(day=1)
    ahead = [p for p in desk.projects if p.form.ordered_in >= this_month]
    over = [p for p in reversed(desk.projects) if p.form.ordered_in < this_month]
    head = f"*설계 단계 사업* · 발주 예정 {len(ahead):,}건"
    if not desk.projects:
        head = "*설계 단계 사업*이 아직 없습니다. 고를 수 있을 때 관내에서 만드는 곳을 미리 보실 수 있습니다."
    blocks = [section("projects-head", head)]
    for project in [*ahead, *over][:LISTED]:
        look = button(ids.PROJECT_REVIEW, "품목 보기", str(project.id))
        blocks.append(section(ids.numbered("project", project.id), _line(project), look))
    if len(desk.projects) > LISTED:
        blocks.append(context("projects-more", f"{len(desk.projects) - LISTED:,}건이 더 있습니다."))
    if desk.own:
        blocks.append(actions("projects-row", [button(ids.PROJECT_NEW, "사업 등록", style="primary")]))
    note = "맡은 부서와 총괄 부서에만 보입니다."
    return modal(ids.PROJECTS_VIEW, "설계 단계 사업", [*blocks, context("projects-note", note)])


def project_form(desk: ProjectDesk, form_key: str) -> Block:
    """Name, whose, kind, stage, month, budget, things."""
    whose = [option(name, str(i)) for i, name in desk.own[:100]]
    kinds = [option(kind.label, kind.value) for kind in PurchaseKind]
    stages = [option(stage.label, stage.value) for stage in Stage]
    owner = static_select(ids.PROJECT_WHOSE, "고르기", whose, whose[0]["value"])
    typed = {
        **text_input(ids.PROJECT_ITEMS, placeholder="LED가로등 200만원", limit=MAX_TYPED),
        "multiline": True,
    }
    blocks = [
        input_block(ids.PROJECT_NAME, "사업명", text_input(ids.PROJECT_NAME, limit=MAX_NAME)),
        input_block(ids.PROJECT_WHOSE, "부서·기관", owner),
        input_block(ids.PROJECT_KIND, "구분", static_select(ids.PROJECT_KIND, "고르기", kinds)),
        input_block(ids.PROJECT_STAGE, "단계", static_select(ids.PROJECT_STAGE, "고르기", stages)),
        input_block(
            ids.PROJECT_MONTH, "발주 예정", datepicker(ids.PROJECT_MONTH), hint="그 달의 아무 날이나 고르시면 됩니다."
        ),
        input_block(
            ids.PROJECT_BUDGET,
            "계획 예산",
            text_input(ids.PROJECT_BUDGET, placeholder="예) 3억", limit=40),
            optional=True,
        ),
        input_block(ids.PROJECT_ITEMS, "품목", typed, hint="한 줄에 하나씩. 금액은 뒤에 적어 주세요.", optional=True),
    ]
    bill = {"type": "file_input", "action_id": ids.PROJECT_FILE, "filetypes": ["csv", "xlsx", "xls"], "max_files": 1}
    hint = "엑셀이나 CSV, 5,000줄까지. 품명, 수량, 금액이 있는 시트를 모두 읽어 위의 품목 대신 씁니다."
    blocks.append(input_block(ids.PROJECT_FILE, "설계내역서", bill, hint=hint, optional=True))
    if desk.projects:
        earlier = [option(p.form.name, str(p.id)) for p in desk.projects[-COPIES:][::-1]]
        copies = static_select(ids.PROJECT_COPY, "고르기", earlier)
        blocks.append(input_block(ids.PROJECT_COPY, "앞선 사업의 품목 가져오기", copies, optional=True))
    return modal(ids.PROJECT_FORM_VIEW, "사업 등록", blocks, submit="등록", close="그만두기", memo=form_key)


def read_form(
    name: str, organisation_id: int, words: tuple[str | None, str | None], day: date | None, budget: str
) -> ProjectForm | dict[str, str]:
    """What was typed and chosen, or the sentence at each field that could not be read."""
    kind = next((k for k in PurchaseKind if k.value == words[0]), None)
    stage = next((s for s in Stage if s.value == words[1]), None)
    errors = {}
    won = None
    try:
        won = read_amount(budget) if budget.strip() else None
    except AmountError:
        errors[ids.PROJECT_BUDGET] = "금액을 읽지 못했습니다. 예) 3억, 12,000,000"
    for block, missing in ((ids.PROJECT_KIND, kind), (ids.PROJECT_STAGE, stage), (ids.PROJECT_MONTH, day)):
        if missing is None:
            errors[block] = "하나를 골라 주세요."
    if errors or kind is None or stage is None or day is None:
        return errors
    return ProjectForm(name, organisation_id, kind, stage, day, won)


def errors(refused: ProjectRefused) -> dict[str, str]:
    """The sentence at its field."""
    block, sentence = _FAULTS[refused.fault]
    return {block: sentence}


def kept_window(outcome: ProjectKept | NotAllowed) -> Block:
    """In the form's place."""
    if isinstance(outcome, NotAllowed):
        return window(NOT_YOURS)
    project = outcome.project
    done = "등록했습니다" if outcome.fresh else "이미 등록한 사업입니다. 두 번 등록하지 않았습니다"
    blocks = [
        section("project-kept", f"*{done}* · {_line(project)}"),
        actions("project-kept-row", [button(ids.PROJECT_REVIEW, "품목 보기", str(project.id), style="primary")]),
    ]
    return modal(ids.PROJECTS_VIEW, "사업 등록", blocks)


def review_window(found: Review | NotAllowed | None) -> Block:
    """The things of most planned money: who makes them here, who sells them, what the city bought so far."""
    if isinstance(found, NotAllowed):
        return window(NOT_YOURS)
    if found is None:
        return window("이 사업은 없습니다. `/gwannae 설계`에서 다시 골라 주세요.")
    among = f" · 계획 금액이 큰 {found.counted:,}가지 가운데" if found.counted < found.needs else ""
    lines = [
        f"*{escape(found.project.form.name)}* · 품목 {found.needs:,}가지{among}",
        f"관내에 만드는 곳을 찾지 못한 품목 {found.without_maker:,}가지",
        f"파는 곳도 찾지 못한 품목 {found.without_firm:,}가지",
    ]
    blocks = [section("project-review-head", "\n".join(lines))]
    blocks += [section(ids.numbered("project-item", at), _looked(one)) for at, one in enumerate(found.looked)]
    if found.needs > len(found.looked):
        rest = found.needs - len(found.looked)
        more = f"계획 금액이 큰 {len(found.looked):,}가지입니다. 그 밖에 {rest:,}가지가 있습니다."
        blocks.append(context("project-review-more", more))
    name = found.project.form.name[:40]
    asks = confirmation("사업 지우기", f"‘{name}’ 사업과 품목을 지울까요? 다시 등록하실 수 있습니다.", "지우기")
    gone = button(ids.PROJECT_REMOVE, "사업 지우기", str(found.project.id), confirm=asks)
    tell = button(ids.PROJECT_MISSING, "관내에 없는 품목 알리기", str(found.project.id))
    missing = any(not one.makers + one.sellers for one in found.looked)
    blocks.append(actions("project-review-row", [tell, gone] if missing else [gone]))
    return modal(ids.PROJECTS_VIEW, "설계 검토", [*blocks, context("project-review-note", _NOTE)])


def told(outcome: MissingTold | NotAllowed | None) -> str:
    """In the window's place."""
    if not isinstance(outcome, MissingTold):
        return removed(outcome)
    named = ", ".join(f"‘{escape(word)}’" for word in outcome.words)
    if not outcome.fresh:
        return f"이미 알려 드린 품목입니다: {named}. 두 번 세지 않았습니다." if named else "알릴 품목이 없습니다."
    return f"총괄 부서의 발굴 목록에 발주 예정 달과 함께 올렸습니다: {named}."


def removed(outcome: Project | NotAllowed | None) -> str:
    """In the window's place."""
    if isinstance(outcome, NotAllowed):
        return NOT_YOURS
    if outcome is None:
        return "이 사업은 이미 없습니다."
    return f"‘{escape(outcome.form.name)}’ 사업과 품목 {outcome.items:,}줄을 지웠습니다."


def _line(project: Project) -> str:
    form = project.form
    return (
        f"*{escape(form.name)}* · {escape(project.organisation)} · {form.kind.label} · {form.stage.label} · "
        f"발주 예정 {write_month(form.ordered_in)} · 품목 {project.items:,}줄 {write_short(project.amount)}"
    )


def _looked(one: Looked) -> str:
    need = one.need
    by = f" (‘{escape(one.looked_for)}’로 찾음)" if one.looked_for else ""
    planned = write_won(need.amount) if need.unstated < need.rows else "금액 없음"
    counts = f"만드는 곳 {one.makers:,} · 파는 곳 {one.sellers:,}"
    if one.unconfirmed:
        counts += f" · 확인이 필요한 곳 {one.unconfirmed:,}"
    lines = [f"*{escape(need.name)}* · {planned}{by}", counts]
    lines += [_firm(firm) for firm in one.firms]
    if one.bought:
        bought = one.bought
        lines.append(
            f"우리 시 구매 {bought.times:,}건({write_short(bought.least)}~{write_short(bought.most)}) · 관내 건수 "
            f"{write_ratio_count(bought.count)} · 금액 {write_ratio_amount(bought.amount)}"
        )
    return "\n".join(lines)


def _firm(firm: Candidate) -> str:
    others = [label for label in firm.certificates if label != "직접생산"]
    shown = f" {tags(others)}" if others else ""
    return f"• {escape(firm.name)} · {_MAKING[firm.making]}{shown}"
