"""업체 찾기: one page of local firms for a query, one firm in full, and telling the office what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import chain, islice

from gwannae.actions.shelf import VERDICT_CODES, Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.localvendor import PAGE, Card, FirmGone, LookUp, MissingNoted
from gwannae.programme.organisations import Actor
from gwannae.programme.search import Hit, MatchClass, Query, read_query, words_alone
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict, add_months, judge, rule_on
from gwannae.programme.word_index import Joined, Met
from gwannae.storage import affiliations, audit, events, missing_items, organisations, purchases
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class _Found:
    """The firms that meet a query, counted by side; they are put in order only as far as they are shown."""

    shelf: Shelf
    met: Met | Joined
    allowed: set[int]
    local: int
    outside: int
    unconfirmed: int

    def hits(self, side: Verdict) -> Iterator[Hit]:
        """One side in the order in which it is shown: better match first, among equals by name; on the outside list
        the unconfirmed stand before the outside ones.
        """
        ids, codes, allowed = self.shelf.vendor_ids, self.shelf.verdict_codes, self.allowed
        for verdict in (Verdict.LOCAL,) if side is Verdict.LOCAL else (Verdict.UNCONFIRMED, Verdict.OUTSIDE):
            code = VERDICT_CODES[verdict]
            for match, score, place in self.met.in_order():
                if codes[place] == code and place in allowed:
                    yield Hit(ids[place], match, score)

    def all_hits(self) -> Iterator[Hit]:
        """Every firm, local ones first."""
        return chain(self.hits(Verdict.LOCAL), self.hits(Verdict.OUTSIDE))

    def page(self, side: Verdict, offset: int) -> tuple[int, list[Hit]]:
        """At most PAGE firms from `offset` on, and where they begin: beyond the end, the last page."""
        of_side = self.local if side is Verdict.LOCAL else self.outside + self.unconfirmed
        begin = min(offset, max(0, of_side - 1) // PAGE * PAGE)
        return begin, list(islice(self.hits(side), begin, begin + PAGE))


def look_up(toolkit: Toolkit, text: str, day: date, side: Verdict = Verdict.LOCAL, offset: int = 0) -> LookUp:
    """One page of at most PAGE firms. Anybody of the workspace may ask; nothing is written down.

    An empty query answers an empty look-up whose `query.is_empty` is true. `offset` beyond the end (firms have gone
    since the button was made) answers the last page.
    """
    query = read_query(text, toolkit.city.places)
    if query.is_empty:
        return LookUp(query, side, 0, 0, 0, 0, (), None)
    with toolkit.database.read() as tx:
        shelf = toolkit.shelf.current(tx, day)
        found = _find(shelf, query)
        begin, hits = found.page(side, offset)
        kept = _kept(shelf, hits)
        read = _cards(tx, toolkit, [hit for hit in hits if hit.vendor_id not in kept], day)
        for card in read:
            shelf.keep(card)
        kept.update((card.vendor.id, card) for card in read)
        near = () if found.allowed else _near(shelf, query)
        return _answer(found, query, side, begin, _as_met(kept, hits), near)


def at_hand(toolkit: Toolkit, text: str, day: date) -> LookUp | None:
    """The first page of a look-up without a word to the database, so without a thread; else None: ask `look_up`.

    It is at hand when the words of the registry were compared a moment ago and its firms were shown lately. Answers
    that would take long (no words, no firm) are left to `look_up` as well.
    """
    query = read_query(text, toolkit.city.places)
    if query.is_empty:
        return LookUp(query, Verdict.LOCAL, 0, 0, 0, 0, (), None)
    shelf = toolkit.shelf.at_hand(day)
    if shelf is None or not (query.words or query.business_number):
        return None
    found = _find(shelf, query)
    begin, hits = found.page(Verdict.LOCAL, 0)
    kept = _kept(shelf, hits)
    if not found.allowed or len(kept) < len(hits):
        return None
    return _answer(found, query, Verdict.LOCAL, begin, _as_met(kept, hits), ())


def read_words(toolkit: Toolkit, day: date) -> None:
    """Have the registry's words in memory, so that the first look-up need not wait for them."""
    with toolkit.database.read() as tx:
        toolkit.shelf.current(tx, day)


def search_all(toolkit: Toolkit, text: str, day: date) -> list[Card]:
    """Every firm that meets a query, local ones first: what the command line prints."""
    query = read_query(text, toolkit.city.places)
    if query.is_empty:
        return []
    with toolkit.database.read() as tx:
        hits = list(_find(toolkit.shelf.current(tx, day), query).all_hits())
        return list(_cards(tx, toolkit, hits, day))


def vendor_detail(toolkit: Toolkit, vendor_id: int, day: date) -> Card | FirmGone:
    """One firm with its verdict as of a day, and how often the city bought there in the last twelve months."""
    with toolkit.database.read() as tx:
        cards = _cards(tx, toolkit, [Hit(vendor_id, MatchClass.NAME_EXACT, 0)], day)
        if not cards:
            return FirmGone(vendor_id)
        return replace(cards[0], bought=purchases.count_for_vendor(tx, vendor_id, add_months(day, -12)))


def choose_vendors(toolkit: Toolkit, typed: str, day: date, limit: int = 20) -> list[Vendor]:
    """Firms for a type-ahead, by name, item or business number (also unfinished digits); local ones first.

    A district or certificate is a filter only where the words as they stand name no firm.
    """
    query = words_alone(typed)
    digits = "".join(c for c in query.text if c.isascii() and c.isdigit())
    with toolkit.database.read() as tx:
        if len(digits) >= 3 and not any(c.isalpha() for c in query.text):
            ids = vendor_store.by_number_beginning(tx, digits, limit)
        elif query.is_empty:
            return []
        else:
            shelf = toolkit.shelf.current(tx, day)
            found = _find(shelf, query)
            if not found.allowed:
                found = _find(shelf, read_query(typed, toolkit.city.places))
            ids = [hit.vendor_id for hit in islice(found.all_hits(), limit)]
        read = vendor_store.vendors(tx, ids)
    return [read[i] for i in ids if i in read]


def note_missing(toolkit: Toolkit, actor: Actor, word: str, now: datetime) -> MissingNoted:
    """Write down that nobody local was found for a word; who asked is kept in the audit log only.

    A person counts once a day for a word, however often they press.
    """
    key = search_key(word)[:100]
    person = sha256(f"{actor.team_id}/{actor.user_id}/{key}/{now.date()}".encode()).hexdigest()
    with toolkit.database.write() as tx:
        if not events.first_time(tx, f"missing:{person}", now):
            return MissingNoted(word[:100], 0, fresh=False)
        asked_in = organisations.organisation_of_channel(tx, actor.team_id, actor.channel_id or "")
        times = missing_items.add(tx, word[:100], key, asked_in.id if asked_in else None, now)
        audit.write(
            tx,
            AuditEntry(now, actor.team_id, actor.user_id, AuditEvent.MISSING_ITEM_REPORTED, f"word:{key}", {}),
        )
        return MissingNoted(word[:100], times)


def office_addresses(toolkit: Toolkit, team_id: str, day: date) -> list[tuple[str, str]]:
    """Where the programme office hears of things: its linked channels of this workspace, else each of its people."""
    with toolkit.database.read() as tx:
        offices = organisations.by_name(tx, toolkit.city.programme_office)
        channels = [c for office in offices for c in organisations.channels_of(tx, office.id)]
        people = affiliations.office_people(tx, day)
    return [c for c in channels if c[0] == team_id] or [p for p in people if p[0] == team_id]


def _find(shelf: Shelf, query: Query) -> _Found:
    met = _met(shelf, query)
    allowed = met.everyone
    if query.district is not None:
        allowed = {place for place in allowed if shelf.districts[place] == query.district}
    if query.certificates:
        wanted = frozenset(query.certificates)
        allowed = {place for place in allowed if wanted <= shelf.certificates[place]}
    codes = bytes(map(shelf.verdict_codes.__getitem__, allowed))
    local, outside, unconfirmed = (
        codes.count(VERDICT_CODES[v]) for v in (Verdict.LOCAL, Verdict.OUTSIDE, Verdict.UNCONFIRMED)
    )
    return _Found(shelf, met, allowed, local, outside, unconfirmed)


def _met(shelf: Shelf, query: Query) -> Met | Joined:
    if query.business_number:
        place = shelf.place_of_number(query.business_number)
        return Met({MatchClass.NAME_EXACT: [] if place is None else [[place]]})
    if not query.words:  # filters alone: every firm of the district, every women-owned firm
        return Met({MatchClass.ITEM_EXACT: [range(len(shelf.vendor_ids))]})
    met = shelf.index.met_by_all(query.words)
    if not met.everyone and len(query.words) > 1:  # 현수막 제작 is written 현수막제작 in the registry
        met = shelf.index.met("".join(query.words))
    return met


def _near(shelf: Shelf, query: Query) -> tuple[str, ...]:
    filtered = query.district is not None or query.certificates
    if filtered and query.words and _met(shelf, query).everyone:
        return (" ".join(query.words),)
    near = [word for asked in query.words for word in shelf.index.vocabulary.near(asked)]
    return tuple(dict.fromkeys(near))[:3]


def _answer(
    found: _Found, query: Query, side: Verdict, begin: int, cards: tuple[Card, ...], near: tuple[str, ...]
) -> LookUp:
    as_of = found.shelf.as_of
    return LookUp(query, side, found.local, found.outside, found.unconfirmed, begin, cards, as_of, near)


def _kept(shelf: Shelf, hits: Iterable[Hit]) -> dict[int, Card]:
    return {hit.vendor_id: card for hit in hits if (card := shelf.cards.get(hit.vendor_id)) is not None}


def _as_met(known: Mapping[int, Card], hits: Iterable[Hit]) -> tuple[Card, ...]:
    return tuple(
        Card(card.vendor, card.judgement, card.certificates, hit.match.name.lower(), hit.score)
        for hit in hits
        if (card := known.get(hit.vendor_id)) is not None
    )


def _cards(tx: Transaction, toolkit: Toolkit, hits: list[Hit], day: date) -> tuple[Card, ...]:
    read = vendor_store.vendors(tx, [hit.vendor_id for hit in hits])
    rule = rule_on(toolkit.city.local_rules, day)
    return tuple(
        Card(
            vendor=vendor,
            judgement=judge(vendor.addresses, vendor.size, day, rule),
            certificates=tuple(c for c in vendor.certificates if c.holds_on(day)),
            matched_by=hit.match.name.lower(),
            score=hit.score,
        )
        for hit in hits
        if (vendor := read.get(hit.vendor_id)) is not None
    )
