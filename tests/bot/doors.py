"""The bot behind a door of a test's own: a Slack of little patience, other scopes, a socket instead of HTTP."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from gwannae.bot.app import Bot, build_desk
from gwannae.bot.http import build_asgi
from gwannae.bot.serve import greet
from gwannae.bot.start import toolkit_for
from gwannae.handlers.workspaces import Workspaces
from gwannae.readers.city_file import read_city
from gwannae.sandbox.app import build_sandbox
from gwannae.sandbox.values import Person
from gwannae.sandbox.workspace import SCOPES, Workspace
from tests.front_door import CITY_FILE, TEAM, Clock, FrontDoor, a_workspace, registry, sow
from tests.serving import serve


def with_scopes(scopes: Iterable[str]) -> Workspace:
    """The tests' workspace, in which the bot was given these scopes alone."""
    full = a_workspace()
    people: list[Person] = list(full.people.values())
    return Workspace(
        name=full.name,
        people=people,
        channels=full.channels.values(),
        commands=full.commands,
        team_id=TEAM,
        scopes=scopes,
    )


@asynccontextmanager
async def open_door(
    database_url: str, *, patience: float = 15.0, scopes: Iterable[str] = SCOPES
) -> AsyncIterator[FrontDoor]:
    """As `tests.front_door.open_front_door`, with another patience for posts and other scopes."""
    clock = Clock()
    with toolkit_for(read_city(str(CITY_FILE)), database_url, clock) as toolkit:
        sow(toolkit, registry())
        sandbox = build_sandbox(with_scopes(scopes), redelivery_after=(0.05, 0.1, 0.1))
        async with serve(sandbox.app) as slack_url:
            desk = build_desk(toolkit, Workspaces((sandbox.workspace.bot_token,), f"{slack_url}/api/", patience))
            asgi = build_asgi(Bot(desk), desk, sandbox.workspace.signing_secret)
            async with serve(asgi) as bot_url:
                sandbox.connect(bot_url=f"{bot_url}/slack/events", public_url=slack_url)
                await greet(desk)  # the server does it in the background, which a test must not race
                yield FrontDoor(sandbox, toolkit, desk, clock, bot_url)
                await sandbox.close()
