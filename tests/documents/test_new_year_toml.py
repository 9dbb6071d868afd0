"""What the city's file waits for: put in as the text says, the file is taken and says what people said."""

import json
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from gwannae.documents.new_year_toml import new_year_toml, toml_value
from gwannae.programme.carried_over import settings_of
from gwannae.programme.city import City
from gwannae.programme.new_year import Check, Line, Said, told, with_typed
from gwannae.programme.new_year_file import changed_tables
from gwannae.programme.setting_values import Part, Shape, Value
from gwannae.programme.year_settings import UNDATED, Setting, Table
from gwannae.readers.city_file import parse_city

CITY_FILE = Path(__file__).parent.parent / "cities" / "haetnim.toml"
SHIPPED = resources.files("gwannae") / "cities" / "seongnam.toml"
YEAR = 2028
Json = dict[str, Any]

FILES = {"made up": CITY_FILE.read_bytes(), "shipped": SHIPPED.read_bytes()}
# Another value that the file would take, by the part's name; what is not here stays as it is.
OTHERS: Mapping[str, Value] = {
    "guidance_working_day": 4, "reminders.days_before": 1, "confirmation.days_before": 1, "council.days_before": 2,
    "closing.day": "11-25", "december.announcement": "12-28", "bonus_points": "01-25", "hand_over.working_day": 3,
    "digest": "fri", "send.eve_until": "11:00", "source": "2028년 추진계획 \"확정\"", "closes_after_days": 15,
    "due_day": 12, "residency_months": 3, "at_least": 700_000, "award_last_month": 9, "order": ("local_amount",),
    "objection_days": 9, "steps": ((1, "2.0"), (4, "0.5")), "rate": 600, "amount": 22_000_000, "share_from": 4,
}  # fmt: skip


def said(setting: Setting) -> Said | None:
    """A person's word with other values; None where nothing is to be changed."""
    changed = {part.name: OTHERS.get(part.name, part.value) for part in setting.parts}
    values = told(with_typed(setting, changed))
    if values == told(setting):
        return None
    return Said(setting.key, json.loads(json.dumps(values)), datetime(2028, 1, 21, tzinfo=UTC), "T1", "U1")


def put_in(document: Json, text: str) -> Json:
    """As the comments of the text say: added, put in the place of one, or changed line by line."""
    for name, given in tomllib.loads(text).items():
        if isinstance(given, dict):
            assert Table(name) in UNDATED
            document[name] |= given
            continue
        for entry in given:
            begins = entry.get("valid_from", entry.get("from_year"))
            alike = [one for one in document[name] if same(name, one, entry)]
            replaced = [one for one in alike if one.get("valid_from", one.get("from_year")) == begins]
            document[name] = [one for one in document[name] if one not in replaced]
            if name in ("limits", "schemes") and not replaced:
                (before,) = [one for one in alike if one.get("until") is None]
                assert f"until = {begins - timedelta(days=1)}" in text
                before["until"] = begins - timedelta(days=1)
            document[name].append(entry)
    return document


def same(name: str, one: Json, entry: Json) -> bool:
    keys = {"limits": ("kind", "applies_to", "certificates"), "schemes": ("code", "applies_to")}.get(name, ())
    return all(one.get(key) == entry.get(key) for key in keys)


def as_toml(document: Json) -> str:
    """The whole document, good enough for the reader."""

    def value(given: Any) -> str:
        if isinstance(given, dict):
            return "{" + ", ".join(f"{key} = {value(one)}" for key, one in given.items()) + "}"
        if isinstance(given, list):
            return "[" + ", ".join(map(value, given)) + "]"
        return toml_value("", given)

    return "\n".join(f"{key} = {value(given)}" for key, given in document.items())


def city_with(content: bytes, lines: list[Line]) -> City:
    text = new_year_toml(changed_tables(lines, YEAR), YEAR)
    return parse_city(as_toml(put_in(tomllib.loads(content.decode()), text)).encode(), "made.toml")


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_takes_all_tables_says_in_that_year_what_people_said_and_before_it_what_it_said(
    content: bytes,
) -> None:
    before = parse_city(content, "before.toml")
    lines = [Line(setting, said(setting)) for setting in settings_of(before, YEAR)]
    assert sum(line.check is Check.WAITING for line in lines) > 15
    after = city_with(content, lines)
    now = {setting.key: setting for setting in settings_of(after, YEAR)}
    assert all(Line(now[line.setting.key], line.said).check is not Check.WAITING for line in lines)
    dated = [one for one in settings_of(before, YEAR - 1) if one.table not in UNDATED]
    later = {setting.key: setting for setting in settings_of(after, YEAR - 1)}
    assert [later[one.key].parts for one in dated] == [one.parts for one in dated]


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_each_setting_alone_is_taken_too(content: bytes) -> None:
    before = parse_city(content, "before.toml")
    settings = settings_of(before, YEAR)
    for changed in settings:
        word = said(changed)
        if word is None:
            continue
        lines = [Line(one, word if one is changed else None) for one in settings]
        after = {one.key: one for one in settings_of(city_with(content, lines), YEAR)}
        assert Line(after[changed.key], word).check is Check.CONFIRMED, changed.key
        others = [one for one in settings if one.key != changed.key]
        assert [after[one.key].parts for one in others] == [one.parts for one in others], changed.key


def test_the_words_of_a_reason_go_with_it() -> None:
    city = parse_city(FILES["made up"], "made.toml")
    lines = [Line(setting, said(setting)) for setting in settings_of(city, YEAR)]
    after = city_with(FILES["made up"], [line for line in lines if line.setting.key == "outside_reasons"])
    assert after.outside_rules[-1].valid_from == date(2028, 1, 1)
    assert after.outside_rules[-1].words == city.outside_rules[-1].words


def test_where_nothing_differs_there_is_nothing_to_put_in() -> None:
    city = parse_city(FILES["made up"], "made.toml")
    agreed = [Line(one, Said(one.key, told(one), datetime(2028, 1, 21, tzinfo=UTC), "T1", "U1"))
              for one in settings_of(city, YEAR)]  # fmt: skip
    assert changed_tables(agreed, YEAR) == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (12, "12"), ('따옴표 " 와 \\ 와 \n 줄', '"따옴표 \\" 와 \\\\ 와 \\n 줄"'), ((), "[]")],
)
def test_a_value_is_written_as_toml_reads_it(value: Value, text: str) -> None:
    assert toml_value("x", value) == text
    assert tomllib.loads(f"x = {text}")["x"] == (list(value) if isinstance(value, tuple) else value)


def test_a_step_of_points_is_a_table() -> None:
    steps = Part("steps", Shape.STEPS, ((1, "1.5"),))
    assert tomllib.loads(f"steps = {toml_value('steps', steps.value)}") == {"steps": [{"to_rank": 1, "points": "1.5"}]}
