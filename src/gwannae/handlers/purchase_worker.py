"""Works the inbox of purchase files: claims what waits, fetches it, does the long part, and tells the sender.

A bot that is killed anywhere leaves a row that says what is to be done; the next sweep, of whichever process, does it.
"""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any
from uuid import uuid4

from slack_sdk.errors import SlackApiError

from gwannae.actions import purchase_import_work as long_part
from gwannae.actions import purchases_import as files
from gwannae.actions.rejudgement import overtaken_words
from gwannae.handlers.desk import Desk
from gwannae.handlers.problems import note
from gwannae.handlers.rejudgement import tell_office
from gwannae.handlers.slack_files import NotFetchedError, describe, fetch
from gwannae.handlers.slack_refusals import NO_ANSWER, code_of
from gwannae.messages import purchase_imports as say
from gwannae.messages.problems import with_number
from gwannae.programme.purchase_imports import TO_DO, UNEXPECTED, ImportBatch, ImportState, Standing
from gwannae.storage.failures import DatabaseAwayError, DatabaseBusyError

_LOG = logging.getLogger("gwannae.purchase_worker")

SHOW_AFTER, SHOW_EVERY = 3.0, 3.0  # seconds until a long file shows how far it is, and between two such lines
TRIES, BETWEEN_TRIES = 5, 1.0  # while another writer holds the database
UNTOLD_AFTER = timedelta(seconds=60)
LOOKED_AT = 100  # of the newest messages


class PurchaseWorker:
    """One worker of this process; as many files at once as are started."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def start(self, import_id: int, pressed: Mapping[str, Any] | None = None) -> None:
        """Do what is to be done with a file, after the answer to whoever asked for it; `pressed`: by a button of the
        sender's own message, which then shows how the file stands.
        """
        place = (pressed or {}).get("container") or {}
        shown = f"{place['channel_id']}|{place['message_ts']}" if place.get("message_ts") else None
        self._desk.later(self.run(import_id, shown), name="purchase_import")

    async def sweep(self) -> None:
        """Do all that nobody works on, and tell of what nobody was told of."""
        toolkit = self._desk.toolkit
        for import_id in await toolkit.work(long_part.to_do, toolkit.clock()):
            await self.run(import_id)
        for standing in await toolkit.work(files.untold, toolkit.clock() - UNTOLD_AFTER):
            if await self._is_there(standing.batch):
                await toolkit.work(files.note_told, standing.batch.id, standing.batch.state)
            else:
                await self._tell(standing.batch.id)

    async def run(self, import_id: int, shown: str | None = None) -> None:
        """Claim one file and do it; nothing where somebody else has it. `shown`: the message to show it in."""
        toolkit, owner = self._desk.toolkit, uuid4().hex
        claimed = await toolkit.work(long_part.claim, import_id, owner, toolkit.clock())
        if claimed is None:
            return
        batch, is_here = claimed
        if shown is not None:
            shown = await self._show(batch, say.said(Standing(batch), self._desk.toolkit.city.lamp), shown)
        try:
            from_slack = batch.file_key.startswith("slack:")  # what a service is asked for has no bytes to fetch
            if batch.state is ImportState.RECEIVED and not is_here and from_slack:
                await self._fetch(batch)
            shown = await self._work(batch, owner, shown)
        except NotFetchedError as error:
            await toolkit.work(long_part.fail, import_id, owner, error.code, {}, toolkit.clock())
        except (DatabaseAwayError, DatabaseBusyError):
            raise  # the lease runs out, and a later sweep does it
        except Exception as error:
            await self._give_up(batch, owner, error)
        await self._tell(import_id, shown)

    async def _fetch(self, batch: ImportBatch) -> None:
        toolkit, workspaces = self._desk.toolkit, self._desk.workspaces
        await workspaces.authorize(batch.team_id)
        described = await describe(workspaces, batch.team_id, batch.file_key.rpartition(":")[2])
        content = await fetch(workspaces, batch.team_id, described)
        await toolkit.work(files.name_file, batch.id, described.name)
        await toolkit.work(long_part.keep, batch.id, content)

    async def _work(self, batch: ImportBatch, owner: str, shown: str | None) -> str | None:
        """The long part in its thread; the message that shows how far it is, if there is one."""
        toolkit, done = self._desk.toolkit, [0]

        def progress(rows: int) -> None:
            done[0] = rows

        async def work() -> None:
            for left in reversed(range(TRIES)):
                try:
                    await toolkit.work(long_part.work, batch, owner, toolkit.clock(), progress, self._desk.published)
                    return
                except DatabaseBusyError:
                    if not left:
                        raise
                    await asyncio.sleep(BETWEEN_TRIES)

        task = asyncio.ensure_future(work())
        await asyncio.wait({task}, timeout=SHOW_AFTER)
        while not task.done():
            shown = await self._show(batch, say.progress(batch, done[0]), shown)
            await asyncio.wait({task}, timeout=SHOW_EVERY)
        await task
        return shown

    async def _give_up(self, batch: ImportBatch, owner: str, error: Exception) -> None:
        toolkit = self._desk.toolkit
        number = note(error)
        if batch.state in (ImportState.CONFIRMING, ImportState.UNDOING):
            await toolkit.work(long_part.give_back, batch, owner, toolkit.clock())
        else:
            await toolkit.work(long_part.fail, batch.id, owner, UNEXPECTED, {}, toolkit.clock())
        if batch.team_id:
            self._desk.post(batch.team_id, batch.user_id, {"text": with_number(*number)})

    async def _tell(self, import_id: int, shown: str | None = None) -> None:
        """Tell the sender how the file stands, and note that it was told."""
        toolkit = self._desk.toolkit
        standing: Standing | None = await toolkit.work(files.standing_of, import_id)
        if standing is None or not standing.batch.team_id or standing.batch.state in TO_DO:
            return
        batch = standing.batch
        if not await toolkit.work(files.is_quiet, batch):
            await self._show(batch, say.said(standing, toolkit.city.lamp), shown)
        if batch.state is ImportState.CONFIRMED and batch.summary.overtaken:
            words = await toolkit.work(overtaken_words, batch.summary.overtaken_ids)
            await tell_office(self._desk, batch.team_id, words, batch.summary.overtaken - len(words))
        await toolkit.work(files.note_told, import_id, batch.state)

    async def _is_there(self, batch: ImportBatch) -> bool:
        """Whether the message stands in the sender's direct messages: the bot was stopped between posting and noting.

        Only a file that was dropped there tells where that is.
        """
        if not batch.channel_id.startswith("D"):
            return False
        client = self._desk.workspaces.patient(batch.team_id)
        try:
            answer = await client.conversations_history(
                channel=batch.channel_id, limit=LOOKED_AT, include_all_metadata=True
            )
        except (SlackApiError, *NO_ANSWER) as error:
            _LOG.warning("import_not_looked_up", extra={"error": code_of(error)})
            return False
        return any(message.get("metadata") == mark_of(batch) for message in answer.get("messages") or ())

    async def _show(self, batch: ImportBatch, message: dict[str, Any], shown: str | None) -> str | None:
        """Post, or put it in the place of what was shown before; the message as `channel|ts`."""
        client = self._desk.workspaces.patient(batch.team_id)
        message = {**message, "metadata": mark_of(batch)}
        if shown is not None:
            channel, _, ts = shown.partition("|")
            try:
                await client.chat_update(channel=channel, ts=ts, **message)
                return shown
            except NO_ANSWER as error:  # it may have arrived
                _LOG.warning("import_not_told", extra={"error": code_of(error)})
                return shown
            except SlackApiError as error:  # it was deleted: say it anew
                _LOG.info("import_message_gone", extra={"error": code_of(error)})
        try:
            answer = await client.chat_postMessage(channel=batch.user_id, **message)
            return f"{answer['channel']}|{answer['ts']}"
        except (SlackApiError, *NO_ANSWER) as error:
            _LOG.warning("import_not_told", extra={"error": code_of(error)})
            return shown


def mark_of(batch: ImportBatch) -> dict[str, Any]:
    """What a message about a file carries unseen: which file, and how it stood since when."""
    since = batch.changed_at.astimezone(UTC).isoformat()
    return {
        "event_type": "gwannae_import",
        "event_payload": {"import": batch.id, "state": batch.state.value, "since": since},
    }
