"""The order of an answer among firms that met the words alike; at the front door."""

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta

import pytest

from gwannae.actions.localvendor import search_all
from gwannae.programme.facts import Fact
from gwannae.programme.vendors import Certificate, CertificateKind, SizeFact, Vendor
from gwannae.sandbox.values import Message
from tests.bot.reports import buy
from tests.bot.test_localvendor import firms, look_up, press
from tests.builders import a_vendor, an_address
from tests.databases import PostgresServer, SqliteTemplate
from tests.front_door import NOW, FrontDoor, open_front_door

MAKER = (Certificate(CertificateKind.DIRECT_PRODUCTION, "D-1", date(2025, 1, 1), date(2027, 6, 15)),)
FRESH, OLD = date(2027, 6, 1), date(2026, 6, 1)


def a_firm(
    name: str, *items: str, as_of: date = FRESH, makes: Fact = Fact.UNKNOWN, held: tuple[Certificate, ...] = ()
) -> Vendor:
    here = an_address(text="가람도 햇님시 솔숲구 볕뉘로 1", district="솔숲구", since=date(2020, 3, 1))
    small = SizeFact(Fact.YES, "중소기업확인서")
    return a_vendor(
        name=name, business_number=None, items=items, size=small, addresses=(here,), as_of=as_of, makes=makes,
        certificates=held,
    )  # fmt: skip


def town() -> list[Vendor]:
    """Six makers and sellers of one thing, and twelve of another that are all alike."""
    return [
        a_firm("오래된판매", "의자", as_of=OLD),
        a_firm("샀던판매", "의자"),
        a_firm("새판매", "의자"),
        a_firm("말한제조", "의자", makes=Fact.YES, as_of=OLD),
        a_firm("증명제조", "의자", makes=Fact.NO, held=MAKER, as_of=OLD),
        a_firm("긴의자증명", "긴 의자", held=MAKER),
        *(a_firm(f"같은책상{n}", "책상") for n in range(12)),
    ]


@pytest.fixture
async def shop(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FrontDoor]:
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("shop"))
    async with open_front_door(url, town()) as door:
        yield door
        await door.driver.settle()
        assert door.workspace.faults_seen == []


async def all_pages(door: FrontDoor, words: str) -> list[str]:
    """The firms of an answer, page after page."""
    page: Message = await look_up(door, words)
    shown = firms(page)
    while more := [b["text"]["text"] for blk in page.blocks for b in blk.get("elements", ()) if is_more(b)]:
        page = await press(door, page, more[0])
        shown += firms(page)
    return shown


def is_more(element: dict[str, object]) -> bool:
    return element.get("action_id") == "localvendor-more"


CHAIRS = ["증명제조", "말한제조", "샀던판매", "새판매", "오래된판매", "긴의자증명"]


async def test_a_better_match_comes_first_then_makers_then_fresh_then_bought(shop: FrontDoor) -> None:
    shop.clock.now -= timedelta(days=1)
    buy(shop, "샀던판매", date(2027, 3, 2))
    shop.clock.now += timedelta(days=1)
    assert await all_pages(shop, "의자") == CHAIRS


async def test_a_certificate_that_has_ended_makes_nobody_a_maker(shop: FrontDoor) -> None:
    shop.clock.now += timedelta(days=1)
    chairs = await all_pages(shop, "의자")
    assert chairs[0] == "말한제조"
    assert set(chairs[3:5]) == {"오래된판매", "증명제조"}


async def test_pages_agree_all_day_whatever_is_reported_or_changed_meanwhile(shop: FrontDoor) -> None:
    desks = await all_pages(shop, "책상")
    assert len(set(desks)) == 12
    buy(shop, desks[-1], date(2027, 6, 14))
    shop.clock.now = NOW.replace(hour=23, minute=59)
    assert await all_pages(shop, "책상") == desks


async def test_a_process_that_starts_later_on_the_day_shows_the_same_order(
    sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = sqlite_template.copy_to(tmp_path_factory.mktemp("later"))
    async with open_front_door(url, town()) as door:
        desks = await all_pages(door, "책상")
        buy(door, desks[-1], date(2027, 6, 14))
    async with open_front_door(url, ()) as later:
        assert await all_pages(later, "책상") == desks
        later.clock.now += timedelta(days=1)
        assert (await all_pages(later, "책상"))[0] == desks[-1]


async def test_equals_change_places_every_day_and_no_answer_is_remembered_over_midnight(shop: FrontDoor) -> None:
    shop.clock.now = NOW.replace(hour=23, minute=59, second=59)
    evening = [await look_up(shop, "책상"), await look_up(shop, "책상")]  # the second one is remembered
    assert firms(evening[0]) == firms(evening[1])
    firsts = []
    for nth in range(1, 11):
        shop.clock.now = datetime.combine(NOW.date(), time(), NOW.tzinfo) + timedelta(days=nth)
        in_order = [card.vendor.name for card in search_all(shop.toolkit, "책상", shop.clock.now.date()).cards]
        assert firms(await look_up(shop, "책상")) == in_order[:5]
        assert firms(await look_up(shop, "책상")) == in_order[:5]
        firsts.append(in_order[0])
    assert len(set(firsts)) > 3


async def test_both_databases_have_the_same_order(shop: FrontDoor, postgres: PostgresServer) -> None:
    with postgres.fresh() as url:
        async with open_front_door(url, town()) as other:
            for words in ("책상", "의자"):
                assert await all_pages(other, words) == await all_pages(shop, words)
