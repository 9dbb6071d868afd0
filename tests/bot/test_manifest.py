"""The app's manifest for Slack says what the bot does: no command, event or scope too many, none too few."""

import ast
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

import gwannae
from gwannae.bot.features import FEATURES
from gwannae.handlers import gwannae as gwannae_command
from gwannae.handlers import localvendor
from gwannae.messages import ids
from gwannae.sandbox.values import Message
from tests.bot import knocks
from tests.bot.doors import open_door
from tests.bot.reporting import home_of
from tests.bot.reports import a_report, kept
from tests.databases import SqliteTemplate
from tests.front_door import LEAD, ROADS, STAFF, FrontDoor

MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))
SCOPES = frozenset(MANIFEST["oauth_config"]["scopes"]["bot"])
SOURCES = Path(gwannae.__file__).parent

# What each Web API method asks for, by its page under docs.slack.dev/reference/methods, read on CHECKED_ON.
CHECKED_ON = date(2026, 11, 22)
METHOD_SCOPES = {
    "apps.connections.open": frozenset[str](),  # connections:write, which the app-level token has, not the bot's
    "auth.test": frozenset[str](),
    "chat.delete": frozenset({"chat:write"}),
    "chat.getPermalink": frozenset[str](),
    "chat.postMessage": frozenset({"chat:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history"}),
    "conversations.open": frozenset({"im:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "chat.update": frozenset({"chat:write"}),
    "files.info": frozenset({"files:read"}),
    "views.open": frozenset[str](),
    "views.publish": frozenset[str](),
    "views.push": frozenset[str](),
    "views.update": frozenset[str](),
}
# What each subscription asks for, by its page under docs.slack.dev/reference/events, read on the same day.
EVENT_SCOPES = {
    "app_home_opened": frozenset[str](),
    "app_mention": frozenset({"app_mentions:read"}),
    "file_shared": frozenset({"files:read"}),
    "message.im": frozenset({"im:history"}),
}
COMMAND_SCOPES = frozenset({"commands"})
CONTRACTS = "계약명,계약일,계약금액,업체명,구분\n명함,2027-03-08,1000,새업체,물품\n".encode()
SUBSCRIPTIONS = {"message": "message.im"}  # where the subscription's name is not the event's


@dataclass
class Registered:
    """Stands in for the app and notes what the features tie."""

    commands: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)

    def command(self, name: str) -> Callable[[Any], Any]:
        self.commands.append(name)
        return lambda listener: listener

    def event(self, name: str) -> Callable[[Any], Any]:
        self.events.append(name)
        return lambda listener: listener

    def __getattr__(self, _: str) -> Callable[..., Callable[[Any], Any]]:
        return lambda *_, **__: lambda listener: listener


@pytest.fixture
def registered(door: FrontDoor) -> Registered:
    notes = Registered()
    for feature in (localvendor, *FEATURES):
        feature.register(notes, door.desk)  # type: ignore[arg-type]
    return notes


def called_methods() -> Iterator[str]:
    """Every method of Slack's client that our sources name, as Slack writes it: `chat.postMessage`."""
    known = {name for name in dir(AsyncWebClient) if "_" in name and not name.startswith("_") and name != "api_call"}
    for path in SOURCES.rglob("*.py"):
        if "sandbox" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in known:
                yield node.attr.replace("_", ".")


def test_the_commands_in_the_manifest_are_those_that_the_bot_answers(registered: Registered) -> None:
    named = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    assert sorted(named) == sorted(registered.commands)
    assert len(named) == len(set(named))


def test_the_events_in_the_manifest_are_those_that_the_bot_answers(registered: Registered) -> None:
    answered = sorted(SUBSCRIPTIONS.get(name, name) for name in registered.events)
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == answered


def test_every_method_that_is_called_stands_in_the_dated_table_and_no_other() -> None:
    assert set(called_methods()) == set(METHOD_SCOPES)


def test_no_method_is_called_by_a_name_that_this_test_cannot_see() -> None:
    hidden = [path.name for path in SOURCES.rglob("*.py") if "sandbox" not in path.parts and ".api_call(" in
              path.read_text("utf-8")]  # fmt: skip
    assert hidden == []


def test_the_scopes_are_exactly_those_that_methods_events_and_commands_need() -> None:
    events = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
    needed = COMMAND_SCOPES.union(*METHOD_SCOPES.values(), *(EVENT_SCOPES[name] for name in events))
    assert needed == SCOPES
    assert len(SCOPES) == len(MANIFEST["oauth_config"]["scopes"]["bot"])


def test_slacks_bounds_are_kept() -> None:
    shown = MANIFEST["display_information"]
    assert 1 <= len(shown["name"]) <= 35
    assert 1 <= len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    for command in MANIFEST["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert 1 <= len(command["description"]) <= 2000
        assert len(command.get("usage_hint", "")) <= 1000
        assert not command["should_escape"]  # the bot reads what was typed, not ids in its place


def test_the_hint_of_the_offices_command_names_every_page_and_no_other() -> None:
    [hint] = [c["usage_hint"] for c in MANIFEST["features"]["slash_commands"] if c["command"] == "/gwannae"]
    head, _, words = hint.partition(", 또는 ")
    named = words.split(" · ")
    assert head == "비워 두면 도움말"
    answered = {
        "연결",
        *gwannae_command._PAGES,
        *gwannae_command._OWED,
        *gwannae_command._DIGEST,
        gwannae_command._HAND_OVER,
    }
    assert set(named) <= answered
    opened = {gwannae_command._PAGES[word] for word in named if word in gwannae_command._PAGES}
    assert opened == set(gwannae_command._PAGES.values())
    assert {"할 일", "남은 곳", "연결", "인수인계"} <= set(named)


def test_a_bot_without_a_public_address_can_be_made_from_it() -> None:
    settings = MANIFEST["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["interactivity"] == {"is_enabled": True}
    assert MANIFEST["features"]["bot_user"]["display_name"] == shown_name()
    assert MANIFEST["features"]["app_home"]["home_tab_enabled"] is True
    assert "request_url" not in json.dumps(MANIFEST)


def shown_name() -> str:
    return str(MANIFEST["display_information"]["name"])


async def visit_everything(door: FrontDoor) -> None:
    await door.driver.command(STAFF, ROADS, "/localvendor", "인쇄")
    await door.driver.command(STAFF, ROADS, "/local-standings")
    await door.driver.command(STAFF, ROADS, "/report-purchase")
    await door.driver.close_view(STAFF)
    await knocks.send(door, a_report(door))
    await knocks.send(door, knocks.direct_message(door, STAFF, "인쇄"))
    await door.driver.share_file(STAFF, ROADS, "실적.csv", CONTRACTS)
    await door.driver.open_home(STAFF)
    await door.driver.settle()
    assert await door.desk.later.drain(5) == 0


async def test_the_scopes_of_the_manifest_are_enough(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=SCOPES) as door:
        await visit_everything(door)
        assert [call for call in door.workspace.calls if not call.answer.get("ok")] == []
        assert len(door.direct_messages(STAFF)) == 3


async def test_without_the_scope_for_files_the_sender_is_told(sqlite_template: SqliteTemplate, tmp_path: Path) -> None:
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=SCOPES - {"files:read"}) as door:
        await door.driver.press(STAFF, await home_of(door, STAFF), ids.IMPORT_OPEN)
        file = door.driver.upload(STAFF, "실적.csv", CONTRACTS)
        await door.driver.submit(STAFF, {ids.IMPORT_FILE: [file.id]})
        await door.driver.settle()
        assert await door.desk.later.drain(5) == 0
        assert {c.answer.get("error") for c in door.workspace.calls if c.method == "files.info"} == {"missing_scope"}
        assert "Slack에서 파일을 가져오지 못했습니다" in door.direct_messages(STAFF)[-1].text


async def test_without_the_scope_for_writing_no_message_comes_and_no_report_is_lost(
    sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=SCOPES - {"chat:write"}) as door:
        await visit_everything(door)
        refused = {call.answer["error"] for call in door.workspace.calls if call.method == "chat.postMessage"}
        assert refused == {"missing_scope"}
        assert len(kept(door)) == 1


async def seen(door: FrontDoor) -> frozenset[str]:
    """What a division's people get to see of the bot: one thing for each way to meet it."""
    answer = await door.driver.command(STAFF, ROADS, "/localvendor", "인쇄")
    shown = {"command": "인쇄" in str(answer.body)}
    dm = door.workspace.open_dm(STAFF).id

    async def new(place: str) -> list[Message]:
        await door.driver.settle()
        assert await door.desk.later.drain(10) == 0
        await door.driver.settle()
        found = door.workspace.messages.in_channel(place)
        fresh = [m for m in found if m.user == door.workspace.bot.user_id and m.ts not in old]
        old.update(m.ts for m in found)
        return fresh

    old: set[str] = set()
    await knocks.send(door, a_report(door))
    shown["receipt"] = bool(await new(dm))
    await door.driver.say(STAFF, dm, "인쇄")
    shown["direct message"] = bool(await new(dm))
    await door.driver.say(STAFF, ROADS, f"@{door.workspace.bot.name} 인쇄")
    shown["mention"] = bool(await new(dm))
    await door.driver.share_file(STAFF, dm, "실적.csv", CONTRACTS)
    shown["dropped file"] = any("새 실적 1건" in m.text for m in await new(dm))
    await door.driver.press(LEAD, await home_of(door, LEAD), ids.EXPORT_OPEN)
    await door.driver.submit(LEAD, {})
    shown["file to take away"] = any(m.files for m in await new(door.workspace.open_dm(LEAD).id))
    return frozenset(name for name, there in shown.items() if there)


POSTED = {"receipt", "direct message", "mention", "dropped file"}
LOST = {
    "app_mentions:read": {"mention"},
    "chat:write": {*POSTED, "file to take away"},  # the words beside the file are a message, too
    "commands": {"command"},
    "files:read": {"dropped file"},
    "files:write": {"file to take away"},
    "im:history": {"direct message"},
}


# A scope whose loss nobody in a division sees: the test that fails without it.
ELSEWHERE = {
    "channels:history": "test_posting.test_without_the_scopes_for_history_a_person_is_asked",
    "groups:history": "test_posting.test_without_the_scopes_for_history_a_person_is_asked",
    "im:write": "test_posting.test_without_the_scope_for_direct_messages_a_lost_one_asks_a_person",
}


def test_each_scope_is_looked_at() -> None:
    assert LOST.keys() | ELSEWHERE.keys() == SCOPES


@pytest.mark.parametrize("missing", sorted(LOST))
async def test_without_a_scope_something_is_missing_and_nothing_else(
    sqlite_template: SqliteTemplate, tmp_path: Path, missing: str
) -> None:
    async with open_door(sqlite_template.copy_to(tmp_path), scopes=SCOPES - {missing}) as door:
        everything = {"command", "file to take away", *POSTED}
        assert await seen(door) == everything - LOST[missing]
