"""업체 이력: the window behind a button of the office's row."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from gwannae.actions.vendor_history import vendor_history
from gwannae.handlers.desk import Desk, actor_of
from gwannae.handlers.localvendor import number_of
from gwannae.messages import ids
from gwannae.messages import localvendor as pages
from gwannae.messages.permission import OFFICE_ALONE
from gwannae.messages.problems import window
from gwannae.messages.vendor_history import history_window
from gwannae.programme.localvendor import FirmGone
from gwannae.programme.vendor_changes import NotTheOffice

Body = dict[str, Any]


def register(app: AsyncApp, desk: Desk) -> None:
    """Tie this feature's listener."""
    toolkit = desk.toolkit

    @app.action(ids.KEEP_HISTORY)
    async def open_history(ack: AsyncAck, body: Body, action: Body) -> None:
        found = await toolkit.work(vendor_history, actor_of(body), number_of(action) or 0, toolkit.clock())
        if isinstance(found, NotTheOffice):
            view = window(OFFICE_ALONE)
        elif isinstance(found, FirmGone):
            view = window(str(pages.gone()["text"]))
        else:
            view = history_window(found, toolkit.city)
        await desk.open_view(body, view)
        await ack()
