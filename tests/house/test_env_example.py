""".env.example names every setting, and works as it stands."""

import re
from pathlib import Path

import pytest

from gwannae.bot.settings import read_settings, setting_names
from gwannae.readers.city_file import shipped_cities
from tests.house.checkout import ROOT

EXAMPLE = ROOT / ".env.example"


def test_every_setting_is_in_the_example_once_and_nothing_else() -> None:
    named = re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE)

    assert sorted(named) == sorted(setting_names())


def test_the_example_taken_as_it_is_lacks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".env").write_bytes(EXAMPLE.read_bytes())
    monkeypatch.chdir(tmp_path)

    settings = read_settings()

    assert settings.missing_for_serving() == []
    assert settings.city in shipped_cities()
    assert not settings.uses_socket_mode
