"""뜻으로 찾기: from a word that no firm lists to the words of its trade (명함 → 인쇄, 행사용 화환 → 꽃)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from gwannae.programme.general_words import DEEDS, TOO_GENERAL, VAGUE
from gwannae.programme.hangul import search_key
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import WordGroup, WordSource, word_fault

MOST = 32  # words of one distance; a trade with more of them is named by the first ones of its file
FARTHEST = 4

# How far a step leads away from what was typed.
_SAME, _LAST_PART = 0, 1
_TRADE, _ITEM, _SIBLING, _BROADER = 1, 1, 2, 2
_WHOLE, _START, _INSIDE = 0, 1, 2
_LATIN_ALONE = 3
_ITEMS = 1 << 20  # more than any group has
_OFFICIAL_TRADE = 2  # classes of an official table are wider than a trade of ours


@dataclass(frozen=True, slots=True)
class Widened:
    """A word to look for instead. `key` as terms are kept, `word` as people write it.

    `via` is the word that led there (the last part of a compound, or what was typed); `distance` 0 is the same thing in
    another word, 1 its trade or what the trade sells, 2 another item of the trade or a wider trade, more is farther.
    `avoid` are keys: a term that has one of them in it belongs to something else.
    """

    key: str
    word: str
    via: str
    distance: int
    avoid: tuple[str, ...] = ()

    @property
    def reach(self) -> int:
        """Where in a term the word counts: 0 as the whole term alone, 1 also at its beginning, 2 anywhere.

        꽃 is in 불꽃놀이, ups in groups: one syllable, or three Latin letters, say something at the beginning only.
        """
        if self.key.isascii():
            return _WHOLE if len(self.key) < _LATIN_ALONE else _START if len(self.key) == _LATIN_ALONE else _INSIDE
        return _START if len(self.key) == 1 else _INSIDE

    def fits(self, term: str) -> bool:
        """Whether a term of the registry (a key) is meant."""
        if term == self.key:
            return True
        met = (False, term.startswith(self.key), self.key in term)[self.reach]
        return met and not any(piece in term for piece in self.avoid)


class Meaning:
    """The groups of words in memory; immutable, replaced when their version moves."""

    __slots__ = ("_aliases", "_by_head", "_endings", "_groups", "_places", "version")

    def __init__(self, groups: Iterable[WordGroup], version: int = 0) -> None:
        """`version` is the counter that the stored groups were read at."""
        self.version = version
        self._groups: list[WordGroup] = []
        self._places: dict[str, int | tuple[int, ...]] = {}  # key -> one number a place, see `_where`
        self._by_head: dict[str, list[int]] = {}
        self._aliases: dict[str, list[tuple[str, int]]] = {}
        self._endings: set[str] = set()
        for group in groups:
            if group.source is WordSource.OFFICE:
                self._add_alias(group)
            else:
                self._add_group(group)

    def _add_alias(self, group: WordGroup) -> None:
        for word in (word for spellings in group.items for word in spellings):
            self._aliases.setdefault(search_key(word), []).append((group.head, _SAME))
            self._aliases.setdefault(search_key(group.head), []).append((word, _ITEM))

    def _add_group(self, group: WordGroup) -> None:
        at = len(self._groups)
        self._groups.append(group)
        for name in (group.head, *group.same):
            self._put(search_key(name), at, -1)
            self._by_head.setdefault(search_key(name), []).append(at)
        for nth, spellings in enumerate(group.items):
            for word in spellings:
                self._put(search_key(word), at, nth)
        self._endings.update(map(search_key, group.endings))

    def _put(self, key: str, at: int, nth: int) -> None:
        place = at * _ITEMS + nth + 1
        known = self._places.get(key)
        if known is None:
            self._places[key] = place  # nearly all have one; thousands of lists with a pair each would take a megabyte
        else:
            self._places[key] = (*known, place) if isinstance(known, tuple) else (known, place)

    def _where(self, key: str) -> Iterator[tuple[int, int]]:
        """Where a word (a key) stands: in which group, and which of its items it is; -1: the trade itself."""
        known = self._places.get(key)
        if known is not None:
            for place in known if isinstance(known, tuple) else (known,):
                at, nth = divmod(place, _ITEMS)
                yield at, nth - 1

    def __len__(self) -> int:
        """How many words are known."""
        return len(self._places.keys() | self._aliases.keys())

    def knows(self, word: str) -> bool:
        """Whether some group or the office has this very word (a key)."""
        return word in self._places or word in self._aliases

    def office_says(self, word: str) -> bool:
        """Whether the office has said what to look for instead of this very word (a key)."""
        return any(far == _SAME for _, far in self._aliases.get(word, ()))

    def kinds(self, word: str) -> frozenset[PurchaseKind]:
        """물품, 용역 or 공사, as far as the groups of the word say."""
        groups = (self._groups[at] for at, _ in self._where(word))
        return frozenset(group.kind for group in groups if group.kind is not None)

    def avoided(self, word: str) -> tuple[str, ...]:
        """Keys of wrong hits of a word: terms that have the word in them and yet are another trade's."""
        return tuple(dict.fromkeys(piece for at, _ in self._where(word) for piece in self._avoid(at)))

    def widen(self, word: str, most: int = MOST) -> tuple[Widened, ...]:
        """The words to look for instead of `word` (a key), nearest first; each once, never the word itself.

        Empty for a word that nobody knows and that names no deed beside a thing.
        """
        best: dict[str, Widened] = {}
        for via, start in self._readings(word):
            for found in self._around(via, start):
                known = best.get(found.key)
                if found.key != word and (known is None or found.distance < known.distance):
                    best.pop(found.key, None)
                    best[found.key] = found
        ranked = sorted((w for w in best.values() if w.distance <= FARTHEST), key=lambda w: w.distance)
        return tuple(w for _, alike in groupby(ranked, key=lambda w: w.distance) for w in islice(alike, most))

    def of_trade(self, word: str) -> tuple[Widened, ...]:
        """What firms of the trade of a word (a key) sell and are called, those of the narrower trades in it as well."""
        names = {search_key(self._groups[at].head) for at, nth in self._where(word) if nth < 0}
        narrower = (
            found
            for at, group in enumerate(self._groups)
            if any(search_key(head) in names for head in group.broader)
            for found in self._words(group.words(), at, word, _ITEM)
        )
        return (*self.widen(word), *narrower)

    def _readings(self, word: str) -> Iterator[tuple[str, int]]:
        """What the word may say, with how far that is: itself, the thing of a deed, the last part of a compound."""
        if self.knows(word):
            yield word, _SAME
            return
        if word in TOO_GENERAL:  # 유지보수 is no 유지 of something
            return
        stems = list(self._without_deeds(word))
        for stem in stems:
            yield stem, _SAME
        if stems and self.knows(stems[-1]):
            return
        for stem in (*stems[::-1], word):
            part = self._last_part(stem)
            if part:
                yield part, _LAST_PART
                return

    def _without_deeds(self, word: str) -> Iterator[str]:
        """명함제작업체 → 명함제작, 명함. What is left has two syllables, or is known."""
        rest = word
        while not self.knows(rest):
            tails = (deed for deed in DEEDS if rest.endswith(deed))
            shorter = next((s for deed in tails if self._may_stand(s := rest.removesuffix(deed), deed)), None)
            if shorter is None:
                return
            rest = shorter
            yield rest

    def _may_stand(self, stem: str, deed: str) -> bool:
        return self.knows(stem) or (deed not in VAGUE and len(stem) > 1 and word_fault(stem) is None)

    def _last_part(self, word: str) -> str | None:
        for start in range(1, len(word) - 1):
            if self.knows(part := word[start:]) and not self._is_wrong(word, part):
                return part
        last = word[-1:]
        return last if last in self._endings and len(word) > 1 and not self._is_wrong(word, last) else None

    def _is_wrong(self, word: str, part: str) -> bool:
        return any(piece in word for piece in self.avoided(part))

    def _around(self, key: str, start: int) -> Iterator[Widened]:
        """The word itself, what the office says of it, and the words of its groups."""
        yield Widened(key, key, key, start, self.avoided(key))
        for other, far in self._aliases.get(key, ()):
            target = search_key(other)
            yield Widened(target, other, key, start + far, self.avoided(target))
            if far == _SAME:
                yield from self._in_groups(target, key, start)
        yield from self._in_groups(key, key, start)

    def _in_groups(self, key: str, via: str, start: int) -> Iterator[Widened]:
        for at, nth in self._where(key):
            group = self._groups[at]
            official = group.source is WordSource.OFFICIAL
            up = _SAME
            if nth >= 0:
                yield from self._words(group.items[nth], at, via, start)
                up = _OFFICIAL_TRADE if official else _TRADE
            yield from self._words((group.head, *group.same), at, via, start + up)
            if not official:  # a class of an official table holds hundreds of things: too many to be one trade
                down = _SIBLING if nth >= 0 else _ITEM
                items = (word for spellings in group.items for word in spellings)
                yield from self._words(items, at, via, start + down)
            for head in group.broader:
                for wider in self._by_head.get(search_key(head), ()):
                    names = (self._groups[wider].head, *self._groups[wider].same)
                    yield from self._words(names, wider, via, start + up + _BROADER)

    def _words(self, words: Iterable[str], at: int, via: str, distance: int) -> Iterator[Widened]:
        avoid = self._avoid(at)
        for word in words:
            yield Widened(search_key(word), word, via, distance, avoid)

    def _avoid(self, at: int) -> tuple[str, ...]:
        return tuple(map(search_key, self._groups[at].avoid))


def tries(meaning: Meaning, words: Sequence[str]) -> Iterator[tuple[Widened, ...]]:
    """What to look for, one set of words after the other, when the words of a query (keys) lead to no firm.

    Each set is of one distance: any of its words will do, and the caller stops at the first set that leads to a firm.
    Korean phrases end in what is meant (행사용 화환), so the words are read together first, then without their first
    ones, then one by one from the end.
    """
    tried: set[str] = set()
    for phrase in _phrases(words):
        for _, alike in groupby(meaning.widen(phrase), key=lambda w: w.distance):
            fresh = tuple(w for w in alike if w.key not in tried)
            tried.update(w.key for w in fresh)
            if fresh:
                yield fresh


def _phrases(words: Sequence[str]) -> Iterator[str]:
    tails = ["".join(words[start:]) for start in range(len(words))]
    yield from dict.fromkeys((*tails, *reversed(words)))
