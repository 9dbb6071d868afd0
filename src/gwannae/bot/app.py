"""Builds the Bolt app: every feature's listeners, and the last listener for errors and for what nobody takes."""

import logging

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from gwannae.actions.toolkit import Toolkit
from gwannae.handlers import (
    certificates,
    confirmations,
    gwannae,
    home,
    localvendor,
    outside_reasons,
    posting_desk,
    problems,
    purchase_export,
    purchase_files,
    purchase_history,
    rejudgement,
    reopening,
    report_again,
    report_purchase,
    roles,
    schemes,
    stand_ins,
    standings,
    talk,
    vendor_card,
    vendor_doubts,
    vendor_history,
    vendor_office,
    words,
)
from gwannae.handlers.desk import Desk
from gwannae.handlers.later import Later
from gwannae.handlers.workspaces import Workspaces

# Bolt tries listeners in order, about 9 us each: the command that most people type comes first.
FEATURES = (
    localvendor,
    vendor_card,
    vendor_doubts,
    vendor_history,
    vendor_office,
    report_purchase,
    outside_reasons,
    purchase_files,
    report_again,
    purchase_history,
    confirmations,
    reopening,
    rejudgement,
    standings,
    schemes,
    gwannae,
    roles,
    stand_ins,
    home,
    words,
    certificates,
    purchase_export,
    posting_desk,
    talk,
)


def build_desk(toolkit: Toolkit, workspaces: Workspaces) -> Desk:
    """Join the toolkit with Slack's side."""
    return Desk(toolkit, workspaces, Later())


def build_app(desk: Desk) -> AsyncApp:
    """The app, with the ack leaving when a listener returns: 0.4 ms where Bolt's default polls for 10.

    Signatures are checked before a byte of the body is parsed (see `bot.http`), so Bolt's own check, which comes after
    parsing, is off; Socket Mode has none.
    """

    async def authorize(team_id: str) -> AuthorizeResult:  # Bolt cannot call a method: it counts `self` as well
        return await desk.workspaces.authorize(team_id)

    logger = logging.getLogger("gwannae.bolt")
    logger.setLevel(logging.WARNING)  # below that Bolt writes whole payloads into the log
    app = AsyncApp(
        name="gwannae.bolt",  # Bolt would look for one through the sources of all modules: 40 ms
        logger=logger,
        signing_secret="unused",  # noqa: S106 - Bolt wants one, the door has checked already
        authorize=authorize,
        request_verification_enabled=False,
        process_before_response=True,
        raise_error_for_unhandled_request=True,  # to the last listener, which answers in the shape of the payload
    )
    for feature in FEATURES:
        feature.register(app, desk)
    problems.register(app, desk)
    return app
