"""Which firms a word leads to: the registry's words and postings in memory, compact and immutable.

Firms are known here by their place in the order in which they are shown (0 is first), so that of two firms that met a
word equally well the smaller number stands first, and nothing has to be sorted while somebody waits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gwannae.programme.met import Group, Joined, Met
from gwannae.programme.place_runs import PlaceRuns
from gwannae.programme.place_sets import PlaceSet
from gwannae.programme.search import CLASSES_OF_A_KIND, Field, match_class
from gwannae.programme.vocabulary import Vocabulary
from gwannae.programme.word_matches import Kind, Matches, Place

# Where a word stands that says what kind of thing is wanted (친환경, 사무용) is the same for whoever asks next.
_COMMON = 300  # firms
_COMMON_KEPT = 256  # words: of 100,000 firms some megabytes

# Short words that stand in so many terms are looked up before anybody asks, as far as there is time.
CROWDED = 300  # terms
_READY_MOST = 4_096  # words, and as many 초성


class WordIndex:
    """A vocabulary and, for each of its terms and each field, the places of the firms that it stands with."""

    __slots__ = ("_by_field", "_common", "_crowded", "_ready", "_ready_initials", "vocabulary")

    def __init__(
        self,
        terms: Iterable[tuple[int, str]],
        lists: Mapping[Field, Iterable[tuple[int, Iterable[int]]]],
        version: int = 0,
        crowded: int = CROWDED,
    ) -> None:
        """`terms` are (id, key); `lists` has for each field the places of each term; ids ascending. `crowded`: in how
        many terms a short word stands that is looked up before anybody asks (`prepare`).

        Terms that stand with no firm (theirs have gone) are left out.
        """
        self._by_field = {field: PlaceRuns(lists.get(field, ())) for field in Field}
        self._reach()
        items = set(self._by_field[Field.ITEM].term_ids())
        standing = items.union(*(runs.term_ids() for runs in self._by_field.values()))
        used = ((i, text, i in items) for i, text in terms if i in standing)
        self.vocabulary = Vocabulary(used, version)
        self._common: dict[str, Met] = {}
        self._crowded = crowded
        self._ready: dict[str, Met] = {}
        self._ready_initials: dict[str, Met] = {}

    def changed(
        self,
        moves: array[int],
        lists: Mapping[Field, Mapping[int, Sequence[int]]],
        texts: Mapping[int, str],
        version: int,
    ) -> WordIndex:
        """The index after some firms have changed; it answers as one that was read anew would.

        `moves` says of each place where its firm stands now, NOWHERE for those that changed or went; `lists` has for
        each field the places of those that changed or came, by their terms, whose keys are `texts`.
        """
        made = WordIndex((), {}, version, self._crowded)
        touched: set[int] = set()
        for field, runs in self._by_field.items():
            made._by_field[field], of_field = runs.changed(moves, lists.get(field, {}))
            touched |= of_field
        made._reach()
        stood = {term_id: is_item for term_id in touched if (is_item := self._is_item(term_id)) is not None}
        stands = {term_id: is_item for term_id in touched if (is_item := made._is_item(term_id)) is not None}
        gone = [term_id for term_id, is_item in stood.items() if stands.get(term_id) is not is_item]
        new = [
            (term_id, texts.get(term_id) or self.vocabulary.text(term_id), is_item)
            for term_id, is_item in stands.items()
            if stood.get(term_id) is not is_item
        ]
        made.vocabulary = self.vocabulary.changed(gone, new, version)
        return made

    def _reach(self) -> None:
        """Let all fields know of as many term ids."""
        most = max(map(len, self._by_field.values()))
        for runs in self._by_field.values():
            runs.reach(most)

    def _is_item(self, term_id: int) -> bool | None:
        """Whether a term is an item of some firm; None where it stands with none."""
        if self._by_field[Field.ITEM].has(term_id):
            return True
        return False if any(runs.has(term_id) for runs in self._by_field.values()) else None

    def met(self, word: str) -> Met:
        """The firms that a word (a key) leads to; less sure ways are tried only where it is in no term as it stands."""
        return self.met_surely(word) or self.met_while_typing(word)

    def met_surely(self, word: str) -> Met | None:
        """The firms that a word leads to as it stands; None where `met` would look further."""
        if (known := self._ready.get(word) or self._common.get(word)) is not None:
            return known
        literal = self.vocabulary.literal(word)
        if not self.vocabulary.settles(word, literal):
            return None
        met = self._led(word, literal)
        if len(met.everyone) >= _COMMON:
            while len(self._common) >= _COMMON_KEPT:
                self._common.pop(next(iter(self._common), ""), None)  # another thread may have been quicker
            self._common[word] = met
        return met

    def prepare(self) -> Iterator[None]:
        """Look up what would take long when somebody asks: short words that stand in very many terms, the commonest
        first, one at each step; 초성 too, once anybody has asked by them. It changes no answer.
        """
        yield from self.vocabulary.prepare()
        for word in self.vocabulary.common(self._crowded)[:_READY_MOST]:
            literal = self.vocabulary.literal(word)
            if self.vocabulary.settles(word, literal):
                self._ready[word] = self._led(word, literal)
            yield
        for word in self.vocabulary.common_initials(self._crowded)[:_READY_MOST]:
            if word not in self._ready:
                self._ready_initials[word] = self._led(word, self.vocabulary.match(word))
            yield

    def met_as_it_stands(self, word: str) -> Met:
        """The firms that a word leads to as it stands."""
        return self._led(word, self.vocabulary.literal(word))

    def at_the_end_of_names(self, word: str) -> PlaceSet:
        """The firms whose names end with the word, as Korean names do in what a firm is (한빛이사)."""
        return self._by_field[Field.NAME].of(self.vocabulary.ending(word))

    def met_while_typing(self, word: str) -> Met:
        """The firms that a word leads to, also as the beginning of another (현수ㅁ of 현수막)."""
        return self._ready_initials.get(word) or self._led(word, self.vocabulary.match(word))

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

    def items(self) -> Iterator[tuple[str, PlaceSet]]:
        """Each term that is an item of some firm, and the places of its firms."""
        items = self._by_field[Field.ITEM]
        return ((text, items.of_one(term_id)) for term_id, text, is_item in self.vocabulary if is_item)

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
