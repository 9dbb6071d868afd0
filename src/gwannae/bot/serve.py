"""`gwannae serve`: the bot for a real workspace, through a socket of ours or signed HTTP; one app either way."""

import structlog
import uvicorn

from gwannae.actions.city import seed_people
from gwannae.bot.app import build_app, build_desk
from gwannae.bot.http import build_asgi
from gwannae.bot.logs import set_up_logs
from gwannae.bot.settings import Settings
from gwannae.bot.socket import SocketDoor
from gwannae.bot.start import toolkit_for
from gwannae.handlers.desk import Desk
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.city import City


def serve(settings: Settings, city: City, host: str = "0.0.0.0") -> None:  # noqa: S104 - a server is reached from outside
    """Run until SIGTERM or Ctrl-C; requests under way are answered and later work is drained first.

    In Socket Mode the same server answers /healthz and /readyz alone.
    """
    set_up_logs()
    with toolkit_for(city, settings.database) as toolkit:
        tokens = (settings.slack_bot_token.get_secret_value(),)
        desk = build_desk(toolkit, Workspaces(tokens, settings.slack_api_url))
        app = build_app(desk)
        socket = None
        if settings.uses_socket_mode:
            socket = SocketDoor(app, settings.slack_app_token.get_secret_value(), settings.slack_api_url)
        asgi = build_asgi(app, desk, settings.slack_signing_secret.get_secret_value(), socket=socket, greet=greet)
        uvicorn.run(asgi, host=host, port=settings.port, log_config=None, access_log=False, server_header=False)


async def greet(desk: Desk) -> None:
    """Learn our workspaces and give the city file's people their roles there. Not reaching Slack stops nothing."""
    for team_id in await desk.workspaces.teams():
        given = await desk.toolkit.work(seed_people, team_id, desk.toolkit.clock())
        if given:
            structlog.get_logger("gwannae.serve").info("people_seeded", team=team_id, people=given)
