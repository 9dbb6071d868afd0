"""Which firms of the shelf the filters of a question let through."""

from dataclasses import dataclass

from gwannae.actions.shelf import Shelf
from gwannae.programme.place_sets import NOWHERE, PlaceSet, where
from gwannae.programme.search import Query
from gwannae.programme.vendor_kinds import NO_KINDS, letting_through


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a query over one shelf. `kinds` says what each firm supplies; not asked for where the query
    names no kind.
    """

    shelf: Shelf
    query: Query
    kinds: bytes = b""

    def fitting(self, firms: PlaceSet) -> PlaceSet:
        """Those of some firms (their places) that all filters let through."""
        firms = self._beside_kinds(firms)
        if self.kinds:
            let_through, kinds = letting_through(self.query.kinds), self.kinds
            firms = where(firms, lambda place: kinds[place] in let_through)
        return firms

    def unsorted(self, firms: PlaceSet) -> PlaceSet:
        """Those of which it is not known what they supply, and that would fit else; none where they are asked for."""
        if not self.kinds or NO_KINDS in letting_through(self.query.kinds):
            return NOWHERE
        return where(self._beside_kinds(firms), lambda place: self.kinds[place] == NO_KINDS)

    def _beside_kinds(self, firms: PlaceSet) -> PlaceSet:
        shelf, query = self.shelf, self.query
        if query.districts:
            firms = where(firms, lambda place: shelf.districts[place] in query.districts)
        if query.certificates:
            wanted = frozenset(query.certificates)
            firms = where(firms, lambda place: wanted <= shelf.certificates[place])
        return firms
