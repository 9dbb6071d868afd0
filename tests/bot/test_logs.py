"""What the logs hold, and what reaches no log, error page or database: secrets, people's words, forged lines."""

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from gwannae.bot.logs import set_up_logs
from gwannae.messages import ids
from gwannae.messages import problems as say
from tests.actions.importing import take_in
from tests.bot import knocks
from tests.bot.reports import FIRM, a_report, stored
from tests.bot.test_problems import finished, is_numbered, texts
from tests.front_door import ROADS, STAFF, FrontDoor


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that is logged at DEBUG, as `gwannae serve` would write it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    set_up_logs("DEBUG", out)
    yield out
    root.handlers[:] = handlers
    root.setLevel(level)


async def test_a_log_that_cannot_be_written_costs_nobody_an_answer(door: FrontDoor, written: io.StringIO) -> None:
    written.close()
    door.clock.now = None  # type: ignore[assignment]
    reply = await knocks.send(door, knocks.command(door, STAFF, "/localvendor", "인쇄"))
    assert is_numbered(reply.json()["text"], say.UNKNOWN)


async def test_no_secret_and_nothing_that_people_typed_reaches_the_log(hasty: FrontDoor, written: io.StringIO) -> None:
    door = hasty
    canaries = ("비밀행사 <준비>", "카나리아상사", "부산광역시 카나리아로 7", "777,777", "카나리아 찾기")
    typed = {
        ids.REPORT_TITLE: canaries[0],
        ids.REPORT_FIRM: knocks.chosen(f"new:{canaries[1]}"),
        ids.REPORT_FIRM_NAME: canaries[1],
        ids.REPORT_FIRM_ADDRESS: canaries[2],
        ids.REPORT_AMOUNT: canaries[3],
    }
    await stored(door, **typed)
    await door.driver.command(STAFF, ROADS, "/localvendor", canaries[4])
    await knocks.send(door, knocks.direct_message(door, STAFF, canaries[4]))
    for method, kind in (("chat.postMessage", "http_500"), ("chat.postMessage", "timeout"), ("views.open", "timeout")):
        door.workspace.faults.add(method, kind=kind)  # type: ignore[arg-type]
    await knocks.send(door, a_report(door, key="form-2", **typed))
    await door.driver.command(STAFF, ROADS, "/report-purchase", canaries[0])
    await knocks.send(door, knocks.command(door, STAFF, "/unknown", canaries[0]))
    body = f"text={canaries[0]}".encode()
    await door.driver.send_raw(body, {**knocks.form_headers(door, body), "X-Slack-Signature": "v0=wrong"})
    await finished(door)
    kept_now = door.clock.now
    door.clock.now = canaries[0]  # type: ignore[assignment]
    await knocks.send(door, a_report(door, key="form-3", **typed))
    door.clock.now = kept_now
    await finished(door)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    log = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)  # so that Hangul is found in it
    for event in ("later_failed", "refused", "unexpected", "unknown_request", "signature_refused"):
        assert f'"{event}"' in log, f"the scenario must make the bot log {event}"
    secrets = (door.workspace.bot_token, door.workspace.signing_secret)
    words = (*canaries, "비밀행사", "카나리아", FIRM)
    assert [word for word in (*secrets, *words) if word in log] == []


async def test_signs_that_would_forge_a_line_or_colour_a_terminal_stay_in_one_line(
    door: FrontDoor, written: io.StringIO
) -> None:
    forged = '솔바람\n{"event": "forged", "level": "info"}\r\n\x1b[2J\x1b[31m상사\u2028\x85끝'
    typed = {ids.REPORT_TITLE: forged, ids.REPORT_FIRM: knocks.chosen(f"new:{forged}"), ids.REPORT_FIRM_NAME: forged}
    await stored(door, **typed)
    take_in(door.toolkit, (forged, "", "가람도 햇님시 솔숲구 볕뉘로 9", "현판", ""))
    for payload in (
        knocks.command(door, STAFF, f"/{forged}", forged),
        knocks.command(door, STAFF, "/localvendor", forged),
        {"type": forged, **knocks.person(door, STAFF)},
        knocks.pressed(door, STAFF, forged, forged),
        knocks.submitted(door, STAFF, forged, {forged: forged}, forged),
    ):
        assert (await knocks.send(door, payload)).status == 200
    door.workspace.faults.add("chat.postMessage", kind="error", error=forged)
    await knocks.send(door, a_report(door, key="form-2", **typed))
    await finished(door)
    kept_now, door.clock.now = door.clock.now, forged  # type: ignore[assignment]
    await knocks.send(door, a_report(door, key="form-3", **typed))
    door.clock.now = kept_now
    logging.getLogger("aiohttp.client").warning("a library says %s", forged)
    lines = written.getvalue().split("\n")
    assert lines.pop() == ""
    events = [json.loads(line)["event"] for line in lines]
    assert {"unknown_request", "later_failed", "unexpected"} <= set(events)  # places that say what came from outside
    assert "forged" not in events
    assert [line for line in lines if not line.isprintable()] == []


async def test_no_secret_is_in_an_error_page_or_in_the_database(sqlite_door: FrontDoor, sqlite_file: Path) -> None:
    door = sqlite_door
    secrets = (door.workspace.bot_token, door.workspace.signing_secret)
    pages = []
    body = urlencode(knocks.command(door, STAFF, "/localvendor", "인쇄")).encode()
    signed = knocks.form_headers(door, body)
    async with aiohttp.ClientSession(door.url) as http:
        for method, path, data, headers in (
            ("POST", "/slack/events", body, {**signed, "X-Slack-Signature": "v0=wrong"}),
            ("POST", "/slack/events", io.BytesIO(b"x" * 2_000_000), signed),
            ("POST", "/slack/events", b"\xff", knocks.form_headers(door, b"\xff")),
            ("POST", "/slack/events", b"payload=%7B", knocks.form_headers(door, b"payload=%7B")),
            ("GET", "/slack/events", None, {}),
            ("GET", "/nowhere", None, {}),
            ("GET", "/readyz", None, {}),
        ):
            async with http.request(method, path, data=data, headers=headers) as response:
                pages.append(f"{response.status} {response.headers} {await response.text()}")
    assert [page[:3] for page in pages] == ["401", "413", "401", "400", "405", "404", "200"]
    await stored(door)
    for fault in ("invalid_auth", "account_inactive"):
        door.workspace.faults.add("views.open", kind="error", error=fault)
        pages.append((await knocks.send(door, knocks.command(door, STAFF, "/report-purchase"))).body)
    door.clock.now = None  # type: ignore[assignment]
    pages.append((await knocks.send(door, knocks.command(door, STAFF, "/localvendor", "인쇄"))).body)
    await finished(door)
    pages += texts(door)
    assert [(secret, page) for secret in secrets for page in pages if secret in page] == []
    files = list(sqlite_file.parent.glob(f"{sqlite_file.name}*"))  # with what lies in the write-ahead log
    raw = b"".join(file.read_bytes() for file in files)
    assert STAFF.encode() in raw
    assert [secret for secret in secrets if secret.encode() in raw] == []
