"""[[score]]: read into a formula, and refused with the place and a sentence where it does not add up."""

import pytest

from gwannae.programme.organisations import OrganisationKind
from gwannae.programme.score_rules import Floor, Part, PartRule, TieBreak, formula_for, group_of
from gwannae.readers.city_file import CityFileError
from tests.scored_city import FORMULA, scored_city


def test_a_formula_is_read_as_it_is_written() -> None:
    (formula,) = scored_city().score_formulas
    assert formula.parts[:3] == (
        PartRule(Part.EFFECTIVE_AMOUNT, 40, 1000),
        PartRule(Part.EFFECTIVE_COUNT, 20, 1000),
        PartRule(Part.IMPROVEMENT, 20, 100),
    )
    assert formula.rule_of(Part.GOODS_AND_SERVICES) == PartRule(Part.GOODS_AND_SERVICES, 10, 800)
    assert formula.rule_of(Part.INDIRECT) == PartRule(Part.INDIRECT, 5, 10_000_000)
    assert formula.floor == Floor(2, 1_000_000)
    assert formula.tie_breaks == (TieBreak.EFFECTIVE_AMOUNT_RATIO, TieBreak.LOCAL_AMOUNT)
    assert [group.name for group in formula.groups] == ["부서·의회", "기관·공사"]


def test_the_formula_of_the_year_is_the_latest_that_has_begun() -> None:
    later = FORMULA.replace("from_year = 2027", "from_year = 2029").replace("points = 3 }", "points = 9 }")
    formulas = scored_city(FORMULA + later).score_formulas
    found = [formula_for(formulas, year) for year in (2026, 2027, 2028, 2029, 2040)]
    assert [one and one.from_year for one in found] == [None, 2027, 2027, 2029, 2029]


@pytest.mark.parametrize(
    ("old", "new", "place", "expected"),
    [
        ("total = 100", "total = 90", "score.1", "add up to total = 90, and they make 100"),
        ('"effective_count", points = 20', '"effective_count", points = 25', "score.1", "they make 105"),
        ('part = "punctual"', 'part = "design"', "score.1.parts.5.part", ""),
        ('part = "punctual"', 'part = "effective_amount"', "score.1", "parts that differ"),
        ('points = 20, full_at = "10.0"', "points = 20", "score.1.parts.3", "full_at for improvement"),
        ('full_at = "80.0"', 'full_at = "0.0"', "score.1.parts.4.full_at", ""),
        ('full_at = "80.0"', "full_at_won = 5", "score.1.parts.4", "full_at_won for indirect alone"),
        ("full_at_won = 10_000_000", 'full_at = "50"', "score.1.parts.6", "full_at_won for indirect alone"),
        ('"additions", points = 3', '"additions", points = 3, full_at = "9"', "score.1.parts.7", "no full_at"),
        ("points = 40", "points = 40.5", "score.1.parts.1.points", ""),
        ('["division", "council"]', '["division"]', "score.1", "each of division, council, institution, corporation"),
        ('name = "기관·공사"', 'name = "부서·의회"', "score.1", "names of groups that differ"),
        ('"effective_amount_ratio", "local_amount"', '"draw"', "score.1.tie_breaks", ""),
        ('"effective_amount_ratio", "local_amount"', '"local_amount", "local_amount"', "score.1", "tie_breaks that"),
        ("contracts = 2", "contract = 2", "score.1.floor", ""),
    ],
)
def test_a_formula_that_cannot_be_followed_is_refused_with_its_place(
    old: str, new: str, place: str, expected: str
) -> None:
    with pytest.raises(CityFileError) as refused:
        scored_city(**{old: new})
    assert "haetnim.toml" in str(refused.value)
    (fault,) = refused.value.faults
    assert fault.place.startswith(place), fault
    assert expected in fault.expected


GROUPS_BY_VOLUME = """groups = [
    { name = "적은 곳", below = 100_000_000 },
    { name = "중간", below = 1_000_000_000 },
    { name = "큰 곳" },
]
tie"""


def by_volume(text: str = GROUPS_BY_VOLUME) -> str:
    start, end = FORMULA.index("groups = "), FORMULA.index("tie_breaks")
    return FORMULA[:start] + text + FORMULA[end + 3 :]


@pytest.mark.parametrize(
    ("won", "group"),
    [(0, "적은 곳"), (99_999_999, "적은 곳"), (100_000_000, "중간"), (999_999_999, "중간"), (10**9, "큰 곳")],
)
def test_groups_by_volume_end_below_their_bound(won: int, group: str) -> None:
    (formula,) = scored_city(by_volume()).score_formulas
    assert group_of(formula.groups, OrganisationKind.DIVISION, won) == group


@pytest.mark.parametrize(
    ("old", "new"),
    [("below = 1_000_000_000", "below = 100_000_000"), ('{ name = "큰 곳" },', ""), (", below = 100_000_000", "")],
)
def test_groups_by_volume_that_leave_somebody_out_are_refused(old: str, new: str) -> None:
    with pytest.raises(CityFileError, match="rising below"):
        scored_city(by_volume(GROUPS_BY_VOLUME.replace(old, new)))


def test_points_for_a_score_need_a_formula() -> None:
    table = 'steps = [{ to_rank = 1, points = "1.5" }, { to_rank = 2, points = "0.75" }]'
    by_score = 'steps = [{ from_score = "90", points = "1.5" }, { from_score = "80.5", points = "0.75" }]'
    (bonus,) = scored_city(**{table: by_score}).bonus_tables
    assert [bonus.points(1, score) for score in (9_000, 8_999, 8_050, 8_049)] == [150, 75, 75, 0]
    assert bonus.points(None, 9_900) == 0
    with pytest.raises(CityFileError, match="from the first year on"):
        scored_city("", **{table: by_score})
    with pytest.raises(CityFileError, match="falling from_score"):
        scored_city(**{table: by_score.replace("80.5", "95")})
    with pytest.raises(CityFileError, match="all have to_rank"):
        scored_city(**{table: by_score.replace('from_score = "80.5"', "to_rank = 2")})
