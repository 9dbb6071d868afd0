"""`gwannae projects`: a bill taken in whole and once, and local makers of its things."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.bot.command_line import CITY_FILE, CommandLine, Ended
from tests.readers.files import csv_text, uncalculated

TODAY = datetime.now(ZoneInfo("Asia/Seoul")).date()  # the command line lives today
MONTH = f"{TODAY.year + 1}-09"
VENDORS = csv_text(
    ("상호", "소재지", "취급품목", "제조여부", "기업규모"),
    ("솔숲조명", "가람도 햇님시 솔숲구 솔길 1", "LED가로등", "Y", "소기업"),
    ("물결전기", "가람도 햇님시 물결구 물길 2", "LED가로등, 전선", "N", "소기업"),
    ("먼데조명", "부산광역시 어디구 먼길 1", "LED가로등, 벤치", "Y", "소기업"),
)
BILL = csv_text(
    ("품명", "규격", "단위", "수량", "단가", "금액"),
    ("LED가로등", "100W", "EA", "4", "500,000", "2,000,000"),
    ("LED가로등(보행등)", "50W", "EA", "2", "300,000", "600,000"),
    ("전선", "HFIX", "m", "10", "1,000", "10,000"),
    ("벤치", "목재", "EA", "10", "700,000", "7,000,000"),
    ("합계", "", "", "", "", "9,610,000"),
)


@pytest.fixture
def gwannae(tmp_path: Path) -> CommandLine:
    city = tmp_path / "settled.toml"  # an import knows an address since today, and nobody would have lived here long
    city.write_text(CITY_FILE.read_text(encoding="utf-8").replace("residency_months = 6", "residency_months = 0"))
    return CommandLine(str(tmp_path / "gwannae.db"), str(city))


@pytest.fixture
def folder(tmp_path: Path, gwannae: CommandLine) -> Path:
    (tmp_path / "업체.csv").write_bytes(VENDORS.encode())
    (tmp_path / "내역서.csv").write_bytes(BILL.encode())
    assert gwannae("vendors", "import", tmp_path / "업체.csv").code == 0
    return tmp_path


def register(gwannae: CommandLine, file: Path, *more: str, name: str = "한빛로 정비", month: str = MONTH) -> Ended:
    said = ("--name", name, "--organisation", "길가꿈과", "--kind", "공사", "--stage", "실시설계", "--month", month)
    return gwannae("projects", "import", file, *said, *more)


def test_a_bill_becomes_a_project_and_its_things_are_looked_for_dearest_first(
    gwannae: CommandLine, folder: Path
) -> None:
    done = register(gwannae, folder / "내역서.csv", "--budget", "1억", "--json")
    assert done.code == 0, done.err
    assert "1번 사업으로 등록했습니다. 품목 4줄 · 9,610,000원 · 제목과 합계 1줄은 건너뜀" in done.err
    assert done.json["project"]["budget"] == 100_000_000
    listed = gwannae("projects", "list")
    assert "한빛로 정비" in listed.out
    assert "9,610,000원" in listed.out
    seen = gwannae("projects", "review", "1", "--json").json
    assert [(one["name"], one["amount"]) for one in seen["items"]] == [
        ("벤치", 7_000_000), ("LED가로등", 2_000_000), ("LED가로등(보행등)", 600_000), ("전선", 10_000),
    ]  # fmt: skip
    bench, lamps, by_kind, wire = seen["items"]
    assert (bench["makers"], bench["sellers"], bench["firms"]) == (0, 0, []), "the firm that has it is outside"
    assert [(f["name"], f["making"]) for f in lamps["firms"]] == [("솔숲조명", "stated"), ("물결전기", "not_stated")]
    assert [f["name"] for f in by_kind["firms"]] == ["솔숲조명", "물결전기"], "brackets are no part of the name"
    assert (wire["makers"], wire["sellers"]) == (0, 1)
    assert (seen["needs"], seen["without_maker"], seen["without_firm"]) == (4, 2, 1)


def test_what_the_city_bought_before_stands_beside_with_both_numbers(gwannae: CommandLine, folder: Path) -> None:
    day = f"{TODAY:%Y}-01-02" if TODAY.month > 1 else TODAY.isoformat()
    rows = csv_text(
        ("계약명", "계약일", "계약금액", "업체명", "구분", "품목", "소재지"),
        ("등 교체", day, "1,000,000", "솔숲조명", "물품", "LED가로등", "가람도 햇님시 솔숲구 솔길 1"),
        ("등 구매", day, "3,000,000", "먼데조명", "물품", "LED가로등", "부산광역시 어디구 먼길 1"),
    )
    (folder / "실적.csv").write_bytes(rows.encode())
    bought = gwannae("purchases", "import", folder / "실적.csv", "--organisation", "길가꿈과", "--yes")
    assert bought.code == 0, bought.err
    register(gwannae, folder / "내역서.csv")
    seen = gwannae("projects", "review", "1", "--json").json
    before = seen["items"][1]["bought"]
    assert before["count"] == {"local": 1, "confirmed": 2}
    assert before["amount"] == {"local": 1_000_000, "confirmed": 4_000_000}
    shown = gwannae("projects", "review", "1")
    assert "50.0% (1/2)" in shown.out
    assert "지금까지 2건, 1,000,000원~3,000,000원 · 관내 금액 25.0% (100/400만 원)" in shown.err
    assert "검토하실 자료입니다" in shown.err


def test_the_same_bill_again_is_kept_once_and_another_of_its_name_is_turned_away(
    gwannae: CommandLine, folder: Path
) -> None:
    assert register(gwannae, folder / "내역서.csv").code == 0
    again = register(gwannae, folder / "내역서.csv")
    assert again.code == 0
    assert "이미 등록한 내역서입니다(1번). 두 번 넣지 않았습니다" in again.err
    (folder / "다른.csv").write_bytes(BILL.replace("벤치", "파고라").encode())
    other = register(gwannae, folder / "다른.csv")
    assert other.code == 2
    assert "같은 이름의 사업이 이미 있습니다(1번)" in other.err
    assert len(gwannae("projects", "list", "--json").json) == 1


def test_a_look_without_storing_leaves_nothing(gwannae: CommandLine, folder: Path) -> None:
    seen = register(gwannae, folder / "내역서.csv", "--dry-run")
    assert "저장하지 않았습니다" in seen.err
    assert "아직 없습니다" in gwannae("projects", "list").err


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--kind", "도급"), "구분을 읽지 못했습니다: 도급"),
        (("--stage", "준공"), "단계를 읽지 못했습니다: 준공"),
        (("--month", "9월"), "발주하려는 달을 읽지 못했습니다: 9월"),
        (("--month", "2020-01"), "이미 지났습니다"),
        (("--budget", "많이"), "예산을 읽지 못했습니다: 많이"),
        (("--name", "…"), "사업명에 글자가 없습니다"),
        (("--organisation", "없는과"), "부서·기관을 찾지 못했습니다: 없는과"),
    ],
)
def test_what_was_typed_wrongly_is_told_in_one_sentence(
    gwannae: CommandLine, folder: Path, more: tuple[str, str], sentence: str
) -> None:
    done = register(gwannae, folder / "내역서.csv", *more)
    assert done.code == 2
    assert sentence in done.err
    assert gwannae("projects", "list", "--json").json == []


def test_files_that_are_no_bill_are_told_in_one_sentence_and_change_nothing(gwannae: CommandLine, folder: Path) -> None:
    long = folder / "긴.csv"
    long.write_bytes(("품명,수량,금액\r\n" + "벤치,1,10\r\n" * 5_001).encode())
    assert "줄 수 5,000까지" in register(gwannae, long).err
    refused = register(gwannae, folder / "업체.csv")
    assert "있어야 하는 열: 품명" in refused.err
    assert refused.code == 2
    bare = folder / "수식.xlsx"
    bare.write_bytes(uncalculated([("품명", "수량", "금액"), ("벤치", 1, "=SUM(B2)")]))
    told = register(gwannae, bare)
    assert "넣을 수 있는 품목이 없습니다" in told.err
    assert "계산된 값이 없는 수식" in told.err
    assert gwannae("projects", "list", "--json").json == []


def test_rows_that_were_left_out_are_listed_and_the_rest_is_kept(gwannae: CommandLine, folder: Path) -> None:
    (folder / "감액.csv").write_bytes((BILL + "감액분,,식,1,,-500\r\n").encode())
    done = register(gwannae, folder / "감액.csv")
    assert done.code == 1
    assert "받지 못한 줄 1개" in done.err
    assert "7행: 수량이나 금액이 0보다 작습니다(감액) — 감액분" in done.err
    assert gwannae("projects", "list", "--json").json[0]["items"] == 4


def test_a_project_that_is_not_there_is_said(gwannae: CommandLine, folder: Path) -> None:
    assert folder.is_dir()
    gone = gwannae("projects", "review", "9")
    assert (gone.code, gone.out) == (2, "")
    assert "9번 사업이 없습니다" in gone.err


def test_a_project_is_taken_out_and_may_come_again(gwannae: CommandLine, folder: Path) -> None:
    register(gwannae, folder / "내역서.csv")
    gone = gwannae("projects", "remove", "1")
    assert gone.code == 0
    assert "1번 사업을 지웠습니다: 한빛로 정비 · 품목 4줄" in gone.err
    assert gwannae("projects", "remove", "1").code == 2
    assert "등록했습니다" in register(gwannae, folder / "내역서.csv").err
