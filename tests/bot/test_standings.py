"""`/local-standings` at the front door: the asker's place, the upper part of the ranking, and the same as text."""

from collections.abc import Iterable
from datetime import date

import pytest

from gwannae.actions.standings import standings_of
from gwannae.programme.amount import write_thousands
from gwannae.programme.organisations import COMMAND_LINE, OrganisationKind, OrganisationSeed
from gwannae.programme.outside_reasons import Looked, OutsideReason, ReasonCode
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.standings_words import year_asked
from gwannae.programme.verdict import Verdict
from gwannae.sandbox.values import Message
from gwannae.storage import organisations, outside_reasons, purchases
from tests.bot.reporting import home_of, receipts, report
from tests.builders import a_draft, a_judgement
from tests.front_door import LEAD, OTHER, ROADS, SQUARE, STAFF, FrontDoor, text_of

LOCAL, OUTSIDE, UNCONFIRMED = Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED
GOODS, SERVICES, WORKS = PurchaseKind.GOODS, PurchaseKind.SERVICES, PurchaseKind.WORKS


def buy(door: FrontDoor, code: str, *deals: tuple[Verdict, int], kind: PurchaseKind = GOODS, year: int = 2027) -> None:
    """Purchases of one organisation, by verdict and won."""
    with door.toolkit.database.write() as tx:
        organisation = organisations.by_code(tx, code)
        assert organisation is not None
        for verdict, won in deals:
            draft = a_draft(organisation_id=organisation.id, kind=kind, amount=won, contract_date=date(year, 3, 2))
            judgement = a_judgement(verdict=verdict)
            purchases.add(tx, draft, judgement, actor=COMMAND_LINE, self_declared=False, at=door.clock())


async def ask(door: FrontDoor, user: str = STAFF, channel: str = SQUARE, words: str = "") -> Message:
    """The answer to the command."""
    answer = await door.driver.command(user, channel, "/local-standings", words)
    assert answer.error == ""
    return answer.shown[-1]


def table(message: Message) -> list[list[str]]:
    """The cells of the table, its head first; empty where there is none."""
    found = [b for b in message.blocks if b["type"] == "table"]
    return [[cell["text"] for cell in row] for row in found[0]["rows"]] if found else []


def a_full_year(door: FrontDoor) -> None:
    """햇님시의회 1위, 길가꿈과 and 햇님예술재단 both 2위, 햇님교통공사 4위; 상생경제과 unconfirmed alone."""
    buy(door, "assembly", (LOCAL, 1_000_000))
    buy(door, "roads", (LOCAL, 3_000_000), (OUTSIDE, 1_000_000), (UNCONFIRMED, 9_000_000))
    buy(door, "arts", (LOCAL, 300_000), kind=SERVICES)
    buy(door, "arts", (OUTSIDE, 100_000))
    buy(door, "transit", (OUTSIDE, 5_000_000), kind=WORKS)
    buy(door, "economy", (UNCONFIRMED, 700_000))
    buy(door, "transit", (LOCAL, 90_000_000), year=2026)


async def test_only_the_asker_sees_where_their_division_stands(door: FrontDoor) -> None:
    a_full_year(door)
    answer = await ask(door)
    assert answer.only_for == STAFF
    assert answer.blocks[0]["text"]["text"] == ("*길가꿈과 2위 / 4 · 건수 50.0% (1/2) · 금액 75.0% (300/400만 원)*")
    assert "이 메시지는 나에게만 보입니다." in text_of(answer)


async def test_the_table_shows_count_and_amount_in_all_and_by_kind(door: FrontDoor) -> None:
    a_full_year(door)
    rows = table(await ask(door))
    assert rows[0] == [
        "순위", "부서·기관", "건수", "금액", "실질 건수", "실질 금액",
        "물품 건수", "물품 금액", "용역 건수", "용역 금액", "공사 건수", "공사 금액",
    ]  # fmt: skip
    assert rows[2] == [
        "2위", "길가꿈과", *["50.0% (1/2)", "75.0% (3,000/4,000)"] * 3, "–", "–", "–", "–",
    ]  # fmt: skip
    assert rows[3] == [
        "2위", "햇님예술재단", *["50.0% (1/2)", "75.0% (300/400)"] * 2,
        "0.0% (0/1)", "0.0% (0/100)", "100.0% (1/1)", "100.0% (300/300)", "–", "–",
    ]  # fmt: skip


async def test_equal_figures_share_a_rank_and_the_next_rank_is_left_out(door: FrontDoor) -> None:
    a_full_year(door)
    assert [row[:2] for row in table(await ask(door))[1:]] == [
        ["1위", "햇님시의회"],
        ["2위", "길가꿈과"],
        ["2위", "햇님예술재단"],
        ["4위", "햇님교통공사"],
    ]


async def test_unconfirmed_purchases_stand_on_neither_side_and_are_said(door: FrontDoor) -> None:
    a_full_year(door)
    said = text_of(await ask(door))
    assert "미확인 1건은 확인될 때까지 어느 쪽에도 넣지 않았습니다." in said
    assert "모든 부서·기관의 미확인 2건은 어느 쪽에도 넣지 않았습니다." in said
    assert "상생경제과" not in said


async def test_the_answer_names_the_day_and_the_units(door: FrontDoor) -> None:
    a_full_year(door)
    said = text_of(await ask(door))
    assert "2027. 6. 15.까지 보고된 2027년 실적" in said
    assert "천원" in said


async def test_the_answer_says_by_what_is_ranked(door: FrontDoor) -> None:
    a_full_year(door)
    assert "순위: 건수 비율이 높은 순, 같으면 금액 비율" in text_of(await ask(door))  # the made-up city's own order


async def test_the_text_alone_holds_the_same_numbers(door: FrontDoor) -> None:
    a_full_year(door)
    assert (await ask(door)).text.split("\n") == [
        "길가꿈과 2위 / 4 · 건수 50.0% (1/2) · 금액 75.0% (300/400만 원)",
        "1위 햇님시의회 · 건수 100.0% (1/1) · 금액 100.0% (100/100만 원)",
        "2위 길가꿈과 · 건수 50.0% (1/2) · 금액 75.0% (300/400만 원)",
        "2위 햇님예술재단 · 건수 50.0% (1/2) · 금액 75.0% (300,000/400,000원)",
        "4위 햇님교통공사 · 건수 0.0% (0/1) · 금액 0.0% (0/500만 원)",
    ]


async def test_the_numbers_are_those_of_the_command_line(door: FrontDoor) -> None:
    a_full_year(door)
    rows = table(await ask(door))[1:]
    places = [p for p in standings_of(door.toolkit, year_asked(2027)).places if p.rank is not None]
    for row, place in zip(rows, places, strict=True):
        total = place.total
        assert row[:2] == [f"{place.rank}위", place.organisation.name]
        assert row[2] == f"{total.by_count.text} ({total.by_count.part}/{total.by_count.whole})"
        part, whole = write_thousands(total.by_amount.part), write_thousands(total.by_amount.whole)
        assert row[3] == f"{total.by_amount.text} ({part}/{whole})"


async def test_a_report_moves_the_standings_at_once(door: FrontDoor) -> None:
    await report(door)
    assert "길가꿈과 1위 / 1 · 건수 100.0% (1/1)" in (await ask(door)).text
    await door.driver.press(STAFF, receipts(door)[0], "report-cancel")
    await door.driver.settle()
    assert "아직 집계된 실적이 없습니다" in (await ask(door)).text


async def test_an_empty_year_says_what_to_do(door: FrontDoor) -> None:
    answer = await ask(door)
    assert answer.text == "2027년에는 아직 집계된 실적이 없습니다. 구매를 보고하면 여기에 순위가 나옵니다."
    assert table(answer) == []
    await door.driver.press(STAFF, answer, "report-open")
    assert door.form(STAFF).body["title"]["text"] == "구매 보고"


async def test_a_year_of_unconfirmed_reports_alone_says_so(door: FrontDoor) -> None:
    buy(door, "roads", (UNCONFIRMED, 1), (UNCONFIRMED, 2))
    answer = await ask(door)
    assert answer.text == "2027년 보고 2건이 모두 미확인입니다. 관내·관외가 확인되면 여기에 순위가 나옵니다."


async def test_a_division_without_a_verdict_yet_is_told_so_above_the_ranking(door: FrontDoor) -> None:
    buy(door, "roads", (UNCONFIRMED, 500_000))
    buy(door, "arts", (LOCAL, 500_000))
    answer = await ask(door)
    assert answer.text.split("\n")[0] == (
        "길가꿈과 · 관내·관외로 판정된 실적이 아직 없습니다. 미확인 1건은 확인될 때까지 어느 쪽에도 넣지 않았습니다."
    )
    assert [row[1] for row in table(answer)[1:]] == ["햇님예술재단"]


async def test_somebody_unknown_sees_the_ranking_and_how_to_become_known(door: FrontDoor) -> None:
    a_full_year(door)
    answer = await ask(door, OTHER)
    assert answer.text.startswith(
        "어느 부서·기관이신지 아직 모릅니다. 구매를 한 번 보고하시거나 상생경제과에 알려 주세요. "
        "아래는 2027년 순위입니다."
    )
    assert len(table(answer)) == 5


async def test_in_a_linked_channel_its_organisation_is_shown_to_somebody_unknown(door: FrontDoor) -> None:
    a_full_year(door)
    assert (await ask(door, OTHER, ROADS)).text.startswith("길가꿈과 2위 / 4")


def explained(door: FrontDoor, code: str, item: str, won: int, reason: ReasonCode, day: date) -> None:
    """An outside purchase with the reason why."""
    with door.toolkit.database.write() as tx:
        organisation = organisations.by_code(tx, code)
        assert organisation is not None
        draft = a_draft(organisation_id=organisation.id, item=item, amount=won, contract_date=day)
        judged = a_judgement(verdict=OUTSIDE)
        made = purchases.add(tx, draft, judged, actor=COMMAND_LINE, self_declared=False, at=door.clock())
        given = OutsideReason(reason, "까닭", Looked("", day), door.clock(), "T", "U")
        outside_reasons.add(tx, made.id, given, f"reason-{made.id}")


def a_year_with_reasons(door: FrontDoor) -> None:
    """길가꿈과: 6 of 10 million local; 1.5 million by a patent, which leaves the effective ratio in the
    made-up city, and 2.5 million for its price, which does not.
    """
    buy(door, "roads", (LOCAL, 6_000_000))
    explained(door, "roads", "프린터", 1_500_000, ReasonCode.PATENT, date(2027, 3, 2))
    explained(door, "roads", "책상", 2_500_000, ReasonCode.PRICE, date(2027, 4, 6))


async def test_the_effective_ratio_stands_beside_the_gross_one_with_what_left_it(door: FrontDoor) -> None:
    a_year_with_reasons(door)
    answer = await ask(door)
    said = text_of(answer)
    assert "길가꿈과 1위 / 1 · 건수 33.3% (1/3) · 금액 60.0% (600/1,000만 원)" in said
    assert "실질(사유로 빠지는 관외 1건을 빼고): 건수 50.0% (1/2) · 금액 70.6% (600/850만 원)" in said
    assert "빠진 사유: 특허·특정 공법 1건 150만 원" in said
    assert table(answer)[1][2:6] == ["33.3% (1/3)", "60.0% (6,000/10,000)", "50.0% (1/2)", "70.6% (6,000/8,500)"]


async def test_the_items_that_went_outside_without_need_are_named(door: FrontDoor) -> None:
    a_year_with_reasons(door)
    said = text_of(await ask(door))
    assert "책상: 관외 1건 250만 원 · 건수 0.0% (0/1) · 금액 0.0% (0/250만 원)" in said
    assert "프린터:" not in said  # nothing else could be chosen


async def test_a_period_and_a_kind_narrow_the_standings(door: FrontDoor) -> None:
    a_year_with_reasons(door)
    buy(door, "arts", (LOCAL, 200_000), kind=SERVICES)
    spring = await ask(door, words="2분기")
    assert spring.text.startswith("길가꿈과 2027년 2분기 1위 / 1 · 건수 0.0% (0/1)")
    goods = await ask(door, words="1분기 물품")
    assert goods.text.startswith("길가꿈과 2027년 1분기 물품 1위 / 1 · 건수 50.0% (1/2)")
    assert table(goods)[0] == ["순위", "부서·기관", "건수", "금액", "실질 건수", "실질 금액"]
    assert "12월 1위" not in (await ask(door, words="12월")).text


async def test_ones_own_division_alone_is_shown_without_the_ranking(door: FrontDoor) -> None:
    a_full_year(door)
    answer = await ask(door, words="우리 부서")
    assert answer.text.startswith("길가꿈과 2027년 2위 / 4 · 건수 50.0% (1/2)")
    assert table(answer) == []
    assert "햇님시의회" not in text_of(answer)


async def test_a_word_that_is_none_is_named_with_what_could_be_written(door: FrontDoor) -> None:
    said = (await ask(door, words="2분기 <!channel> 물품")).text
    assert said.startswith("‘&lt;!channel&gt;’: 알아듣지 못했습니다.")
    assert "`/local-standings 2분기 물품`" in said


async def test_thousands_that_do_not_add_up_say_why(door: FrontDoor) -> None:
    buy(door, "roads", (LOCAL, 1_000_500), kind=GOODS)
    buy(door, "roads", (LOCAL, 2_000_500), kind=SERVICES)
    note = "금액은 천원 미만을 반올림해 종류별 금액의 합이 전체와 다를 수 있습니다."
    assert note in text_of(await ask(door))  # 1,001 and 2,001 beside 3,001
    buy(door, "roads", (LOCAL, 999_500), kind=GOODS)
    buy(door, "roads", (LOCAL, 999_500), kind=SERVICES)
    assert note not in text_of(await ask(door))


async def test_the_button_on_the_home_tab_answers_alike(door: FrontDoor) -> None:
    a_full_year(door)
    await door.driver.press(LEAD, await home_of(door, LEAD), "standings-open")
    await door.driver.settle()
    assert door.direct_messages(LEAD)[-1].text == (await ask(door, LEAD)).text


def found(door: FrontDoor, names: Iterable[str]) -> None:
    """Many more organisations, better than 길가꿈과, each with a name of its own."""
    seeds = [OrganisationSeed(f"more-{n}", name, OrganisationKind.DIVISION) for n, name in enumerate(names)]
    with door.toolkit.database.write() as tx:
        organisations.save_organisations(tx, seeds)
    for n, seed in enumerate(seeds):
        buy(door, seed.code, (LOCAL, 123_456_789_012 + n), (OUTSIDE, 100 + n))


@pytest.mark.parametrize("name", ["아주 긴 이름의 부서" * 9, "<!channel> & *부서*"])
async def test_a_hundred_organisations_stay_within_slacks_limits_and_ones_own_place_is_seen(
    door: FrontDoor, name: str
) -> None:
    found(door, [f"{name} {n:03}" for n in range(100)])
    buy(door, "roads", (LOCAL, 1), (OUTSIDE, 1), (OUTSIDE, 1))
    answer = await ask(door)
    rows = table(answer)
    assert len(rows) == 12
    assert rows[-1][:2] == ["101위", "길가꿈과"]
    assert answer.text.split("\n")[0] == "길가꿈과 101위 / 101 · 건수 33.3% (1/3) · 금액 33.3% (1/3원)"
    assert answer.text.split("\n")[-1].startswith("101위 길가꿈과")
    assert "<!" not in answer.text


async def test_the_feature_works_on_postgresql_as_well(postgres_door: FrontDoor) -> None:
    a_full_year(postgres_door)
    assert (await ask(postgres_door)).text.split("\n")[2] == (
        "2위 길가꿈과 · 건수 50.0% (1/2) · 금액 75.0% (300/400만 원)"
    )
