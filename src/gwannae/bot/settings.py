"""Settings from the environment or a .env file; all that is missing is named at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import platformdirs
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK_API = "https://slack.com/api/"
NTS_API = "https://api.odcloud.kr/api/nts-businessman/v1"
G2B_API = "https://apis.data.go.kr/1230000/ao/UsrInfoService02"


class Settings(BaseSettings):
    """What the bot is told from outside. Names in capitals are the environment's."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", populate_by_name=True)

    slack_bot_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_BOT_TOKEN")
    slack_signing_secret: SecretStr = Field(default=SecretStr(""), alias="SLACK_SIGNING_SECRET")
    slack_app_token: SecretStr = Field(default=SecretStr(""), alias="SLACK_APP_TOKEN")
    slack_api_url: str = Field(default=SLACK_API, alias="SLACK_API_URL")
    database_url: str = Field(default="", alias="DATABASE_URL")
    city: str = Field(default="seongnam", alias="GWANNAE_CITY")
    nts_service_key: SecretStr = Field(default=SecretStr(""), alias="NTS_SERVICE_KEY")
    nts_api_url: str = Field(default=NTS_API, alias="NTS_API_URL")
    g2b_service_key: SecretStr = Field(default=SecretStr(""), alias="G2B_SERVICE_KEY")
    g2b_api_url: str = Field(default=G2B_API, alias="G2B_API_URL")
    port: int = Field(default=3000, ge=1, le=65535, alias="PORT")

    @property
    def uses_socket_mode(self) -> bool:
        """Whether Slack is reached through a socket of ours instead of calling us."""
        return bool(self.slack_app_token.get_secret_value())

    @property
    def database(self) -> str:
        """Where the data lies: DATABASE_URL, else a SQLite file in the user's data folder."""
        if self.database_url:
            return self.database_url
        folder = Path(platformdirs.user_data_dir("gwannae", appauthor=False))
        return f"sqlite:///{folder / 'gwannae.db'}"

    def missing_for_serving(self) -> list[str]:
        """Names of the settings without which `serve` cannot start, all at once."""
        needed: Mapping[str, SecretStr] = {"SLACK_BOT_TOKEN": self.slack_bot_token}
        if not self.uses_socket_mode:
            needed = {**needed, "SLACK_SIGNING_SECRET": self.slack_signing_secret}
        return [name for name, value in needed.items() if not value.get_secret_value()]


def read_settings(**given: Any) -> Settings:
    """Read settings; `given` (by environment names) come before the environment and the .env file."""
    return Settings(**given)
