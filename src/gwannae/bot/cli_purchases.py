"""`gwannae purchases`: the group; each command has its own file."""

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_purchase_cross_check import CROSS_CHECK_EXAMPLE, cross_check
from gwannae.bot.cli_purchase_export import EXPORT_EXAMPLE, export

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
purchases = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(purchases, name="purchases")


@purchases.callback()
def about() -> None:
    """구매 실적을 내보내고 공개된 목록과 견줍니다."""


purchases.command("export", cls=KoreanCommand, epilog=EXPORT_EXAMPLE)(export)
purchases.command("cross-check", cls=KoreanCommand, epilog=CROSS_CHECK_EXAMPLE)(cross_check)
