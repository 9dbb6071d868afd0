"""`gwannae projects`: projects while they are designed, and local makers of what they will need."""

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_named import organisation_named, refused
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.projects import Item, Project, ProjectForm
    from gwannae.readers.projects import Bill

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
projects = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(projects, name="projects", help="설계 단계 사업의 내역서를 넣고, 품목마다 관내 업체를 미리 봅니다.")

AsJson = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")]
SHOWN = 20
_UNCHANGED = "바뀐 것은 없습니다."

_IMPORT = """
gwannae projects import 내역서.xlsx --name "한빛로" --organisation 도로과 --kind 공사 --stage 실시설계 --month 2027-09
"""
_LIST = """
gwannae projects list
"""
_REMOVE = """
gwannae projects remove 3
"""
_REVIEW = """
gwannae projects review 3
gwannae projects review 3 --all --json
"""


@projects.command("import", cls=KoreanCommand, epilog=_IMPORT)
def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="설계내역서입니다. CSV(UTF-8, CP949), XLSX, XLS.")],
    name: Annotated[str, typer.Option("--name", metavar="사업명", help="사업의 이름입니다.")],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="이름|코드", help="사업을 맡은 부서·기관입니다.")
    ],
    kind: Annotated[str, typer.Option("--kind", metavar="구분", help="물품, 용역, 공사 가운데 하나입니다.")],
    stage: Annotated[str, typer.Option("--stage", metavar="단계", help="기획, 기본설계, 실시설계, 발주 전입니다.")],
    month: Annotated[str, typer.Option("--month", metavar="연-월", help="발주하려는 달입니다. 예) 2027-09")],
    budget: Annotated[
        str | None, typer.Option("--budget", metavar="금액", help="계획 예산입니다. 예) 3억, 12,000,000")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="저장하지 않고 어떻게 읽는지만 알려 줍니다.")] = False,
    as_json: AsJson = False,
) -> None:
    """설계내역서로 사업을 등록합니다. 품명이 있고 수량이나 금액이 있는 시트를 모두 읽습니다(5,000줄까지).

    모두 저장하거나 하나도 저장하지 않습니다. 같은 파일을 다시 넣어도 한 번만 등록됩니다.
    """
    from gwannae.actions.projects import register
    from gwannae.bot.cli_project_words import bill_json, bill_words, refused_words
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.projects import ProjectKept, ProjectRefused
    from gwannae.readers.projects import read_bill

    session: Session = ctx.obj
    bill = read_bill(file)  # a file that cannot be read is refused before a database is made
    kept = None
    with session.toolkit() as toolkit:
        form = _form(name, organisation_named(toolkit, organisation).id, (kind, stage, month, budget))
        if not dry_run:
            outcome = register(toolkit, COMMAND_LINE, form, bill.items, _key(form, bill.items), toolkit.clock())
            if isinstance(outcome, ProjectRefused):
                raise refused(refused_words(outcome, bill))
            assert isinstance(outcome, ProjectKept), "the command line may do everything"
            kept = outcome
    if as_json:
        print_json(bill_json(bill, kept))
    for line in bill_words(bill, kept, file.name):
        say(line)
    raise typer.Exit(_code(bill))


@projects.command("list", cls=KoreanCommand, epilog=_LIST)
def show(ctx: typer.Context, as_json: AsJson = False) -> None:
    """등록한 사업을 발주 예정 달 순서로 보여 줍니다."""
    from gwannae.actions.projects import list_projects
    from gwannae.bot.cli_project_words import project_json
    from gwannae.programme.affiliation import NotAllowed
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = list_projects(toolkit, COMMAND_LINE, toolkit.clock())
    assert not isinstance(found, NotAllowed), "the command line may do everything"
    if as_json:
        print_json([project_json(project) for project in found])
        return
    if not found:
        say("등록한 사업이 아직 없습니다. gwannae projects import로 넣을 수 있습니다.")
        return
    print_table(
        ("번호", "발주 예정", "단계", "구분", "부서·기관", "사업", "품목 줄", "금액"), list(map(_row, found)), (0, 6)
    )


@projects.command("review", cls=KoreanCommand, epilog=_REVIEW)
def look(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="번호", min=1, max=2**31 - 1, help="사업의 번호입니다.")],
    everything: Annotated[bool, typer.Option("--all", help="금액이 큰 20가지만이 아니라 모두 보여 줍니다.")] = False,
    as_json: AsJson = False,
) -> None:
    """한 사업의 품목마다 관내에서 만드는 곳과 파는 곳, 지금까지 우리 시의 구매를 보여 줍니다.

    계획 금액이 큰 품목부터입니다. 계약 여부를 정해 드리는 것이 아니라 설계에서 검토하실 자료입니다.
    """
    from gwannae.actions.projects import review
    from gwannae.bot.cli_project_words import review_json, review_rows, review_words
    from gwannae.programme.affiliation import NotAllowed
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = review(toolkit, COMMAND_LINE, number, toolkit.clock(), None if everything else SHOWN)
    assert not isinstance(found, NotAllowed), "the command line may do everything"
    if found is None:
        raise refused(f"{number}번 사업이 없습니다. gwannae projects list로 번호를 확인해 주세요.")
    if as_json:
        print_json(review_json(found))
        return
    heads = ("품목", "계획 금액", "만드는 곳", "파는 곳", "미확인", "관내 업체", "관내 비율(건수)")
    print_table(heads, review_rows(found), (2, 3, 4))
    for line in review_words(found):
        say(line)


@projects.command("remove", cls=KoreanCommand, epilog=_REMOVE)
def take_out(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="번호", min=1, max=2**31 - 1, help="사업의 번호입니다.")],
) -> None:
    """잘못 등록했거나 하지 않기로 한 사업을 품목과 함께 지웁니다."""
    from gwannae.actions.projects import remove
    from gwannae.programme.affiliation import NotAllowed
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        gone = remove(toolkit, COMMAND_LINE, number, toolkit.clock())
    assert not isinstance(gone, NotAllowed), "the command line may do everything"
    if gone is None:
        raise refused(f"{number}번 사업이 없습니다. gwannae projects list로 번호를 확인해 주세요.")
    say(f"{number}번 사업을 지웠습니다: {gone.form.name} · 품목 {gone.items:,}줄")


def _form(name: str, organisation_id: int, said: tuple[str, str, str, str | None]) -> "ProjectForm":
    """What was typed, read; raises typer.Exit after the sentence that says what could not be."""
    from gwannae.programme.amount import AmountError, read_amount
    from gwannae.programme.projects import ProjectForm, Stage
    from gwannae.programme.purchase_kind import PurchaseKind

    kind, stage, month, budget = said
    kinds, stages = {k.label: k for k in PurchaseKind}, {s.label.replace(" ", ""): s for s in Stage}
    if kind not in kinds:
        raise refused(
            f"구분을 읽지 못했습니다: {kind}. 물품, 용역, 공사 가운데 하나를 적어 주세요. 바뀐 것은 없습니다."
        )
    if stage.replace(" ", "") not in stages:
        raise refused(
            f"단계를 읽지 못했습니다: {stage}. 기획, 기본설계, 실시설계, 발주 전 가운데 하나입니다. {_UNCHANGED}"
        )
    try:
        ordered_in = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise refused(f"발주하려는 달을 읽지 못했습니다: {month}. 예) 2027-09. {_UNCHANGED}") from None
    try:
        won = read_amount(budget) if budget is not None else None
    except AmountError:
        raise refused(f"예산을 읽지 못했습니다: {budget}. 예) 3억, 12,000,000. {_UNCHANGED}") from None
    return ProjectForm(name, organisation_id, kinds[kind], stages[stage.replace(" ", "")], ordered_in, won)


def _key(form: "ProjectForm", items: "tuple[Item, ...]") -> str:
    """One for one organisation's bill: a command that was killed and given again keeps nothing twice."""
    said = repr((form.name, form.organisation_id, form.ordered_in, items))
    return f"cli:{sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()}"


def _code(bill: "Bill") -> int:
    if not bill.items:
        return FAILED
    return PARTLY if bill.refused else DONE


def _row(project: "Project") -> tuple[str, ...]:
    from gwannae.programme.amount import write_won
    from gwannae.programme.dates import write_month

    form = project.form
    return (
        str(project.id), write_month(form.ordered_in), form.stage.label, form.kind.label, project.organisation,
        form.name, f"{project.items:,}", write_won(project.amount),
    )  # fmt: skip
