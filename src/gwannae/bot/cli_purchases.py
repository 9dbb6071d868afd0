"""`gwannae purchases`: the group; each command has its own file."""

import typer

from gwannae.bot.cli_help import KoreanCommand, KoreanGroup
from gwannae.bot.cli_purchase_export import EXPORT_EXAMPLE, export

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
purchases = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(purchases, name="purchases")


@purchases.callback()
def about() -> None:
    """구매 실적을 내보냅니다."""


purchases.command("export", cls=KoreanCommand, epilog=EXPORT_EXAMPLE)(export)
