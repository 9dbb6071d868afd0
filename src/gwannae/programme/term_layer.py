"""One list of terms in the forms in which they are looked through, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from threading import Lock

from gwannae.programme.keystrokes import initials
from gwannae.programme.plain_terms import PlainTerms, Term
from gwannae.programme.sorted_terms import SortedTerms
from gwannae.programme.term_codes import code_parts


class TermLayer:
    """Terms as they are written, and sorted by their codes once a word needs that."""

    __slots__ = ("_by_code", "_by_initials", "_making", "plain")

    def __init__(
        self, plain: PlainTerms, by_code: SortedTerms | None = None, by_initials: PlainTerms | None = None
    ) -> None:
        """With the other forms, if somebody has made them already."""
        self.plain = plain
        self._by_code = by_code
        self._by_initials = by_initials
        self._making = Lock()

    def changed(self, gone: Iterable[int], new: Sequence[Term]) -> TermLayer:
        """The same without some terms (by their ids) and with others, in the forms that were made by now."""
        left = [(i, self.plain.text(i)) for i in gone]
        ids = [i for i, _ in left]
        by_code, by_initials = self._by_code, self._by_initials
        return TermLayer(
            self.plain.changed(ids, new),
            by_code.changed(left, new) if by_code else None,
            by_initials.changed(ids, _initials_of(new)) if by_initials else None,
        )

    @property
    def by_code(self) -> SortedTerms:
        """The terms by keystrokes."""
        with self._making:
            if self._by_code is None:
                self._by_code = SortedTerms(self.plain, code_parts)
        return self._by_code

    @property
    def by_initials(self) -> PlainTerms:
        """The 초성 of the terms, as they are written."""
        with self._making:
            if self._by_initials is None:
                self._by_initials = PlainTerms(_initials_of(self.plain), longest=3)
        return self._by_initials

    @property
    def initials_at_hand(self) -> PlainTerms | None:
        """The same, if somebody has needed them."""
        return self._by_initials


def _initials_of(terms: Iterable[Term]) -> Iterator[Term]:
    return ((i, initials(text), is_item) for i, text, is_item in terms)
