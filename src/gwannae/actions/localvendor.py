"""업체 찾기: one page of local firms for a query, one firm in full, and telling the office what is missing."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from itertools import islice

from gwannae.actions.shelf import Shelf
from gwannae.actions.toolkit import Toolkit
from gwannae.actions.vendor_search import Answer, find, find_while_typing, read_question
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.localvendor import Card, FirmGone, LookUp, MissingNoted
from gwannae.programme.organisations import Actor
from gwannae.programme.search import Hit, MatchClass, words_alone
from gwannae.programme.vendor_order import bought_since
from gwannae.programme.vendor_status import StateFact
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict, judge, rule_on
from gwannae.storage import affiliations, audit, events, missing_items, organisations
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction

_MATCHED_BY = {match: match.name.lower() for match in MatchClass}


def look_up(toolkit: Toolkit, text: str, day: date, side: Verdict = Verdict.LOCAL, offset: int = 0) -> LookUp:
    """One page of at most PAGE firms. Anybody of the workspace may ask; nothing is written down.

    An empty query answers an empty look-up whose `query.is_empty` is true. `offset` beyond the end (firms have gone
    since the button was made) answers the last page.
    """
    question = read_question(toolkit, text)
    if question.query.is_empty:
        return LookUp(question.query, side, 0, 0, 0, 0, (), None)
    with toolkit.database.read() as tx:
        shelf = toolkit.shelf.current(tx, day)
        answer = find(toolkit, tx, shelf, question)
        begin, hits = answer.page(side, offset)
        kept = _kept(shelf, hits)
        new = [hit for hit in hits if hit.vendor_id not in kept]
        read, bought = _cards_and_bought(tx, toolkit, new, hits, day) if hits else ((), {})
    for card in read:
        shelf.keep(card)
    kept.update((card.vendor.id, card) for card in read)
    return _with_ways_on(_look_up(answer, side, begin, hits, _as_met(kept, hits, bought)), answer)


def read_words(toolkit: Toolkit, day: date) -> None:
    """Have the registry's words in memory, so that the first look-up need not wait for them."""
    with toolkit.database.read() as tx:
        toolkit.shelf.current(tx, day)


def search_all(toolkit: Toolkit, text: str, day: date) -> LookUp:
    """Every firm that meets a query on one page, local ones first, of both sides: what the command line prints."""
    question = read_question(toolkit, text)
    if question.query.is_empty:
        return LookUp(question.query, Verdict.LOCAL, 0, 0, 0, 0, (), None)
    with toolkit.database.read() as tx:
        shelf = toolkit.shelf.current(tx, day)
        answer = find(toolkit, tx, shelf, question)
        hits = list(answer.all_hits())
        found = _look_up(answer, Verdict.LOCAL, 0, hits, _cards(tx, toolkit, hits, day))
    return _with_ways_on(replace(found, unsorted=len(answer.unsorted)), answer)


def vendor_detail(toolkit: Toolkit, vendor_id: int, day: date) -> Card | FirmGone:
    """One firm with its verdict as of a day, and how often the city bought there in the last twelve months."""
    with toolkit.database.read() as tx:
        hits = [Hit(vendor_id, MatchClass.NAME_EXACT, 0)]
        cards, bought = _cards_and_bought(tx, toolkit, hits, hits, day)
    return replace(cards[0], bought=bought.get(vendor_id, 0)) if cards else FirmGone(vendor_id)


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
            answer = find_while_typing(shelf, query)
            if not answer.found.fitting:
                answer = find(toolkit, tx, shelf, read_question(toolkit, typed))
            ids = [hit.vendor_id for hit in islice(answer.all_hits(), limit)]
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
        office = organisations.by_code(tx, toolkit.city.programme_office_code)
        channels = organisations.channels_of(tx, office.id) if office else []
        people = affiliations.office_people(tx, day)
    return [c for c in channels if c[0] == team_id] or [p for p in people if p[0] == team_id]


def _look_up(answer: Answer, side: Verdict, begin: int, hits: list[Hit], cards: tuple[Card, ...]) -> LookUp:
    guesses = answer.found.firms.guesses
    if guesses and hits and not any(hit.match.is_guess for hit in hits):
        guesses = ()
    return LookUp(
        query=answer.query,
        side=side,
        local=answer.local,
        outside=answer.outside,
        unconfirmed=answer.unconfirmed,
        offset=begin,
        cards=cards,
        as_of=answer.shelf.as_of,
        planned=answer.planned,
        guesses=guesses,
        only=answer.found.words if answer.found.left_out else (),
        meant=answer.meant,
        unsorted=answer.unsorted_of(side),
        not_met=answer.not_met,
    )


def _with_ways_on(found: LookUp, answer: Answer) -> LookUp:
    """What to try next, where nobody was found or a word was guessed."""
    if not found.found:
        return replace(found, near=answer.near(), stands=answer.stands())
    return replace(found, stands=answer.stands()) if found.guesses else found


def _kept(shelf: Shelf, hits: Iterable[Hit]) -> dict[int, Card]:
    return {hit.vendor_id: card for hit in hits if (card := shelf.cards.get(hit.vendor_id)) is not None}


def _as_met(known: Mapping[int, Card], hits: Iterable[Hit], bought: Mapping[int, int]) -> tuple[Card, ...]:
    return tuple(
        Card(
            card.vendor,
            card.judgement,
            card.certificates,
            _MATCHED_BY[hit.match],
            hit.score,
            bought.get(hit.vendor_id, 0),
        )
        for hit in hits
        if (card := known.get(hit.vendor_id)) is not None
    )


def _states(vendor: Vendor, toolkit: Toolkit) -> tuple[StateFact, ...]:
    fact = vendor.status.fact(toolkit.city.zone)
    return () if fact is None else (fact,)


def _cards(tx: Transaction, toolkit: Toolkit, hits: list[Hit], day: date) -> tuple[Card, ...]:
    return _as_cards(vendor_store.vendors(tx, [hit.vendor_id for hit in hits]), toolkit, hits, day)


def _cards_and_bought(
    tx: Transaction, toolkit: Toolkit, hits: Iterable[Hit], counted: Iterable[Hit], day: date
) -> tuple[tuple[Card, ...], Mapping[int, int]]:
    """The cards of some hits, and how often the city bought lately from some, in one round trip to the database."""
    read, bought = vendor_store.vendors_and_times_bought(
        tx, [hit.vendor_id for hit in hits], [hit.vendor_id for hit in counted], bought_since(day), day
    )
    return _as_cards(read, toolkit, hits, day), bought


def _as_cards(read: Mapping[int, Vendor], toolkit: Toolkit, hits: Iterable[Hit], day: date) -> tuple[Card, ...]:
    rule = rule_on(toolkit.city.local_rules, day)
    return tuple(
        Card(
            vendor=vendor,
            judgement=judge(vendor.addresses, vendor.size, day, rule, _states(vendor, toolkit)),
            certificates=tuple(c for c in vendor.certificates if c.holds_on(day)),
            matched_by=_MATCHED_BY[hit.match],
            score=hit.score,
        )
        for hit in hits
        if (vendor := read.get(hit.vendor_id)) is not None
    )
