"""Asking the tax office about the registry: nothing is lost in the middle, and the next round goes on."""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gwannae.actions.localvendor import look_up
from gwannae.actions.shelf_keeper import ShelfKeeper
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_check import check_vendors, plan_check
from gwannae.programme.affiliation import NotAllowed
from gwannae.programme.audit import AuditEvent
from gwannae.programme.localvendor import Card
from gwannae.programme.organisations import COMMAND_LINE, Actor
from gwannae.programme.vendor_status import CheckReport, NumberStatus, VendorState
from gwannae.programme.verdict import Reason, Verdict
from gwannae.readers.nts_status import SOURCE, NtsStatus
from gwannae.readers.open_data import OpenData
from gwannae.readers.service_faults import ServiceCode
from gwannae.storage import audit, vendor_import, vendors, words
from gwannae.storage.database import WAIT_SECONDS, Database
from gwannae.storage.vendor_checks import checks_of
from tests.actions.importing import FIRST as NOW
from tests.actions.importing import a_toolkit
from tests.builders import a_vendor
from tests.readers.asking import open_data
from tests.readers.pretend_services import (
    KEY,
    Answer,
    PretendServices,
    Trouble,
    broken_off,
    business_numbers,
    cut_in_the_middle,
    edited,
    instead,
    pretend_services,
)

OUTSIDER = Actor(team_id="T0HAET", user_id="U0OTHER")
STALE = timedelta(days=30)  # as the fictional city's file says


@pytest.fixture
def services() -> Iterator[PretendServices]:
    with pretend_services() as running:
        yield running


@pytest.fixture
def nts(services: PretendServices) -> Iterator[NtsStatus]:
    with open_data() as data:
        yield NtsStatus(data, KEY, services.nts_url)


@pytest.fixture
def toolkit(sqlite_database: Database) -> Iterator[Toolkit]:
    with a_toolkit(sqlite_database.url) as made:
        yield made


@pytest.fixture
def either(database: Database) -> Iterator[Toolkit]:
    """SQLite, then PostgreSQL."""
    with a_toolkit(database.url) as made:
        yield made


def with_firms(toolkit: Toolkit, count: int, without_number: int = 0) -> list[str]:
    """A registry of firms with numbers (returned), and some without."""
    numbers = business_numbers(count)
    listed = [*numbers, *[None] * without_number]
    firms = [a_vendor(name=f"가상{at}", business_number=number) for at, number in enumerate(listed)]
    with toolkit.database.write() as tx:
        vendor_import.insert_vendors(tx, firms, at=NOW)
        vendor_import.end_import(tx, as_of=None, at=NOW)
    return numbers


def at(toolkit: Toolkit, now: datetime) -> Toolkit:
    return replace(toolkit, clock=lambda: now)


def asked(
    toolkit: Toolkit,
    service: NtsStatus,
    limit: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> CheckReport:
    report = check_vendors(toolkit, COMMAND_LINE, service, limit=limit, progress=progress)
    assert isinstance(report, CheckReport)
    return report


def states(toolkit: Toolkit) -> list[VendorState]:
    """The state of every firm, in the order of ids."""
    with toolkit.database.read() as tx:
        found = vendors.vendors(tx, range(1, vendors.registry(tx).vendors + 1))
    return [vendor.status.state for vendor in found.values()]


def test_each_firm_is_marked_by_what_is_answered_and_none_is_deleted(
    either: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    numbers = with_firms(either, 5, without_number=2)
    services.states = {numbers[1]: ("02", ""), numbers[2]: ("03", "20270201"), numbers[3]: ("", "")}

    report = asked(either, nts)

    assert dict(report.answered) == {
        VendorState.OPEN: 2,
        VendorState.SUSPENDED: 1,
        VendorState.CLOSED: 1,
        VendorState.UNREGISTERED: 1,
    }
    assert (report.planned, report.checked, report.unanswered, report.not_asked, report.without_number) == (
        5,
        5,
        0,
        0,
        2,
    )
    assert report.is_whole
    assert [(change.name, change.state) for change in report.changes] == [
        ("가상1", VendorState.SUSPENDED),
        ("가상2", VendorState.CLOSED),
        ("가상3", VendorState.UNREGISTERED),
    ]
    assert states(either) == [
        VendorState.OPEN,
        VendorState.SUSPENDED,
        VendorState.CLOSED,
        VendorState.UNREGISTERED,
        VendorState.OPEN,
        VendorState.UNKNOWN,
        VendorState.UNKNOWN,
    ]


def test_who_asked_whom_and_when_is_kept_and_written_down(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    numbers = with_firms(toolkit, 2)
    services.states[numbers[1]] = ("03", "20270201")

    asked(toolkit, nts)

    with toolkit.database.read() as tx:
        (check,) = checks_of(tx, 2)
        (entry,) = [e for e in audit.entries(tx) if e.event is AuditEvent.VENDORS_CHECKED]
    assert (check.checked_at, check.source, check.team_id, check.user_id) == (NOW, SOURCE, "", "cli")
    assert (entry.at, entry.user_id, entry.subject) == (NOW, "cli", "vendors")
    assert entry.detail == {"source": SOURCE, "asked": 2, "open": 1, "closed": 1, "stopped_by": None}


def test_a_used_up_quota_in_the_middle_of_five_thousand_firms_loses_nothing_and_the_next_round_goes_on(
    either: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    numbers = with_firms(either, 5_000)
    services.states = {numbers[2_099]: ("03", "20270201"), numbers[4_000]: ("02", "")}
    services.quota = 21

    first = asked(either, nts)

    assert (first.checked, first.not_asked, first.calls, first.stopped_by) == (2_100, 2_900, 21, "quota")
    assert [change.business_number for change in first.changes] == [numbers[2_099]]
    assert not first.is_whole

    services.quota = None
    second = asked(either, nts)

    assert (second.planned, second.checked, second.fresh, second.stopped_by) == (2_900, 2_900, 2_100, None)
    assert [number for call in services.numbers[:21] for number in call] == numbers[:2_100]
    assert [number for call in services.numbers[22:] for number in call] == numbers[2_100:]
    counted = states(either)
    assert (counted.count(VendorState.OPEN), len(counted)) == (4_998, 5_000)
    assert asked(either, nts).planned == 0


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (instead(Answer(500, b"")), ServiceCode.SERVER),
        (instead(Answer(400, b"{}")), ServiceCode.REJECTED),
        (cut_in_the_middle, ServiceCode.TRUNCATED),
        (broken_off, ServiceCode.TRUNCATED),
        (edited(lambda answer: answer.update(data=[])), ServiceCode.UNREADABLE),
    ],
)
def test_whatever_breaks_in_the_middle_keeps_what_was_answered_before(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices, trouble: Trouble, code: ServiceCode
) -> None:
    with_firms(toolkit, 450)
    services.troubles = dict.fromkeys((3, 4, 5), trouble)

    first = asked(toolkit, nts)
    services.troubles = {}
    second = asked(toolkit, nts)

    assert (first.checked, first.stopped_by, first.not_asked) == (200, code.value, 250)
    assert (second.checked, second.fresh, second.stopped_by) == (250, 200, None)


def test_a_moment_of_trouble_is_bridged(toolkit: Toolkit, nts: NtsStatus, services: PretendServices) -> None:
    with_firms(toolkit, 250)
    services.troubles = {2: broken_off, 4: instead(Answer(503, b""))}

    report = asked(toolkit, nts)

    assert (report.checked, report.calls, report.stopped_by) == (250, 3, None)


class _Stopped(NtsStatus):
    """Somebody presses Ctrl-C while the third call is out."""

    def ask(self, numbers: Sequence[str]) -> Mapping[str, NumberStatus]:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left -= 1
        return super().ask(numbers)

    left = 2


def test_somebody_who_stops_it_loses_nothing_either(toolkit: Toolkit, services: PretendServices) -> None:
    with_firms(toolkit, 450)
    with toolkit.database.read() as tx:
        version = words.registry_version(tx)
    with open_data() as data:
        service = _Stopped(data, KEY, services.nts_url)
        with pytest.raises(KeyboardInterrupt):
            check_vendors(toolkit, COMMAND_LINE, service)

    with toolkit.database.read() as tx:
        assert words.registry_version(tx) == version + 1
        assert audit.entries(tx)[0].detail["asked"] == 200
    assert plan_check(toolkit, NOW, most=100).planned == 250


class _Crossed(NtsStatus):
    """While the second call is out, somebody else begins to write, and goes on longer than the database waits."""

    def __init__(self, data: OpenData, url: str, other: Database) -> None:
        super().__init__(data, KEY, url)
        self.calls, self.other, self.done = 0, other, threading.Event()

    def ask(self, numbers: Sequence[str]) -> Mapping[str, NumberStatus]:
        self.calls += 1
        if self.calls == 2:
            held = threading.Event()
            threading.Thread(target=self._hold, args=(held,)).start()
            assert held.wait(5)
        return super().ask(numbers)

    def _hold(self, held: threading.Event) -> None:
        with self.other.write():
            held.set()
            time.sleep(WAIT_SECONDS + 0.3)
        self.done.set()


def test_an_answer_waits_for_who_holds_the_database(
    toolkit: Toolkit, sqlite_database: Database, services: PretendServices
) -> None:
    with_firms(toolkit, 250)
    with open_data() as data:
        service = _Crossed(data, services.nts_url, sqlite_database)

        report = asked(toolkit, service)

    assert service.done.wait(5)
    assert (report.checked, report.calls, report.is_whole, len(services.asked)) == (250, 3, True, 3)


def test_firms_that_were_not_answered_clearly_stay_due(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    with_firms(toolkit, 10)
    services.troubles[1] = edited(lambda answer: answer.update(data=answer["data"][:7]))

    first, second = asked(toolkit, nts), asked(toolkit, nts)

    assert (first.checked, first.unanswered, first.stopped_by, first.is_whole) == (7, 3, None, False)
    assert (second.planned, second.checked, second.is_whole) == (3, 3, True)


@pytest.mark.parametrize(("days", "due"), [(0, 0), (30, 0), (31, 250)])
def test_a_firm_is_asked_for_again_when_the_citys_days_are_over(
    toolkit: Toolkit, nts: NtsStatus, days: int, due: int
) -> None:
    with_firms(toolkit, 250)
    asked(toolkit, nts)

    report = plan_check(toolkit, NOW + timedelta(days=days), most=nts.most)

    assert (report.planned, report.fresh, report.calls) == (due, 250 - due, -(-due // 100))


def test_a_limit_asks_for_the_longest_unchecked_ones_and_leaves_the_rest(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    numbers = with_firms(toolkit, 30)
    heard: list[tuple[int, int]] = []
    asked(toolkit, nts, limit=10)
    asked(at(toolkit, NOW + timedelta(days=1)), nts, limit=10)

    later = at(toolkit, NOW + STALE + timedelta(days=3))
    report = asked(later, nts, limit=20, progress=lambda done, of: heard.append((done, of)))

    assert services.numbers == [numbers[:10], numbers[10:20], [*numbers[20:], *numbers[:10]]]
    assert (report.planned, report.not_asked, heard) == (20, 10, [(20, 20)])


def test_a_plan_asks_nobody_and_writes_nothing(toolkit: Toolkit) -> None:
    with_firms(toolkit, 130, without_number=3)
    with toolkit.database.read() as tx:
        before = audit.entries(tx), words.registry_version(tx)

    report = plan_check(toolkit, NOW, most=100, limit=120)

    assert (report.planned, report.calls, report.not_asked, report.without_number) == (120, 2, 130, 3)
    assert report.dry_run
    with toolkit.database.read() as tx:
        assert (audit.entries(tx), words.registry_version(tx)) == before


def test_a_firm_that_opens_again_is_open_and_told_of(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    (number,) = with_firms(toolkit, 1)
    services.states[number] = ("02", "")
    asked(toolkit, nts)
    services.states.clear()

    report = asked(at(toolkit, NOW + timedelta(days=40)), nts)

    (change,) = report.changes
    assert (change.before, change.state) == (VendorState.SUSPENDED, VendorState.OPEN)
    assert states(toolkit) == [VendorState.OPEN]


def test_a_look_up_shows_the_mark_although_the_firm_was_shown_before(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    (number,) = with_firms(toolkit, 1)
    seconds = [0.0]
    bot = replace(toolkit, shelf=ShelfKeeper(toolkit.city, toolkit.database, lambda: seconds[0]))

    def shown() -> Card:
        (card,) = look_up(bot, "현수막", NOW.date(), Verdict.OUTSIDE).cards
        return card

    before = shown()
    services.states[number] = ("03", "20270201")
    asked(toolkit, nts)
    seconds[0] += 2
    after = shown()

    assert (before.vendor.status.state, after.vendor.status.state) == (VendorState.UNKNOWN, VendorState.CLOSED)
    assert after.judgement.reasons == (Reason.CLOSED, *before.judgement.reasons)
    assert after.judgement.verdict is Verdict.UNCONFIRMED


def test_people_without_the_office_s_role_may_not_ask(
    toolkit: Toolkit, nts: NtsStatus, services: PretendServices
) -> None:
    with_firms(toolkit, 1)

    assert check_vendors(toolkit, OUTSIDER, nts) == NotAllowed()

    assert services.asked == []
    with toolkit.database.read() as tx:
        (entry,) = audit.entries(tx, limit=1)
    assert (entry.event, entry.user_id, entry.detail) == (AuditEvent.REFUSED, "U0OTHER", {"deed": "keep_registry"})
