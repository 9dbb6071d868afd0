"""What all commands share: the global options, and the parts that a command asks for when it needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gwannae.actions.toolkit import Toolkit
    from gwannae.bot.settings import Settings
    from gwannae.programme.city import City


class SettingMissingError(Exception):
    """Settings without which the command cannot start: all their `names`, at once."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(*names)
        self.names = names


@dataclass(frozen=True, slots=True)
class Session:
    """The global options as they were typed; None: the settings decide. Everything heavy is imported on demand."""

    city_file: str | None = None
    database_url: str | None = None

    def settings(self) -> "Settings":
        """The settings, with what was typed before them."""
        from gwannae.bot.settings import read_settings

        given = {"GWANNAE_CITY": self.city_file, "DATABASE_URL": self.database_url}
        return read_settings(**{name: value for name, value in given.items() if value is not None})

    def city(self) -> "City":
        """The city of the settings."""
        from gwannae.readers.city_file import read_city

        return read_city(self.settings().city)

    def today(self) -> date:
        """The city's day."""
        return datetime.now(self.city().zone).date()

    @contextmanager
    def toolkit(self) -> Iterator["Toolkit"]:
        """City and database, its tables brought up to date."""
        from gwannae.bot.start import toolkit_for

        with toolkit_for(self.city(), self.settings().database) as toolkit:
            yield toolkit
