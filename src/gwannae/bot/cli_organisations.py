"""`gwannae organisations import`, `gwannae organisations list`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.actions.organisations_import import Seeds
    from gwannae.readers.organisations import OrganisationFile

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
organisations = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(organisations, name="organisations")

IMPORT_EXAMPLE = """
gwannae organisations import 부서목록.xlsx
"""
LIST_EXAMPLE = """
gwannae organisations list
gwannae organisations list --unlinked
"""
_REASONS = {
    "name_missing": "이름이 비어 있습니다",
    "too_long": "이름이나 코드가 너무 깁니다",
    "code_duplicate": "같은 코드가 앞에 있습니다",
    "name_duplicate": "코드가 없고 같은 이름이 앞에 있습니다",
    "parent_unknown": "상위 부서를 찾지 못했습니다",
    "parent_self": "상위 부서가 자기 자신입니다",
    "kind_unknown": "구분(부서, 의회, 출자·출연기관, 공사)을 읽지 못했습니다",
    "name_shared": "같은 이름의 부서가 여럿이니 코드를 적어 주세요",
}
_NOTES = {
    "channel_without_team": "채널 ‘{value}’ 연결은 하지 못했습니다. 작업공간ID:채널ID로 적어 주세요.",
    "parent_left_out": "상위 부서 ‘{value}’의 줄을 받지 못해 상위 없이 넣었습니다.",
}
MOST_SHOWN = 20


@organisations.callback()
def about() -> None:
    """부서·기관 목록을 가져오고 봅니다."""


@organisations.command("import", cls=KoreanCommand, epilog=IMPORT_EXAMPLE)
def take_in(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="부서명 열이 있는 CSV, XLSX, XLS 파일입니다.")],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """부서·기관 목록을 넣습니다.

    파일에 없는 부서는 그대로 둡니다.
    열: 부서명(필수), 코드, 구분, 상위부서, 채널(작업공간ID:채널ID).
    """
    from gwannae.actions.organisations import import_organisations
    from gwannae.actions.organisations_import import known_words, seeds_of
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.readers.organisations import read_organisations

    session: Session = ctx.obj
    read_organisations(file)  # a file that cannot be read is refused before a database is made
    with session.toolkit() as toolkit:
        read = read_organisations(file, known=known_words(toolkit))
        seeds = seeds_of(toolkit, read.rows)
        counts = (0, 0, 0)
        if seeds.seeds:
            saved = import_organisations(toolkit, COMMAND_LINE, seeds.seeds, toolkit.clock())
            assert isinstance(saved, tuple), "the command line may do everything"
            counts = saved
    added, changed, unchanged = counts
    refused = _refused(read, seeds)
    if as_json:
        print_json(
            {
                "added": added,
                "changed": changed,
                "unchanged": unchanged,
                "skipped": read.skipped,
                "unknown_columns": list(read.unknown_columns),
                "notes": [{"row": n.number, "code": n.code.value, "value": n.value} for n in seeds.notes],
                "refused": [
                    {"row": n, "code": code, "value": value, "reason": _REASONS[code]} for n, code, value in refused
                ],
            }
        )
    say(f"{file.name}: 새 부서·기관 {added:,}곳 · 바뀐 곳 {changed:,}곳 · 그대로 {unchanged:,}곳")
    if read.unknown_columns:
        say(f"  읽지 않은 열: {', '.join(read.unknown_columns)}")
    lines = [
        f"{number:,}행은 받지 못했습니다: {_REASONS[code]}" + (f" — {value}" if value else "")
        for number, code, value in refused
    ]
    lines += [f"{note.number:,}행: {_NOTES[note.code.value].format(value=note.value)}" for note in seeds.notes]
    for line in lines[:MOST_SHOWN]:
        say(f"  {line}")
    if len(lines) > MOST_SHOWN:
        say(f"  … 그 밖에 {len(lines) - MOST_SHOWN:,}개(모두 보려면 --json)")
    if not seeds.seeds:
        raise typer.Exit(FAILED)
    raise typer.Exit(PARTLY if refused or seeds.notes else DONE)


@organisations.command("list", cls=KoreanCommand, epilog=LIST_EXAMPLE)
def show(
    ctx: typer.Context,
    unlinked: Annotated[bool, typer.Option("--unlinked", help="채널이 아직 연결되지 않은 곳만 보여 줍니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """부서·기관과 연결된 채널을 보여 줍니다."""
    from gwannae.actions.rosters import list_organisations

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = list_organisations(toolkit, unlinked_only=unlinked)
    if as_json:
        print_json(
            [
                {
                    "code": listed.organisation.code,
                    "name": listed.organisation.name,
                    "kind": listed.organisation.kind.value,
                    "parent": listed.organisation.parent,
                    "channels": [{"team": team, "channel": channel} for team, channel in listed.channels],
                }
                for listed in found
            ]
        )
        return
    if not found:
        say("채널이 연결되지 않은 부서·기관이 없습니다." if unlinked else "부서·기관이 아직 없습니다.")
        return
    rows = [
        (
            listed.organisation.code,
            listed.organisation.name,
            listed.organisation.kind.label,
            listed.organisation.parent or "",
            ", ".join(f"{team}:{channel}" for team, channel in listed.channels),
        )
        for listed in found
    ]
    print_table(("코드", "부서·기관", "구분", "상위", "채널"), rows)


def _refused(read: "OrganisationFile", seeds: "Seeds") -> list[tuple[int, str, str]]:
    by_reader = [(one.number, one.code.value, one.value) for one in read.refused]
    return sorted([*by_reader, *((one.number, one.code.value, one.value) for one in seeds.refused)])
