"""From what somebody typed to the firms of the shelf, in the order in which they are shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from gwannae.actions.shelf import Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_filters import Filters
from gwannae.actions.vendor_meant import by_meaning, by_name_alone, is_certain, without_chance
from gwannae.programme.localvendor import PAGE
from gwannae.programme.meant import Meant
from gwannae.programme.met import NOBODY, Either, Met
from gwannae.programme.place_sets import NOWHERE, PlaceSet, all_places
from gwannae.programme.places import Places
from gwannae.programme.planned_price import take_price
from gwannae.programme.query_words import Asked, read_words
from gwannae.programme.search import Hit, MatchClass, Query, read_query, words_alone
from gwannae.programme.vendor_kinds import KindFilter
from gwannae.programme.verdict import Verdict
from gwannae.programme.word_search import Found, WordSearch
from gwannae.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, as far as it is understood without the registry; `planned` is the amount in it, in won, and
    `rest` the text without it.
    """

    query: Query
    planned: int | None = None
    rest: str = ""

    def read_again(self, places: Places, *, kinds: bool, short: bool) -> Query:
        """The query with some of its filters taken as words."""
        return replace(read_query(self.rest, places, kinds=kinds, short=short), text=self.query.text)


@dataclass(frozen=True, slots=True)
class Answer:
    """The firms that meet a question, counted by side; they are put in order only as far as they are shown.

    `query.words` are the words that were looked for, without what says nothing ("추천해줘"). `unsorted` are firms that
    would have met the question if it were known what they supply; `not_met` the kinds that were given up, for no firm
    of them was found.
    """

    shelf: Shelf
    query: Query
    planned: int | None
    found: Found
    local: int
    outside: int
    unconfirmed: int
    meant: Meant | None = None
    unsorted: PlaceSet = NOWHERE
    not_met: tuple[KindFilter, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether somebody was found by the words themselves: nothing guessed, nothing left out."""
        found = self.found
        return bool(found.fitting) and not (found.firms.guesses or found.left_out or self.meant)

    def says(self, words: Iterable[str]) -> bool:
        """Whether the words are among those that were looked for."""
        looked_for = "".join(self.found.words)
        return all(word in looked_for for word in words)

    def unsorted_of(self, side: Verdict) -> int:
        """How many firms of a side were left out because it is not known what they supply."""
        local = self.unsorted & self.shelf.by_verdict[Verdict.LOCAL]
        return len(local) if side is Verdict.LOCAL else len(self.unsorted) - len(local)

    def hits(self, side: Verdict) -> Iterator[Hit]:
        """One side in the order in which it is shown: better match first, equals in the order of the day; on the
        outside list the unconfirmed stand before the outside ones.
        """
        ids = self.shelf.vendor_ids
        for verdict in (Verdict.LOCAL,) if side is Verdict.LOCAL else (Verdict.UNCONFIRMED, Verdict.OUTSIDE):
            of_verdict = self.found.fitting & self.shelf.by_verdict[verdict]
            for match, score, place in self.found.firms.in_order(of_verdict):
                yield Hit(ids[place], match, score)

    def all_hits(self) -> Iterator[Hit]:
        """Every firm, local ones first."""
        return chain(self.hits(Verdict.LOCAL), self.hits(Verdict.OUTSIDE))

    def page(self, side: Verdict, offset: int) -> tuple[int, list[Hit]]:
        """At most PAGE firms from `offset` on, and where they begin: beyond the end, the last page."""
        of_side = self.local if side is Verdict.LOCAL else self.outside + self.unconfirmed
        begin = min(offset, max(0, of_side - 1) // PAGE * PAGE)
        return begin, list(islice(self.hits(side), begin, begin + PAGE))

    def near(self) -> tuple[str, ...]:
        """Where nobody was found: the words without their filters if they find somebody, else words that look so."""
        if self.found.firms.everyone and self.query.words:
            return (" ".join(self.found.words),)
        near = [word for asked in self.query.words for word in self.shelf.index.vocabulary.near(asked)]
        return tuple(dict.fromkeys(near))[:3]

    def stands(self) -> bool:
        """Whether the words find anybody as they stand, beside what they were taken for."""
        asked = Asked(self.query.words, ())
        fitting = Filters(self.shelf, self.query).fitting  # whether of some kind or not: it is only said that they are
        return bool(WordSearch(self.shelf.index, asked, fitting).as_they_stand().fitting)


def read_question(toolkit: Toolkit, text: str) -> Question:
    """Take filters, business number and planned price out of a text; the query shows it as it was typed."""
    rest, planned = take_price(text)
    query = read_query(rest, toolkit.city.places, short=True)
    return Question(query if planned is None else replace(query, text=words_alone(text).text), planned, rest)


def find(toolkit: Toolkit, tx: Transaction, shelf: Shelf, question: Question) -> Answer:
    """The firms of a question, by whatever way leads to any.

    Words that may be filters and may be words lose nothing: a short name of a certificate (녹색) is a filter only where
    the words as they stand find nobody; 물품, 용역 and 공사 narrow what the other words find, and who has them in an
    item (청소 용역) is found all the same, and first.
    """
    if question.query.short:
        query = question.read_again(toolkit.city.places, kinds=True, short=False)
        as_words = _find_of_kinds(toolkit, tx, shelf, replace(question, query=query))
        if as_words.is_sure:
            return as_words
    return _find_of_kinds(toolkit, tx, shelf, question)


def _find_of_kinds(toolkit: Toolkit, tx: Transaction, shelf: Shelf, question: Question) -> Answer:
    query = question.query
    if not query.kinds:
        return _find(toolkit, tx, Filters(shelf, query), question)
    as_words = question.read_again(toolkit.city.places, kinds=False, short=query.short)
    said = _find(toolkit, tx, Filters(shelf, as_words), replace(question, query=as_words))
    filters = Filters(shelf, query, shelf.kinds(tx, toolkit.meanings.current(tx)))
    narrowed = _find(toolkit, tx, filters, question)
    unsorted = filters.unsorted(narrowed.found.firms.everyone)
    kinds = [kind.label for kind in query.kinds]
    if said.is_sure and said.says(kinds):
        found, beside = said.found, narrowed.found
        if narrowed.is_sure:
            either = Either(found.firms, beside.firms)
            found = Found(either, found.fitting | beside.fitting, beside.words)
        unsorted -= found.fitting
        return replace(_answer(shelf, narrowed.query, narrowed.planned, found), unsorted=unsorted)
    if not narrowed.found.fitting and said.found.fitting:
        return replace(said, not_met=query.kinds)
    return replace(narrowed, unsorted=unsorted)


def _find(toolkit: Toolkit, tx: Transaction, filters: Filters, question: Question) -> Answer:
    """By the words themselves; where they lead to nobody for certain, by what they mean."""
    shelf = filters.shelf
    if (found := _without_words(filters)) is not None:
        return _answer(shelf, filters.query, question.planned, found)
    query, asked = _asked(toolkit, tx, shelf, filters.query)
    if not asked.words:
        found = _all(filters) if query.is_narrowed else Found(NOBODY, NOWHERE, ())
    else:
        search = WordSearch(shelf.index, asked, filters.fitting)
        found = search.as_they_stand() if query.as_it_stands else search.best()
    meant = None
    if query.as_it_stands:
        return _answer(shelf, query, question.planned, found)
    if by_name_alone(found):
        found = without_chance(filters, toolkit.meanings.current(tx), found)
    if asked.words and not is_certain(found):
        found, meant = by_meaning(filters, toolkit.meanings.current(tx), asked.words, found)
    return replace(_answer(shelf, query, question.planned, found), meant=meant)


def find_while_typing(shelf: Shelf, query: Query) -> Answer:
    """The firms that have all words of a query in them, the last ones perhaps half typed."""
    firms = shelf.index.met_by_all(query.words, typing=True)
    return _answer(shelf, query, None, Found(firms, firms.everyone, query.words))


def _asked(toolkit: Toolkit, tx: Transaction, shelf: Shelf, query: Query) -> tuple[Query, Asked]:
    """What the words ask for: as they are in quotation marks, else without what says nothing."""
    if query.as_it_stands:
        return query, Asked(query.words, ())

    def named(word: str) -> bool:
        return toolkit.meanings.current(tx).knows(word)

    asked = read_words(query.rest, toolkit.shelf.function_words, shelf.index.vocabulary, named)
    return query if asked.words == query.words else replace(query, words=asked.words), asked


def _without_words(filters: Filters) -> Found | None:
    """The firms of a business number, or of filters alone; None where there are words to look for."""
    number = filters.query.business_number
    if number:
        place = filters.shelf.place_of_number(number)
        firms = Met.of(MatchClass.NAME_EXACT, NOWHERE if place is None else PlaceSet((place,)))
        return Found(firms, filters.fitting(firms.everyone), ())
    return None if filters.query.words else _all(filters)


def _all(filters: Filters) -> Found:
    """Every firm of the district, every women-owned firm."""
    firms = Met.of(MatchClass.ITEM_EXACT, all_places(len(filters.shelf.vendor_ids)))
    return Found(firms, filters.fitting(firms.everyone), ())


def _answer(shelf: Shelf, query: Query, planned: int | None, found: Found) -> Answer:
    local, outside, unconfirmed = (
        found.fitting.intersection_cardinality(shelf.by_verdict[v])
        for v in (Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED)
    )
    return Answer(shelf, query, planned, found, local, outside, unconfirmed)
