"""What somebody types for a setting of a new year, held against what the reader of the city's file expects there."""

from collections.abc import Mapping, Sequence
from datetime import date

from gwannae.programme.new_year import Line, ValueFault, ValuesRefused, with_typed
from gwannae.programme.new_year_file import table_with
from gwannae.programme.setting_values import UnreadableValueError, Value, kept, read_value
from gwannae.programme.year_settings import Setting
from gwannae.readers.city_file import faults_of_table


def typed_setting(
    line: Line, lines: Sequence[Line], year: int, typed: Mapping[str, str], today: date
) -> Setting | ValuesRefused:
    """The setting with what was typed, if the city's file would take it. `lines` are all of the year, for a table of
    the file may hold several of them.
    """
    values: dict[str, Value] = {}
    faults = []
    for part in line.setting.parts:
        if part.fixed:
            continue
        try:
            values[part.name] = read_value(part, typed.get(part.name, ""), today=today)
        except UnreadableValueError:
            faults.append(ValueFault(part.name))
    if faults:
        return ValuesRefused(tuple(faults))
    wanted = with_typed(line.setting, values)
    found = faults_of_table(line.setting.table.value, _document(wanted, lines, year))
    names = [part.name for part in wanted.parts if not part.fixed]
    places = {next((n for n in names if f"{one.place}.".startswith(f"{n}.")), "") for one in found}
    return ValuesRefused(tuple(ValueFault(place) for place in sorted(places))) if found else wanted


def _document(wanted: Setting, lines: Sequence[Line], year: int) -> dict[str, object]:
    """The table as TOML would be read, with the setting as it is wanted."""
    typed = Line(wanted)
    table = table_with(typed, [typed if one.setting.key == wanted.key else one for one in lines], year)
    document: dict[str, object] = {}
    pairs = (*table.heads, *((part.name, part.value) for part in table.parts))
    for name, value in pairs:
        if value is None:
            continue
        place, *below = name.split(".")
        entry: object = _for_the_reader(name, value)
        if below:
            inner = document.setdefault(place, {})
            assert isinstance(inner, dict)
            inner[below[0]] = entry
        else:
            document[place] = entry
    return document


def _for_the_reader(name: str, value: Value) -> object:
    """A value as the file's reader takes it: a day stays a day, a step of points is a table."""
    if name == "steps" and isinstance(value, tuple):
        return [{"to_rank": step[0], "points": step[1]} for step in value if isinstance(step, tuple)]
    return kept(value) if isinstance(value, tuple) else value
