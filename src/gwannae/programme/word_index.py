"""Which firms a word leads to: the registry's words and postings in memory, compact and immutable.

Firms are known here by their place in the order in which they are shown (0 is first), so that of two firms that met a
word equally well the smaller number stands first, and nothing has to be sorted while somebody waits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, repeat

from gwannae.programme.met import Group, Joined, Met, Places
from gwannae.programme.search import CLASSES_OF_A_KIND, Field, match_class
from gwannae.programme.vocabulary import Vocabulary
from gwannae.programme.word_matches import Kind, Matches, Place


class WordIndex:
    """A vocabulary and, for each of its terms and each field, the places of the firms that it stands with."""

    __slots__ = ("_by_field", "vocabulary")

    def __init__(
        self,
        terms: Iterable[tuple[int, str]],
        lists: Mapping[Field, Iterable[tuple[int, Iterable[int]]]],
        version: int = 0,
    ) -> None:
        """`terms` are (id, key); `lists` has for each field the places of each term; ids and places ascending.

        Terms that stand with no firm (theirs have gone) are left out.
        """
        self._by_field = {field: _Runs(by_term) for field, by_term in lists.items()}
        items = set(self._by_field[Field.ITEM].term_ids())
        standing = items.union(*(runs.term_ids() for runs in self._by_field.values()))
        used = ((i, text, i in items) for i, text in terms if i in standing)
        self.vocabulary = Vocabulary(used, version)

    def met(self, word: str) -> Met:
        """The firms that a word (a key) leads to; less sure ways are tried only where it is in no term as it stands."""
        return self.met_surely(word) or self.met_while_typing(word)

    def met_surely(self, word: str) -> Met | None:
        """The firms that a word leads to as it stands; None where `met` would look further."""
        literal = self.vocabulary.literal(word)
        return self._led(word, literal) if self.vocabulary.settles(word, literal) else None

    def met_as_it_stands(self, word: str) -> Met:
        """The firms that a word leads to as it stands."""
        return self._led(word, self.vocabulary.literal(word))

    def met_while_typing(self, word: str) -> Met:
        """The firms that a word leads to, also as the beginning of another (현수ㅁ of 현수막)."""
        return self._led(word, self.vocabulary.match(word))

    def met_items(self, terms: Mapping[int, int]) -> Met:
        """The firms that have one of these terms as an item; `terms` are ids with their place (0 whole, 1 start, 2)."""
        by_place: dict[int, list[int]] = {}
        for term_id, place in terms.items():
            by_place.setdefault(place, []).append(term_id)
        items = self._by_field[Field.ITEM]
        groups: list[Group] = []
        for at, ids in by_place.items():
            if found := items.of(ids):
                match = match_class(Field.ITEM, Kind.LITERAL, Place(at))
                groups.append((int(match), match, found))
        return Met(groups)

    def items(self) -> Iterator[tuple[str, Places]]:
        """Each term that is an item of some firm, and the places of its firms."""
        items = self._by_field[Field.ITEM]
        used = ((text, items.of([term_id])) for term_id, text, is_item in self.vocabulary if is_item)
        return ((text, places) for text, runs in used for places in runs)

    def met_by_all(self, words: Sequence[str], *, typing: bool = False) -> Met | Joined:
        """The firms that all of the words (at least one) lead to."""
        one = self.met_while_typing if typing else self.met
        return one(words[0]) if len(words) == 1 else Joined([one(word) for word in words])

    def _led(self, word: str, matches: Matches) -> Met:
        groups: list[Group] = []
        for way, ids in matches.groups:
            for field, runs in self._by_field.items():
                if found := runs.of(ids):
                    match = match_class(field, way.kind, way.place)
                    groups.append((int(match) + way.nth * CLASSES_OF_A_KIND, match, found))
        return Met(groups, word, matches.instead)


class _Runs:
    """The places of each term in one run of numbers: four bytes a posting, and no object of its own for each term."""

    __slots__ = ("_places", "_starts")

    def __init__(self, by_term: Iterable[tuple[int, Iterable[int]]]) -> None:
        starts, places = array("I"), array("I")
        for term_id, mine in by_term:
            starts.extend(repeat(len(places), term_id + 1 - len(starts)))
            places.extend(mine)
        starts.append(len(places))
        self._starts, self._places = starts, places

    def term_ids(self) -> list[int]:
        """The terms that stand with any firm."""
        return [term_id for term_id, (first, last) in enumerate(pairwise(self._starts)) if first < last]

    def of(self, term_ids: Iterable[int]) -> list[Places]:
        """The places of each of those terms that has any; of a term named twice, twice."""
        starts, places, end = self._starts, self._places, len(self._starts) - 1
        return [places[starts[i] : starts[i + 1]] for i in term_ids if i < end and starts[i] < starts[i + 1]]
