"""Pictures below the answer of `/local-standings`: uploaded once, with words for who does not see them."""

from datetime import date

from gwannae.programme.verdict import Verdict
from gwannae.sandbox.values import Message
from tests.bot.test_standings import a_full_year, buy
from tests.bot.test_year_end import bought, done
from tests.front_door import LEAD, NEWCOMER, ROADS, FrontDoor


async def asked(door: FrontDoor, user: str = LEAD) -> list[Message]:
    await door.driver.command(user, ROADS, "/local-standings")
    await done(door)
    return [m for m in door.workspace.messages.seen_by(user, ROADS) if m.only_for == user]


def images(message: Message) -> list[dict[str, object]]:
    return [block for block in message.blocks if block["type"] == "image"]


async def test_the_pictures_come_below_the_words_with_their_findings(door: FrontDoor) -> None:
    a_full_year(door)
    words, shown = (await asked(door))[-2:]
    assert images(words) == []
    named = {str(block["block_id"]): str(block["alt_text"]) for block in images(shown)}
    assert list(named) == [f"standings-picture-{name}" for name in ("organisations", "months", "kinds", "leaks")]
    assert named["standings-picture-organisations"] == (
        "맨 위는 햇님시의회, 금액 비율 100.0% (100/100만 원)입니다. 길가꿈과: 75.0% (300/400만 원)."
    )
    assert named["standings-picture-months"] == "길가꿈과: 3월 금액 비율 75.0% (300/400만 원)."
    assert named["standings-picture-leaks"] == (
        "관내에서 살 수 있었던 관외 구매는 책자 인쇄가 가장 많습니다: 100만 원 · 1건."
    )
    for block in images(shown):
        file = door.workspace.files.get(str(block["slack_file"]["id"]))  # type: ignore[index]
        assert file is not None
        assert file.content is not None
        assert file.content.startswith(b"\x89PNG")
        assert file.channels == (), "nobody else sees it"
    assert "길가꿈과 품목별 관외 구매: 관내에서 살 수 있었던" in shown.text


async def test_the_same_numbers_are_uploaded_once(door: FrontDoor) -> None:
    a_full_year(door)
    first = images((await asked(door))[-1])
    uploads = [call for call in door.workspace.calls if call.method == "upload"]
    assert [b["slack_file"] for b in images((await asked(door))[-1])] == [b["slack_file"] for b in first]
    assert [call for call in door.workspace.calls if call.method == "upload"] == uploads
    buy(door, "roads", (Verdict.LOCAL, 5_000_000))
    assert [b["slack_file"] for b in images((await asked(door))[-1])] != [b["slack_file"] for b in first]


async def test_who_has_no_organisation_sees_what_all_may_see(door: FrontDoor) -> None:
    bought(door, "arts", Verdict.OUTSIDE, 500_000)
    await door.driver.command(NEWCOMER, "C0SQUARE", "/local-standings")
    await done(door)
    shown = [m for m in door.workspace.messages.seen_by(NEWCOMER, "C0SQUARE") if m.only_for == NEWCOMER and images(m)]
    assert [str(b["block_id"]) for b in images(shown[-1])] == [
        "standings-picture-organisations", "standings-picture-months",
    ]  # fmt: skip
    assert "품목별" not in shown[-1].text


async def test_without_a_figure_there_is_no_picture(door: FrontDoor) -> None:
    (words,) = await asked(door)
    assert images(words) == []
    assert [call for call in door.workspace.calls if call.method == "upload"] == []


async def test_trouble_with_a_picture_leaves_the_words(door: FrontDoor) -> None:
    a_full_year(door)
    door.workspace.faults.add("upload", kind="error", times=10)
    shown = await asked(door)
    assert "길가꿈과" in shown[-1].text
    assert all(not images(message) for message in shown)


async def test_pictures_on_postgresql(postgres_door: FrontDoor) -> None:
    a_full_year(postgres_door)
    bought(postgres_door, "roads", Verdict.LOCAL, 500_000, day=date(2027, 5, 3))
    assert len(images((await asked(postgres_door))[-1])) == 4
