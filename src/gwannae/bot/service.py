"""How the bot starts as a service: without the machinery of the command line, 20 ms and 2 MB that it never uses."""

import gc
import sys

from gwannae.bot.cli_session import Session, SettingMissingError


def start(session: Session) -> None:
    """Serve until the end. Raises SettingMissingError, and what a wrong setting, city file or database raises."""
    # What is made until the bot is ready lives to its end: the collector would go through it again and again.
    gc.disable()
    settings = session.settings()
    if missing := settings.missing_for_serving():
        raise SettingMissingError(missing)
    city = session.city()
    from gwannae.bot.serve import serve

    serve(settings, city)


def main() -> None:
    """The console script: plain `gwannae serve` is the service, all else goes through the command line."""
    if sys.argv[1:] != ["serve"]:
        from gwannae.bot.cli import main as command_line

        return command_line()
    try:
        start(Session())
    except Exception as error:
        from gwannae.bot.cli_words import explain

        sys.exit(explain(error))
