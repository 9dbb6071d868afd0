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

    __slots__ = ("_by_id", "_few", "_ids", "_items", "_longest", "_parts", "_texts")

    def __init__(self, terms: Iterable[Term], few: int = FEW, longest: int = 2) -> None:
        """`terms` are (id, text, whether it is an item); no text is empty. Fewer than `few` are gone through. Pieces of
        up to `longest` characters, two or three, know their terms: three where there are few different characters.
        """
        ordered = sorted((text, term_id, is_item) for term_id, text, is_item in terms)
        self._few, self._longest = few, longest
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
        made = PlainTerms((), self._few, self._longest)
        made._texts = splice.of(self._texts, [text for _, text in added])
        made._ids = splice.of(self._ids, [i for i, _ in added])
        made._items = splice.of(self._items, [is_item for _, _, is_item in ordered])
        made._by_id = _put_by_id(self._by_id, added)
        if isinstance(self._parts, _Pieces) and len(made) >= self._few:
            made._parts = self._parts.changed(left, added, made._by_id)
        else:
            made._parts = made._made_parts()
        return made

    def _made_parts(self) -> _OneText | _Pieces:
        if len(self._texts) < self._few:
            return _OneText(self._texts, self._ids)
        return _Pieces(list(zip(self._ids, self._texts, strict=True)), self._by_id, self._longest)

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
        ids = self._ids
        return ids[first:whole], ids[whole:last], self._parts.having(word, ids[first:last])

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
        return [term_id for term_id in self._parts.having(word, ()) if self._by_id[term_id].endswith(word)]

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

    def having(self, word: str, beside: Ids) -> Ids:
        """The terms that the word is part of, without some that are known to be such."""
        text, starts, ids, index = self._text, self._starts, self._ids, 0
        found = []
        at = text.find(word)
        while at >= 0:
            index = bisect_right(starts, at, index) - 1
            found.append(ids[index])
            at = text.find(word, starts[index + 1])
        return list(set(found).difference(beside)) if beside else found

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        return word in self._text

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return f"{word}\n" in self._text


class _Pieces:
    """The terms of each pair of neighbouring characters, and perhaps of three. The end of a term counts as a character,
    so that a word of one character has pairs as well.
    """

    __slots__ = ("_by_id", "_longest", "_pieces", "_sorted")

    def __init__(self, terms: Terms, by_id: list[str], longest: int) -> None:
        pieces: dict[str, list[int]] = {}
        for term_id, text in terms:
            for piece in _pieces_of(text, longest):
                known = pieces.get(piece)
                if known is None:
                    pieces[piece] = [term_id]
                else:
                    known.append(term_id)
        self._by_id, self._longest = by_id, longest
        self._pieces = {piece: array("I", pieces[piece]) for piece in sorted(pieces)}
        self._sorted = list(self._pieces)

    def changed(self, gone: Terms, new: Terms, by_id: list[str]) -> _Pieces:
        """The same without some terms and with others; pieces that they have not are shared."""
        out, put = _by_piece(gone, self._longest), _by_piece(new, self._longest)
        made = _Pieces((), by_id, self._longest)
        made._pieces = dict(self._pieces)
        for piece in out.keys() | put.keys():
            left = set(out.get(piece, ()))
            ids = [term_id for term_id in self._pieces.get(piece, ()) if term_id not in left]
            ids += put.get(piece, ())
            if ids:
                made._pieces[piece] = array("I", ids)
            else:
                del made._pieces[piece]
        made._sorted = self._sorted if self._pieces.keys() == made._pieces.keys() else sorted(made._pieces)
        return made

    def having(self, word: str, beside: Ids) -> Ids:
        """The terms that the word is part of, without some that are known to be such."""
        pieces, texts = self._pieces, self._by_id
        if len(word) == 1:
            begin = bisect_left(self._sorted, word)
            beginning = takewhile(lambda piece: piece[0] == word, islice(self._sorted, begin, None))
            return list(set(chain.from_iterable(map(pieces.__getitem__, beginning))).difference(beside))
        found: Ids = self._rarest(word)
        if beside:
            found = list(set(found).difference(beside))
        return found if len(word) <= self._longest else [term_id for term_id in found if word in texts[term_id]]

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        if len(word) == 1:
            return len(self.having(word, ())) > 0
        texts, rarest = self._by_id, self._rarest(word)
        return len(rarest) > 0 if len(word) <= self._longest else any(word in texts[term_id] for term_id in rarest)

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return any(self._by_id[term_id].endswith(word) for term_id in self._rarest(f"{word}\n"))

    def _rarest(self, word: str) -> array[int]:
        none: array[int] = array("I")
        size = min(len(word), self._longest)
        return min([self._pieces.get(word[at : at + size], none) for at in range(len(word) + 1 - size)], key=len)


def _pieces_of(text: str, longest: int) -> set[str]:
    ended = f"{text}\n"
    pieces = set(map(add, text, ended[1:]))
    if longest > 2:
        pieces.update(map(add, map(add, text, ended[1:]), ended[2:]))
    return pieces


def _by_piece(terms: Terms, longest: int) -> dict[str, list[int]]:
    found = defaultdict(list)
    for term_id, text in terms:
        for piece in _pieces_of(text, longest):
            found[piece].append(term_id)
    return found
