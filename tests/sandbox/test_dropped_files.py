"""Files in the pretend workspace: dropped beside the message box, chosen in a form, fetched by the bot alone."""

from __future__ import annotations

import aiohttp

from tests.sandbox.fake_bot import ANNA, BORA, ELSEWHERE, HALL, Scene, made_up_workspace, modal, scene

TABLE = "이름,값\n가,1\n".encode()


def file_field() -> dict[str, object]:
    element = {"type": "file_input", "action_id": "file", "filetypes": ["csv"], "max_files": 1}
    return {
        "type": "input",
        "block_id": "upload",
        "label": {"type": "plain_text", "text": "파일"},
        "element": element,
    }


async def upload(it: Scene, path: str, content: bytes = TABLE, **fields: str) -> tuple[int, str]:
    form = aiohttp.FormData(fields, quote_fields=False)
    form.add_field("file", content, filename="<표>.csv", content_type="text/csv")
    async with it.http.post(f"{it.url}/ui/{path}", data=form) as response:
        return response.status, await response.text()


async def fetched(it: Scene, address: str, token: str) -> tuple[int, str, bytes]:
    async with it.http.get(address, headers={"Authorization": f"Bearer {token}"}) as response:
        return response.status, response.content_type, await response.read()


async def test_a_file_dropped_on_the_page_is_seen_and_told_to_the_bot() -> None:
    async with scene() as it:
        assert (await upload(it, "share", **{"as": ANNA, "at": HALL}))[0] == 204
        await it.driver.settle()
        (event,) = [heard.data["event"] for heard in it.bot.heard]
        assert (event["type"], event["user_id"], event["channel_id"]) == ("file_shared", ANNA, HALL)
        async with it.http.get(f"{it.url}/", params={"as": BORA, "at": HALL}) as response:
            assert "&lt;표&gt;.csv" in await response.text()
        answer = await it.api("files.info", file=event["file_id"])
        assert (answer["file"]["name"], answer["file"]["size"]) == ("<표>.csv", len(TABLE))
        address = answer["file"]["url_private"]
        assert (await fetched(it, address, it.workspace.bot_token))[2] == TABLE


async def test_nobody_but_the_bot_gets_a_files_bytes() -> None:
    async with scene() as it:
        file = await it.driver.share_file(ANNA, HALL, "표.csv", TABLE)
        address = it.workspace.dropped.described(file, it.url)["url_private"]
        status, kind, body = await fetched(it, address, "xoxb-other")
        assert (status, kind) == (200, "text/html")
        assert TABLE not in body


async def test_without_the_scope_files_stay_closed() -> None:
    async with scene(workspace=made_up_workspace(scopes=("chat:write",))) as it:
        file = await it.driver.share_file(ANNA, HALL, "표.csv", TABLE)
        assert (await it.api("files.info", file=file.id))["error"] == "missing_scope"
        address = it.workspace.dropped.described(file, it.url)["url_private"]
        assert (await fetched(it, address, it.workspace.bot_token))[1] == "text/html"


async def test_where_the_bot_is_not_it_hears_of_no_file() -> None:
    async with scene() as it:
        await it.driver.share_file(ANNA, ELSEWHERE, "표.csv", TABLE)
        await it.driver.settle()
        assert it.bot.heard == []
        assert (await upload(it, "share", **{"as": "U0NOBODY", "at": HALL}))[0] == 204
        assert (await it.api("files.info", file="F0"))["error"] == "file_not_found"


async def test_a_file_chosen_in_a_form_is_handed_on_with_it() -> None:
    async with scene() as it:
        await it.api("views.open", trigger_id=await it.trigger(), view=modal(file_field()))
        view = it.workspace.views.top(ANNA)
        assert view is not None
        async with it.http.get(f"{it.url}/", params={"as": ANNA, "at": HALL}) as response:
            assert 'type="file"' in await response.text()
        _, held = await upload(it, "field-file", **{"as": ANNA, "field": "v|upload|file"})
        file_id = held.split("value='")[1].split("'")[0]
        assert "&lt;표&gt;.csv" in held
        form = {"as": ANNA, "view_id": view.id, "v|upload|file": file_id}
        async with it.http.post(f"{it.url}/ui/view/submit", data=form) as response:
            assert response.status == 204
        (described,) = it.bot.last["view"]["state"]["values"]["upload"]["file"]["files"]
        assert (described["id"], described["name"]) == (file_id, "<표>.csv")


async def test_a_form_that_needs_a_file_is_not_sent_without_one() -> None:
    async with scene() as it:
        await it.api("views.open", trigger_id=await it.trigger(), view=modal(file_field()))
        sent = await it.driver.submit(ANNA)
        assert (sent.by_client, "upload" in sent.errors) == (True, True)
