"""`gwannae db upgrade`, `gwannae db backup`, `gwannae db recount`, `gwannae doctor`."""

from pathlib import Path
from typing import Annotated

import typer

from gwannae.bot.cli_help import PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_lines, say
from gwannae.bot.cli_session import Session

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
db = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(db, name="db")

UPGRADE_EXAMPLE = """
gwannae db upgrade
"""
BACKUP_EXAMPLE = """
gwannae db backup gwannae-20270104.db
"""
RECOUNT_EXAMPLE = """
gwannae db recount
"""
DOCTOR_EXAMPLE = """
gwannae doctor
"""


@db.callback()
def about() -> None:
    """데이터베이스를 돌봅니다."""


@db.command("upgrade", cls=KoreanCommand, epilog=UPGRADE_EXAMPLE)
def upgrade(ctx: typer.Context) -> None:
    """데이터베이스의 표를 이 버전에 맞춥니다.

    처음 시작할 때는 저절로 합니다.
    """
    from gwannae.storage import schema
    from gwannae.storage.database import Database

    session: Session = ctx.obj
    database = Database.open(session.settings().database)
    try:
        steps = schema.upgrade(database)
    finally:
        database.close()
    say(f"표를 바꾸었습니다({', '.join(steps)})." if steps else "이미 이 버전에 맞습니다. 바꾼 것이 없습니다.")


@db.command("backup", cls=KoreanCommand, epilog=BACKUP_EXAMPLE)
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="새로 만들 파일입니다. 있는 파일에는 쓰지 않습니다.")],
) -> None:
    """SQLite 데이터베이스를 그대로 복사합니다.

    봇을 켜 둔 채로 해도 됩니다. PostgreSQL은 pg_dump를 쓰세요.
    """
    from gwannae.storage.backup import NothingToBackUpError
    from gwannae.storage.backup import backup as copy
    from gwannae.storage.database import Database

    settings = ctx.obj.settings()
    if settings.sqlite_file is not None and not settings.sqlite_file.exists():  # opening would make it
        raise NothingToBackUpError(settings.database)
    database = Database.open(settings.database)
    try:
        size = copy(database, file)
    finally:
        database.close()
    say(f"백업했습니다: {file} ({size:,}바이트)")


@db.command("recount", cls=KoreanCommand, epilog=RECOUNT_EXAMPLE)
def recount(ctx: typer.Context) -> None:
    """누계를 실적에서 다시 세어 다른 곳을 바로잡습니다.

    순위와 다른 제도의 실적은 누계에서 읽습니다. 누계는 저절로 맞추어지므로, doctor가 다르다고 할 때만 쓰시면 됩니다.
    봇을 켜 둔 채로 해도 됩니다. 실적은 바뀌지 않습니다.
    """
    from gwannae.storage import running_totals
    from gwannae.storage.database import Database

    database = Database.open(ctx.obj.settings().database)
    try:
        with database.write() as tx:
            running_totals.install(tx)
            mended = running_totals.rebuild(tx)
    finally:
        database.close()
    say(f"누계 {mended:,}곳을 바로잡았습니다." if mended else "누계가 실적과 같습니다. 바꾼 것이 없습니다.")


@commands.command(cls=KoreanCommand, epilog=DOCTOR_EXAMPLE)
def doctor(ctx: typer.Context) -> None:
    """설정과 연결을 살펴보고 무엇을 할지 알려 줍니다.

    설정, 도시 파일, 데이터베이스, 누계, 공휴일, Slack 연결을 봅니다. 바꾸는 것은 없습니다.
    고칠 것이 있으면 끝 코드가 1입니다.
    """
    from gwannae.bot.doctor import examine

    session: Session = ctx.obj
    findings = list(examine(session))
    print_lines([f"{'정상' if finding.fine else '확인'}  {finding.what}: {finding.says}" for finding in findings])
    wrong = sum(not finding.fine for finding in findings)
    if wrong:
        say(f"확인이 필요한 것이 {wrong}가지 있습니다.")
        raise typer.Exit(PARTLY)
    say("모두 정상입니다.")
