"""A made-up registry of any size: the same firms for the same size and seed, on every machine.

Firms sell what the word list below names, a few things often and many seldom, as in real registries. City, streets and
firms are invented; business numbers carry a right check digit and are handed out in order.
"""

import csv
import random
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

CITY_FILE = Path(__file__).parent / "city.toml"
SEED = 20270104
HEADER = ("상호", "사업자등록번호", "소재지", "취급품목", "업종", "대표전화", "기업구분", "인증", "데이터기준일자")
AS_OF = "2026-11-01"

_WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
_SECTORS: list[dict[str, str]] = _WORDS["sectors"]
_FIRST, _SECOND, _STREETS = (_WORDS[name].split() for name in ("first_syllables", "second_syllables", "streets"))
_BEFORE, _MATERIALS, _AFTER = (_WORDS[name].split() for name in ("purposes", "materials", "deeds"))
_DISTRICTS = (
    ("은하구", ("윗별동", "아랫별동", "샛별동")),
    ("여울구", ("한여울동", "새여울동")),
    ("노을구", ("노을동", "해넘이동")),
)
_ELSEWHERE = (
    "서울특별시 먼데구 어디로",
    "부산광역시 저편구 바닷길",
    "강원특별자치도 산너머시 고갯길",
    "누리도 다른시 건너로",
)
_CERTIFICATES = ("여성기업", "장애인기업", "사회적기업", "마을기업", "녹색제품")
_FIRST_SELDOM = 5_000_000  # of the series of business numbers
_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """One firm as a vendor file writes it; `core` is what is its own of the name."""

    name: str
    number: str
    address: str
    items: tuple[str, ...]
    trade: str
    phone: str
    size: str
    certificate: str
    core: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells under HEADER."""
        items = ", ".join(self.items)
        return (
            self.name, self.number, self.address, items, self.trade, self.phone, self.size, self.certificate, AS_OF
        )  # fmt: skip


def lines(count: int, seed: int = SEED, tail: float = 0.0) -> Iterator[Line]:
    """`count` firms, all with different numbers; some share a name.

    `tail` is the share of things sold that are worded freely ("방수 알루미늄 게시판 제작"), as firms do that fill in
    a form themselves: at 0.25, 100,000 firms name about 100,000 different things.
    """
    rng = random.Random(f"{seed}/{count}")
    free = random.Random(f"{seed}/{count}/free")  # of its own: the other firms stay the same with and without a tail
    for n in range(count):
        sector = rng.choices(range(len(_SECTORS)), cum_weights=_zipf(len(_SECTORS)))[0]
        trade, endings = _SECTORS[sector]["trade"], _SECTORS[sector]["endings"]
        goods = _goods(sector)
        chosen = rng.choices(goods, cum_weights=_zipf(len(goods)), k=rng.randint(3, 8))
        items = dict.fromkeys(_freely(item, free) if free.random() < tail else item for item in chosen)
        yield _line(rng, trade, endings, tuple(items), n)


def seldom(each: int, seed: int = SEED) -> Iterator[Line]:
    """`each` firms of every trade of which a city has a few; their numbers are no other firm's."""
    rng = random.Random(f"{seed}/seldom")
    for at, sector in enumerate(_WORDS["seldom"]):
        goods = sector["goods"].split()
        for n in range(each):
            items = tuple(rng.sample(goods, min(len(goods), rng.randint(3, 6))))
            yield _line(rng, sector["trade"], sector["endings"], items, _FIRST_SELDOM + at * each + n)


def _line(rng: random.Random, trade: str, endings: str, items: tuple[str, ...], n: int) -> Line:
    core = rng.choice(_FIRST) + rng.choice(_SECOND) + (rng.choice(_SECOND) if rng.random() < 0.7 else "")
    name = core + rng.choice(endings.split())
    if rng.random() < 0.4:
        name = f"(주){name}"
    return Line(
        name,
        business_number(n),
        _address(rng),
        items,
        f"{trade}업",
        f"03{rng.randint(1, 9)}-{rng.randint(200, 999)}-{rng.randint(0, 9999):04d}",
        rng.choices(("소기업", "중기업", "대기업", ""), (60, 15, 3, 22))[0],
        rng.choice(_CERTIFICATES) if rng.random() < 0.08 else "",
        core,
    )


def write_csv(path: Path, rows: Iterable[Line]) -> Path:
    """Write a vendor file as offices keep them (UTF-8 with BOM)."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        writer.writerows(row.cells for row in rows)
    return path


def business_number(n: int) -> str:
    """The n-th number of a series, with the check digit that it must have."""
    head = f"{100 + n // 1000000 % 800:03d}{n // 10000 % 100:02d}{n % 10000:04d}"
    total = sum(int(d) * w for d, w in zip(head, _WEIGHTS, strict=True)) + int(head[8]) * 5 // 10
    return f"{head}{-total % 10}"


def plain_items(common: int, seldom: int) -> list[str]:
    """Items as people ask for them: `common` of those that many firms sell, `seldom` of those that few do."""
    goods = [sector["goods"].split() for sector in _SECTORS]
    first = [words[n] for n in range(6) for words in goods]
    last = [words[-1 - n] for n in range(4) for words in goods]
    return [*dict.fromkeys(first)][:common] + [*dict.fromkeys(last)][:seldom]


def name_beginnings() -> list[str]:
    """How firms' names begin: many firms each."""
    return [f + s for f, s in zip(_FIRST, _SECOND * 2, strict=False)]


def _freely(item: str, rng: random.Random) -> str:
    before, made_of, after = (
        rng.choices(words, cum_weights=_zipf(len(words)))[0] for words in (_BEFORE, _MATERIALS, _AFTER)
    )
    return f"{before} {made_of} {item} {after}" if rng.random() < 0.5 else f"{made_of} {item} {before} {after}"


def items_of_sectors() -> list[list[str]]:
    """What each sector may sell, in the order of frequency, plain things first."""
    return [list(_goods(sector)) for sector in range(len(_SECTORS))]


@cache
def _goods(sector: int) -> tuple[str, ...]:
    """Plain goods first, which most firms sell; then each with its qualifiers."""
    plain = _SECTORS[sector]["goods"].split()
    return (*plain, *(f"{q} {g}" for q in _SECTORS[sector]["qualifiers"].split() for g in plain))


@cache
def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


def _address(rng: random.Random) -> str:
    if rng.random() < 0.12:
        return f"{rng.choice(_ELSEWHERE)} {rng.randint(1, 300)}"
    district, neighbourhoods = rng.choice(_DISTRICTS)
    street = f"{rng.choice(_STREETS)} {rng.randint(1, 400)}"
    return f"누리도 물별시 {district} {street}, {rng.randint(1, 20)}층 ({rng.choice(neighbourhoods)})"
