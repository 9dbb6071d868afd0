"""Questions as procurement staff write them, asked through the product's look-up: what share reaches the right trade.

The questions are JSON lines (q, match_any, avoid) that lie beside the checkout and never in it; without them the
measurement says so and measures nothing. The registry is made up and in a made-up city, whose name stands in the
questions instead of the city's for which they were written; beside the trades of the other measurements it has a few
firms of each that a city has few of (movers, surveyors, travel agencies), as questions ask for those as well.

Right is an answer whose first ten firms have one of the words of `match_any` in a name or an item, and none of `avoid`
in an item. Beside it, a plain LIKE: all words of the question as they were typed, and the thing alone that it asks for.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, registry
from benchmarks.outcome import Outcome
from gwannae.actions.localvendor import look_up
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.hangul import search_key
from gwannae.programme.localvendor import PAGE
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict
from gwannae.readers.city_file import read_city
from gwannae.storage import vendors as vendor_store

FIRMS = 12_000
FILE = "procurement_queries_a.jsonl"
_ROOT = Path(__file__).resolve().parent.parent
_FIRST = 10
_OF_EACH = 12

Question = Mapping[str, Any]


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """All questions of the file, whole sentences as they were typed."""
    outcome = Outcome()
    place = Path(os.environ.get("GWANNAE_SHARED_DATA") or _ROOT.parent / "shared" / "data") / FILE
    if not place.is_file():
        outcome.tables.append(f"meaning: SKIPPED, no {FILE} in {place.parent} (GWANNAE_SHARED_DATA says where)")
        return outcome
    questions = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines() if line]
    questions = questions[:: 10 if quick else 1]
    missed: dict[str, list[str]] = {}
    own = folder / "meaning"  # the other measurements count on their own 12,000 firms
    own.mkdir(exist_ok=True)
    with registry.opened(registry.filled(own, FIRMS)) as toolkit:
        few = list(corpus.seldom(_OF_EACH))
        registry.take_in(toolkit, corpus.write_csv(own / "seldom.csv", few))
        texts = _texts(toolkit, FIRMS + len(few))
        rights = {"the product": 0, "LIKE, words as typed": 0, "LIKE, the thing alone": 0}
        for question in questions:
            found = {
                "the product": _texts_of(_first_firms(toolkit, _elsewhere(question["q"]))),
                "LIKE, words as typed": _like(texts, question["q"]),
                "LIKE, the thing alone": _like(texts, str(question.get("item", ""))),
            }
            for way, firms in found.items():
                right = _is_right(firms, question)
                rights[way] += right
                if way == "the product" and not right:
                    missed.setdefault(str(question.get("item")), []).append(question["q"])
    for way, right in rights.items():
        outcome.share(
            f"meaning: share of {len(questions)} questions that are answered right, {way}", right / len(questions)
        )
    for item, typed in missed.items():
        outcome.tables.append(f"meaning: not answered right: {item} ({len(typed)}), such as {typed[0]}")
    return outcome


def _elsewhere(text: str) -> str:
    """The question with the made-up city's name instead of that of a city whose file is shipped."""
    for file in (_ROOT / "src/gwannae/cities").glob("*.toml"):
        places = read_city(file.stem).places
        for name in (places.city, *places.city_aliases):
            text = text.replace(name, "물별시" if name == places.city else "물별")
    return text


def _first_firms(toolkit: Toolkit, typed: str) -> Iterator[Vendor]:
    for side in (Verdict.LOCAL, Verdict.OUTSIDE):
        for offset in range(0, _FIRST, PAGE):
            page = look_up(toolkit, typed, registry.TODAY, side, offset)
            if page.offset == offset:
                yield from (card.vendor for card in page.cards)


def _texts_of(firms: Iterator[Vendor]) -> list[tuple[str, ...]]:
    """Names and items of at most ten firms, as keys."""
    return [tuple(map(search_key, (firm.name, *firm.items))) for firm in firms][:_FIRST]


def _texts(toolkit: Toolkit, firms: int) -> list[tuple[str, ...]]:
    with toolkit.database.read() as tx:
        found = vendor_store.vendors(tx, range(1, firms + 1))
    return [tuple(map(search_key, (firm.name, *firm.items))) for firm in found.values()]


def _like(texts: Sequence[tuple[str, ...]], typed: str) -> list[tuple[str, ...]]:
    words = [key for word in typed.split() if (key := search_key(word))]
    return [firm for firm in texts if words and all(any(word in text for text in firm) for word in words)][:_FIRST]


def _is_right(firms: Sequence[tuple[str, ...]], question: Question) -> bool:
    wanted, wrong = (list(map(search_key, question[name])) for name in ("match_any", "avoid"))
    reached = any(word in text for firm in firms for text in firm for word in wanted)
    return reached and not any(word in text for firm in firms for text in firm[1:] for word in wrong)
