"""The very same bytes again within five minutes, as somebody sends them who got hold of one request: no effect."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from gwannae.messages import ids
from gwannae.sandbox.requests_out import Reply
from tests.bot import knocks
from tests.bot.reports import a_report, vendor_id
from tests.bot.test_roles_at_the_door import DEEDS, Stage, set_up
from tests.front_door import OFFICE, STAFF, FrontDoor


@dataclass(frozen=True)
class Kept:
    """What lasts: rows by table, and all that others than the one who asked were told."""

    rows: dict[str, list[tuple[object, ...]]]
    told: list[tuple[str, str]]

    def beside(self, before: "Kept") -> list[tuple[str, object]]:
        """What was not there before, for a test's own words."""
        new = [(table, row) for table, rows in self.rows.items() for row in rows if row not in before.rows[table]]
        return [*new, *(("told", told) for told in self.told[len(before.told) :])]


def look(door: FrontDoor, user: str) -> Kept:
    """All rows but the refusals in the audit log, each of which is one more that was tried; all messages to others."""
    connection = sqlite3.connect(door.toolkit.database.url.partition(":///")[2])
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
    connection.close()
    rows["audit_entries"] = [row for row in rows["audit_entries"] if "refused" not in row]
    direct = [door.workspace.open_dm(person).id for person in door.workspace.people if person != user]
    places = [*door.workspace.channels, *direct]
    said = [m for place in places for m in door.workspace.messages.in_channel(place) if m.only_for != user]
    return Kept(rows, [(message.channel, message.text) for message in said])


async def send_thrice(door: FrontDoor, user: str, payload: Mapping[str, Any]) -> tuple[Reply, Kept, Kept]:
    """Hand something in, and again to the byte; the first answer, what was kept before and after it."""
    form = dict(payload) if "command" in payload else {"payload": json.dumps(payload, ensure_ascii=False)}
    body = urlencode(form).encode()
    headers = knocks.form_headers(door, body)
    before, replies, kept = look(door, user), [], []
    for _ in range(3):
        replies.append(await door.driver.send_raw(body, headers))
        await door.driver.settle()
        assert await door.desk.later.drain(5) == 0
        kept.append(look(door, user))
    assert [reply.status for reply in replies] == [200, 200, 200]
    assert kept[1] == kept[2] == kept[0], f"a replay had an effect: {kept[2].beside(kept[0])}"
    return replies[0], before, kept[0]


class Replayed(Stage):
    """A stage on which everything is sent three times."""

    async def send(self, payload: Mapping[str, Any]) -> Reply:
        reply, _, _ = await send_thrice(self.door, self.user, payload)
        return reply


async def test_what_a_role_allows_is_done_once(door: FrontDoor) -> None:
    stage = await set_up(door, OFFICE)
    seen = {deed for deed in DEEDS if await deed(Replayed(door, OFFICE, stage.report))}
    assert seen == {deed for deed, roles in DEEDS.items() if "office" in roles}


def others(door: FrontDoor) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything else that leaves something behind, in an order in which each of them does."""
    first, second = vendor_id(door, "가온인쇄"), vendor_id(door, "번호상사")

    def memo(key: str) -> str:
        return json.dumps({"k": key, "v": first, "n": 1})

    why = {ids.KEEP_REASON: "전화로 확인"}
    doubt = {ids.DOUBT_KIND: knocks.chosen("address"), ids.DOUBT_SENTENCE: "지난달에 옮겼습니다"}
    other = {ids.KEEP_OTHER: knocks.chosen(f"vendor:{second}")}
    synonym = {ids.SYNONYM_WORD: "벌집", ids.SYNONYM_MEANS: "방역"}
    yield STAFF, a_report(door, STAFF)
    yield STAFF, knocks.command(door, STAFF, "/localvendor", "드론")
    yield STAFF, knocks.pressed(door, STAFF, ids.VENDOR_MISSING, "드론")
    yield STAFF, knocks.submitted(door, STAFF, ids.DOUBT_VIEW, doubt, memo("doubt"))
    yield OFFICE, knocks.pressed(door, OFFICE, ids.DOUBT_MENDED, "1")
    new = {ids.KEEP_NAME: "새봄", ids.KEEP_ITEMS: "떡"}
    yield OFFICE, knocks.submitted(door, OFFICE, ids.KEEP_ADD_VIEW, {**why, **new}, memo("add"))
    changed = {ids.KEEP_ITEMS: "떡"}
    yield OFFICE, knocks.submitted(door, OFFICE, ids.KEEP_CORRECT_VIEW, {**why, **changed}, memo("correct"))
    yield OFFICE, knocks.submitted(door, OFFICE, ids.KEEP_MERGE_VIEW, {**why, **other}, memo("merge"))
    day = {ids.KEEP_DAY: {"selected_date": "2027-06-01"}}
    yield OFFICE, knocks.submitted(door, OFFICE, ids.KEEP_RETIRE_VIEW, {**why, **day}, memo("retire"))
    yield OFFICE, knocks.submitted(door, OFFICE, ids.KEEP_RESTORE_VIEW, why, memo("restore"))
    yield OFFICE, knocks.submitted(door, OFFICE, ids.SYNONYM_VIEW, synonym)
    yield OFFICE, knocks.pressed(door, OFFICE, ids.MISSING_SEARCHING, "드론")
    yield OFFICE, knocks.pressed(door, OFFICE, ids.MISSING_SOLVED, "드론")
    yield OFFICE, knocks.pressed(door, OFFICE, ids.SYNONYM_REMOVE, "1")


async def test_what_is_reported_counted_and_kept_is_so_once(door: FrontDoor) -> None:
    for user, payload in others(door):
        _, before, after = await send_thrice(door, user, payload)
        assert after != before, f"the payload must do something: {payload}"


async def test_what_is_shared_with_a_channel_is_shared_once(door: FrontDoor) -> None:
    answer = (await door.driver.command(STAFF, "C0SQUARE", "/localvendor", "인쇄")).shown[0]
    value = next(e["value"] for b in answer.blocks for e in b.get("elements", ()) if e["action_id"] == ids.VENDOR_SHARE)
    square = {"channel": {"id": "C0SQUARE", "name": "광장"}}
    pressed = knocks.pressed(door, STAFF, ids.VENDOR_SHARE, value, **square)
    address = knocks.response_url(door, STAFF, "C0SQUARE")
    _, before, after = await send_thrice(door, STAFF, {**pressed, "response_url": address})
    shared = [text for place, text in after.told[len(before.told) :] if place == "C0SQUARE"]
    assert len(shared) == 1
