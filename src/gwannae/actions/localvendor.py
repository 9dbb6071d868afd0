"""업체 찾기: one page of local firms for a query, one firm in full, and telling the office what is missing."""

from dataclasses import dataclass
from datetime import date, datetime

from gwannae.actions.shelf import Shelf, Standing
from gwannae.actions.toolkit import Toolkit
from gwannae.programme.audit import AuditEntry, AuditEvent
from gwannae.programme.hangul import search_key
from gwannae.programme.localvendor import PAGE, Card, FirmGone, LookUp, MissingNoted
from gwannae.programme.organisations import Actor
from gwannae.programme.search import Field, Hit, MatchClass, Query, rank_hits, read_query
from gwannae.programme.vendors import Vendor
from gwannae.programme.verdict import Verdict, judge, rule_on
from gwannae.storage import affiliations, audit, missing_items, organisations, words
from gwannae.storage import vendors as vendor_store
from gwannae.storage.database import Transaction


@dataclass(frozen=True, slots=True)
class _Found:
    """Hits of a query, parted by side, each in the order in which it is shown."""

    local: list[Hit]
    outside: list[Hit]
    unconfirmed: int


def look_up(toolkit: Toolkit, text: str, day: date, side: Verdict = Verdict.LOCAL, offset: int = 0) -> LookUp:
    """One page of at most PAGE firms. Anybody of the workspace may ask; nothing is written down.

    An empty query answers an empty look-up whose `query.is_empty` is true. `offset` beyond the end answers no cards.
    """
    query = read_query(text, toolkit.city.places)
    if query.is_empty:
        return LookUp(query, side, 0, 0, 0, 0, (), None)
    with toolkit.database.read() as tx:
        shelf = toolkit.shelf.current(tx, day)
        found = _find(tx, shelf, query)
        hits = found.local if side is Verdict.LOCAL else found.outside
        page = hits[offset : offset + PAGE]
        return LookUp(
            query=query,
            side=side,
            local=len(found.local),
            outside=len(found.outside) - found.unconfirmed,
            unconfirmed=found.unconfirmed,
            offset=offset,
            cards=_cards(tx, toolkit, page, day),
            as_of=shelf.as_of,
            near=() if found.local or found.outside else _near(shelf, query),
        )


def search_all(toolkit: Toolkit, text: str, day: date) -> list[Card]:
    """Every firm that meets a query, local ones first: what the command line prints."""
    query = read_query(text, toolkit.city.places)
    if query.is_empty:
        return []
    with toolkit.database.read() as tx:
        found = _find(tx, toolkit.shelf.current(tx, day), query)
        return list(_cards(tx, toolkit, found.local + found.outside, day))


def vendor_detail(toolkit: Toolkit, vendor_id: int, day: date) -> Card | FirmGone:
    """One firm with its verdict as of a day."""
    with toolkit.database.read() as tx:
        cards = _cards(tx, toolkit, [Hit(vendor_id, MatchClass.NAME_EXACT, 0)], day)
    return cards[0] if cards else FirmGone(vendor_id)


def choose_vendors(toolkit: Toolkit, typed: str, day: date, limit: int = 20) -> list[Vendor]:
    """Firms for a type-ahead, by name, item or business number (also unfinished digits); local ones first."""
    query = read_query(typed, toolkit.city.places)
    digits = "".join(c for c in typed if c.isdigit())
    with toolkit.database.read() as tx:
        if len(digits) >= 3 and not any(c.isalpha() for c in typed):
            ids = vendor_store.by_number_beginning(tx, digits, limit)
        elif query.is_empty:
            return []
        else:
            found = _find(tx, toolkit.shelf.current(tx, day), query)
            ids = [hit.vendor_id for hit in (found.local + found.outside)[:limit]]
        read = vendor_store.vendors(tx, ids)
    return [read[i] for i in ids if i in read]


def note_missing(toolkit: Toolkit, actor: Actor, word: str, now: datetime) -> MissingNoted:
    """Write down that nobody local was found for a word; who asked is kept in the audit log only."""
    key = search_key(word)[:100]
    with toolkit.database.write() as tx:
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


def _find(tx: Transaction, shelf: Shelf, query: Query) -> _Found:
    hits = _hits(tx, shelf, query)
    local: list[tuple[Hit, Standing]] = []
    outside: list[tuple[Hit, Standing]] = []
    unconfirmed = 0
    wanted = frozenset(query.certificates)
    for hit in hits:
        standing = shelf.standings.get(hit.vendor_id)
        if standing is None or not wanted <= standing.certificates:
            continue
        if query.district is not None and standing.district != query.district:
            continue
        if standing.verdict is Verdict.LOCAL:
            local.append((hit, standing))
        else:
            unconfirmed += standing.verdict is Verdict.UNCONFIRMED
            outside.append((hit, standing))
    return _Found(_in_order(local), _in_order(outside), unconfirmed)


def _in_order(found: list[tuple[Hit, Standing]]) -> list[Hit]:
    """Better match first, among equals by name; on the outside list the unconfirmed stand before the outside ones."""
    found.sort(key=lambda pair: (pair[1].verdict is Verdict.OUTSIDE, pair[0].match, pair[0].score, pair[1].order))
    return [hit for hit, _ in found]


def _hits(tx: Transaction, shelf: Shelf, query: Query) -> list[Hit]:
    if query.business_number:
        vendor = vendor_store.by_business_number(tx, query.business_number)
        return [Hit(vendor.id, MatchClass.NAME_EXACT, 0)] if vendor else []
    if not query.words:  # filters alone: every firm of the district, every women-owned firm
        return [Hit(vendor_id, MatchClass.ITEM_EXACT, 0) for vendor_id in shelf.standings]
    hits = rank_hits([_postings(tx, shelf, word) for word in query.words])
    if not hits and len(query.words) > 1:  # 현수막 제작 is written 현수막제작 in the registry
        hits = rank_hits([_postings(tx, shelf, "".join(query.words))])
    return hits


def _postings(tx: Transaction, shelf: Shelf, word: str) -> dict[tuple[int, Field], int]:
    return words.postings(tx, shelf.vocabulary.match(word))


def _near(shelf: Shelf, query: Query) -> tuple[str, ...]:
    near = [word for asked in query.words for word in shelf.vocabulary.near(asked)]
    return tuple(dict.fromkeys(near))[:3]


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
