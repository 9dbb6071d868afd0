"""The Bolt app: the look-up at once, every other feature when it is first asked for or while nobody asks."""

import logging
from typing import TYPE_CHECKING

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from gwannae.actions.toolkit import Toolkit
from gwannae.handlers import localvendor, problems
from gwannae.handlers.desk import Desk
from gwannae.handlers.later import Later
from gwannae.handlers.workspaces import Workspaces

if TYPE_CHECKING:
    from gwannae.actions.cross_check_work import Service


class Bot:
    """Every feature's listeners, the look-up's first: Bolt tries them in order, about 9 us each.

    The other features take 90 ms to import, and each new one adds to it. A bot that has just started answers look-ups
    before they are there; any other request brings them in first, within the time that Slack gives every answer.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._app = _bolt_app(desk)
        localvendor.register(self._app, desk)
        problems.register(self._app, desk)
        self._complete = False

    def complete(self) -> None:
        """Bring in all that is not there yet. Not in a thread: what other threads import meanwhile could meet it half
        imported.
        """
        if self._complete:
            return
        from gwannae.bot import features

        features.add(self._app, self._desk)
        self._complete = True

    async def dispatch(self, request: AsyncBoltRequest) -> BoltResponse:
        """Bolt's answer to a request."""
        if request.body.get("command") != localvendor.COMMAND:
            self.complete()
        return await self._app.async_dispatch(request)


def build_desk(toolkit: Toolkit, workspaces: Workspaces, published: "Service | None" = None) -> Desk:
    """Join the toolkit with Slack's side. `published` asks the procurement service for a year's contracts."""
    return Desk(toolkit, workspaces, Later(), published)


def _bolt_app(desk: Desk) -> AsyncApp:
    """With the ack leaving when a listener returns: 0.4 ms where Bolt's default polls for 10.

    Signatures are checked before a byte of the body is parsed (see `bot.http`), so Bolt's own check, which comes after
    parsing, is off; Socket Mode has none.
    """

    async def authorize(team_id: str) -> AuthorizeResult:  # Bolt cannot call a method: it counts `self` as well
        return await desk.workspaces.authorize(team_id)

    logger = logging.getLogger("gwannae.bolt")
    logger.setLevel(logging.WARNING)  # below that Bolt writes whole payloads into the log
    return AsyncApp(
        name="gwannae.bolt",  # Bolt would look for one through the sources of all modules: 40 ms
        logger=logger,
        signing_secret="unused",  # noqa: S106 - Bolt wants one, the door has checked already
        authorize=authorize,
        request_verification_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # to the last listener, which answers in the shape of the payload
    )
