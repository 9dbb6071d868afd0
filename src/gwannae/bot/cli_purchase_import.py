"""`gwannae purchases import`, `gwannae purchases undo`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY
from gwannae.bot.cli_output import print_json, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.programme.import_questions import Question
    from gwannae.programme.purchase_imports import ImportBatch

IMPORT_EXAMPLE = """
gwannae purchases import 1분기계약.xlsx --organisation 총무과 --dry-run
gwannae purchases import 1분기계약.xlsx --organisation 총무과 --yes
gwannae purchases import 시전체.xlsx
"""
UNDO_EXAMPLE = """
gwannae purchases undo 12
"""


def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV(UTF-8, CP949), XLSX, XLS 파일입니다.")],
    organisation: Annotated[
        str | None,
        typer.Option("--organisation", metavar="이름|코드", help="실적의 부서·기관. 없으면 파일의 부서 열을 봅니다."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="저장하지 않고 어떻게 될지만 알려 줍니다.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="묻지 않고 확정합니다. 확인이 필요한 줄은 빼고 알려 드립니다.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """계약 목록 파일을 구매 실적으로 넣습니다.

    계약명, 계약일, 계약금액, 업체명이 있는 제목 줄을 찾아 읽습니다. 같은 계약은 한 번만 셉니다.
    확정하기 전에는 아무것도 집계되지 않고, 모두 저장하거나 하나도 저장하지 않습니다.
    """
    from gwannae.bot.cli_purchase_words import import_json, import_words

    session: Session = ctx.obj
    content = _read(file)
    with session.toolkit() as toolkit:
        rules, whose = toolkit.city.lamp, _organisation(toolkit, organisation)
        shown = _preview(toolkit, file, content, whose) if dry_run else None
        batch = shown or _import(toolkit, file, content, whose, yes=yes)
    if as_json:
        print_json(import_json(batch, rules, dry_run=dry_run))
    for line in import_words(batch, rules, dry_run=dry_run):
        say(line)
    raise typer.Exit(_code(batch, dry_run=dry_run))


def undo(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="번호", help="넣을 때 알려 드린 번호입니다.")],
) -> None:
    """파일로 넣은 실적을 한꺼번에 되돌립니다.

    그 뒤에 고친 실적은 그대로 둡니다. 마감된 기간의 실적이 있으면 하나도 되돌리지 않으니, 먼저
    gwannae purchases reopen으로 다시 여세요.
    """
    from gwannae.actions import purchases_import as files
    from gwannae.bot.cli_purchase_words import import_words, undo_too_late
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.purchase_imports import Standing, UndoTooLate

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        outcome = files.undo(toolkit, COMMAND_LINE, number, toolkit.clock())
        if isinstance(outcome, UndoTooLate):
            say(undo_too_late(outcome))
            raise typer.Exit(FAILED)
        if not isinstance(outcome, Standing) or not outcome.done:
            say(f"{number}번 파일은 되돌릴 수 없습니다. 확정된 파일의 번호인지 확인해 주세요. 바뀐 것은 없습니다.")
            raise typer.Exit(FAILED)
        batch, rules = _worked(toolkit, number, "되돌리는 중"), toolkit.city.lamp
    for line in import_words(batch, rules, dry_run=False):
        say(line)


def _read(file: Path) -> bytes:
    from gwannae.readers.faults import DEFAULT, FaultCode, FileFault
    from gwannae.readers.file_kind import Source

    Source(file, DEFAULT)  # refuses what is not there, no file, empty or too large
    try:
        return file.read_bytes()
    except OSError as error:
        raise FileFault(FaultCode.UNREADABLE, row=None, detail=type(error).__name__) from error


def _organisation(toolkit: "Toolkit", word: str | None) -> int | None:
    from gwannae.actions.rosters import organisations_named

    if word is None:
        return None
    found = [organisation for organisation in organisations_named(toolkit, word) if organisation.active]
    if len(found) == 1:
        return found[0].id
    codes = ", ".join(organisation.code for organisation in found)
    say(
        f"‘{word}’이(가) 여럿입니다. 코드로 적어 주세요: {codes}"
        if found
        else f"‘{word}’을(를) 찾지 못했습니다. gwannae organisations list로 이름을 확인해 주세요."
    )
    raise typer.Exit(FAILED)


def _preview(toolkit: "Toolkit", file: Path, content: bytes, whose: int | None) -> "ImportBatch":
    from gwannae.actions.purchase_import_work import preview
    from gwannae.programme.city import earliest_contract_date
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.purchase_imports import ImportBatch, ImportState
    from gwannae.readers.purchases import read_purchases

    now = toolkit.clock()
    earliest = earliest_contract_date(toolkit.city.calendar, now.date())
    opened = read_purchases(content, today=now.date(), earliest=earliest)
    with _bar("읽는 중", opened.estimate) as progress:
        summary, questions = preview(toolkit, COMMAND_LINE, opened, whose, now, progress)
    return ImportBatch(
        0, "", "", file.name, "", "cli", "", whose, ImportState.READY, now, now, summary=summary, questions=questions
    )


def _import(toolkit: "Toolkit", file: Path, content: bytes, whose: int | None, *, yes: bool) -> "ImportBatch":
    """Everything through the inbox, as from Slack: one way in, one way back."""
    from gwannae.actions import purchase_import_work as long_part
    from gwannae.actions import purchases_import as files
    from gwannae.bot.cli_purchase_words import import_words
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.purchase_imports import ImportState

    name = file.name.encode("utf-8", "replace").decode()
    noted = files.receive(toolkit, COMMAND_LINE, f"cli:{uuid4().hex}", name, whose, toolkit.clock())
    import_id = noted.batch.id
    long_part.keep(toolkit, import_id, content)
    batch = _worked(toolkit, import_id, "읽는 중")
    asks = not yes and sys.stdin.isatty()
    while batch.state is ImportState.READY and batch.questions and (yes or asks):
        if yes and batch.questions[0].way_out is None:
            break
        for question in batch.questions:
            said = question.way_out.value if yes and question.way_out else _asked(question)
            files.answer(toolkit, COMMAND_LINE, import_id, question.key, said, toolkit.clock())
        batch = _worked(toolkit, import_id, "다시 읽는 중")
    if batch.may_be_confirmed:
        if asks:
            for line in import_words(batch, toolkit.city.lamp, dry_run=True):
                say(line)
        if yes or (asks and typer.confirm("확정할까요?", err=True)):
            files.confirm(toolkit, COMMAND_LINE, import_id, toolkit.clock())
            return _worked(toolkit, import_id, "저장하는 중")
    if batch.state is ImportState.READY:
        files.discard(toolkit, COMMAND_LINE, import_id, toolkit.clock())
    return batch


def _asked(question: "Question") -> str:
    """Ask at the terminal; the number of an answer."""
    from gwannae.messages.import_questions import answer_label, question_text

    choices = list(question.choices)
    if question.way_out is not None:
        choices.append((question.way_out.value, ""))
    say(question_text(question))
    for number, (answer, name) in enumerate(choices, 1):
        say(f"  {number}. {answer_label(question, answer, name)}")
    while True:
        number = int(typer.prompt("번호", err=True, type=int))
        if 1 <= number <= len(choices):
            return choices[number - 1][0]


def _worked(toolkit: "Toolkit", import_id: int, words: str) -> "ImportBatch":
    from gwannae.actions import purchase_import_work as long_part
    from gwannae.actions import purchases_import as files

    owner = uuid4().hex
    claimed = long_part.claim(toolkit, import_id, owner, toolkit.clock())
    if claimed is not None:
        with _bar(words, 0) as progress:
            long_part.work(toolkit, claimed[0], owner, toolkit.clock(), progress)
    standing = files.standing_of(toolkit, import_id)
    assert standing is not None, "it was noted above"
    return standing.batch


def _code(batch: "ImportBatch", *, dry_run: bool) -> int:
    from gwannae.programme.purchase_imports import ImportState

    summary = batch.summary
    if batch.state is ImportState.FAILED or (summary.counts == 0 and summary.known == 0):
        return FAILED
    clean = not summary.refused_rows and not batch.questions
    settled = dry_run or batch.state is ImportState.CONFIRMED or summary.counts == 0
    return DONE if clean and settled else PARTLY


@contextmanager
def _bar(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar for whoever looks; a log or another program gets none."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=total or None)
        yield lambda done: bar.update(task, completed=done)
