"""What the city's file is to say where a person's word differs from it: the tables to put in, or to change there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gwannae.programme.new_year import Check, Line
from gwannae.programme.setting_values import Part, Value
from gwannae.programme.year_settings import UNDATED, Table


@dataclass(frozen=True, slots=True)
class FileTable:
    """One table for the city's file: `parts`, dotted below tables of their own, and the `heads` that say from when it
    counts. `names`: the settings in it. `follows`: the day from which the entry that it follows counts, None where it
    takes the place of one that is there. `ends`: that entry needs an end, or both would hold.
    """

    table: Table
    heads: tuple[tuple[str, Value], ...]
    parts: tuple[Part, ...]
    names: tuple[str, ...]
    follows: date | None = None
    ends: bool = False


def changed_tables(lines: Sequence[Line], year: int) -> tuple[FileTable, ...]:
    """Those that the file waits for, so that it says what people said."""
    done: set[Table] = set()
    found = []
    for line in lines:
        if line.check is not Check.WAITING or line.setting.table in done:
            continue
        if line.setting.table in _WHOLE:
            done.add(line.setting.table)
        found.append(table_with(line, lines, year))
    return tuple(found)


def table_with(line: Line, lines: Iterable[Line], year: int) -> FileTable:
    """The table that holds a setting as it is wanted, with whatever else stands in it."""
    setting = line.wanted
    together = [one for one in lines if one.setting.table is setting.table] if setting.table in _WHOLE else [line]
    parts = tuple(part for one in together for part in (setting if one is line else one.wanted).parts)
    names = tuple(one.setting.name for one in together if one is line or one.check is Check.WAITING)
    since = line.setting.since
    if setting.table in UNDATED or since is None:
        return FileTable(setting.table, (), parts, names)
    first = date(year, 1, 1)
    begins = max(since, first)
    follows = since if since < first else None
    ends = follows is not None and setting.table in (Table.LIMITS, Table.SCHEMES)
    return FileTable(setting.table, _heads(setting.table, begins), parts, names, follows, ends)


# Tables of which several settings are parts.
_WHOLE = (Table.YEAR_RULES, Table.CALENDAR)


def _heads(table: Table, begins: date) -> tuple[tuple[str, Value], ...]:
    if table is Table.BONUS_POINTS:
        return (("from_year", begins.year),)
    version = (("version", f"{begins.year}-{begins:%m%d}"),) if table is Table.LOCAL_RULES else ()
    return (*version, ("valid_from", begins))
