"""The made-up city with a formula: 햇님시 counts February to October, and scores its organisations in two groups."""

from gwannae.programme.city import City
from gwannae.readers.city_file import parse_city
from tests.front_door import CITY_FILE

FORMULA = """
[[score]]
from_year = 2027
total = 100
parts = [
    { part = "effective_amount", points = 40 },
    { part = "effective_count", points = 20 },
    { part = "improvement", points = 20, full_at = "10.0" },
    { part = "goods_and_services", points = 10, full_at = "80.0" },
    { part = "punctual", points = 5 },
    { part = "indirect", points = 5, full_at_won = 10_000_000 },
    { part = "additions", points = 3 },
]
floor = { contracts = 2, amount = 1_000_000 }
groups = [
    { name = "부서·의회", kinds = ["division", "council"] },
    { name = "기관·공사", kinds = ["institution", "corporation"] },
]
tie_breaks = ["effective_amount_ratio", "local_amount"]
source = "햇님시 2027년 추진계획 7쪽(지어낸 것)"
"""


def scored_city(formula: str = FORMULA, **changes: str) -> City:
    """The city with the formula in its file; `changes` are texts of the file and what stands there instead."""
    text = CITY_FILE.read_text() + formula
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return parse_city(text.encode(), "haetnim.toml")
