"""`/local-standings` of a year with a formula: the asker's score and group, what would lift it, the score explained.

The made-up city counts February to October; the clock stands at Tuesday 2027-06-15.
"""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from gwannae.messages import ids
from gwannae.programme.organisations import COMMAND_LINE
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.results import Stage
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.values import Message
from gwannae.storage import purchases
from tests.bot import knocks
from tests.bot.reporting import home_of
from tests.bot.test_purchase_export import files_of
from tests.bot.test_year_end import freeze, pack_of
from tests.bot.test_year_end import press as press_year_end
from tests.bot.test_year_end import settled as freeze_settled
from tests.builders import a_draft, a_judgement
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import LEAD, OFFICE, OTHER, ROADS, SQUARE, STAFF, FrontDoor, open_front_door, text_of
from tests.scored_city import scored_city

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED


@pytest.fixture
async def scored(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("scored"))
    async with open_front_door(url, city=scored_city()) as opened:
        yield opened
        await opened.driver.settle()
        assert opened.workspace.faults_seen == []


def buy(door: FrontDoor, code: str, *deals: tuple[Verdict, int], day: date = date(2027, 3, 2)) -> None:
    with door.toolkit.database.write() as tx:
        for verdict, won in deals:
            draft = a_draft(
                organisation_id=door.organisation(code).id, kind=PurchaseKind.GOODS, amount=won, contract_date=day
            )
            judged = a_judgement(verdict=verdict)
            purchases.add(tx, draft, judged, actor=COMMAND_LINE, self_declared=False, at=door.clock())


def a_year(door: FrontDoor) -> None:
    """Nothing was confirmed, and nothing was bought the year before.

    길가꿈과: 2 of 3, 2 of 4 million: 20.00 + 13.33 + 6.25 = 39.58; 햇님시의회: all of 2 million: 40 + 20 + 10 = 70.00;
    상생경제과: one contract, below the floor.
    """
    buy(door, "roads", (LOCAL, 1_000_000), (LOCAL, 1_000_000), (OUTSIDE, 2_000_000), (UNCONFIRMED, 5_000))
    buy(door, "assembly", (LOCAL, 1_000_000), (LOCAL, 1_000_000))
    buy(door, "economy", (LOCAL, 3_000_000))
    buy(door, "arts", (LOCAL, 900_000), (OUTSIDE, 600_000))
    buy(door, "roads", (OUTSIDE, 90_000_000), day=date(2027, 1, 20))  # before the months that count


async def ask(door: FrontDoor, words: str = "", user: str = STAFF) -> Message:
    answer = await door.driver.command(user, SQUARE, "/local-standings", words)
    assert answer.error == ""
    assert answer.shown[-1].only_for == user
    return answer.shown[-1]


def table(message: Message) -> list[list[str]]:
    found = [b for b in message.blocks if b["type"] == "table"]
    return [[cell["text"] for cell in row] for row in found[0]["rows"]] if found else []


async def press(door: FrontDoor, value: str, user: str) -> str:
    door.workspace.views.clear(user)
    await knocks.send(door, knocks.pressed(door, user, ids.SCORE_OPEN, value))
    await door.driver.settle()
    return text_of(door.form(user))


async def test_the_asker_sees_the_score_the_rank_in_the_group_and_what_would_lift_it(scored: FrontDoor) -> None:
    a_year(scored)
    answer = await ask(scored)
    assert answer.text.split("\n")[0] == (
        "길가꿈과 39.58점 · 부서·의회 2위 / 2 · 건수 66.7% (2/3) · 금액 50.0% (200/400만 원)"
    )
    said = text_of(answer)
    assert "미확인 1건은 확인될 때까지 어느 쪽에도 넣지 않았습니다." in said
    # 20 of a million each: 22 of 24 million, 22 of 23: 36.67 + 19.13 + 10 = 65.80, still below 70.00
    assert "을 더하면" not in said


async def test_what_would_lift_is_reckoned(scored: FrontDoor) -> None:
    a_year(scored)
    buy(scored, "assembly", (OUTSIDE, 1_000_000))  # 2 of 3: 26.67 + 13.33 + 8.33 = 48.33
    # 길가꿈과 with one more: 3 of 5 million, 3 of 4: 24.00 + 15.00 + 7.50 = 46.50, still below;
    # with two more: 4 of 6 million, 4 of 5: 26.67 + 16.00 + 8.33 = 51.00
    assert (
        "관내 물품 구매 2건(한 건 100만 원, 모두 약 200만 원)을 더하면 51.00점으로 1위가 됩니다. "
        "다른 곳이 그대로일 때의 계산입니다."
    ) in text_of(await ask(scored))
    buy(scored, "roads", (LOCAL, 1_000_000), (LOCAL, 1_000_000))
    assert (await ask(scored)).text.startswith("길가꿈과 51.00점 · 부서·의회 1위 / 2")


async def test_one_group_is_ranked_among_itself(scored: FrontDoor) -> None:
    a_year(scored)
    rows = table(await ask(scored))
    assert rows[0] == ["순위", "부서·기관", "점수", "건수", "금액", "실질 건수", "실질 금액"]
    assert [row[:3] for row in rows[1:]] == [["1위", "햇님시의회", "70.00"], ["2위", "길가꿈과", "39.58"]]
    others = table(await ask(scored, "기관·공사 그룹"))
    assert [row[1] for row in others[1:]] == ["햇님예술재단"]
    assert "순위에 들지 않는 곳 1곳" in text_of(await ask(scored))


async def test_a_part_of_the_year_and_a_kind_are_ranked_by_ratio(scored: FrontDoor) -> None:
    a_year(scored)
    assert "점 ·" not in (await ask(scored, "1분기")).text
    assert "점 ·" not in (await ask(scored, "물품")).text
    assert (await ask(scored, "평가")).text == (await ask(scored)).text


async def test_below_a_floor_the_asker_is_told_what_is_missing(scored: FrontDoor) -> None:
    buy(scored, "roads", (LOCAL, 3_000_000))
    answer = await ask(scored)
    assert answer.text.startswith("길가꿈과 70.00점 · 부서·의회 순위 없음")
    assert "순위에 들려면: 판정된 구매 1건 (최소 2건)" in text_of(answer)
    assert "관내 물품 구매 1건(모두 약 300만 원)을 더하면 70.00점으로 1위가 됩니다." in text_of(answer)


async def test_the_score_is_explained_step_by_step(scored: FrontDoor) -> None:
    a_year(scored)
    roads = scored.organisation("roads").id
    said = await press(scored, f"2027:{roads}", STAFF)
    for line in (
        "실질 금액 비율: 40점 × 2,000,000원/4,000,000원 = 20.00점",
        "실질 건수 비율: 20점 × 2/3 = 13.33점",
        "지난해보다 나아짐: 20점 × 나눌 것이 없어 0점 = 0.00점",
        "물품·용역 실질 금액 비율: 10점 × 2,000,000원/4,000,000원 ÷ 80.0% = 6.25점",
        "간접 구매: 5점 × 0원 ÷ 10,000,000원 = 0.00점",
        "합계: 20.00 + 13.33 + 0.00 + 6.25 + 0.00 + 0.00 + 0.00 = 39.58점 (100점 만점)",
        "같은 점수: 실질 금액 비율 → 관내 금액 → 실무협의회",
        "출처: 햇님시 2027년 추진계획 7쪽(지어낸 것)",
    ):
        assert line in said


async def test_another_ones_score_is_for_the_office(scored: FrontDoor) -> None:
    a_year(scored)
    assembly = f"2027:{scored.organisation('assembly').id}"
    assert "내 부서·기관의 점수만 볼 수 있습니다." in await press(scored, assembly, STAFF)
    assert "햇님시의회 70.00점" in await press(scored, assembly, OFFICE)


@pytest.mark.parametrize("value", ["", "2027:", "2027:999999", "x:y", "0:1", "9999999999:1", "2026:2"])
async def test_a_button_that_is_not_ours_says_so(scored: FrontDoor, value: str) -> None:
    a_year(scored)
    assert "점수만 볼 수 있습니다" in await press(scored, value, OFFICE)


async def test_the_home_tab_shows_ones_year_at_a_glance(scored: FrontDoor) -> None:
    a_year(scored)
    buy(scored, "assembly", (OUTSIDE, 1_000_000))
    shown = text_of(await home_of(scored, STAFF))
    assert "점수: 길가꿈과 39.58점 · 부서·의회 2위 / 2" in shown
    assert shown.count("위 / ") == 1  # the rank by ratio is another one, and nothing to be judged by
    assert "을 더하면 51.00점으로 1위가 됩니다." in shown
    assert "물품: 건수 50.0% (2/4) · 금액 2.1% (200/9,400만 원)" in shown  # January is of the year, not of the award
    assert "햇님시의회" not in shown


async def test_the_guidance_tells_by_what_the_award_goes(scored: FrontDoor) -> None:
    await scored.driver.command(OFFICE, SQUARE, "/gwannae", "안내")
    await scored.driver.settle()
    shown = text_of(scored.form(OFFICE))
    assert (
        "5. 우수부서는 2월부터 10월까지의 구매를 점수 순으로 봅니다: 실질 금액 비율 40점, 실질 건수 비율 20점" in shown
    )
    assert "햇님시 2027년 추진계획 7쪽(지어낸 것)" in shown
    assert "구매를 금액 비율" not in shown


async def test_frozen_points_are_written_as_everywhere_else(scored: FrontDoor) -> None:
    a_year(scored)
    scored.clock.now = scored.clock.now.replace(month=12, day=6)
    await freeze(scored, Stage.PRELIMINARY)
    shown = await press_year_end(scored, ids.YEAR_END_TABLE, "2027:1")
    assert "부서·의회 1위 *햇님시의회* · 70.00점" in shown
    assert "부서·의회 2위 *길가꿈과* · 39.58점" in shown


async def test_the_evidence_ranks_by_the_formula_and_in_the_group(scored: FrontDoor) -> None:
    a_year(scored)
    buy(scored, "arts", (LOCAL, 9_000_000), (LOCAL, 9_000_000))
    scored.clock.now = scored.clock.now.replace(month=12, day=6)
    await freeze_settled(scored)
    await press_year_end(scored, ids.BONUS_FILE, "2027")
    (file,) = [f for f in files_of(scored, OFFICE) if f.name.endswith(".zip")]
    pack = pack_of(file)
    sheets = next(content.decode() for name, content in pack.items() if name.startswith("2-") and name.endswith(".txt"))
    assert "순위: 부서·의회 2위 / 2" in sheets
    assert "순위: 기관·공사 1위 / 1" in sheets
    assert "순위 기준: 그룹별 점수 → 실질 금액 비율 → 관내 금액 → 실무협의회" in sheets
    assert "순위 기준: 건수 비율" not in sheets


async def test_somebody_unknown_sees_the_first_group(scored: FrontDoor) -> None:
    a_year(scored)
    answer = await ask(scored, user=OTHER)
    assert "아래는 2027년 점수 순위입니다." in answer.text
    assert len(table(answer)) == 3


async def test_an_empty_year_has_no_ranks_and_no_fault(scored: FrontDoor) -> None:
    answer = await ask(scored)
    assert "길가꿈과 0.00점 · 부서·의회 순위 없음 · 관내·관외로 판정된 실적이 아직 없습니다" in answer.text
    assert table(answer) == []  # a heading alone tells nothing
    assert "부서·의회 · 아직 순위에 든 곳이 없습니다." in text_of(answer)


async def test_it_works_on_postgresql_as_well(postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        async with open_front_door(url, city=scored_city()) as door:
            a_year(door)
            assert (await ask(door)).text.startswith("길가꿈과 39.58점 · 부서·의회 2위 / 2")


async def test_who_takes_over_reads_the_rank_that_counted(scored: FrontDoor) -> None:
    a_year(scored)
    scored.clock.now = scored.clock.now.replace(year=2028, month=1, day=6)
    answer = await scored.driver.command(LEAD, ROADS, "/gwannae", "인수인계")
    said = text_of(answer.shown[-1])
    assert "*지난해* · 길가꿈과 39.58점 · 부서·의회 2위 / 2 · 건수 " in said
    assert "3위" not in said
