"""`gwannae purchases`: the group; each command has its own file."""

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_purchase_cross_check import CROSS_CHECK_EXAMPLE, cross_check
from gwannae.bot.cli_purchase_export import EXPORT_EXAMPLE, export
from gwannae.bot.cli_purchase_import import IMPORT_EXAMPLE, UNDO_EXAMPLE, take_in, undo
from gwannae.bot.cli_purchase_office import REJUDGE_EXAMPLE, REOPEN_EXAMPLE, rejudge, reopen

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
purchases = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(purchases, name="purchases")


@purchases.callback()
def about() -> None:
    """구매 실적을 파일로 넣고, 되돌리고, 내보내고, 공개된 목록과 견주고, 다시 열고, 다시 판정합니다."""


purchases.command("import", cls=KoreanCommand, epilog=IMPORT_EXAMPLE)(take_in)
purchases.command("undo", cls=KoreanCommand, epilog=UNDO_EXAMPLE)(undo)
purchases.command("export", cls=KoreanCommand, epilog=EXPORT_EXAMPLE)(export)
purchases.command("cross-check", cls=KoreanCommand, epilog=CROSS_CHECK_EXAMPLE)(cross_check)
purchases.command("reopen", cls=KoreanCommand, epilog=REOPEN_EXAMPLE)(reopen)
purchases.command("rejudge", cls=KoreanCommand, epilog=REJUDGE_EXAMPLE)(rejudge)
