"""The command line as a test drives it: the real console entry, on a database of the test's own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from gwannae.bot.cli import app

CITY_FILE = Path(__file__).parent.parent / "cities" / "haetnim.toml"

# What this machine says about the bot must not reach a test.
NO_SETTINGS = dict.fromkeys(("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN", "DATABASE_URL"), "") | {
    "PORT": "3000",
    "GWANNAE_CITY": "seongnam",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: exit code, results (`out`), words (`err`)."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """`gwannae --city … --database …` and the rest."""

    database: str
    city: str = str(CITY_FILE)

    def __call__(self, *arguments: str | Path, **settings: str) -> Ended:
        """Run a command; `settings` are environment variables."""
        typed = ["--city", self.city, "--database", self.database, *map(str, arguments)]
        return run(*typed, **settings)


def run(*typed: str, **settings: str) -> Ended:
    """Run the console entry with exactly these words."""
    ran = CliRunner().invoke(app, list(typed), env={**NO_SETTINGS, **settings}, catch_exceptions=False)
    return Ended(ran.exit_code, ran.stdout, ran.stderr)
