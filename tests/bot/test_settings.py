"""Settings come from the command line, the environment and .env, in that order; a wrong one is named."""

from pathlib import Path

import pytest

from gwannae.bot.settings import SettingError, read_settings, setting_names
from tests.bot.command_line import run


@pytest.fixture(autouse=True)
def nothing_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No settings of this machine, and a folder of its own for .env."""
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("in_file", "in_environment", "typed", "port"),
    [
        ("", None, None, 3000),
        ("PORT=4000", None, None, 4000),
        ("PORT=4000", "5000", None, 5000),
        ("PORT=4000", "5000", "6000", 6000),
        ("PORT=", "", None, 3000),
        ("export PORT='4000'  # ours", None, None, 4000),
        ("PORT=4000", "  ", None, 3000),
        ("\ufeffPORT=4000", None, None, 4000),
    ],
)
def test_what_is_nearer_to_the_person_comes_first(
    nothing_told: Path,
    monkeypatch: pytest.MonkeyPatch,
    in_file: str,
    in_environment: str | None,
    typed: str | None,
    port: int,
) -> None:
    (nothing_told / ".env").write_text(in_file, encoding="utf-8")
    if in_environment is not None:
        monkeypatch.setenv("PORT", in_environment)
    assert read_settings(**({} if typed is None else {"PORT": typed})).port == port


@pytest.mark.parametrize("port", ["0", "-1", "65536", "80.5", "포트", "３０００번"])
def test_a_port_that_is_none_is_named(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SettingError) as raised:
        read_settings()
    assert raised.value.names == ["PORT"]
    ended = run("standings", PORT=port)
    assert (ended.code, ended.out) == (2, "")
    assert "설정 값을 읽지 못했습니다: PORT." in ended.err


@pytest.mark.parametrize(
    "content", ["PORT=4000 # 우리 포트".encode("cp949"), "PORT=4000".encode("utf-16"), b"PORT=4\xff"]
)
def test_a_file_of_settings_that_is_no_utf_8_is_named(nothing_told: Path, content: bytes) -> None:
    (nothing_told / ".env").write_bytes(content)
    ended = run("standings")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(".env 파일을 읽지 못했습니다. 읽을 권한을 확인하고 UTF-8로 다시 저장해 주세요")
    assert ".env 파일을 읽지 못했습니다." in run("doctor").out + run("doctor").err


def test_lines_that_are_no_settings_are_told_of_in_no_foreign_sentence(
    nothing_told: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    (nothing_told / ".env").write_text("SLACK BOT=1\n=\nPORT=4000\n", encoding="utf-8")
    assert read_settings().port == 4000
    assert "python-dotenv" not in capfd.readouterr().err + caplog.text


def test_a_secret_shows_itself_nowhere() -> None:
    settings = read_settings(SLACK_BOT_TOKEN="xoxb-canary", SLACK_APP_TOKEN="xapp-canary")
    assert settings.slack_bot_token.reveal() == "xoxb-canary"
    shown = f"{settings!r} {settings.slack_bot_token} {settings.slack_app_token!r}"
    assert "canary" not in shown
