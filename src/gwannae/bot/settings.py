"""Settings from the environment or a .env file; all that is missing is named at once."""

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, get_args, get_type_hints

import platformdirs
from dotenv import dotenv_values
from msgspec import Meta, Struct, ValidationError, convert, field
from msgspec.structs import fields

SLACK_API = "https://slack.com/api/"
NTS_API = "https://api.odcloud.kr/api/nts-businessman/v1"
G2B_API = "https://apis.data.go.kr/1230000/ao/UsrInfoService02"
G2B_CONTRACTS_API = "https://apis.data.go.kr/1230000/ao/PubDataOpnStdService"
IN_ENVIRONMENT, IN_FILE = "environment", ".env"


class Secret:
    """A value that shows itself nowhere, neither in logs nor in tracebacks; `reveal` hands it out."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(…)" if self._value else "Secret()"


@dataclass(frozen=True, slots=True)
class SettingFault:
    """One setting that cannot be read: its `name`, its `source` (IN_ENVIRONMENT, IN_FILE; "" where it was typed), what
    was `expected` in the checker's words, and what was `found`; never a secret, of which every text is taken.
    """

    name: str
    source: str
    expected: str
    found: str


class SettingError(ValueError):
    """Settings that cannot be read: the `faults` of all of them."""

    def __init__(self, faults: Sequence[SettingFault]) -> None:
        super().__init__(*(fault.name for fault in faults))
        self.faults = tuple(faults)

    @property
    def names(self) -> list[str]:
        """The environment's names of the settings."""
        return [fault.name for fault in self.faults]


class SettingsFileError(ValueError):
    """A .env file that cannot be read, or that is not in UTF-8."""


class Settings(Struct, frozen=True, kw_only=True):
    """What the bot is told from outside. Names in capitals are the environment's."""

    slack_bot_token: Secret = field(default=Secret(), name="SLACK_BOT_TOKEN")
    slack_signing_secret: Secret = field(default=Secret(), name="SLACK_SIGNING_SECRET")
    slack_app_token: Secret = field(default=Secret(), name="SLACK_APP_TOKEN")
    slack_api_url: str = field(default=SLACK_API, name="SLACK_API_URL")
    database_url: str = field(default="", name="DATABASE_URL")
    city: str = field(default="seongnam", name="GWANNAE_CITY")
    nts_service_key: Secret = field(default=Secret(), name="NTS_SERVICE_KEY")
    nts_api_url: str = field(default=NTS_API, name="NTS_API_URL")
    g2b_service_key: Secret = field(default=Secret(), name="G2B_SERVICE_KEY")
    g2b_api_url: str = field(default=G2B_API, name="G2B_API_URL")
    g2b_contracts_api_url: str = field(default=G2B_CONTRACTS_API, name="G2B_CONTRACTS_API_URL")
    port: Annotated[int, Meta(ge=1, le=65535)] = field(default=3000, name="PORT")
    posts_per_minute: Annotated[int, Meta(ge=1, le=1200)] = field(default=300, name="POSTS_PER_MINUTE")
    state_folder: str = field(default="", name="GWANNAE_STATE")

    @property
    def uses_socket_mode(self) -> bool:
        """Whether Slack is reached through a socket of ours instead of calling us."""
        return bool(self.slack_app_token)

    @property
    def database(self) -> str:
        """Where the data lies: DATABASE_URL, else a SQLite file in the user's data folder."""
        if self.database_url:
            return self.database_url
        folder = Path(platformdirs.user_data_dir("gwannae", appauthor=False))
        return f"sqlite:///{folder / 'gwannae.db'}"

    @property
    def marks(self) -> Path:
        """The folder of what must not lie in the database: the marks by which one is known that has forgotten."""
        if self.state_folder:
            return Path(self.state_folder)
        return Path(platformdirs.user_state_dir("gwannae", appauthor=False))

    @property
    def sqlite_file(self) -> Path | None:
        """The file of a SQLite database, which to look at must not make; None for another kind."""
        url = self.database
        if "://" not in url:
            return Path(url)
        scheme, _, rest = url.partition("://")
        return Path(rest.removeprefix("/")) if scheme.startswith("sqlite") and len(rest) > 1 else None

    def missing_for_serving(self) -> list[str]:
        """Names of the settings without which `serve` cannot start, all at once."""
        needed: Mapping[str, Secret] = {"SLACK_BOT_TOKEN": self.slack_bot_token}
        if not self.uses_socket_mode:
            needed = {**needed, "SLACK_SIGNING_SECRET": self.slack_signing_secret}
        return [name for name, value in needed.items() if not value]


def setting_names() -> list[str]:
    """The environment's names of all settings."""
    return [one.encode_name for one in fields(Settings)]


def read_settings(**given: str) -> Settings:
    """Read settings; `given` (by environment names) come before the environment, and that before the .env file.

    A setting that is there but empty counts as left out. Raises SettingError and SettingsFileError.
    """
    sources: list[tuple[str, Mapping[str, str | None]]] = [("", given), (IN_ENVIRONMENT, os.environ)]
    sources.append((IN_FILE, _settings_file()))
    known: dict[str, str] = {}
    faults = []
    for name in setting_names():
        source, told = next(((where, values[name]) for where, values in sources if name in values), ("", None))
        if not (text := (told or "").strip()):
            continue
        known[name] = text
        if (expected := _expected(name, text)) is not None:
            faults.append(SettingFault(name, source, expected, text[:80]))
    if faults:
        raise SettingError(faults)
    return _settings(known)


def _settings_file() -> Mapping[str, str | None]:
    logging.getLogger("dotenv.main").setLevel(logging.ERROR)  # of a line that is none it tells in a sentence of its own
    try:
        return dotenv_values(".env", encoding="utf-8-sig")  # as editors on Windows write it
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsFileError from error


def _expected(name: str, text: str) -> str | None:
    """What the checker expected of a value that it does not take; None for one that is right."""
    try:
        _settings({name: text})
    except ValidationError as error:
        one = next(one for one in fields(Settings) if one.encode_name == name)
        kind = get_type_hints(Settings, include_extras=True)[one.name]
        bounds = next((part for part in get_args(kind) if isinstance(part, Meta)), Meta())
        return str(error) if bounds.ge is None else f"`int` from {bounds.ge} to {bounds.le}"
    return None


def _settings(told: Mapping[str, str]) -> Settings:
    return convert(told, Settings, strict=False, dec_hook=lambda _, text: Secret(text))
