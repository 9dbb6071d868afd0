"""`gwannae serve`: the bot for a real workspace, through a socket of ours or signed HTTP; one app either way."""

import asyncio
import contextlib
import gc
import logging
import signal
from contextlib import AbstractContextManager
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from gwannae.actions.city import seed_people
from gwannae.actions.localvendor import read_words
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.answers import build_answer
from gwannae.bot.app import Bot, build_desk
from gwannae.bot.cli_output import FAILED
from gwannae.bot.http import build_asgi
from gwannae.bot.listening import take_port
from gwannae.bot.logs import set_up_logs
from gwannae.bot.settings import Settings
from gwannae.bot.socket import SocketDoor
from gwannae.bot.start import toolkit_for
from gwannae.bot.watch import watching
from gwannae.handlers.desk import Desk
from gwannae.handlers.slack_refusals import code_of
from gwannae.handlers.workspaces import Workspaces
from gwannae.programme.city import City
from gwannae.programme.posting_terms import PostingTerms
from gwannae.programme.verdict import NoRuleError
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

if TYPE_CHECKING:
    from gwannae.actions.cross_check_work import PublishedList, Service

_LOG = logging.getLogger("gwannae.serve")

STOP_SECONDS = 3  # that requests under way get at a stop; all have their answer by then, see `bot.answers`
SWEEP_EVERY = 20.0  # seconds between looks for purchase files that nobody works on
COMPLETE_AFTER = 1.0  # seconds: who has waited for the bot to come back is answered first
GREET_FIRST, GREET_MOST = 1.0, 60.0  # seconds between tries to learn our workspaces


def serve(settings: Settings, city: City, host: str = "0.0.0.0") -> None:  # noqa: S104 - a server is reached from outside
    """Run until SIGTERM or Ctrl-C; requests under way are answered and later work is drained first.

    In Socket Mode the same server answers /healthz and /readyz alone. Raises PortTakenError before anything is opened.
    """
    set_up_logs()
    listener = take_port(host, settings.port)
    # Uvicorn raises the signal once more after its clean stop, which would end the process as if it had been shot.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    with toolkit_for(city, settings.database) as toolkit:
        tokens = (settings.slack_bot_token.reveal(),)
        desk = build_desk(toolkit, Workspaces(tokens, settings.slack_api_url), published_service(settings, city))
        bot = Bot(desk)
        socket = None
        if settings.uses_socket_mode:
            app_token = settings.slack_app_token.reveal()
            socket = SocketDoor(build_answer(bot, desk), app_token, settings.slack_api_url)
        secret = settings.slack_signing_secret.reveal()
        asgi = build_asgi(bot, desk, secret, socket=socket, attend=partial(attend, desk, bot, settings))
        get_ready(toolkit)
        with watching(toolkit):
            config = uvicorn.Config(
                asgi,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
            )
            server = uvicorn.Server(config)
            server.run(sockets=[listener])
            if not server.started:  # why, stands in its log
                raise SystemExit(FAILED)


def published_service(settings: Settings, city: City) -> "Service | None":
    """How the procurement service is asked for a year's contracts; None where key or institutions are missing."""
    if not settings.g2b_service_key.reveal() or not city.g2b_institutions:
        return None

    def ask(year: int) -> AbstractContextManager["PublishedList"]:
        from gwannae.bot.open_services import published_contracts

        return published_contracts(settings, city.g2b_institutions, year)

    return ask


def get_ready(toolkit: Toolkit) -> None:
    """Read the registry's words before the first person asks; what cannot be read now is read then.

    All that is there now lives to the end, so the garbage collector, which is off until now, need not look at it.
    """
    with contextlib.suppress(NoRuleError, DatabaseAwayError, DatabaseBusyError):
        read_words(toolkit, toolkit.today)
    gc.freeze()
    gc.enable()


async def greet(desk: Desk) -> None:
    """Learn our workspaces and give the city file's people their roles there; tried until it succeeds, for Slack or the
    database may be away at the start.
    """
    wait = GREET_FIRST
    while True:
        try:
            for team_id in await desk.workspaces.teams():
                given = await desk.toolkit.work(seed_people, team_id, desk.toolkit.clock())
                if given:
                    _LOG.info("people_seeded", extra={"team": team_id, "people": given})
            if desk.workspaces.all_known:
                return
        except Exception as error:  # whatever it was, the bot serves on and the next try may do it
            _LOG.warning("greeting_failed", extra={"error": code_of(error), "retry_in": wait})
        await asyncio.sleep(wait)
        wait = min(wait * 2, GREET_MOST)


async def attend(desk: Desk, bot: Bot, settings: Settings) -> None:
    """What the bot does by itself: it ticks, and beside that it looks after purchase files."""
    async with asyncio.TaskGroup() as both:
        both.create_task(_post(desk, settings), name="ticking")
        both.create_task(_sweep(desk, bot), name="sweeping")


async def _post(desk: Desk, settings: Settings) -> None:
    """Tick once a minute, also while Slack is away: what ought to go out is planned all the same."""
    await asyncio.sleep(COMPLETE_AFTER)
    # nothing that the first answer waits for
    from gwannae.bot.posting import GUARD_EVERY, FileMark, build_poster, ticking

    mark = FileMark(settings.marks, desk.toolkit.database.url)
    terms = PostingTerms(per_minute=settings.posts_per_minute)
    poster = build_poster(desk.toolkit, desk.workspaces, mark, terms, guard_every=GUARD_EVERY)
    await ticking(poster)


async def _sweep(desk: Desk, bot: Bot) -> None:
    """Greet, bring in the features that nobody has asked for yet, then look again and again for purchase files that
    somebody should work on: what a stopped bot left, and what another process began and did not end.
    """
    await greet(desk)
    await asyncio.sleep(COMPLETE_AFTER)
    bot.complete()
    from gwannae.handlers.purchase_worker import PurchaseWorker  # one of the features that the start does not wait for

    worker = PurchaseWorker(desk)
    while True:
        try:
            await worker.sweep()
        except Exception as error:  # whatever it was, the next sweep may do it
            _LOG.warning("sweep_failed", extra={"error": code_of(error)})
        await asyncio.sleep(SWEEP_EVERY)


def _leave(_: int, __: FrameType | None) -> None:
    raise SystemExit(0)
