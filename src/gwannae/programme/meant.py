"""Which terms of the registry a query means, when none of them has its words: the first step that leads to a firm."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from gwannae.programme.meaning import Meaning, Widened, tries

# Where in each term (by its id) a key stands just as it is: 0 as the whole term, 1 at its beginning, 2 inside.
PlacesOf = Callable[[str], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Meant:
    """What was looked for in place of the query's words.

    `words` are those of the step that some term has, as people write them; `via` is the part of the query that led to
    them, `distance` as in `Widened`. `terms` are ids with the best place, to be looked up among items alone: a firm
    named 꽃보다 is no florist.
    """

    words: tuple[str, ...]
    via: str
    distance: int
    terms: Mapping[int, int]


def find_meant(
    meaning: Meaning, words: Sequence[str], places_of: PlacesOf, leads: Callable[[Collection[int]], bool]
) -> Meant | None:
    """The nearest step whose terms lead to a firm, as `leads` says of term ids; None: the words lead nowhere.

    `words` are the keys of a query, without particles and filler.
    """
    for alike in tries(meaning, words):
        best: dict[int, int] = {}
        met: list[str] = []
        for word in alike:
            found = terms_of(word, places_of)
            if found:
                met.append(word.word)
            for term_id, place in found.items():
                best[term_id] = min(place, best.get(term_id, place))
        if best and leads(best):
            return Meant(tuple(met), alike[0].via, alike[0].distance, best)
    return None


def terms_of(word: Widened, places_of: PlacesOf) -> dict[int, int]:
    """The terms that a word means, with its place in them; without those that only look alike."""
    found = {term_id: place for term_id, place in places_of(word.key).items() if place <= word.reach}
    if any(found.values()):  # a whole term is the very word: nothing to leave out
        wrong = {term_id for piece in word.avoid for term_id in places_of(piece)}
        found = {term_id: place for term_id, place in found.items() if place == 0 or term_id not in wrong}
    return found
