"""`gwannae plan`: a year's plan kept in versions, and what is missing in it and in the settings that feed the year."""

from pathlib import Path

import pytest

from tests.bot.command_line import CITY_FILE, CommandLine
from tests.scored_city import FORMULA

PLAN = """
year = 2027
goals = ["관내 구매 비율을 올린다"]
targets = [{ by_count = "70", by_amount = "62.5" }, { kind = "goods", by_amount = "50" }]
awards = ["우수부서 2곳 시상"]
document = "상생경제과-12"
approved_on = 2027-01-15
people = ["상생경제과장", "계약팀장"]
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    path = tmp_path / "city.toml"
    rules = CITY_FILE.read_text(encoding="utf-8").replace(
        "valid_from = 2026-01-01\nguidance", "valid_from = 2027-01-01\nguidance"
    )
    path.write_text(rules + FORMULA, encoding="utf-8")
    return path


@pytest.fixture
def gwannae(tmp_path: Path, city: Path) -> CommandLine:
    return CommandLine(str(tmp_path / "gwannae.db"), str(city))


def a_plan(folder: Path, text: str = PLAN) -> Path:
    path = folder / "계획.toml"
    path.write_text(text, encoding="utf-8")
    return path


def gaps(gwannae: CommandLine, year: int = 2027) -> list[tuple[str, str | None]]:
    return [(gap["gap"], gap["setting"]) for gap in gwannae("plan", "--year", str(year), "--json").json["gaps"]]


def test_a_whole_plan_has_no_gap_and_is_shown_with_what_feeds_the_year(gwannae: CommandLine, tmp_path: Path) -> None:
    kept = gwannae("plan", "--record", a_plan(tmp_path))
    assert kept.code == 0, kept.out
    assert "빠진 것이 없습니다." in kept.err
    for line in (
        "결재: 2027-01-15 상생경제과-12",
        "사람: 상생경제과장, 계약팀장",
        "목표 비율: 전체 실질 건수 70.0%, 금액 62.5%",
        "목표 비율: 물품 실질 금액 50.0%",
        "설정 점수 산식: 2027년부터 · 햇님시 2027년 추진계획 7쪽(지어낸 것)",
        "설정 관외 사유: 2027년부터 · 2027년 햇님시 추진계획 5쪽",
    ):
        assert line in kept.out.splitlines()


def test_before_a_plan_is_kept_it_is_missing(gwannae: CommandLine) -> None:
    shown = gwannae("plan", "--year", "2027")
    assert shown.code == 1
    assert "빠짐: 이 해의 추진 계획을 아직 남기지 않았습니다." in shown.out


@pytest.mark.parametrize(
    ("old", "new", "gap"),
    [
        ('goals = ["관내 구매 비율을 올린다"]\n', "", "no_goals"),
        ('{ by_count = "70", by_amount = "62.5" }, ', "", "no_target"),
        ('awards = ["우수부서 2곳 시상"]\n', "", "no_awards"),
        ("approved_on = 2027-01-15\n", "", "not_approved"),
        ('document = "상생경제과-12"\n', "", "not_approved"),
        ("approved_on = 2027-01-15", "approved_on = 2028-01-15", "approved_after_year"),
        ('people = ["상생경제과장", "계약팀장"]\n', "", "no_people"),
    ],
)
def test_what_a_plan_lacks_is_named(gwannae: CommandLine, tmp_path: Path, old: str, new: str, gap: str) -> None:
    assert old in PLAN
    kept = gwannae("plan", "--record", a_plan(tmp_path, PLAN.replace(old, new)))
    assert kept.code == 1
    assert gaps(gwannae) == [(gap, None)]


def test_a_later_version_stands_beside_the_first_and_the_same_twice_is_one(
    gwannae: CommandLine, tmp_path: Path
) -> None:
    for text in (PLAN, PLAN, PLAN.replace("62.5", "65")):
        gwannae("plan", "--record", a_plan(tmp_path, text))
    versions = gwannae("plan", "--year", "2027", "--json").json["versions"]
    assert [(one["number"], one["targets"][0]["by_amount"]) for one in versions] == [(2, 650), (1, 625)]


def test_a_setting_that_was_changed_after_the_plan_was_kept_is_seen(
    gwannae: CommandLine, tmp_path: Path, city: Path
) -> None:
    gwannae("plan", "--record", a_plan(tmp_path))
    text = city.read_text(encoding="utf-8")
    changed = text.replace("points = 40 }", "points = 41 }").replace('count", points = 20', 'count", points = 19')
    assert changed != text
    city.write_text(changed, encoding="utf-8")
    assert gaps(gwannae) == [("changed_setting", "score")]
    gwannae("plan", "--record", a_plan(tmp_path))
    assert gaps(gwannae) == []


def test_settings_of_the_year_before_are_to_be_looked_at(gwannae: CommandLine, tmp_path: Path) -> None:
    gwannae("plan", "--record", a_plan(tmp_path, PLAN.replace("year = 2027", "year = 2028")))
    assert gaps(gwannae, 2028) == [
        ("old_setting", "score"),
        ("old_setting", "bonus_points"),
        ("holidays_unconfirmed", None),
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('"62.5"', '"62.55"', "targets.1.by_amount"),
        ('kind = "goods"', 'kind = "stuff"', "targets.2.kind"),
        ("goals", "gaols", "gaols"),
        ("year = 2027", 'year = "2027"', "year"),
        ('kind = "goods", ', "", "목표의 kind끼리 서로 달라야"),
        ("year = 2027", "year = ", "TOML"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(
    gwannae: CommandLine, tmp_path: Path, old: str, new: str, place: str
) -> None:
    refused = gwannae("plan", "--record", a_plan(tmp_path, PLAN.replace(old, new)))
    assert refused.code == 2
    assert place in refused.err
    assert "남기지 않았습니다" in refused.err
    assert gwannae("plan", "--year", "2027", "--json").json["versions"] == []


def test_another_year_than_the_files_and_no_file_are_refused(gwannae: CommandLine, tmp_path: Path) -> None:
    assert gwannae("plan", "--year", "2028", "--record", a_plan(tmp_path)).code == 2
    assert "파일을 열지 못했습니다" in gwannae("plan", "--record", tmp_path / "없음.toml").err
