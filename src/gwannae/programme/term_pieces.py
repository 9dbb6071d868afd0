"""Which terms have a word in them: few terms are gone through, many know their terms by pieces.

Few are one text: to go through it takes 50 microseconds, and there is nothing to prepare. Of many, each pair of
neighbouring characters knows its terms.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, takewhile
from operator import add

Ids = Sequence[int]
Terms = Sequence[tuple[int, str]]
_NONE: array[int] = array("I")
CROWDED = 1_000  # terms with the same pair: to go through them takes 60 microseconds


class OneText:
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

    def ending(self, word: str) -> Ids:
        """The terms that end with the word."""
        return self.having(f"{word}\n", ())

    def prepare(self) -> Iterator[None]:
        """Nothing: the terms are few."""
        return iter(())

    def common(self, least: int) -> list[str]:  # noqa: ARG002
        """None: the terms are few."""
        return []


class Pieces:
    """The terms of each pair of neighbouring characters, and perhaps of three. The end of a term counts as a character,
    so that a word of one character has pairs as well. Where a pair has very many terms they are told apart by the
    character that follows it, once there was time for that.
    """

    __slots__ = ("_by_id", "_crowded", "_followed", "_longest", "_pieces", "_sorted")

    def __init__(self, terms: Terms, by_id: list[str], longest: int, crowded: int) -> None:
        pieces: dict[str, list[int]] = {}
        for term_id, text in terms:
            for piece in _pieces_of(text, longest):
                known = pieces.get(piece)
                if known is None:
                    pieces[piece] = [term_id]
                else:
                    known.append(term_id)
        self._by_id, self._longest, self._crowded = by_id, longest, crowded
        self._pieces = {piece: array("I", pieces[piece]) for piece in sorted(pieces)}
        self._sorted = list(self._pieces)
        self._followed: dict[str, dict[str, array[int]]] = {}

    def changed(self, gone: Terms, new: Terms, by_id: list[str]) -> Pieces:
        """The same without some terms and with others; pieces that they have not are shared."""
        out, put = _by_piece(gone, self._longest), _by_piece(new, self._longest)
        made = Pieces((), by_id, self._longest, self._crowded)
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
        rarest, is_exact = self._rarest(word)
        found: Ids = rarest if is_exact else [term_id for term_id in rarest if word in texts[term_id]]
        return list(set(found).difference(beside)) if beside else found

    def has(self, word: str) -> bool:
        """Whether the word is part of some term."""
        if len(word) == 1:
            return len(self.having(word, ())) > 0
        texts = self._by_id
        rarest, is_exact = self._rarest(word)
        return len(rarest) > 0 if is_exact else any(word in texts[term_id] for term_id in rarest)

    def any_ends(self, word: str) -> bool:
        """Whether some term ends with the word."""
        return any(self._by_id[term_id].endswith(word) for term_id in self._rarest(f"{word}\n")[0])

    def ending(self, word: str) -> Ids:
        """The terms that end with the word."""
        return [term_id for term_id in self._rarest(f"{word}\n")[0] if self._by_id[term_id].endswith(word)]

    def prepare(self) -> Iterator[None]:
        """Tell the terms of common pairs apart by what follows, a pair at each step."""
        if self._longest > 2:
            return
        for pair, ids in self._pieces.items():
            if len(ids) >= self._crowded and "\n" not in pair and pair not in self._followed:
                self._followed[pair] = _by_next(pair, ids, self._by_id)  # at once: others may be asking
                yield

    def common(self, least: int) -> list[str]:
        """Words of three characters at the most that stand in so many terms and more, the commonest first."""
        times: Counter[str] = Counter()
        for piece, ids in self._pieces.items():
            times[piece[0]] += len(ids)
            times[piece] = len(ids)
        for pair, followed in self._followed.items():
            times.update({pair + after: len(ids) for after, ids in followed.items()})
        return [word for word, number in times.most_common() if number >= least and "\n" not in word]

    def _rarest(self, word: str) -> tuple[array[int], bool]:
        """The terms of that piece of the word which has the fewest, and whether they are just those of the word."""
        size = min(len(word), self._longest)
        ids, length = self._of(word[:size], word[size : size + 1])
        for at in range(1, len(word) + 1 - size):
            others, longer = self._of(word[at : at + size], word[at + size : at + size + 1])
            if len(others) < len(ids):
                ids, length = others, longer
        return ids, length == len(word)

    def _of(self, piece: str, after: str) -> tuple[array[int], int]:
        """The terms of a piece, and how many characters they are known by: `after` too, if it was told apart by it."""
        ids = self._pieces.get(piece, _NONE)
        if after and len(ids) >= self._crowded and (followed := self._followed.get(piece)) is not None:
            return followed.get(after, _NONE), len(piece) + 1
        return ids, len(piece)


def _pieces_of(text: str, longest: int) -> set[str]:
    ended = f"{text}\n"
    pieces = set(map(add, text, ended[1:]))
    if longest > 2:
        pieces.update(map(add, map(add, text, ended[1:]), ended[2:]))
    return pieces


def _by_next(pair: str, ids: Ids, by_id: Sequence[str]) -> dict[str, array[int]]:
    """The terms that have a pair, by the character after it; the end of a term counts as one."""
    found: dict[str, dict[int, None]] = {}
    for term_id in ids:
        ended = f"{by_id[term_id]}\n"
        at = ended.find(pair)
        while at >= 0:
            found.setdefault(ended[at + 2], {})[term_id] = None
            at = ended.find(pair, at + 1)
    return {after: array("I", terms) for after, terms in found.items()}


def _by_piece(terms: Terms, longest: int) -> dict[str, list[int]]:
    found = defaultdict(list)
    for term_id, text in terms:
        for piece in _pieces_of(text, longest):
            found[piece].append(term_id)
    return found
