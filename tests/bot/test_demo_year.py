"""The made-up city year: always the same, plainly fictional, and enough of everything for any city."""

import hashlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gwannae.actions.city import seed_city
from gwannae.actions.home import home
from gwannae.actions.localvendor import look_up
from gwannae.actions.meanings import MeaningKeeper
from gwannae.actions.outside_reasons import unanswered as outside_reasons_waiting
from gwannae.actions.people import organisation_choice
from gwannae.actions.shelf_keeper import ShelfKeeper
from gwannae.actions.standings import standings_of
from gwannae.actions.toolkit import Toolkit
from gwannae.bot.demo_year import (
    DEMO_TODAY,
    TEAM_ID,
    DemoPurchase,
    demo_colleagues,
    demo_now,
    demo_organisations,
    demo_people,
    demo_purchases,
    demo_vendors,
    sow,
)
from gwannae.bot.demo_year.reasons import WAITING
from gwannae.programme.business_number import read_business_number
from gwannae.programme.city import City
from gwannae.programme.facts import Fact
from gwannae.programme.hangul import firm_key
from gwannae.programme.organisations import Actor, Organisation, OrganisationKind, Role
from gwannae.programme.places import District, Places
from gwannae.programme.purchases import PurchaseKind, PurchaseState
from gwannae.programme.standings_words import year_asked
from gwannae.programme.verdict import Verdict, judge, rule_on
from gwannae.readers.city_file import read_city, shipped_cities
from gwannae.readers.word_file import shipped_words
from gwannae.storage import organisations, outside_reasons, purchases
from gwannae.storage.database import Database
from gwannae.storage.vendors import registry

CITY_FILES = [*shipped_cities(), *sorted(str(path) for path in (Path(__file__).parents[1] / "cities").glob("*.toml"))]
YEAR = DEMO_TODAY.year


@pytest.fixture(params=CITY_FILES, ids=lambda path: Path(path).stem)
def city(request: pytest.FixtureRequest) -> City:
    return read_city(request.param)


@pytest.fixture
def a_city() -> City:
    """A city with eight organisations and more."""
    city = read_city(CITY_FILES[0])
    assert len(city.organisations) >= 8
    return city


@contextmanager
def toolkit_on(database: Database, city: City) -> Iterator[Toolkit]:
    with ThreadPoolExecutor(1) as threads:
        yield Toolkit(
            city,
            database,
            ShelfKeeper(city, database, time.monotonic),
            MeaningKeeper(shipped_words, time.monotonic),
            lambda: demo_now(city),
            threads,
        )


def planned(city: City) -> list[DemoPurchase]:
    """The purchases as they would be stored in an empty database."""
    vendors = [replace(vendor, id=number) for number, vendor in enumerate(demo_vendors(city), start=1)]
    taking_part = [
        Organisation(number, o.seed.code, o.seed.name, o.seed.kind)
        for number, o in enumerate(demo_organisations(city), start=1)
    ]
    return demo_purchases(city, vendors, taking_part)


def digest(city: City) -> str:
    everything = (demo_vendors(city), demo_organisations(city), demo_people(city), demo_colleagues(city))
    return hashlib.sha256(repr((everything, planned(city))).encode()).hexdigest()


def verdicts(city: City) -> Counter[Verdict]:
    rule = rule_on(city.local_rules, DEMO_TODAY)
    return Counter(judge(v.addresses, v.size, DEMO_TODAY, rule).verdict for v in demo_vendors(city))


def test_the_year_is_the_same_in_another_process_with_another_hash_seed(city: City, request: pytest.FixtureRequest):
    path = request.node.callspec.params["city"]
    script = (
        "import sys; from gwannae.readers.city_file import read_city; from tests.bot.test_demo_year import digest; "
        "print(digest(read_city(sys.argv[1])))"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(root)}
    other = subprocess.run(
        [sys.executable, "-c", script, path], env=environment, cwd=root, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == digest(city)


def test_there_are_firms_of_every_sort(city: City):
    vendors = demo_vendors(city)
    trades = Counter(v.trade for v in vendors)
    sizes = Counter(v.size.small for v in vendors)
    heads = Counter(v.head_office.in_city if v.head_office else Fact.UNKNOWN for v in vendors)
    assert len(vendors) >= 90
    assert len(trades) >= 20
    assert sizes[Fact.NO] == 3
    assert sizes[Fact.UNKNOWN] >= 10
    assert heads[Fact.YES] >= 65
    assert heads[Fact.NO] == 18
    assert heads[Fact.UNKNOWN] == 4
    assert all(3 <= len(v.items) <= 8 for v in vendors)


def test_every_verdict_is_among_the_firms(city: City):
    found = verdicts(city)
    assert found[Verdict.LOCAL] >= 50
    assert found[Verdict.OUTSIDE] >= 18
    assert found[Verdict.UNCONFIRMED] >= 4


def test_local_firms_stand_in_every_district(city: City):
    districts = {a.district for v in demo_vendors(city) for a in v.addresses if a.in_city is Fact.YES}
    assert districts == {d.name for d in city.places.districts}


def test_certificates_are_running_out_and_have_run_out(city: City):
    days = [(c.valid_to - DEMO_TODAY).days for v in demo_vendors(city) for c in v.certificates if c.valid_to]
    assert sum(0 <= left <= 60 for left in days) >= 4
    assert sum(left < 0 for left in days) >= 4
    assert sum(left > 60 for left in days) >= 20
    numbers = [c.number for v in demo_vendors(city) for c in v.certificates]
    assert len(set(numbers)) == len(numbers)


def test_no_name_number_or_telephone_occurs_twice_and_none_can_be_real(city: City):
    vendors = demo_vendors(city)
    firms = {p.draft.firm.name: p.draft.firm.business_number for p in planned(city) if p.draft.firm.vendor_id is None}
    numbers = [n for n in (*(v.business_number for v in vendors), *firms.values()) if n]
    names = [firm_key(name) for name in (*(v.name for v in vendors), *firms)]
    phones = [v.phone or "" for v in vendors]
    for values in (numbers, names, phones):
        assert len(set(values)) == len(values)
    assert all(read_business_number(n) == n and n.startswith("000") for n in numbers)
    assert all(phone.split("-")[1] == "000" for phone in phones)
    assert "<!channel> 광고 & 디자인" in {v.name for v in vendors}


def test_the_commonest_searches_fill_more_than_a_page(database: Database, a_city: City):
    with toolkit_on(database, a_city) as toolkit:
        sow(toolkit, TEAM_ID)
        assert look_up(toolkit, "인쇄", DEMO_TODAY).local >= 8
        assert look_up(toolkit, "현수막", DEMO_TODAY).local >= 6
        assert look_up(toolkit, "인쇄", DEMO_TODAY).outside >= 3


def test_the_examples_of_every_city_file_find_a_local_firm(sqlite_database: Database, city: City):
    with toolkit_on(sqlite_database, city) as toolkit:
        sow(toolkit, TEAM_ID)
        found = {example: look_up(toolkit, example, DEMO_TODAY).local for example in city.search_examples}
    assert found
    assert all(found.values()), found


def test_eight_organisations_take_part_the_office_among_them(a_city: City):
    chosen = demo_organisations(a_city)
    kinds = Counter(o.seed.kind for o in chosen)
    assert chosen[0].seed.name == a_city.programme_office
    assert kinds[OrganisationKind.DIVISION] == 5
    assert set(kinds) == set(OrganisationKind)
    assert len({o.channel_id for o in chosen}) == len({o.channel_name for o in chosen}) == 8


def test_the_people_are_the_six_parts_of_the_play(city: City):
    people = demo_people(city)
    assert [p.role for p in people] == [Role.STAFF, Role.LEAD, Role.OFFICE, Role.STAFF, None, Role.STAFF]
    assert people[0].organisation_code == people[1].organisation_code
    assert people[3].organisation_code not in (people[0].organisation_code, people[2].organisation_code)
    everyone = [p.user_id for p in (*people, *demo_colleagues(city))]
    assert len(set(everyone)) == len(everyone)
    covered = {p.organisation_code for p in (*people, *demo_colleagues(city))}
    assert covered >= {o.seed.code for o in demo_organisations(city)}


def test_there_are_240_purchases_with_a_story(city: City):
    made = planned(city)
    assert len(made) == 240
    assert sum(p.cancelled for p in made) == 5
    assert sum(p.typed_amount is not None for p in made) == 4
    assert sum(p.judgement.verdict is Verdict.UNCONFIRMED for p in made) == 6
    assert sum(p.draft.firm.vendor_id is None for p in made) >= 8
    assert {p.draft.kind for p in made} == set(PurchaseKind)
    assert {p.draft.organisation_id for p in made} == {n for n, _ in enumerate(demo_organisations(city), start=1)}
    assert all("{" not in p.draft.title for p in made)


def test_purchases_lie_between_january_and_the_day_before_the_demo(city: City):
    for made in planned(city):
        assert made.draft.contract_date.year == YEAR
        assert made.draft.contract_date.weekday() < 5
        assert made.draft.contract_date <= made.reported_at.date() < DEMO_TODAY
        assert made.changed_at is None or made.reported_at < made.changed_at < demo_now(city)
        assert 100_000 <= made.draft.amount <= 150_000_000


def test_works_are_bought_locally_more_often_than_goods(city: City):
    def share(kind: PurchaseKind) -> float:
        sides = [p.judgement.verdict is Verdict.LOCAL for p in planned(city) if p.draft.kind is kind]
        return sum(sides) / len(sides)

    assert share(PurchaseKind.GOODS) < share(PurchaseKind.SERVICES) < share(PurchaseKind.WORKS)


def test_standings_tell_all_apart_but_for_one_tie(database: Database, a_city: City):
    with toolkit_on(database, a_city) as toolkit:
        sow(toolkit, TEAM_ID)
        ranked = [p for p in standings_of(toolkit, year_asked(YEAR)).places if p.rank is not None]
    assert len(ranked) == 8
    ranks = Counter(p.rank for p in ranked)
    assert sorted(ranks.values()) == [1, 1, 1, 1, 1, 1, 2]
    one, other = (p for p in ranked if ranks[p.rank] == 2)
    assert (one.total, one.by_kind) == (other.total, other.by_kind)
    assert len({p.total for p in ranked}) == 7


def test_what_was_sown_reads_as_it_was_made(database: Database, city: City):
    with toolkit_on(database, city) as toolkit:
        year = sow(toolkit, TEAM_ID)
        assert year.sown
        with database.read() as tx:
            assert registry(tx).vendors == len(demo_vendors(city))
            stored = [purchases.by_form_key(tx, made.draft.form_key) for made in planned(city)]
            channels = [organisations.organisation_of_channel(tx, TEAM_ID, o.channel_id) for o in year.organisations]
    for made, kept in zip(planned(city), stored, strict=True):
        assert kept is not None
        assert (kept.draft.title, kept.draft.amount) == (made.draft.title, made.draft.amount)
        assert kept.judgement == made.judgement
        assert kept.state is (PurchaseState.CANCELLED if made.cancelled else PurchaseState.REPORTED)
        assert kept.version == (1 if made.changed_at is None else 2)
        assert kept.reporter_user == made.reporter.user_id
    assert [o.code if o else None for o in channels] == [o.seed.code for o in year.organisations]


def test_sowing_again_changes_nothing(database: Database, a_city: City):
    with toolkit_on(database, a_city) as toolkit:
        sow(toolkit, TEAM_ID)
        with database.read() as tx:
            before = registry(tx), purchases.totals(tx, DEMO_TODAY.replace(month=1, day=1), DEMO_TODAY)
        again = sow(toolkit, TEAM_ID)
        with database.read() as tx:
            after = registry(tx), purchases.totals(tx, DEMO_TODAY.replace(month=1, day=1), DEMO_TODAY)
    assert not again.sown
    assert before == after


def test_a_city_that_was_seeded_before_is_sown_all_the_same(sqlite_database: Database, city: City):
    with toolkit_on(sqlite_database, city) as toolkit:
        seed_city(toolkit, demo_now(city) - timedelta(days=1))
        assert sow(toolkit, TEAM_ID).sown


def test_every_role_has_something_to_see(sqlite_database: Database, a_city: City):
    staff, lead, office, _, newcomer, _ = (Actor(TEAM_ID, p.user_id) for p in demo_people(a_city))
    with toolkit_on(sqlite_database, a_city) as toolkit:
        sow(toolkit, TEAM_ID)
        now = demo_now(a_city)
        desk = home(toolkit, office, now)
        assert desk.is_office
        assert desk.desk is not None
        assert desk.desk.missing[0][0] == "드론 방제"
        assert len(desk.declared) == 1
        for actor in (staff, lead):
            mine = home(toolkit, actor, now)
            assert mine.place is not None
            assert mine.recent
        waiting = outside_reasons_waiting(toolkit, office, now, 20)
        assert waiting.number == WAITING
        with sqlite_database.read() as tx:
            answered = [r for p in range(1, 241) if (r := outside_reasons.latest(tx, p)) is not None]
        assert len({r.code for r in answered}) >= 4
        assert any(r.looked.candidates for r in answered)
        assert not home(toolkit, newcomer, now).affiliations
        assert organisation_choice(toolkit, newcomer, DEMO_TODAY).remembers


@pytest.mark.parametrize("districts", [(), (District("가나구"),)], ids=["no district", "one district"])
@pytest.mark.parametrize("province", ["경기도", "부산광역시"])
def test_any_city_can_be_the_stage(a_city: City, districts: tuple[District, ...], province: str):
    city_name = province if province.endswith("광역시") else "가나시"
    stage = replace(a_city, name=city_name, places=Places(province, city_name, districts=districts))
    heads = Counter(v.head_office.in_city if v.head_office else Fact.UNKNOWN for v in demo_vendors(stage))
    assert heads == {Fact.YES: 73, Fact.NO: 18, Fact.UNKNOWN: 4}
    assert len(planned(stage)) == 240


@pytest.mark.parametrize("number", range(1, 10))
def test_few_or_many_organisations_share_the_year(a_city: City, number: int):
    office = next(o for o in a_city.organisations if o.name == a_city.programme_office)
    rest = [replace(office, code=f"other{n}", name=f"다른 {n}과") for n in range(1, number)]
    stage = replace(a_city, organisations=(office, *rest))
    bought = Counter(p.draft.organisation_id for p in planned(stage))
    assert sum(bought.values()) == 240
    assert len(bought) == min(number, 8)
