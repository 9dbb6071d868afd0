"""One list of terms in the forms in which they are looked through, each made when it is first needed."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from gwannae.programme.plain_terms import PlainTerms
from gwannae.programme.sorted_terms import SortedTerms
from gwannae.programme.term_codes import code_parts, initials_parts


class TermLayer:
    """Terms as they are written, and sorted by their codes once a word needs that."""

    __slots__ = ("_by_code", "_by_initials", "_making", "plain")

    def __init__(self, terms: Iterable[tuple[int, str, bool]]) -> None:
        self.plain = PlainTerms(terms)
        self._by_code: SortedTerms | None = None
        self._by_initials: SortedTerms | None = None
        self._making = Lock()

    @property
    def by_code(self) -> SortedTerms:
        """The terms by keystrokes."""
        with self._making:
            if self._by_code is None:
                self._by_code = SortedTerms(self.plain, code_parts)
        return self._by_code

    @property
    def by_initials(self) -> SortedTerms:
        """The terms by 초성."""
        with self._making:
            if self._by_initials is None:
                self._by_initials = SortedTerms(self.plain, initials_parts)
        return self._by_initials
