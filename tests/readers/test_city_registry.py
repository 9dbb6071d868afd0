"""The city file's table about the registry: optional, and checked like all others."""

from pathlib import Path

import pytest

from gwannae.readers.city_file import CityFileError, parse_city

FILE = (Path(__file__).parent.parent / "cities" / "haetnim.toml").read_text(encoding="utf-8")
TABLE = "[registry]\nstale_after_days = 30\n"


def with_table(table: str) -> bytes:
    assert TABLE in FILE
    return FILE.replace(TABLE, table).encode()


@pytest.mark.parametrize(
    ("table", "days"), [(TABLE, 30), ("", 90), ("[registry]\n", 90), ("[registry]\nstale_after_days = 1\n", 1)]
)
def test_a_file_says_when_a_firm_is_stale_and_an_old_file_says_nothing(table: str, days: int) -> None:
    assert parse_city(with_table(table), "city.toml").registry.stale_after_days == days


RULE = 'version = "2027-1"\n'


@pytest.mark.parametrize(
    ("line", "closed", "suspended"),
    [
        ("", "unconfirmed", "unconfirmed"),
        ('closed = "outside"\n', "outside", "unconfirmed"),
        ('closed = "unconfirmed"\nsuspended = "outside"\n', "unconfirmed", "outside"),
    ],
)
def test_a_rule_says_what_a_closed_or_suspended_firm_counts_as(line: str, closed: str, suspended: str) -> None:
    assert RULE in FILE
    rules = parse_city(FILE.replace(RULE, RULE + line).encode(), "city.toml").local_rules
    assert (rules[0].closed.value, rules[0].suspended.value) == ("unconfirmed", "unconfirmed")
    assert (rules[1].closed.value, rules[1].suspended.value) == (closed, suspended)


@pytest.mark.parametrize("line", ['closed = "local"', "closed = true", 'suspended = "관외"'])
def test_a_closed_firm_is_never_local(line: str) -> None:
    with pytest.raises(CityFileError) as caught:
        parse_city(FILE.replace(RULE, f"{RULE}{line}\n").encode(), "city.toml")
    assert [fault.place for fault in caught.value.faults] == [f"local_rules.2.{line.split()[0]}"]


@pytest.mark.parametrize("value", ["0", "-1", "3651", "'90'", "90.5", "true"])
def test_a_number_of_days_that_is_none_is_refused_with_its_place(value: str) -> None:
    with pytest.raises(CityFileError) as caught:
        parse_city(with_table(f"[registry]\nstale_after_days = {value}\n"), "city.toml")
    assert [fault.place for fault in caught.value.faults] == ["registry.stale_after_days"]


@pytest.mark.parametrize(("table", "days"), [("", (60, 30)), ("certificate_warn_days = [90, 14, 7]\n", (90, 14, 7))])
def test_a_file_says_how_long_before_its_end_a_certificate_is_warned_of(table: str, days: tuple[int, ...]) -> None:
    assert parse_city(with_table(f"[registry]\n{table}"), "city.toml").registry.certificate_warn_days == days


@pytest.mark.parametrize("value", ["[]", "[0]", "[3651]", "60", "['60']", "[30.5]"])
def test_warnings_that_are_no_days_are_refused_with_their_place(value: str) -> None:
    with pytest.raises(CityFileError) as caught:
        parse_city(with_table(f"[registry]\ncertificate_warn_days = {value}\n"), "city.toml")
    assert caught.value.faults[0].place.startswith("registry.certificate_warn_days")
