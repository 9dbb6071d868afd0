"""Files that the bot shares in the pretend Slack: asked for, sent, shared, and taken from the page by who may."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
import pytest

from gwannae.sandbox.shared_files import SharedFiles
from tests.sandbox.fake_bot import ANNA, BORA, ELSEWHERE, HALL, ROOM, Scene, made_up_workspace, scene

CONTENT = "연번,부서\r\n1,회계과\r\n".encode()


async def promised(it: Scene, name: str = "실적.csv", length: int = len(CONTENT)) -> dict[str, Any]:
    return await it.api("files.getUploadURLExternal", filename=name, length=length)


async def sent(it: Scene, name: str = "실적.csv", content: bytes = CONTENT) -> str:
    ticket = await promised(it, name, len(content))
    async with it.http.post(ticket["upload_url"], data=content) as answer:
        assert (answer.status, await answer.text()) == (200, f"OK - {len(content)}")
    return str(ticket["file_id"])


async def shared(it: Scene, channel: str = ROOM, name: str = "실적.csv") -> str:
    file_id = await sent(it, name)
    files = [{"id": file_id, "title": name}]
    answer = await it.api("files.completeUploadExternal", files=json.dumps(files), channel_id=channel)
    assert answer["files"] == files
    return file_id


async def fetched(it: Scene, address: str) -> tuple[int, bytes, dict[str, str]]:
    async with it.http.get(f"{it.url}{address}") as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def test_a_shared_file_is_a_link_on_the_page_that_gives_its_bytes() -> None:
    async with scene() as it:
        file_id = await shared(it)
        status, page, _ = await fetched(it, f"/?as={ANNA}&at={ROOM}")
        assert status == 200
        assert f'href="/files/{file_id}?as={ANNA}"' in page.decode()
        status, content, headers = await fetched(it, f"/files/{file_id}?as={ANNA}")
        assert (status, content) == (200, CONTENT)
        assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''%EC%8B%A4%EC%A0%81.csv"
        assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_form_with_one_file_is_taken_as_the_sdks_send_it() -> None:
    async with scene() as it:
        ticket = await promised(it)
        form = aiohttp.FormData()
        form.add_field("filename", CONTENT, filename="실적.csv")
        async with it.http.post(ticket["upload_url"], data=form) as answer:
            assert answer.status == 200
        found = it.workspace.files.get(ticket["file_id"])
        assert found is not None
        assert found.content == CONTENT


async def test_who_does_not_see_the_channel_does_not_get_the_file() -> None:
    async with scene() as it:
        dm = it.workspace.open_dm(ANNA).id
        file_id = await shared(it, dm)
        assert (await fetched(it, f"/files/{file_id}?as={ANNA}"))[0] == 200
        for address in (f"/files/{file_id}?as={BORA}", f"/files/{file_id}", "/files/F0NONE?as=" + ANNA):
            assert (await fetched(it, address))[0] == 404


async def test_a_file_of_no_channel_is_shared_wherever_the_bot_names_its_address() -> None:
    async with scene() as it:
        file_id = await sent(it)
        await it.api("files.completeUploadExternal", files=json.dumps([{"id": file_id, "title": "실적"}]))
        link = (await it.api("files.info", file=file_id))["file"]["permalink"]
        assert (await fetched(it, f"/files/{file_id}?as={ANNA}"))[0] == 404
        dm = it.workspace.open_dm(ANNA).id
        for channel in (dm, ROOM):
            answer = await it.api("chat.postMessage", channel=channel, text=f"목록 <{link}|실적>")
            assert [file["id"] for file in answer["message"]["files"]] == [file_id]
        assert (await fetched(it, f"/files/{file_id}?as={ANNA}"))[:2] == (200, CONTENT)
        kept = it.workspace.files.get(file_id)
        assert kept is not None
        assert kept.channels == (dm, ROOM)


async def test_an_address_takes_one_file_once() -> None:
    async with scene() as it:
        ticket = await promised(it)
        for status in (200, 400):
            async with it.http.post(ticket["upload_url"], data=CONTENT) as answer:
                assert answer.status == status
        async with it.http.post(f"{it.url}/upload/made-up", data=CONTENT) as answer:
            assert answer.status == 400


@pytest.mark.parametrize(
    ("channel", "code"),
    [(ELSEWHERE, "not_in_channel"), ("C0NOWHERE", "channel_not_found"), (ANNA, "channel_not_found")],
)
async def test_a_file_goes_to_a_conversation_where_the_bot_is(channel: str, code: str) -> None:
    async with scene() as it:
        files = [{"id": await sent(it)}]
        answer = await it.api("files.completeUploadExternal", files=files, channel_id=channel)
        assert (answer["ok"], answer["error"]) == (False, code)


async def test_what_was_never_sent_cannot_be_shared() -> None:
    async with scene() as it:
        ticket = await promised(it)
        for file_id in (ticket["file_id"], "F0NONE"):
            answer = await it.api("files.completeUploadExternal", files=[{"id": file_id}], channel_id=HALL)
            assert answer["error"] == "file_not_found"


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("files.getUploadURLExternal", {"filename": "a.csv"}),
        ("files.getUploadURLExternal", {"filename": "a.csv", "length": 0}),
        ("files.getUploadURLExternal", {"filename": "", "length": 3}),
        ("files.completeUploadExternal", {"channel_id": HALL}),
        ("files.completeUploadExternal", {"channel_id": HALL, "files": "no json"}),
        ("files.completeUploadExternal", {"channel_id": HALL, "files": []}),
    ],
)
async def test_arguments_that_are_missing_or_wrong_are_refused(method: str, params: dict[str, Any]) -> None:
    async with scene() as it:
        assert (await it.api(method, **params))["error"] == "invalid_arguments"


async def test_without_its_scope_nothing_is_promised() -> None:
    async with scene(workspace=made_up_workspace(scopes=["chat:write"])) as it:
        answer = await promised(it)
        assert (answer["error"], answer["needed"]) == ("missing_scope", "files:write")


def test_only_so_much_is_kept_and_the_oldest_goes() -> None:
    files = SharedFiles(keep=10)
    kept = []
    for _ in range(3):
        file, token = files.promise("a.csv", 4)
        assert files.receive(token, b"four")
        kept.append(file.id)
    assert [files.get(file_id) is not None for file_id in kept] == [False, True, True]
    _, token = files.promise("big.csv", 11)
    assert not files.receive(token, b"eleven byte")
