"""새해 열기: the office goes through what the new year takes over, says a word for each setting, and opens the year."""

from collections.abc import Mapping
from datetime import datetime

from gwannae.actions.new_year_values import typed_setting
from gwannae.actions.permission import allowed, asked
from gwannae.actions.toolkit import Toolkit
from gwannae.documents.new_year_toml import new_year_toml
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.carried_over import settings_of
from gwannae.programme.city import City
from gwannae.programme.new_year import (
    OF_THE_YEAR,
    Check,
    Line,
    NewYear,
    NewYearFault,
    NewYearRefused,
    Opening,
    OpeningTakenBack,
    SettingsSaid,
    ValuesRefused,
    YearNote,
    YearOpened,
    is_carried,
    may_work_on,
    print_of,
    told,
    unsettled,
)
from gwannae.programme.new_year_file import changed_tables
from gwannae.programme.organisations import Actor
from gwannae.programme.roles import Deed
from gwannae.programme.year_end import Release
from gwannae.programme.year_settings import Setting, SettingGroup
from gwannae.storage import audit, posting_state, results
from gwannae.storage import new_year as store
from gwannae.storage.database import Transaction

Outcome = SettingsSaid | NewYearRefused | NotAllowed


def new_year(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> NewYear | NewYearRefused | NotAllowed:
    """All that the year takes over, and how far it is."""
    if not asked(toolkit, actor, now, Deed.OPEN_YEAR, _subject(year)):
        return NotAllowed()
    if not may_work_on(year, now.date()):
        return NewYearRefused(NewYearFault.NOT_ITS_TIME, year)
    with toolkit.database.read() as tx:
        return _state(tx, toolkit.city, year)


def confirm(toolkit: Toolkit, actor: Actor, year: int, mark: str, seen: str, now: datetime) -> Outcome:
    """This value holds in the year as it stands: the word for it. `seen`: the fingerprint of what the person saw."""
    with toolkit.database.write() as tx:
        line = _line(tx, toolkit.city, actor, year, mark, seen, now)
        if not isinstance(line, Line):
            return line
        fresh = line.check is not Check.CONFIRMED
        if fresh:
            _say(tx, actor, year, line.setting, now)
        return SettingsSaid(year, 1, Check.CONFIRMED, line.setting.name, fresh)


def confirm_group(toolkit: Toolkit, actor: Actor, year: int, group: SettingGroup, now: datetime) -> Outcome:
    """The same for all of a group of which nobody has said a word and that ask for no look of their own."""
    with toolkit.database.write() as tx:
        if refused := _refused(tx, actor, year, now):
            return refused
        lines = [line for line in _lines(tx, toolkit.city, year) if line.setting.group is group]
        plain = [line for line in lines if line.check is Check.OPEN and not line.setting.asks_for_a_look(year)]
        for line in plain:
            _say(tx, actor, year, line.setting, now)
        return SettingsSaid(year, len(plain), Check.CONFIRMED, group.label, bool(plain))


def change(
    toolkit: Toolkit, actor: Actor, year: int, mark: str, seen: str, typed: Mapping[str, str], now: datetime
) -> Outcome | ValuesRefused:
    """Another value is to hold in the year: it waits until the city's file says so. `typed` by the parts' names."""
    with toolkit.database.write() as tx:
        line = _line(tx, toolkit.city, actor, year, mark, seen, now)
        if not isinstance(line, Line):
            return line
        wanted = typed_setting(line, _lines(tx, toolkit.city, year), year, typed, now.date())
        if isinstance(wanted, ValuesRefused):
            return wanted
        fresh = line.said is None or dict(line.said.values) != told(wanted)
        after = _say(tx, actor, year, line.setting, now, told(wanted))
        return SettingsSaid(year, 1, after.check, line.setting.name, fresh)


def forget(toolkit: Toolkit, actor: Actor, year: int, mark: str, now: datetime) -> Outcome:
    """Take a word back: nobody has said anything of the setting."""
    with toolkit.database.write() as tx:
        line = _line(tx, toolkit.city, actor, year, mark, None, now)
        if not isinstance(line, Line):
            return line
        fresh = store.forget(tx, year, line.setting.key)
        if fresh:
            detail: dict[str, object] = {"setting": line.setting.key}
            _write(tx, actor, now, AuditEvent.YEAR_SETTING_FORGOTTEN, year, detail)
        return SettingsSaid(year, 1, Check.OPEN, line.setting.name, fresh)


def open_year(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> YearOpened | NewYearRefused | NotAllowed:
    """새해 열기. Not while the city's file says otherwise than a person did; what nobody has confirmed is said aloud in
    every post until somebody has.
    """
    with toolkit.database.write() as tx:
        if refused := _refused(tx, actor, year, now):
            return refused
        if store.opening(tx, year) is not None:
            return NewYearRefused(NewYearFault.ALREADY_OPEN, year)
        lines = _lines(tx, toolkit.city, year)
        waiting = sum(line.check is Check.WAITING for line in lines)
        if waiting:
            return NewYearRefused(NewYearFault.WAITING, year, waiting)
        if not store.open_year(tx, year, by=actor, at=now):  # two presses at once
            return NewYearRefused(NewYearFault.ALREADY_OPEN, year)
        count = unsettled(lines)
        detail: dict[str, object] = {"settings": len(lines), "unsettled": count}
        _write(tx, actor, now, AuditEvent.YEAR_OPENED, year, detail)
        return YearOpened(Opening(year, now, actor.team_id, actor.user_id), count)


def take_back(
    toolkit: Toolkit, actor: Actor, year: int, now: datetime
) -> OpeningTakenBack | NewYearRefused | NotAllowed:
    """Undo the press, until something has gone out under it."""
    with toolkit.database.write() as tx:
        if not allowed(tx, actor, now, Deed.OPEN_YEAR, _subject(year)):
            return NotAllowed()
        opening = store.opening(tx, year)
        if opening is None:
            return NewYearRefused(NewYearFault.NOT_OPEN, year)
        if sent := store.sent_since(tx, year, OF_THE_YEAR, opening.at):
            return NewYearRefused(NewYearFault.SENT, year, sent)
        store.close_year(tx, year)
        _write(tx, actor, now, AuditEvent.YEAR_OPENING_TAKEN_BACK, year, {"opened_by": opening.user_id})
        return OpeningTakenBack(year)


def file_text(toolkit: Toolkit, actor: Actor, year: int, now: datetime) -> str | NewYearRefused | NotAllowed:
    """What the city's file waits for, in TOML; empty where it says what people said."""
    found = new_year(toolkit, actor, year, now)
    if not isinstance(found, NewYear):
        return found
    tables = changed_tables(found.lines, year)
    return new_year_toml(tables, year) if tables else ""


def note_in(tx: Transaction, city: City, year: int) -> YearNote | None:
    """What a post of this year says of its settings; None where they are settled, or the year is the first one."""
    started = posting_state.state(tx).started_at
    if not is_carried(year, started.astimezone(city.zone) if started else None):
        return None
    opened, open_settings = store.opening(tx, year) is not None, unsettled(_lines(tx, city, year))
    return None if opened and not open_settings else YearNote(year, opened, open_settings)


def year_note(toolkit: Toolkit, year: int) -> YearNote | None:
    """The same in a transaction of its own."""
    with toolkit.database.read() as tx:
        return note_in(tx, toolkit.city, year)


def _state(tx: Transaction, city: City, year: int) -> NewYear:
    opening = store.opening(tx, year)
    started = posting_state.state(tx).started_at
    return NewYear(
        year,
        _lines(tx, city, year),
        opening,
        store.sent_since(tx, year, OF_THE_YEAR, opening.at) if opening else 0,
        any(one.what is Release.BONUS_POINTS for one in results.releases(tx, year - 1)),
        is_carried(year, started.astimezone(city.zone) if started else None),
    )


def _lines(tx: Transaction, city: City, year: int) -> tuple[Line, ...]:
    said = store.said_of(tx, year)
    return tuple(Line(setting, said.get(setting.key)) for setting in settings_of(city, year))


def _refused(tx: Transaction, actor: Actor, year: int, now: datetime) -> NewYearRefused | NotAllowed | None:
    if not allowed(tx, actor, now, Deed.OPEN_YEAR, _subject(year)):
        return NotAllowed()
    return None if may_work_on(year, now.date()) else NewYearRefused(NewYearFault.NOT_ITS_TIME, year)


def _line(
    tx: Transaction, city: City, actor: Actor, year: int, mark: str, seen: str | None, now: datetime
) -> Line | NewYearRefused | NotAllowed:
    """The setting that a press means, if the file still says what the person saw."""
    if refused := _refused(tx, actor, year, now):
        return refused
    line = NewYear(year, _lines(tx, city, year)).line(mark)
    if line is None or (seen is not None and print_of(line.setting) != seen):
        return NewYearRefused(NewYearFault.GONE, year)
    return line


def _say(
    tx: Transaction, actor: Actor, year: int, setting: Setting, now: datetime, values: dict[str, object] | None = None
) -> Line:
    values = told(setting) if values is None else values
    store.say(tx, year, setting.key, values, by=actor, at=now)
    _write(tx, actor, now, AuditEvent.YEAR_SETTING_SAID, year, {"setting": setting.key, "values": values})
    return Line(setting, store.said_of(tx, year)[setting.key])


def _subject(year: int) -> str:
    return f"year:{year}"


def _write(
    tx: Transaction, actor: Actor, now: datetime, event: AuditEvent, year: int, detail: dict[str, object]
) -> None:
    audit.write(tx, AuditEntry(now, actor.team_id, actor.user_id, event, _subject(year), detail))
