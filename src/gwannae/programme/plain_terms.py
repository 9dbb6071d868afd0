"""Terms as they are written: found whole, by their beginning, or by any part, in little memory.

Beginnings are found by bisection in the sorted list, parts as `term_pieces` says. Ids of terms are small numbers, with
few gaps: texts are found by them in a list.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from gwannae.programme.splices import Splice
from gwannae.programme.term_codes import AFTER_ALL
from gwannae.programme.term_pieces import CROWDED, Ids, OneText, Pieces, Terms

Term = tuple[int, str, bool]
FEW = 20_000  # terms; from here on the pairs are worth their 2 ms and 300 bytes for each thousand of them


class PlainTerms:
    """An immutable sorted list of terms with their ids."""

    __slots__ = ("_by_id", "_crowded", "_few", "_ids", "_items", "_longest", "_parts", "_texts")

    def __init__(self, terms: Iterable[Term], few: int = FEW, longest: int = 2, crowded: int = CROWDED) -> None:
        """`terms` are (id, text, whether it is an item); no text is empty. Fewer than `few` are gone through. Pieces of
        up to `longest` characters, two or three, know their terms: three where there are few different characters.
        `crowded`: how many terms of a pair are worth being told apart (`prepare`).
        """
        ordered = sorted((text, term_id, is_item) for term_id, text, is_item in terms)
        self._few, self._longest, self._crowded = few, longest, crowded
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
        made = PlainTerms((), self._few, self._longest, self._crowded)
        made._texts = splice.of(self._texts, [text for _, text in added])
        made._ids = splice.of(self._ids, [i for i, _ in added])
        made._items = splice.of(self._items, [is_item for _, _, is_item in ordered])
        made._by_id = _put_by_id(self._by_id, added)
        if isinstance(self._parts, Pieces) and len(made) >= self._few:
            made._parts = self._parts.changed(left, added, made._by_id)
        else:
            made._parts = made._made_parts()
        return made

    def _made_parts(self) -> OneText | Pieces:
        if len(self._texts) < self._few:
            return OneText(self._texts, self._ids)
        terms = list(zip(self._ids, self._texts, strict=True))
        return Pieces(terms, self._by_id, self._longest, self._crowded)

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

    def ending(self, word: str) -> Ids:
        """Ids of the terms that are the word or end with it."""
        return self._parts.ending(word)

    def prepare(self) -> Iterator[None]:
        """Make ready what is worth it only where very many terms have the same parts; a part at each step."""
        return self._parts.prepare()

    def common(self, least: int) -> list[str]:
        """Words of three characters at the most that stand in so many terms and more (about), the commonest first."""
        return self._parts.common(least)

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
