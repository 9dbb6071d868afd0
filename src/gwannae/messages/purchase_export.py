"""Purchases as a file: the form, and what is said while it is made, with it, or in its place."""

from gwannae.messages import ids
from gwannae.messages.blocks import Block, button, context, escape, input_block, modal, option, section, static_select
from gwannae.messages.permission import OFFICE_OR_LEAD
from gwannae.messages.report_choices import organisation_input
from gwannae.programme.affiliation import Impossible, NotAllowed
from gwannae.programme.organisations import Organisation
from gwannae.programme.purchase_export import (
    ExportDesk,
    Exported,
    ExportFormat,
    NotForPublication,
    NothingToExport,
)

MAKING = "구매 실적 파일을 만들고 있습니다. 다 되면 여기로 보내 드립니다."
BEGUN = "파일을 만들고 있습니다. 다 되면 관내봇과의 메시지로 보내 드립니다. 이 창은 닫으셔도 됩니다."
NOT_SENT = (
    "구매 실적 파일을 보내지 못했습니다. 실적은 그대로 있습니다. 잠시 뒤 홈 탭의 [실적 내려받기]를 다시 눌러 주세요. "
    "계속되면 총괄 부서에 알려 주세요."
)


def export_button() -> Block:
    """For whoever may read an organisation's purchases."""
    return button(ids.EXPORT_OPEN, "실적 내려받기")


def export_form(desk: ExportDesk) -> Block:
    """Year, organisation, form of the file. Who may have everything leaves the organisation empty for that."""
    years = [option(f"{year}년", str(year)) for year in desk.years]
    formats = [option(form.label, form.value) for form in desk.formats]
    only = desk.organisations[0] if len(desk.organisations) == 1 else None
    return modal(
        ids.EXPORT_VIEW,
        "실적 내려받기",
        [
            input_block(ids.EXPORT_YEAR, "연도", static_select(ids.EXPORT_YEAR, "연도", years, str(desk.years[0]))),
            *_whose(desk, only),
            input_block(
                ids.EXPORT_FORMAT,
                "파일",
                static_select(ids.EXPORT_FORMAT, "파일", formats, ExportFormat.XLSX.value),
                hint="보고 고치실 때는 엑셀, 다른 프로그램에 넣으실 때는 CSV를 고르세요.",
            ),
            context("export-note", "취소된 보고도 들어가고 합계에서는 빠집니다. 보고한 사람은 나오지 않습니다."),
        ],
        submit="만들기",
        close="그만두기",
    )


def _whose(desk: ExportDesk, only: Organisation | None) -> list[Block]:
    if not desk.everything:
        return [organisation_input(ids.EXPORT_ORGANISATION, desk.organisations, "부서·기관", only)]
    menu = organisation_input(ids.EXPORT_ORGANISATION, desk.organisations, "부서·기관")
    return [{**menu, "optional": True}, context("export-all", "부서·기관을 비워 두시면 전체가 나옵니다.")]


def choice_missing() -> dict[str, str]:
    """At the form's field."""
    return {ids.EXPORT_YEAR: "연도와 파일을 골라 주세요."}


def with_file(made: Exported) -> str:
    """The line over the file."""
    whose = escape(made.head.organisation.name) if made.head.organisation else "전체 부서·기관"
    return f"{made.head.year}년 {whose}의 구매 실적 {made.rows:,}건입니다. 취소된 보고도 들어 있습니다."


def not_made(outcome: object) -> str:
    """One sentence for each reason why there is no file."""
    if isinstance(outcome, NothingToExport):
        return "그해의 구매 실적이 없어 공개할 파일을 만들지 않았습니다."
    if isinstance(outcome, NotForPublication):
        return "공개용(OCDS) 파일은 도시 설정에 공개 접두어가 있어야 만들 수 있습니다. 관리자에게 알려 주세요."
    if isinstance(outcome, Impossible):
        return "그 부서·기관은 그 사이 없어졌습니다. 홈 탭을 새로 열어 다시 골라 주세요."
    assert isinstance(outcome, NotAllowed)
    return OFFICE_OR_LEAD


def begun() -> Block:
    """The form's place is taken by this while the file is made."""
    return modal(ids.PROBLEM_VIEW, "실적 내려받기", [section("export-begun", BEGUN)])
