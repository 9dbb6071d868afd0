"""A workspace whose clock has a hand: the page shows the day and sets it forward, never back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from gwannae.sandbox.clock_hand import ClockHand, ClockStep
from gwannae.sandbox.workspace import Workspace
from tests.sandbox.fake_bot import ANNA, HALL, Scene, made_up_workspace, scene

NOON = datetime(2027, 6, 15, 12, tzinfo=UTC)


class Hand:
    """A clock that a test looks at."""

    def __init__(self) -> None:
        self.now = NOON
        self.moved: list[datetime] = []
        self.workspace: Workspace | None = None

    def steps(self) -> Sequence[ClockStep]:
        return (ClockStep("하루 뒤 <b>", self.now + timedelta(days=1)),)

    async def move(self, moment: datetime) -> str:
        self.now = moment
        self.moved.append(moment)
        assert self.workspace is not None
        self.workspace.clock_moved()
        return f"{moment.date()}입니다."

    def as_hand(self) -> ClockHand:
        return ClockHand(lambda: self.now, self.steps, lambda d: datetime.combine(d, time(10), UTC), self.move)


def with_hand() -> tuple[Hand, Workspace]:
    hand = Hand()
    hand.workspace = made_up_workspace(clock_hand=hand.as_hand())
    return hand, hand.workspace


async def page(it: Scene) -> str:
    async with it.http.get(f"{it.url}/", params={"as": ANNA, "at": HALL}) as response:
        return await response.text()


async def set_clock(it: Scene, **fields: str) -> int:
    async with it.http.post(f"{it.url}/ui/clock", data={"as": ANNA, **fields}) as response:
        return response.status


async def test_the_page_shows_the_day_and_how_far_it_may_go() -> None:
    _, workspace = with_hand()
    async with scene(workspace=workspace) as it:
        drawn = await page(it)
    assert '<b id="today">2027. 6. 15.(화)</b>' in drawn
    assert "하루 뒤 &lt;b&gt;" in drawn
    assert 'min="2027-06-15"' in drawn


async def test_a_workspace_without_a_hand_has_no_clock_to_set() -> None:
    async with scene(workspace=made_up_workspace(today="2027. 6. 15.(화)")) as it:
        assert "시계 돌리기" not in await page(it)
        assert await set_clock(it, day="2027-06-16") == 404


@pytest.mark.parametrize(
    ("fields", "moment"),
    [
        ({"to": "2027-06-16T12:00:00+00:00"}, NOON + timedelta(days=1)),
        ({"day": "2027-06-17"}, datetime(2027, 6, 17, 10, tzinfo=UTC)),
        ({"day": "2028-06-15"}, datetime(2028, 6, 15, 10, tzinfo=UTC)),
    ],
)
async def test_the_clock_is_set_forward_and_everybody_sees_it(fields: dict[str, str], moment: datetime) -> None:
    hand, workspace = with_hand()
    async with scene(workspace=workspace) as it:
        number = workspace.changes.number
        assert await set_clock(it, **fields) == 204
        assert hand.moved == [moment]
        assert workspace.toasts[ANNA] == f"{moment.date()}입니다."
        assert "clock" in {change.kind for change in workspace.changes.since(number) or ()}
        day = moment.date()
        assert f'<b id="today">{day.year}. {day.month}. {day.day}.' in await page(it)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"to": ""},
        {"to": "morgen"},
        {"to": "2027-06-16T12:00:00"},  # of no zone
        {"to": "2027-06-15T12:00:00+00:00"},  # now
        {"to": "2027-06-14T12:00:00+00:00"},
        {"day": "2027-06-15"},  # its morning is over
        {"day": "2027-02-30"},
        {"day": "2029-01-01"},
        {"to": "9999-12-31T23:59:59-12:00"},
        {"to": "0001-01-01T00:00:00+12:00"},
    ],
)
async def test_it_goes_neither_back_nor_too_far_nor_to_what_is_no_day(fields: dict[str, str]) -> None:
    hand, workspace = with_hand()
    async with scene(workspace=workspace) as it:
        assert await set_clock(it, **fields) == 204
        assert hand.moved == []
        assert "앞으로" in workspace.toasts[ANNA]


async def test_a_stranger_sets_nothing() -> None:
    hand, workspace = with_hand()
    async with scene(workspace=workspace) as it:
        assert await set_clock(it, **{"as": "U0NOBODY", "day": "2027-06-17"}) == 404
    assert hand.moved == []


async def test_an_open_page_follows_the_clock() -> None:
    hand, workspace = with_hand()
    async with scene(workspace=workspace) as it:
        seen = f"{workspace.changes.epoch}-{workspace.changes.number}"
        query = {"as": ANNA, "at": HALL, "seen": seen}
        async with it.http.get(f"{it.url}/ui/stream", params=query) as stream:
            await stream.content.readuntil(b"retry: 1000\n\n")
            await set_clock(it, day="2027-06-17")
            news = b""
            while "2027. 6. 17.(목)".encode() not in news:
                news += await stream.content.readuntil(b"\n\n")
    assert b'innerHTML:#today"' in news
    assert date(2027, 6, 17) == hand.now.date()
