"""`gwannae words load`, `list`, `show` and `unload`: files of words that belong together."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session

if TYPE_CHECKING:
    from gwannae.programme.word_groups import WordGroup, WordSource
    from gwannae.readers.faults import FileFault
    from gwannae.readers.word_file import WordFileError

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
words = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(words, name="words")

CITY = "city"
LOAD_EXAMPLE = """
gwannae words load 우리시_동의어.toml
gwannae words load 산업분류_색인어.xlsx 산업분류_분류표.csv 물품분류.csv
"""
SHOW_EXAMPLE = """
gwannae words show 명함
gwannae words show "행사용 화환" --json
"""
_NAMES = {
    CITY: "우리 시 낱말 파일",
    "ksic_index": "한국표준산업분류 색인어",
    "ksic_tree": "한국표준산업분류 분류표",
    "g2b_goods": "조달청 물품분류",
}
_FAULTS = {
    "not_toml": "UTF-8로 쓴 TOML이 아닙니다",
    "no_groups": "[[group]]이 하나도 없습니다",
    "too_many": "너무 많습니다",
    "unknown_field": "모르는 이름입니다",
    "not_text": "글자가 아닙니다",
    "not_list": "목록이 아닙니다",
    "bad_kind": "goods, services, works 가운데 하나여야 합니다",
    "empty": "비어 있습니다",
    "too_long": "너무 깁니다(40자까지)",
    "too_general": "뜻이 너무 넓은 말입니다",
    "twice": "두 번 나옵니다",
    "unknown_head": "그런 head를 가진 묶음이 없습니다",
    "not_an_ending": "묶음에 있는 한 글자 낱말이어야 합니다",
    "alone": "다른 낱말이 없는 묶음입니다",
}
_UNCHANGED = "바뀐 것은 없습니다."


@words.callback()
def about() -> None:
    """뜻이 같거나 같은 업종인 낱말을 넣고 봅니다."""


@words.command("load", cls=KoreanCommand, epilog=LOAD_EXAMPLE)
def load(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="우리 시 낱말 파일(.toml)이나 공식 분류표(CSV, XLSX)입니다.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """낱말 파일과 공식 분류표를 넣습니다.

    분류표는 제목 줄로 알아봅니다: 산업분류 색인어(코드·색인어·세세분류명), 산업분류 분류표(코드·명칭·상위코드),
    조달청 물품분류(물품분류번호·품명). 같은 종류를 다시 넣으면 앞의 것을 바꿉니다. 켜져 있는 봇은 2초 안에 압니다.
    한 파일이라도 읽지 못하면 아무것도 넣지 않습니다.
    """
    from gwannae.actions.words import load_words
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.word_groups import WordsLoaded

    session: Session = ctx.obj
    read = [_read(file) for file in files]
    told = []
    with session.toolkit() as toolkit:
        for (origin, source, groups, left_out), file in zip(read, files, strict=True):
            loaded = load_words(toolkit, COMMAND_LINE, source, origin, groups, toolkit.clock())
            assert isinstance(loaded, WordsLoaded), "the command line may do all"
            told.append({"file": file.name, "origin": origin, "groups": loaded.groups, "words": loaded.words})
            before = f" 앞서 넣은 묶음 {loaded.replaced:,}개를 바꾸었습니다." if loaded.replaced else ""
            skipped = f" 쓸 낱말이 없는 {left_out:,}줄은 건너뛰었습니다." if left_out else ""
            say(f"{_NAMES[origin]}: 묶음 {loaded.groups:,}개, 낱말 {loaded.words:,}개를 넣었습니다.{before}{skipped}")
    if as_json:
        print_json(told)


def _read(file: Path) -> "tuple[str, WordSource, tuple[WordGroup, ...], int]":
    """Origin, source, groups, and how many rows said nothing; leaves with a sentence when the file cannot be taken."""
    from gwannae.programme.word_groups import WordSource
    from gwannae.readers.classification import read_classification
    from gwannae.readers.faults import FaultCode, FileFault
    from gwannae.readers.word_file import WordFileError, read_words, shipped_words

    try:
        if file.suffix.lower() == ".toml":
            return CITY, WordSource.CITY, read_words(file, [group.head for group in shipped_words()]), 0
        table = read_classification(file)
        return table.kind.value, WordSource.OFFICIAL, table.groups, table.left_out
    except WordFileError as error:
        say(_wrong_words(file, error))
    except FileFault as fault:
        say(_no_table(file) if fault.code is FaultCode.NO_HEADER else _not_taken(file, fault))
    raise typer.Exit(FAILED)


@words.command("list", cls=KoreanCommand)
def list_loaded(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """넣은 낱말 파일과 분류표를 봅니다."""
    from gwannae.actions.words import loaded_words

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        found = loaded_words(toolkit)
    if as_json:
        print_json([{"origin": origin, "groups": groups} for _, origin, groups in found])
    elif found:
        rows = [(origin, _NAMES.get(origin, origin), f"{groups:,}") for _, origin, groups in found]
        print_table(("이름", "내용", "묶음"), rows, numbers=(2,))
    else:
        say("넣은 파일이 없습니다. 봇에 들어 있는 낱말과 Slack에서 추가한 동의어만 씁니다.")


@words.command("unload", cls=KoreanCommand, epilog="gwannae words unload ksic_index")
def unload(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="이름", help="`gwannae words list`에 나오는 이름입니다.")],
) -> None:
    """넣은 낱말 파일이나 분류표를 뺍니다."""
    from gwannae.actions.words import load_words, loaded_words
    from gwannae.programme.organisations import COMMAND_LINE

    session: Session = ctx.obj
    with session.toolkit() as toolkit:
        sources = {origin: source for source, origin, _ in loaded_words(toolkit)}
        if name not in sources:
            say(f"그런 이름으로 넣은 것이 없습니다: {name}. {_UNCHANGED}")
            raise typer.Exit(PARTLY)
        load_words(toolkit, COMMAND_LINE, sources[name], name, (), toolkit.clock())
    say(f"{_NAMES.get(name, name)}: 뺐습니다. 다시 넣으려면 gwannae words load 를 쓰세요.")


@words.command("show", cls=KoreanCommand, epilog=SHOW_EXAMPLE)
def show(
    ctx: typer.Context,
    word: Annotated[list[str], typer.Argument(metavar="WORD", help="찾는 말입니다.")],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """업체가 적지 않은 말일 때 대신 찾는 말을 순서대로 보여 줍니다.

    아는 말이 아니면 끝 코드가 1입니다.
    """
    from gwannae.actions.meanings import MeaningKeeper
    from gwannae.programme.hangul import search_key
    from gwannae.programme.meaning import tries
    from gwannae.readers.word_file import shipped_words

    session: Session = ctx.obj
    keys = [key for piece in " ".join(word).split() if (key := search_key(piece))]
    with session.toolkit() as toolkit, toolkit.database.read() as tx:
        found = list(tries(MeaningKeeper(shipped_words, lambda: 0.0).current(tx), keys))
    if as_json:
        print_json([{"distance": one[0].distance, "via": one[0].via, "words": [w.word for w in one]} for one in found])
    elif found:
        rows = [(str(nth), one[0].via, ", ".join(w.word for w in one)) for nth, one in enumerate(found, start=1)]
        print_table(("순서", "거쳐 온 말", "찾는 말"), rows, numbers=(0,))
    else:
        say(f"‘{' '.join(word)[:100]}’에서 이어지는 낱말이 없습니다.")
    raise typer.Exit(DONE if found else PARTLY)


def _wrong_words(file: Path, error: "WordFileError") -> str:
    places = "\n".join(f"  {f.place}: {_FAULTS[f.code.value]} {f.found}".rstrip() for f in error.faults[:20])
    more = f"\n  … 외 {len(error.faults) - 20:,}곳" if len(error.faults) > 20 else ""
    return f"낱말 파일을 쓸 수 없습니다: {file.name}\n{places}{more}\n파일을 고친 뒤 다시 실행해 주세요. {_UNCHANGED}"


def _no_table(file: Path) -> str:
    return (
        f"{file.name}: 아는 분류표의 제목 줄이 없습니다. 코드·색인어·세세분류명, 코드·명칭·상위코드, "
        f"물품분류번호·품명 가운데 하나가 필요합니다. {_UNCHANGED}"
    )


def _not_taken(file: Path, fault: "FileFault") -> str:
    from gwannae.bot.cli_words import file_words

    return f"{file.name}: {file_words(fault)}"
