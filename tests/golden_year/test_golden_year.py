"""The golden year: what the program says is what README.md says, worked out by hand, on both databases."""

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text as sql

from gwannae.actions.bonus_points import bonus_sheet, evidence_file
from gwannae.actions.schemes import schemes_of
from gwannae.actions.scoreboard import add_entry, scoreboard
from gwannae.actions.standings import standings_of
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.year_end import freeze, recomputed, release
from gwannae.messages.score_steps import steps_of, write_score
from gwannae.programme.bonus_points import BonusSheet
from gwannae.programme.organisations import COMMAND_LINE, Organisation, OrganisationKind, OrganisationSeed
from gwannae.programme.purchase_kind import PurchaseKind
from gwannae.programme.ratio import Ratio
from gwannae.programme.results import Stage, StoredResult
from gwannae.programme.score import Shortfall
from gwannae.programme.score_lift import Lift, lift
from gwannae.programme.score_rules import EntryKind, ScoreEntry
from gwannae.programme.scoreboard import Scoreboard
from gwannae.programme.standings import Place
from gwannae.programme.standings_words import Asked, months_of
from gwannae.programme.verdict import Verdict
from gwannae.programme.year_end import Frozen, Release, WentOut
from gwannae.storage import organisations, purchases
from gwannae.storage.database import Database
from tests.builders import a_draft, a_judgement
from tests.golden_year.golden import YEAR, golden_year, rows
from tests.shared_data import shared_rows

NOW = datetime(2027, 12, 6, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))  # Monday
GOODS = PurchaseKind.GOODS


@pytest.fixture
def year(database: Database) -> Iterator[Toolkit]:
    with golden_year(database.url, NOW) as toolkit:
        entry = ScoreEntry(YEAR, whose(toolkit, "roads").id, EntryKind.ADDITION, "직무교육", 50, "교육 결과 보고")
        assert add_entry(toolkit, COMMAND_LINE, entry, NOW - timedelta(days=3)) == entry
        yield toolkit


def whose(toolkit: Toolkit, code: str) -> Organisation:
    with toolkit.database.read() as tx:
        found = organisations.by_code(tx, code)
    assert found is not None
    return found


def board_of(toolkit: Toolkit) -> Scoreboard:
    board = scoreboard(toolkit, YEAR, NOW)
    assert board is not None
    return board


def place(toolkit: Toolkit, code: str) -> Place:
    found = standings_of(toolkit, Asked(months_of(YEAR, 2, 10))).of(whose(toolkit, code).id)
    assert found is not None
    return found


def test_every_row_is_judged_as_on_the_paper(year: Toolkit) -> None:
    with year.database.read() as tx:
        told = tx.execute(sql("SELECT firm_name, contract_date, amount, verdict FROM purchases ORDER BY id")).all()
    assert [(firm, str(day), won, verdict) for firm, day, won, verdict in told] == [
        (row.firm, row.day.isoformat(), row.amount, row.verdict) for row in rows()
    ]


@pytest.mark.parametrize(
    ("code", "count", "amount", "effective_count", "effective_amount", "shown"),
    [
        ("roads", Ratio(2, 4), Ratio(5_000_000, 8_000_000), Ratio(2, 3), Ratio(5_000_000, 6_000_000), "62.5%"),
        ("water", Ratio(2, 3), Ratio(4_000_000, 5_000_000), Ratio(2, 3), Ratio(4_000_000, 5_000_000), "80.0%"),
        ("economy", Ratio(2, 3), Ratio(2_000_000, 2_500_000), Ratio(2, 3), Ratio(2_000_000, 2_500_000), "80.0%"),
        ("trees", Ratio(2, 3), Ratio(2_000_000, 2_500_000), Ratio(2, 3), Ratio(2_000_000, 2_500_000), "80.0%"),
        ("forest", Ratio(1, 2), Ratio(1_249_000, 2_000_000), Ratio(1, 2), Ratio(1_249_000, 2_000_000), "62.5%"),
        ("library", Ratio(1, 1), Ratio(5_000_000, 5_000_000), Ratio(1, 1), Ratio(5_000_000, 5_000_000), "100.0%"),
        ("assembly", Ratio(0, 0), Ratio(0, 0), Ratio(0, 0), Ratio(0, 0), "–"),
        ("arts", Ratio(2, 2), Ratio(999_999, 999_999), Ratio(2, 2), Ratio(999_999, 999_999), "100.0%"),
        ("transit", Ratio(0, 2), Ratio(0, 5_000_000), Ratio(0, 2), Ratio(0, 5_000_000), "0.0%"),
    ],
)
def test_the_measure(
    sqlite_url: str, code: str, count: Ratio, amount: Ratio, effective_count: Ratio, effective_amount: Ratio, shown: str
) -> None:
    with golden_year(sqlite_url, NOW) as toolkit:
        found = place(toolkit, code)
    assert (found.total.by_count, found.total.by_amount) == (count, amount)
    assert (found.effective.by_count, found.effective.by_amount) == (effective_count, effective_amount)
    assert found.total.by_amount.text == shown


def test_what_is_unconfirmed_stands_apart_and_december_does_not_count(year: Toolkit) -> None:
    assert (place(year, "roads").total.unconfirmed_count, place(year, "roads").total.unconfirmed_amount) == (1, 700_000)
    december = standings_of(year, Asked(months_of(YEAR, 12, 12))).of(whose(year, "economy").id)
    assert december is not None
    assert december.total.by_amount == Ratio(9_000_000, 9_000_000)


def test_a_certificate_counts_to_its_last_day(year: Toolkit) -> None:
    women = next(f for f in schemes_of(year, YEAR, whose(year, "trees")).figures if f.scheme.code == "women")
    assert (women.count, women.amount, women.base_count) == (1, 1_000_000, 3)


def test_scores_ranks_and_ties(year: Toolkit) -> None:
    board = board_of(year)
    assert [
        (line.score.group, line.rank, line.organisation.name, write_score(line.score.hundredths))
        for line in board.lines
        if line.rank is not None
    ] == [
        ("부서·의회", 1, "길가꿈과", "81.05"),
        ("부서·의회", 2, "물길과", "63.33"),
        ("부서·의회", 3, "나무심기과", "63.33"),
        ("부서·의회", 3, "상생경제과", "63.33"),
        ("부서·의회", 5, "도시숲과", "52.23"),
        ("기관·공사", 1, "햇님교통공사", "0.00"),
    ]
    below = {line.organisation.code: line.score.shortfalls for line in board.lines if line.rank is None}
    assert below == {
        "library": (Shortfall.CONTRACTS,),
        "assembly": (Shortfall.CONTRACTS, Shortfall.AMOUNT),
        "arts": (Shortfall.AMOUNT,),
    }


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("roads", [3333, 1333, 1667, 833, 889, 50]),
        ("water", [3200, 1333, 0, 800, 1000, 0]),
        ("economy", [3200, 1333, 0, 800, 1000, 0]),
        ("trees", [3200, 1333, 0, 800, 1000, 0]),
        ("forest", [2498, 1000, 100, 625, 1000, 0]),
        ("library", [4000, 2000, 0, 1000, 0, 0]),
        ("assembly", [0, 0, 0, 0, 0, 0]),
        ("transit", [0, 0, 0, 0, 0, 0]),
    ],
)
def test_each_part_is_the_one_of_the_paper(year: Toolkit, code: str, parts: list[int]) -> None:
    line = board_of(year).of(whose(year, code).id)
    assert line is not None
    assert [part.hundredths for part in line.score.parts] == parts


def test_the_explanation_can_be_followed(year: Toolkit) -> None:
    board = board_of(year)
    line = board.of(whose(year, "roads").id)
    assert line is not None
    assert steps_of(line.basis, line.score, board.formula) == (
        "실질 금액 비율: 40점 × 5,000,000원/6,000,000원 = 33.33점",
        "실질 건수 비율: 20점 × 2/3 = 13.33점",
        "지난해보다 나아짐: 20점 × (5,000,000원/6,000,000원 - 3,000,000원/4,000,000원) ÷ 10.0%p [8.3%p 오름] = 16.67점",
        "물품·용역 실질 금액 비율: 10점 × 5,000,000원/6,000,000원 = 8.33점",
        "기한 안 확정: 10점 × 8/9 = 8.89점",
        "별도 가점: 직무교육 0.50 (최대 3점) = 0.50점",
        "합계: 33.33 + 13.33 + 16.67 + 8.33 + 8.89 + 0.50 = 81.05점 (100점 만점)",
    )


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("economy", (GOODS, 1, 1_000_000, 2, 6786)),
        ("forest", (GOODS, 1, 1_240_000, 1, 8174)),
        ("library", (GOODS, 1, 5_000_000, 2, 7000)),
        ("roads", None),
        ("transit", None),
        ("assembly", None),
    ],
)
def test_what_would_lift(year: Toolkit, code: str, expected: tuple[PurchaseKind, int, int, int, int] | None) -> None:
    board = board_of(year)
    found = lift(board.lines, whose(year, code).id, board.formula)
    if expected is None:
        assert found is None
        return
    kind, count, won, rank, hundredths = expected
    assert found == Lift(kind, count, won, rank, "부서·의회", hundredths)


def test_what_would_lift_does_so_when_it_is_bought(year: Toolkit) -> None:
    buyer = whose(year, "forest")
    with year.database.write() as tx:
        draft = a_draft(organisation_id=buyer.id, amount=1_240_000, contract_date=date(2027, 6, 1))
        purchases.add(tx, draft, a_judgement(), actor=COMMAND_LINE, self_declared=False, at=NOW)
    line = board_of(year).of(buyer.id)
    assert line is not None
    assert (line.rank, line.score.hundredths) == (1, 8174)


def settle(toolkit: Toolkit) -> StoredResult:
    """The preliminary result goes out on the 6th, the final one is made when objections are over."""
    first = freeze(toolkit, COMMAND_LINE, YEAR, Stage.PRELIMINARY, NOW)
    assert isinstance(first, Frozen)
    assert isinstance(release(toolkit, COMMAND_LINE, YEAR, Release.PRELIMINARY, 1, NOW), WentOut)
    final = freeze(toolkit, COMMAND_LINE, YEAR, Stage.FINAL, NOW + timedelta(days=10))
    assert isinstance(final, Frozen)
    return final.stored


def test_the_final_result_gives_points_and_hands_the_tie_to_the_council(year: Toolkit) -> None:
    final = settle(year)
    assert [[line.name for line in lines] for lines in final.result.ties()] == [["나무심기과", "상생경제과"]]
    sheet = bonus_sheet(year, COMMAND_LINE, YEAR, NOW)
    assert isinstance(sheet, BonusSheet)
    points = [(bonus.line.name, bonus.hundredths) for bonus in sheet.bonuses]
    assert points == [("길가꿈과", 150), ("물길과", 75), ("햇님교통공사", 150)]


def test_the_workbook_behind_the_points_shows_every_part(year: Toolkit) -> None:
    settle(year)
    out = io.BytesIO()
    assert evidence_file(year, COMMAND_LINE, YEAR, out, NOW) == "haetnim-가점근거-2027.zip"
    with ZipFile(out) as pack:
        (name,) = [one for one in pack.namelist() if one.endswith(".xlsx")]
        book = CalamineWorkbook.from_filelike(io.BytesIO(pack.read(name)))
    points = book.get_sheet_by_name("가점").to_python()
    head, first = points[2], next(row for row in points if row[1] == "길가꿈과")
    assert dict(zip(head, first, strict=True)) | {
        "순위": 1.0, "가점": "1.5", "그룹": "부서·의회", "점수": "81.05", "실질 금액 비율(40점)": "33.33",
        "실질 건수 비율(20점)": "13.33", "지난해보다 나아짐(20점)": "16.67", "물품·용역 실질 금액 비율(10점)": "8.33",
        "기한 안 확정(10점)": "8.89", "별도 가점(3점)": "0.5", "실질에서 뺀 관외(원)": 2_000_000.0,
    } == dict(zip(head, first, strict=True))  # fmt: skip
    basis = {row[0]: row[1] for row in book.get_sheet_by_name("산정 근거").to_python()}
    assert basis["순위 기준"] == "그룹별 점수 → 실질 금액 비율 → 실질 건수 비율 → 관내 금액 → 실무협의회"
    assert basis["점수 산식의 출처"] == "햇님시 2027년 추진계획(지어낸 것)"
    again = io.BytesIO()
    evidence_file(year, COMMAND_LINE, YEAR, again, NOW + timedelta(days=400))
    assert again.getvalue() == out.getvalue()


def test_a_correction_after_the_final_result_stands_beside_it(year: Toolkit) -> None:
    final = settle(year)
    economy = whose(year, "economy")
    with year.database.write() as tx:
        number = tx.execute(
            sql("SELECT id FROM purchases WHERE organisation_id = :of AND amount = 500000"), {"of": economy.id}
        ).scalar_one()
        one = purchases.purchase(tx, number)
        assert one is not None
        right = replace(one.draft, amount=1_000_000)
        purchases.change(tx, one.id, one.version, right, one.judgement, actor=COMMAND_LINE, at=NOW)
    amended = freeze(year, COMMAND_LINE, YEAR, Stage.AMENDED, NOW + timedelta(days=20))
    assert isinstance(amended, Frozen)
    (moved,) = amended.changes
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.name, moved.before.rank, moved.after.rank) == ("상생경제과", 3, 4)
    assert moved.after.score is not None
    assert moved.after.score.hundredths == 5667
    assert amended.stored.result.ties() == ()
    newest, kept, _ = recomputed(year, YEAR)
    assert newest.same
    assert not kept.same
    assert (kept.stored.content, kept.stored.fingerprint) == (final.content, final.fingerprint)


def test_a_result_is_the_same_bytes_two_years_later_whatever_was_confirmed_since(year: Toolkit) -> None:
    settle(year)
    later = NOW.replace(year=2029)
    entry = ScoreEntry(YEAR, whose(year, "water").id, EntryKind.ADDITION, "늦은 것", 300, "없음")
    add_entry(year, COMMAND_LINE, entry, later)
    assert all(one.same for one in recomputed(year, YEAR))


@pytest.mark.shared_data
def test_real_contracts_with_their_local_parts_agree_to_the_won(database: Database) -> None:
    told = [row for row in shared_rows("contracts_local_share_a.csv") if int(row["계약금액"]) > 0]
    kinds = {"construction": PurchaseKind.WORKS, "service": PurchaseKind.SERVICES, "goods": GOODS}
    names = sorted({row["기관명"] for row in told})
    local: defaultdict[str, int] = defaultdict(int)
    whole: defaultdict[str, int] = defaultdict(int)
    parts = 0
    with golden_year(database.url, NOW) as toolkit:
        with toolkit.database.write() as tx:
            seeds = [OrganisationSeed(f"real-{n}", name, OrganisationKind.INSTITUTION) for n, name in enumerate(names)]
            ids = {o.name: o.id for o in organisations.save_organisations(tx, seeds).added}
            for row in told:
                inside, outside = int(row["지역업체금액"]), int(row["타지역금액"])
                assert inside + outside == int(row["계약금액"])
                local[row["기관명"]] += inside
                whole[row["기관명"]] += inside + outside
                for won, verdict in ((inside, Verdict.LOCAL), (outside, Verdict.OUTSIDE)):
                    if not won:
                        continue
                    parts += 1
                    draft = a_draft(
                        organisation_id=ids[row["기관명"]],
                        kind=kinds[row["분야"]],
                        amount=won,
                        contract_date=date.fromisoformat(row["계약일"]),
                    )
                    judged = a_judgement(verdict=verdict)
                    purchases.add(tx, draft, judged, actor=COMMAND_LINE, self_declared=False, at=NOW)
        found = standings_of(toolkit, Asked(months_of(2026, 1, 12)))
        for name in names:
            line = found.of(ids[name])
            assert line is not None
            assert line.total.by_amount == Ratio(local[name], whole[name])
        assert parts > len(told) / 2
