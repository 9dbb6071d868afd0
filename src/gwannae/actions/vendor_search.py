"""From what somebody typed to the firms of the shelf, in the order in which they are shown."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from gwannae.actions.shelf import VERDICT_CODES, Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.localvendor import PAGE
from gwannae.programme.meaning import Meaning
from gwannae.programme.meant import Meant, find_meant
from gwannae.programme.met import NOBODY, Met
from gwannae.programme.planned_price import take_price
from gwannae.programme.query_words import Asked, read_words
from gwannae.programme.search import Hit, MatchClass, Query, read_query, words_alone
from gwannae.programme.verdict import Verdict
from gwannae.programme.word_search import Found, WordSearch


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, as far as it is understood without the registry; `planned` is the amount in it, in won."""

    query: Query
    planned: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The firms that meet a question, counted by side; they are put in order only as far as they are shown.

    `query.words` are the words that were looked for, without what says nothing ("추천해줘").
    """

    shelf: Shelf
    query: Query
    planned: int | None
    found: Found
    local: int
    outside: int
    unconfirmed: int
    meant: Meant | None = None

    def hits(self, side: Verdict) -> Iterator[Hit]:
        """One side in the order in which it is shown: better match first, equals in the order of the day; on the
        outside list the unconfirmed stand before the outside ones.
        """
        ids, codes, fitting = self.shelf.vendor_ids, self.shelf.verdict_codes, self.found.fitting
        for verdict in (Verdict.LOCAL,) if side is Verdict.LOCAL else (Verdict.UNCONFIRMED, Verdict.OUTSIDE):
            code = VERDICT_CODES[verdict]
            for match, score, place in self.found.firms.in_order():
                if codes[place] == code and place in fitting:
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
        return bool(_search(self.shelf, self.query, asked).as_they_stand().fitting)


def read_question(toolkit: Toolkit, text: str) -> Question:
    """Take filters, business number and planned price out of a text; the query shows it as it was typed."""
    rest, planned = take_price(text)
    query = read_query(rest, toolkit.city.places)
    return Question(query if planned is None else replace(query, text=words_alone(text).text), planned)


def find(toolkit: Toolkit, shelf: Shelf, question: Question, meaning: Callable[[], Meaning]) -> Answer:
    """The firms of a question, by whatever way leads to any.

    A word that no firm lists but that belongs to a trade (명함: 인쇄) is no slip of another: its meaning comes before
    guesses. `meaning` is asked for only then.
    """
    if (found := _without_words(shelf, question.query)) is not None:
        return _answer(shelf, question.query, question.planned, found)
    query, asked = _asked(toolkit, shelf, question.query)
    if not asked.words:
        found = _all(shelf, query) if query.district or query.certificates else Found(NOBODY, set(), ())
    else:
        search = _search(shelf, query, asked)
        found = search.as_they_stand() if query.as_it_stands else search.best()
    if asked.words and not query.as_it_stands and (found.firms.guesses or not found.firms.everyone):
        meant = _meant(shelf, meaning(), asked.words)
        if meant is not None:
            firms = shelf.index.met_items(meant.terms)
            found = Found(firms, _fitting(shelf, query, firms.everyone), asked.words)
            return replace(_answer(shelf, query, question.planned, found), meant=meant)
    return _answer(shelf, query, question.planned, found)


def _meant(shelf: Shelf, meaning: Meaning, words: tuple[str, ...]) -> Meant | None:
    index = shelf.index

    def places_of(key: str) -> dict[int, int]:
        return {term_id: int(way.place) for term_id, way in index.vocabulary.literal(key).ways().items()}

    def leads(terms: Collection[int]) -> bool:
        return bool(index.met_items(dict.fromkeys(terms, 0)).everyone)

    return find_meant(meaning, words, places_of, leads)


def find_while_typing(shelf: Shelf, query: Query) -> Answer:
    """The firms that have all words of a query in them, the last ones perhaps half typed."""
    firms = shelf.index.met_by_all(query.words, typing=True)
    return _answer(shelf, query, None, Found(firms, firms.everyone, query.words))


def _asked(toolkit: Toolkit, shelf: Shelf, query: Query) -> tuple[Query, Asked]:
    """What the words ask for: as they are in quotation marks, else without what says nothing."""
    if query.as_it_stands:
        return query, Asked(query.words, ())
    asked = read_words(query.rest, toolkit.shelf.function_words, shelf.index.vocabulary)
    return query if asked.words == query.words else replace(query, words=asked.words), asked


def _search(shelf: Shelf, query: Query, asked: Asked) -> WordSearch:
    return WordSearch(shelf.index, asked, lambda firms: _fitting(shelf, query, firms))


def _without_words(shelf: Shelf, query: Query) -> Found | None:
    """The firms of a business number, or of filters alone; None where there are words to look for."""
    if query.business_number:
        place = shelf.place_of_number(query.business_number)
        firms = Met.of(MatchClass.NAME_EXACT, [] if place is None else [place])
        return Found(firms, _fitting(shelf, query, firms.everyone), ())
    return None if query.words else _all(shelf, query)


def _all(shelf: Shelf, query: Query) -> Found:
    """Every firm of the district, every women-owned firm."""
    firms = Met.of(MatchClass.ITEM_EXACT, range(len(shelf.vendor_ids)))
    return Found(firms, _fitting(shelf, query, firms.everyone), ())


def _fitting(shelf: Shelf, query: Query, firms: set[int]) -> set[int]:
    if query.district is not None:
        firms = {place for place in firms if shelf.districts[place] == query.district}
    if query.certificates:
        wanted = frozenset(query.certificates)
        firms = {place for place in firms if wanted <= shelf.certificates[place]}
    return firms


def _answer(shelf: Shelf, query: Query, planned: int | None, found: Found) -> Answer:
    codes = bytes(map(shelf.verdict_codes.__getitem__, found.fitting))
    local, outside, unconfirmed = (
        codes.count(VERDICT_CODES[v]) for v in (Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED)
    )
    return Answer(shelf, query, planned, found, local, outside, unconfirmed)
