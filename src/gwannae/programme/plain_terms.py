"""Terms as they are written: found whole, by their beginning, or by any part, in little memory.

Beginnings are found by bisection in the sorted list. Parts of few terms are found by going through all of them as one
text, which takes 50 microseconds and has nothing to prepare; of many, each pair of neighbouring characters knows its
terms. Their ids are small numbers, with few gaps: texts are found by them in a list.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, takewhile
from operator import add

from gwannae.programme.splices import Splice
from gwannae.programme.term_codes import AFTER_ALL

Ids = Sequence[int]
Term = tuple[int, str, bool]
Terms = Sequence[tuple[int, str]]
FEW = 20_000  # terms; from here on the pairs are worth their 2 ms and 300 bytes for each thousand of them


class PlainTerms:
    """An immutable sorted list of terms with their ids."""

    __slots__ = ("_by_id", "_few", "_ids", "_items", "_parts", "_texts")

    def __init__(self, terms: Iterable[Term], few: int = FEW) -> None:
        """`terms` are (id, text, whether it is an item); no text is empty. Fewer than `few` are gone through."""
        ordered = sorted((text, term_id, is_item) for term_id, text, is_item in terms)
        self._few = few
        self._texts = [text for text, _, _ in ordered]
        self._ids = array("I", [term_id for _, term_id, _ in ordered])
        self._items = bytearray([is_item for _, _, is_item in ordered])
        self._by_id = _put_by_id([], list(zip(self._ids, self._texts, strict=True)))
        self._parts = self._made_parts()

    def changed(self, gone: Iterable[int], new: Iterable[Term]) -> PlainTerms:
        """These terms without some (by their ids), and with others: in the time of a copy."""
        left = [(i, self._by_id[i]) for i in gone]
        ordered = sorted((text, term_id, is_item) for term_id, text, is_item in new)
        added = [(i, text) for text, i, _ in ordered]
        put = [bisect_left(self._texts, text) for text, _, _ in ordered]
        splice = Splice(len(self._texts), [self._index(*term) for term in left], put)
        made = PlainTerms((), self._few)
        made._texts = splice.of(self._texts, [text for _, text in added])
        made._ids = splice.of(self._ids, [i for i, _ in added])
        made._items = splice.of(self._items, [is_item for _, _, is_item in ordered])
        made._by_id = _put_by_id(self._by_id, added)
        if isinstance(self._parts, _Pairs) and len(made) >= self._few:
            made._parts = self._parts.changed(left, added, made._by_id)
        else:
            made._parts = made._made_parts()
        return made

    def _made_parts(self) -> _OneText | _Pairs:
        if len(self._texts) < self._few:
            return _OneText(self._texts, self._ids)
        return _Pairs(list(zip(self._ids, self._texts, strict=True)), self._by_id)

    def _index(self, term_id: int, text: str) -> int:
        return self._ids.index(term_id, bisect_left(self._texts, text))

    def text(self, term_id: int) -> str:
        """The text of one of the terms."""
        return self._by_id[term_id]

    def __len__(self) -> int:
        """The number of terms."""
        return len(self._texts)

    def __iter__(self) -> Iterator[Term]:
        """The terms as they were given, sorted by text."""
        return zip(self._ids, self._texts, map(bool, self._items), strict=True)

    def find(self, word: str) -> tuple[Ids, Ids, Ids]:
        """Ids of the terms that are the word, that begin with it, and that have it further inside; each id once."""
        first, whole, last = self._span(word)
        ids, inside = self._ids, self._parts.having(word)
        if first < last:
            inside = list(set(inside).difference(ids[first:last]))
        return ids[first:whole], ids[whole:last], inside

    def is_item(self, word: str) -> bool:
        """Whether the word is a whole item."""
        first = bisect_left(self._texts, word)
        return any(self._items[first : bisect_right(self._texts, word, first)])

    def is_whole(self, word: str) -> bool:
        """Whether the word is a whole term."""
        first = bisect_left(self._texts, word)
        return first < len(self._texts) and self._texts[first] == word

    def knows(self, word: str) -> bool:
        """Whether some term has the word in it."""
        first, _, last = self._span(word)
        return first < last or self._parts.has(word)

    def ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return self._parts.any_ends(word)

    def ending(self, word: str) -> list[int]:
        """Ids of the terms that are the word or end with it."""
        return [term_id for term_id in self._parts.having(word) if self._by_id[term_id].endswith(word)]

    def starting(self, word: str, limit: int) -> list[str]:
        """The first terms that are the word or begin with it."""
        first, _, last = self._span(word)
        return self._texts[first : min(last, first + limit)]

    def _span(self, word: str) -> tuple[int, int, int]:
        """Where the word stands: [first, whole) are the word itself, [whole, last) go on after it."""
        texts = self._texts
        first = bisect_left(texts, word)
        if first == len(texts) or not texts[first].startswith(word):
            return first, first, first
        last = bisect_left(texts, word + AFTER_ALL, first)
        return first, bisect_right(texts, word, first, last), last


def _put_by_id(before: list[str], terms: Terms) -> list[str]:
    """Texts by their ids: those of before, and some that are new."""
    by_id = before + [""] * (max((i for i, _ in terms), default=-1) + 1 - len(before))
    for i, text in terms:
        by_id[i] = text
    return by_id


class _OneText:
    """All terms in one text, each with its end; gone through from front to back."""

    __slots__ = ("_ids", "_starts", "_text")

    def __init__(self, texts: list[str], ids: array[int]) -> None:
        self._text = "".join([f"{text}\n" for text in texts])
        self._starts = array("I", accumulate((len(text) + 1 for text in texts), initial=0))
        self._ids = ids

    def having(self, word: str) -> Ids:
        """The terms that the word is part of."""
        text, starts, ids, index = self._text, self._starts, self._ids, 0
        found = []
        at = text.find(word)
        while at >= 0:
            index = bisect_right(starts, at, index) - 1
            found.append(ids[index])
            at = text.find(word, starts[index + 1])
        return found

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        return word in self._text

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return f"{word}\n" in self._text


class _Pairs:
    """The terms of each pair of neighbouring characters. The end of a term counts as a character, so that a word of one
    character has pairs as well.
    """

    __slots__ = ("_by_id", "_pairs", "_sorted")

    def __init__(self, terms: Terms, by_id: list[str]) -> None:
        pairs: dict[str, list[int]] = {}
        for term_id, text in terms:
            for pair in _pairs_of(text):
                known = pairs.get(pair)
                if known is None:
                    pairs[pair] = [term_id]
                else:
                    known.append(term_id)
        self._by_id = by_id
        self._pairs = {pair: array("I", pairs[pair]) for pair in sorted(pairs)}
        self._sorted = list(self._pairs)

    def changed(self, gone: Terms, new: Terms, by_id: list[str]) -> _Pairs:
        """The same without some terms and with others; pairs that they have not are shared."""
        out, put = _by_pair(gone), _by_pair(new)
        made = _Pairs((), by_id)
        made._pairs = dict(self._pairs)
        for pair in out.keys() | put.keys():
            left = set(out.get(pair, ()))
            ids = [term_id for term_id in self._pairs.get(pair, ()) if term_id not in left]
            ids += put.get(pair, ())
            if ids:
                made._pairs[pair] = array("I", ids)
            else:
                del made._pairs[pair]
        made._sorted = self._sorted if self._pairs.keys() == made._pairs.keys() else sorted(made._pairs)
        return made

    def having(self, word: str) -> Ids:
        """The terms that the word is part of."""
        pairs, texts = self._pairs, self._by_id
        if len(word) == 1:
            begin = bisect_left(self._sorted, word)
            beginning = takewhile(lambda pair: pair[0] == word, islice(self._sorted, begin, None))
            return list(set(chain.from_iterable(map(pairs.__getitem__, beginning))))
        rarest = self._rarest(word)
        return rarest if len(word) == 2 else [term_id for term_id in rarest if word in texts[term_id]]

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        if len(word) == 1:
            return len(self.having(word)) > 0
        texts, rarest = self._by_id, self._rarest(word)
        return len(rarest) > 0 if len(word) == 2 else any(word in texts[term_id] for term_id in rarest)

    def _rarest(self, word: str) -> array[int]:
        none: array[int] = array("I")
        return min([self._pairs.get(word[at : at + 2], none) for at in range(len(word) - 1)], key=len)

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return any(self._by_id[term_id].endswith(word) for term_id in self._rarest(f"{word}\n"))


def _pairs_of(text: str) -> set[str]:
    return set(map(add, text, text[1:] + "\n"))


def _by_pair(terms: Terms) -> dict[str, list[int]]:
    found = defaultdict(list)
    for term_id, text in terms:
        for pair in _pairs_of(text):
            found[pair].append(term_id)
    return found
