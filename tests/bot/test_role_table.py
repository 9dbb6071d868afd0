"""The whole table of roles and deeds, walked through every door of Slack: each role, held and lost, upon its own
organisation and upon a foreign one.

Every payload is made by hand, with the ids of rows that the person was perhaps never shown: a button of long ago, a
form that stayed open while the role ended, ids swapped in values and private_metadata. What the table allows has an
effect; what it refuses changes no row, shows nothing, and is written down once.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest

from gwannae.actions.confirmations import overview
from gwannae.actions.new_year import forget as forget_setting
from gwannae.actions.new_year import take_back
from gwannae.actions.year_end import freeze, release
from gwannae.messages import ids
from gwannae.messages.confirmations import button_value
from gwannae.messages.new_year import line_value
from gwannae.programme.audit import AuditEvent
from gwannae.programme.carried_over import settings_of
from gwannae.programme.contracts import Contract
from gwannae.programme.cross_check_cards import CardDraft, CheckRun, PublishedSource
from gwannae.programme.ledger import PostKind
from gwannae.programme.new_year import Line, mark_of
from gwannae.programme.organisations import COMMAND_LINE, Role
from gwannae.programme.projects import Item, ProjectForm
from gwannae.programme.projects import Stage as ProjectStage
from gwannae.programme.purchases import Purchase, PurchaseKind
from gwannae.programme.results import Stage
from gwannae.programme.roles import Deed
from gwannae.programme.verdict import Verdict
from gwannae.programme.working_days import OfficeDay
from gwannae.programme.year_end import Frozen, Release
from gwannae.sandbox.values import Channel, Person
from gwannae.storage import affiliations, audit, cross_checks, guidance, office_days, organisations, projects, purchases
from gwannae.storage import purchase_imports as imports
from gwannae.storage.tables.whole import metadata
from tests.bot import knocks
from tests.bot.reports import a_report
from tests.builders import a_draft, a_judgement
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import ROADS, TEAM, FrontDoor, open_front_door, text_of
from tests.programme.test_roles import TABLE

OWN, FOREIGN = "roads", "arts"
CHANNELS = {OWN: ROADS, FOREIGN: "C0ARTS"}
SECRET = "비밀 계약"
PLANNED = "설계"
Json = dict[str, Any]


@dataclass
class Walk:
    """One person, who holds a role for the road division or has lost it, and all that may lie in their way."""

    door: FrontDoor
    user: str
    numbers: "count[int]" = field(default_factory=count)

    def key(self) -> str:
        return f"WALK{next(self.numbers)}"

    def id(self, code: str) -> int:
        return self.door.organisation(code).id

    def report(self, code: str, day: str = "2027-06-14", verdict: Verdict = Verdict.UNCONFIRMED) -> Purchase:
        """A report of somebody else's, fresh for each try."""
        draft = a_draft(
            form_key=self.key(),
            organisation_id=self.id(code),
            title=f"{SECRET} {code}",
            contract_date=date.fromisoformat(day),
        )
        with self.door.toolkit.database.write() as tx:
            return purchases.add(
                tx, draft, a_judgement(verdict=verdict), actor=COMMAND_LINE, self_declared=False, at=self.door.clock()
            )

    def project(self, code: str) -> int:
        """A project of that organisation, fresh for each try."""
        key, month = self.key(), date(2027, 9, 1)
        name = f"{SECRET} {PLANNED} {key}"
        form = ProjectForm(name, self.id(code), PurchaseKind.WORKS, ProjectStage.PLANNING, month)
        with self.door.toolkit.database.write() as tx:
            now = self.door.clock()
            made = projects.add(tx, form, (Item("벤치", "", "", "", 1, "", 1),), key, by=COMMAND_LINE, at=now)
        assert made is not None
        return made

    def cancelled(self, code: str) -> Purchase:
        stored = self.report(code)
        with self.door.toolkit.database.write() as tx:
            return purchases.cancel(tx, stored.id, 1, actor=COMMAND_LINE, at=self.door.clock())

    def card(self, code: str) -> int:
        """A card of what a published list has and nobody reported: its number, which is its list's too."""
        contract = Contract(2, f"{SECRET} {code}", 900_000, organisation=code, organisation_text=code)
        with self.door.toolkit.database.write() as tx:
            now = self.door.clock()
            batch, _ = imports.receive(tx, self.key(), "목록.csv", COMMAND_LINE, None, now)
            run = CheckRun(batch.id, PublishedSource.FILE, 2027)
            cross_checks.begin(tx, run)
            cross_checks.finish(tx, run, [CardDraft(organisations.by_code(tx, code), (contract,))])
            (card,) = cross_checks.cards_of(tx, batch.id)
        assert card.id == batch.id
        return card.id

    def somebody(self, code: str, *, self_declared: bool) -> int:
        """The affiliation of a person of that organisation, new for each try."""
        with self.door.toolkit.database.write() as tx:
            given = affiliations.add_affiliation(
                tx, TEAM, f"U0{self.key()}", self.id(code), Role.STAFF,
                self_declared=self_declared, since=self.door.toolkit.today, by=COMMAND_LINE,
            )  # fmt: skip
        return given.id

    def pressed(self, action: str, value: object = "") -> Json:
        return knocks.pressed(self.door, self.user, action, str(value))

    def submitted(self, callback_id: str, values: Mapping[str, Any], memo: object = "") -> Json:
        text = memo if isinstance(memo, str) else json.dumps(memo)
        return knocks.submitted(self.door, self.user, callback_id, values, text)

    def typed(self, word: str) -> Json:
        return dict(knocks.command(self.door, self.user, "/gwannae", word, ROADS))

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """All rows but those that say what was tried."""
        kept = [name for name in metadata.tables if name != "audit_entries"]
        found: dict[str, list[tuple[object, ...]]] = {name: [] for name in kept}
        with self.door.toolkit.database.read() as tx:
            if tx.dialect.name == "postgresql":  # in one question: there are some thousand of these
                each = " UNION ALL ".join(f"SELECT '{name}', t::text FROM {name} t" for name in kept)  # noqa: S608
                for name, row in tx.exec_driver_sql(each):
                    found[name].append((row,))
            else:
                for name in kept:
                    found[name] = [tuple(row) for row in tx.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608
        return {name: sorted(rows, key=repr) for name, rows in found.items()}

    def refusals(self) -> list[str]:
        with self.door.toolkit.database.read() as tx:
            entries = audit.entries(tx, limit=5000)
        return [str(e.detail["deed"]) for e in entries if e.event is AuditEvent.REFUSED and e.user_id == self.user]

    async def shown(self, payload: Json) -> str:
        """Send it; all that the person is shown after."""
        self.door.workspace.views.clear(self.user)
        before = len(self.door.direct_messages(self.user))
        reply = await knocks.send(self.door, payload)
        await self.door.driver.settle()
        assert await self.door.desk.later.drain(5) == 0
        assert reply.status == 200
        views = self.door.workspace.views.stack(self.user)
        opened = [json.dumps(view.body, ensure_ascii=False) for view in views]
        told = [text_of(message) for message in self.door.direct_messages(self.user)[before:]]
        return "\n".join([json.dumps(reply.json(), ensure_ascii=False) if reply.body else "", *opened, *told])


@dataclass(frozen=True)
class Try:
    """One way to do a deed: the payload for an organisation's code, and what is seen once done (if empty: a row)."""

    deed: Deed
    make: Callable[[Walk, str], Json]
    sees: str = ""


def value(purchase: Purchase) -> str:
    return f"{purchase.id}:{purchase.version}"


def change(walk: Walk, code: str, into: str | None = None) -> Json:
    changing, title = (walk.report(code).id, 1), {ids.REPORT_TITLE: "새 이름"}
    return a_report(walk.door, walk.user, key=walk.key(), organisation=into or code, changing=changing, **title)


def confirm(walk: Walk, code: str) -> Json:
    walk.report(code, "2027-05-10", Verdict.LOCAL)
    found = overview(walk.door.toolkit, 2027, walk.door.clock())
    state = next(s for o in found for s in o.states if (o.period.key, s.organisation.code) == ("2027-05", code))
    return walk.pressed(ids.CONFIRM_PERIOD, button_value(state))


def look_at_rows(walk: Walk, code: str) -> Json:
    walk.report(code, "2027-04-05", Verdict.LOCAL)
    return walk.pressed(ids.CONFIRM_ROWS, f"{walk.id(code)}:2027-04:x")


def reopen_one(walk: Walk, code: str) -> Json:
    values = {ids.REOPEN_DAYS: knocks.chosen(3), ids.REOPEN_REASON: "정정"}
    return walk.submitted(ids.REOPEN_VIEW, values, {"k": walk.key(), "p": walk.report(code).id})


def reopen_all(walk: Walk, code: str) -> Json:
    values = {
        ids.REOPEN_DAYS: knocks.chosen(3),
        ids.REOPEN_REASON: "정정",
        ids.REOPEN_ORGANISATION: knocks.chosen(walk.id(code)),
        ids.REOPEN_PERIOD: knocks.chosen("2027-04"),
    }
    return walk.submitted(ids.REOPEN_VIEW, values, {"k": walk.key(), "p": None})


def rejudge(walk: Walk, code: str) -> Json:
    values = {ids.REJUDGE_VERDICT: knocks.chosen("local"), ids.REJUDGE_REASON: "확인"}
    return walk.submitted(ids.REJUDGE_VIEW, values, {"k": walk.key(), "p": walk.report(code).id, "v": 1})


def name_person(role: Role) -> Callable[[Walk, str], Json]:
    def make(walk: Walk, code: str) -> Json:
        person = {"selected_user": f"U0{walk.key()}"}
        values = {
            ids.LEAD_ORGANISATION: knocks.chosen(walk.id(code)),
            ids.LEAD_PERSON: person,
            ids.LEAD_ROLE: knocks.chosen(role.value),
        }
        return walk.submitted(ids.LEAD_VIEW, values)

    return make


def name_stand_in(walk: Walk, code: str) -> Json:
    values = {
        ids.STAND_IN_ORGANISATION: knocks.chosen(walk.id(code)),
        ids.STAND_IN_PERSON: {"selected_user": f"U0{walk.key()}"},
        ids.STAND_IN_FIRST: {"selected_date": "2027-06-18"},
        ids.STAND_IN_LAST: {"selected_date": "2027-06-20"},
    }
    return walk.submitted(ids.STAND_IN_VIEW, values, walk.key())


def end_stand_in(walk: Walk, code: str) -> Json:
    with walk.door.toolkit.database.write() as tx:
        given = affiliations.add_dated(
            tx, TEAM, f"U0{walk.key()}", walk.id(code), Role.STAND_IN,
            since=date(2027, 6, 1), until=date(2027, 7, 1), by=COMMAND_LINE,
        )  # fmt: skip
    return walk.pressed(ids.AFFILIATION_TAKE_BACK, given.id)


def rename(walk: Walk, code: str) -> Json:
    values = {ids.ORGANISATION_TARGET: knocks.chosen(walk.id(code)), ids.ORGANISATION_NAME: f"새 이름 {walk.key()}"}
    return walk.submitted(ids.ORGANISATION_VIEW, values)


def add_firm(walk: Walk, code: str) -> Json:
    name = f"새업체{next(walk.numbers)}"
    values = {ids.KEEP_NAME: name, ids.KEEP_ITEMS: "드론", ids.KEEP_REASON: "신규"}
    return walk.submitted(ids.KEEP_ADD_VIEW, values, {"k": walk.key(), "v": 0, "n": 0})


def add_synonym(walk: Walk, code: str) -> Json:
    return walk.submitted(ids.SYNONYM_VIEW, {ids.SYNONYM_WORD: f"새말{next(walk.numbers)}", ids.SYNONYM_MEANS: "인쇄"})


def confirm_setting(walk: Walk, _: str) -> Json:
    """One that nobody has said a word of: each try takes another word back."""
    toolkit, now = walk.door.toolkit, walk.door.clock()
    setting = settings_of(toolkit.city, 2027)[0]
    forget_setting(toolkit, COMMAND_LINE, 2027, mark_of(setting), now)
    return walk.pressed(ids.NEW_YEAR_CONFIRM, line_value(2027, setting.group, Line(setting), 0))


def change_setting(walk: Walk, _: str) -> Json:
    setting = settings_of(walk.door.toolkit.city, 2027)[0]
    memo = line_value(2027, setting.group, Line(setting), 0)
    typed = {"new-year-part-0": str(1 + next(walk.numbers) % 12)}
    return walk.submitted(ids.NEW_YEAR_CHANGE_VIEW, typed, memo)


def open_the_year(walk: Walk, _: str) -> Json:
    """Nothing waits for the file, and nobody has opened it."""
    toolkit, now = walk.door.toolkit, walk.door.clock()
    for setting in settings_of(toolkit.city, 2027):
        forget_setting(toolkit, COMMAND_LINE, 2027, mark_of(setting), now)
    take_back(toolkit, COMMAND_LINE, 2027, now)
    return walk.pressed(ids.NEW_YEAR_BEGIN, "2027")


def object_to(walk: Walk, code: str) -> Json:
    """Against a preliminary result that is out, of a year of its own."""
    year, toolkit, now = 1000 + next(walk.numbers), walk.door.toolkit, walk.door.clock()
    frozen = freeze(toolkit, COMMAND_LINE, year, Stage.PRELIMINARY, now)
    assert isinstance(frozen, Frozen)
    release(toolkit, COMMAND_LINE, year, Release.PRELIMINARY, frozen.stored.number, now)
    memo = {"k": walk.key(), "y": year, "o": walk.id(code), "t": None}
    return walk.submitted(ids.OBJECT_VIEW, {ids.OBJECT_SENTENCE: "관내입니다"}, memo)


def set_day_off(walk: Walk, code: str) -> Json:
    day = date(2027, 6, 28) if code == OWN else date(2027, 6, 29)
    values = {
        ids.DAYS_DAY: {"selected_date": day.isoformat()},
        ids.DAYS_KIND: knocks.chosen("off"),
        ids.DAYS_NAME: f"임시공휴일 {next(walk.numbers)}",
    }
    return walk.submitted(ids.DAYS_VIEW, values)


def take_day_back(walk: Walk, code: str) -> Json:
    word = OfficeDay(date(2027, 7, 1), True, f"임시공휴일 {next(walk.numbers)}")
    with walk.door.toolkit.database.write() as tx:
        office_days.say(tx, word, by=COMMAND_LINE, at=walk.door.clock())
    return walk.pressed(ids.DAYS_TAKE_BACK, word.day)


def take_file(walk: Walk, code: str) -> Json:
    return walk.pressed(ids.CALENDAR_FILE)


def snooze(walk: Walk, code: str) -> Json:
    return walk.pressed(ids.OWED_SNOOZE, f"{walk.id(code)}:2027-05:channel")


def note_guidance(walk: Walk, code: str) -> Json:
    with walk.door.toolkit.database.read() as tx:
        version = guidance.release(tx, 2027).version
    return walk.submitted(ids.GUIDANCE_VIEW, {ids.GUIDANCE_NOTE: walk.key()}, f"2027:{version}:{walk.id(code)}")


def export(walk: Walk, code: str) -> Json:
    walk.report(code)
    values = {
        ids.EXPORT_YEAR: knocks.chosen(2027),
        ids.EXPORT_FORMAT: knocks.chosen("csv"),
        ids.EXPORT_ORGANISATION: knocks.chosen(walk.id(code)),
    }
    return walk.submitted(ids.EXPORT_VIEW, values)


def pause_a_kind(walk: Walk, code: str) -> Json:
    kind = PostKind.REMINDER if code == OWN else PostKind.GUIDANCE  # another each time: one is paused once
    return walk.pressed(ids.POSTING_PAUSE, f"kind:{kind.value}")


def keep_record(walk: Walk, _: str) -> Json:
    return walk.submitted(ids.RECORD_VIEW, {f"{ids.RECORD_TEXT}-name": "사업"}, {"k": walk.key(), "y": 2027})


def enter_member(walk: Walk, _: str) -> Json:
    values = {
        ids.COUNCIL_POST: "팀장",
        ids.COUNCIL_SEAT: knocks.chosen("seat"),
        ids.COUNCIL_SINCE: {"selected_date": "2027-01-01"},
        ids.COUNCIL_UNTIL: {"selected_date": None},
    }
    return walk.submitted(ids.COUNCIL_MEMBER_VIEW, values, {"k": walk.key(), "m": 0})


def register_project(walk: Walk, code: str) -> Json:
    values = {
        ids.PROJECT_NAME: f"{SECRET} {walk.key()}",
        ids.PROJECT_WHOSE: knocks.chosen(str(walk.id(code))),
        ids.PROJECT_KIND: knocks.chosen("works"),
        ids.PROJECT_STAGE: knocks.chosen("planning"),
        ids.PROJECT_MONTH: {"selected_date": "2027-09-01"},
        ids.PROJECT_BUDGET: "",
        ids.PROJECT_ITEMS: "LED가로등 200만원",
        ids.PROJECT_COPY: {"selected_option": None},
    }
    return walk.submitted(ids.PROJECT_FORM_VIEW, values, walk.key())


# Upon one organisation's rows: own and foreign.
TRIES = {
    "change by form": Try(Deed.CORRECT, change),
    "change into the own one": Try(Deed.CORRECT, lambda w, code: change(w, code, into=OWN)),
    "open to change": Try(Deed.CORRECT, lambda w, code: w.pressed(ids.REPORT_CHANGE, value(w.report(code))), SECRET),
    "cancel": Try(Deed.CORRECT, lambda w, code: w.pressed(ids.REPORT_CANCEL, value(w.report(code)))),
    "restore": Try(Deed.RESTORE, lambda w, code: w.pressed(ids.REPORT_RESTORE, value(w.cancelled(code)))),
    "confirm": Try(Deed.CONFIRM, confirm),
    "reopen one": Try(Deed.REOPEN, reopen_one),
    "reopen all": Try(Deed.REOPEN, reopen_all),
    "open to reopen": Try(Deed.REOPEN, lambda w, code: w.pressed(ids.REOPEN_OPEN, w.report(code).id), SECRET),
    "rejudge": Try(Deed.REJUDGE, rejudge),
    "open to rejudge": Try(Deed.REJUDGE, lambda w, code: w.pressed(ids.REJUDGE_OPEN, value(w.report(code))), SECRET),
    "why": Try(Deed.READ_RESULTS, lambda w, code: w.pressed(ids.REPORT_WHY, value(w.report(code))), SECRET),
    "show": Try(Deed.READ_RESULTS, lambda w, code: w.pressed(ids.REPORT_SHOW, value(w.report(code))), SECRET),
    "history": Try(Deed.READ_RESULTS, lambda w, code: w.pressed(ids.REPORT_HISTORY, value(w.report(code))), SECRET),
    "copy": Try(Deed.READ_RESULTS, lambda w, code: w.pressed(ids.REPORT_COPY, value(w.report(code))), SECRET),
    "rows of a period": Try(Deed.READ_RESULTS, look_at_rows, SECRET),
    "link a channel": Try(
        Deed.LINK_CHANNEL,
        lambda w, code: w.submitted(
            ids.LINK_VIEW, {ids.LINK_ORGANISATION: knocks.chosen(w.id(code))}, f"C0{next(w.numbers)}X"
        ),
    ),
    "name a lead": Try(Deed.NAME_LEAD, name_person(Role.LEAD)),
    "name staff": Try(Deed.NAME_LEAD, name_person(Role.STAFF)),
    "confirm a claim": Try(
        Deed.NAME_LEAD,
        lambda w, code: w.pressed(ids.AFFILIATION_CONFIRM, w.somebody(code, self_declared=True)),
    ),
    "name a stand-in": Try(Deed.NAME_STAND_IN, name_stand_in),
    "end a stand-in": Try(Deed.NAME_STAND_IN, end_stand_in),
    "take back": Try(
        Deed.TAKE_BACK_AFFILIATION,
        lambda w, code: w.pressed(ids.AFFILIATION_TAKE_BACK, w.somebody(code, self_declared=False)),
    ),
    "rename": Try(Deed.MANAGE_ORGANISATIONS, rename),
    "name the office": Try(Deed.NAME_OFFICE_PEOPLE, name_person(Role.OFFICE)),
    "name the planning office": Try(Deed.NAME_OFFICE_PEOPLE, name_person(Role.PLANNING)),
    "add a firm": Try(Deed.KEEP_REGISTRY, add_firm),
    "add a synonym": Try(Deed.KEEP_WORDS, add_synonym),
    "freeze a result": Try(
        Deed.SETTLE_YEAR, lambda w, _: w.pressed(ids.YEAR_END_FREEZE, f"{1000 + next(w.numbers)}:preliminary")
    ),
    "confirm a setting of the year": Try(Deed.OPEN_YEAR, confirm_setting),
    "change a setting of the year": Try(Deed.OPEN_YEAR, change_setting),
    "open the year": Try(Deed.OPEN_YEAR, open_the_year),
    "look at the year's settings": Try(
        Deed.OPEN_YEAR, lambda w, _: w.pressed(ids.NEW_YEAR_OPEN, "2027"), "*2027년 새해 열기*"
    ),
    "enter a member of the council": Try(Deed.KEEP_COUNCIL, enter_member),
    "register a project": Try(Deed.KEEP_PROJECTS, register_project),
    "look at a project": Try(
        Deed.KEEP_PROJECTS, lambda w, code: w.pressed(ids.PROJECT_REVIEW, w.project(code)), f"{SECRET} {PLANNED}"
    ),
    "tell what a project lacks": Try(
        Deed.KEEP_PROJECTS, lambda w, code: w.pressed(ids.PROJECT_MISSING, str(w.project(code)))
    ),
    "take a project out": Try(Deed.KEEP_PROJECTS, lambda w, code: w.pressed(ids.PROJECT_REMOVE, str(w.project(code)))),
    "make a packet": Try(Deed.KEEP_COUNCIL, lambda w, _: w.pressed(ids.COUNCIL_PACKET, "2027-H1"), "실무협의회 자료"),
    "write the policy record": Try(Deed.KEEP_RECORD, keep_record),
    "object": Try(Deed.OBJECT, object_to),
    "set a day off": Try(Deed.KEEP_CALENDAR, set_day_off),
    "take a day back": Try(Deed.KEEP_CALENDAR, take_day_back),
    "take the year's file": Try(Deed.KEEP_CALENDAR, take_file, "년 일정입니다"),
    "put a reminder off": Try(Deed.SNOOZE, snooze),
    "add to the guidance": Try(Deed.RELEASE_GUIDANCE, note_guidance),
    "pause what the clock posts": Try(Deed.STEER_POSTS, pause_a_kind),
    "export": Try(Deed.EXPORT, export, "의 구매 실적"),
    "look at a card": Try(Deed.CROSS_CHECK, lambda w, code: w.pressed(ids.CROSS_CARD, w.card(code)), SECRET),
    "look at all cards": Try(
        Deed.CROSS_CHECK, lambda w, code: w.pressed(ids.CROSS_RESULTS, f"{w.card(code)}:0"), "목록.csv"
    ),
    "send a card": Try(Deed.CROSS_CHECK, lambda w, code: w.pressed(ids.CROSS_SEND, w.card(code))),
}

# Commands and buttons that open a form for whatever the person may do it upon: whether the form opens.
DOORS = {
    "/gwannae 확정": (Deed.READ_RESULTS, ids.CONFIRM_VIEW),
    "/gwannae 마감": (Deed.REOPEN, ids.REOPEN_VIEW),
    "/gwannae 미확인": (Deed.REJUDGE, ids.UNCONFIRMED_VIEW),
    "/gwannae 연결": (Deed.LINK_CHANNEL, ids.LINK_VIEW),
    "/gwannae 결산": (Deed.SETTLE_YEAR, ids.YEAR_END_VIEW),
    "/gwannae 설계": (Deed.KEEP_PROJECTS, ids.PROJECTS_VIEW),
    ids.PROJECTS_OPEN: (Deed.KEEP_PROJECTS, ids.PROJECTS_VIEW),
    ids.PROJECT_NEW: (Deed.KEEP_PROJECTS, ids.PROJECT_FORM_VIEW),
    "/gwannae 협의회": (Deed.KEEP_COUNCIL, ids.COUNCIL_VIEW),
    "/gwannae 정책실명제": (Deed.KEEP_RECORD, ids.RECORD_VIEW),
    ids.RECORD_OPEN: (Deed.KEEP_RECORD, ids.RECORD_VIEW),
    ids.COUNCIL_OPEN: (Deed.KEEP_COUNCIL, ids.COUNCIL_VIEW),
    ids.YEAR_END_OPEN: (Deed.SETTLE_YEAR, ids.YEAR_END_VIEW),
    "/gwannae 새해": (Deed.OPEN_YEAR, ids.NEW_YEAR_VIEW),
    ids.NEW_YEAR_OPEN: (Deed.OPEN_YEAR, ids.NEW_YEAR_VIEW),
    "/gwannae 담당": (Deed.NAME_LEAD, ids.LEAD_VIEW),
    "/gwannae 안내": (Deed.RELEASE_GUIDANCE, ids.GUIDANCE_VIEW),
    "/gwannae 발송": (Deed.STEER_POSTS, ids.POSTING_VIEW),
    "/gwannae 부서": (Deed.MANAGE_ORGANISATIONS, ids.ORGANISATION_VIEW),
    ids.GUIDANCE_OPEN: (Deed.RELEASE_GUIDANCE, ids.GUIDANCE_VIEW),
    ids.CONFIRM_OPEN: (Deed.READ_RESULTS, ids.CONFIRM_VIEW),
    ids.UNCONFIRMED_OPEN: (Deed.REJUDGE, ids.UNCONFIRMED_VIEW),
    ids.STAND_IN_OPEN: (Deed.NAME_STAND_IN, ids.STAND_IN_VIEW),
    ids.LEAD_OPEN: (Deed.NAME_LEAD, ids.LEAD_VIEW),
    ids.ORGANISATION_OPEN: (Deed.MANAGE_ORGANISATIONS, ids.ORGANISATION_VIEW),
    "/gwannae 휴일": (Deed.KEEP_CALENDAR, ids.DAYS_VIEW),
    ids.DAYS_OPEN: (Deed.KEEP_CALENDAR, ids.DAYS_VIEW),
    ids.EXPORT_OPEN: (Deed.EXPORT, ids.EXPORT_VIEW),
    ids.CROSS_OPEN: (Deed.CROSS_CHECK, ids.CROSS_VIEW),
}

HOLDERS = [*((role, held) for role in Role for held in (True, False)), (None, True)]


def test_every_deed_of_the_table_is_tried_upon_an_own_and_a_foreign_organisation() -> None:
    # who may report is walked below: it is the one deed that somebody without a role takes for themselves
    assert {t.deed for t in TRIES.values()} | {Deed.REPORT} == set(Deed)
    assert set(TABLE) == set(Role)


async def set_up(door: FrontDoor, role: Role | None, held: bool) -> Walk:
    user = "U0WALKER"
    door.workspace.people.setdefault(user, Person(user, user.lower()))
    for channel in CHANNELS.values():
        door.workspace.channels.setdefault(channel, Channel(channel, channel.lower()))
        door.workspace.join(channel, door.workspace.bot.user_id)
    with door.toolkit.database.write() as tx:
        for code, channel in CHANNELS.items():
            found = organisations.by_code(tx, code)
            assert found is not None
            organisations.link_channel(tx, found.id, TEAM, channel, by=COMMAND_LINE, at=door.clock())
        if role is not None:
            roads = organisations.by_code(tx, OWN)
            assert roads is not None
            since = door.toolkit.today.replace(day=1)
            until = door.toolkit.today if not held else door.toolkit.today.replace(day=30)
            affiliations.add_dated(tx, TEAM, user, roads.id, role, since=since, until=until, by=COMMAND_LINE)
    return Walk(door, user)


def allowed(role: Role | None, held: bool, deed: Deed, code: str) -> bool:
    if role is None or not held:
        return False
    own, foreign = TABLE[role]
    return deed in (own if code == OWN else foreign)


@pytest.fixture(params=["sqlite", "postgresql"])
async def each_door(request: pytest.FixtureRequest) -> AsyncIterator[FrontDoor]:
    """The bot on SQLite, then on PostgreSQL."""
    if request.param == "sqlite":
        template: SqliteTemplate = request.getfixturevalue("sqlite_template")
        async with open_front_door(template.copy_to(request.getfixturevalue("tmp_path"))) as opened:
            yield opened
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.fresh() as url:
            async with open_front_door(url) as opened:
                yield opened


@pytest.mark.parametrize(("role", "held"), HOLDERS, ids=lambda v: str(v))
async def test_what_a_role_may_has_an_effect_and_what_it_may_not_has_none(
    each_door: FrontDoor, role: Role | None, held: bool
) -> None:
    walk = await set_up(each_door, role, held)
    wrong: list[str] = []
    for code in (OWN, FOREIGN):
        for name, attempt in TRIES.items():
            payload = attempt.make(walk, code)
            rows, refusals = walk.rows(), len(walk.refusals())
            shown = await walk.shown(payload)
            done = attempt.sees in shown if attempt.sees else walk.rows() != rows
            refused = walk.refusals()[: len(walk.refusals()) - refusals]
            if done != allowed(role, held, attempt.deed, code):
                wrong.append(f"{name} upon {code}: {'done' if done else 'not done'}")
            if not done and (walk.rows() != rows or SECRET in shown or len(refused) != 1):
                wrong.append(f"{name} upon {code}: refused {refused} {shown}")
            if done and refused:
                wrong.append(f"{name} upon {code}: done, and written down as refused")
    assert wrong == []


@pytest.mark.parametrize(("role", "held"), HOLDERS, ids=lambda v: str(v))
async def test_a_form_opens_for_whom_it_is_and_for_nobody_else(door: FrontDoor, role: Role | None, held: bool) -> None:
    walk = await set_up(door, role, held)
    wrong: list[str] = []
    for name, (deed, callback_id) in DOORS.items():
        word = name.removeprefix("/gwannae ")
        payload = walk.typed(word) if word != name else walk.pressed(name)
        rows, refusals = walk.rows(), len(walk.refusals())
        opened = callback_id in await walk.shown(payload)
        if opened != any(allowed(role, held, deed, code) for code in (OWN, FOREIGN)):
            wrong.append(f"{name}: {'open' if opened else 'shut'}")
        if walk.rows() != rows or len(walk.refusals()) != refusals + (not opened):
            wrong.append(f"{name}: {walk.refusals()[:1]}")
    assert wrong == []


# Who has no given organisation names one by reporting, but none that was taken from them.
REPORTS = {
    Role.STAFF: (True, False),
    Role.LEAD: (True, False),
    Role.STAND_IN: (True, False),
    Role.OFFICE: (True, True),
    Role.PLANNING: (True, True),
    None: (True, True),
}


@pytest.mark.parametrize("code", [OWN, FOREIGN])
@pytest.mark.parametrize("role", REPORTS)
async def test_a_report_is_taken_from_whom_it_may_come(door: FrontDoor, role: Role | None, code: str) -> None:
    walk = await set_up(door, role, held=True)
    before = walk.rows()["purchases"]
    await walk.shown(a_report(door, walk.user, key="own-1", organisation=code))
    assert (len(walk.rows()["purchases"]) > len(before)) == REPORTS[role][code == FOREIGN]
    assert (walk.refusals() == ["report"]) == (not REPORTS[role][code == FOREIGN])


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEAD])
async def test_whose_role_was_taken_back_reports_there_no_more(door: FrontDoor, role: Role) -> None:
    walk = await set_up(door, None, held=True)
    with door.toolkit.database.write() as tx:
        given = affiliations.add_affiliation(
            tx, TEAM, walk.user, walk.id(OWN), role, self_declared=False, since=door.toolkit.today, by=COMMAND_LINE
        )
        affiliations.end_affiliation(tx, given.id, door.toolkit.today, taken_back=True)
    await walk.shown(a_report(door, walk.user, key="late", organisation=OWN))
    assert walk.rows()["purchases"] == []
    assert walk.refusals() == ["report"]


async def test_a_claim_of_ones_own_opens_nothing_but_the_report(door: FrontDoor) -> None:
    walk = await set_up(door, None, held=True)
    with door.toolkit.database.write() as tx:
        for role in (Role.STAFF, Role.LEAD, Role.OFFICE):
            affiliations.add_affiliation(
                tx, TEAM, walk.user, walk.id(OWN), role, self_declared=True, since=door.toolkit.today, by=COMMAND_LINE
            )
    for name, attempt in TRIES.items():
        payload = attempt.make(walk, OWN)
        rows = walk.rows()
        shown = await walk.shown(payload)
        assert walk.rows() == rows, name
        assert SECRET not in shown, name
