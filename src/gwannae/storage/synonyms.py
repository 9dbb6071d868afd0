"""Groups of words from files, and the office's own synonyms; a counter tells every process that they have changed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, update

from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Actor
from gwannae.programme.purchases import PurchaseKind
from gwannae.programme.word_groups import Synonym, WordGroup, WordSource
from gwannae.storage.bulk import Row, bulk_insert
from gwannae.storage.database import Transaction
from gwannae.storage.tables.words import synonyms, word_groups, word_members, word_state

_RELATIONS = ("same", "items", "broader", "avoid", "endings")

_VERSION = select(word_state.c.version)
_LOCK = select(word_state).with_for_update()  # SQLite knows no FOR UPDATE and needs none: it has one writer
_STATE = update(word_state)
_MEMBERS_OF = delete(word_members).where(
    word_members.c.group_id.in_(select(word_groups.c.id).where(word_groups.c.origin == bindparam("of")))
)
_GROUPS_OF = delete(word_groups).where(word_groups.c.origin == bindparam("of"))
_GROUPS = select(word_groups).order_by(word_groups.c.id)
_MEMBERS = select(word_members).order_by(word_members.c.group_id, word_members.c.position)
_ORIGINS = (
    select(word_groups.c.source, word_groups.c.origin, func.count().label("groups"))
    .group_by(word_groups.c.source, word_groups.c.origin)
    .order_by(word_groups.c.origin, word_groups.c.source)
)
_OPEN = select(synonyms).where(synonyms.c.removed_at.is_(None)).order_by(synonyms.c.id.desc())
_PAIR = _OPEN.where(synonyms.c.key == bindparam("of"), synonyms.c.means_key == bindparam("to"))
_ADD = insert(synonyms)
_ONE = _OPEN.where(synonyms.c.id == bindparam("of"))
_CLOSE = update(synonyms).where(synonyms.c.id == bindparam("of")).values(removed_at=bindparam("at"))


def words_version(tx: Transaction) -> int:
    """The counter that moves with every change: what was read at another one is out of date."""
    return int(tx.execute(_VERSION).scalar_one())


def read_groups(tx: Transaction) -> tuple[int, list[WordGroup]]:
    """The counter, and all groups: those of files in their order, then one for each synonym of the office.

    The counter is read first: if a change ends in between, the groups are read again.
    """
    version = words_version(tx)
    rows = tx.execute(_GROUPS).all()
    members = {at: list(rows) for at, rows in groupby(tx.execute(_MEMBERS).all(), key=lambda row: row.group_id)}
    groups = [_group(row, members.get(row.id, [])) for row in rows]
    groups += [
        WordGroup(head=s.means, items=((s.word,),), source=WordSource.OFFICE) for s in open_synonyms(tx, limit=None)
    ]
    return version, groups


def replace_groups(tx: Transaction, origin: str, groups: Sequence[WordGroup]) -> int:
    """Put `groups` in the place of all that came from this origin (none: forget them). Returns how many were there."""
    state = _lock(tx)
    tx.execute(_MEMBERS_OF, {"of": origin})
    replaced = tx.execute(_GROUPS_OF, {"of": origin}).rowcount
    ids = range(state["last_group_id"] + 1, state["last_group_id"] + 1 + len(groups))
    pairs = list(zip(ids, groups, strict=True))
    bulk_insert(
        tx, word_groups, [(i, g.source.value, origin, g.head, g.kind.value if g.kind else None) for i, g in pairs]
    )
    bulk_insert(tx, word_members, [row for i, group in pairs for row in _members(i, group)])
    tx.execute(_STATE.values(version=state["version"] + 1, last_group_id=state["last_group_id"] + len(groups)))
    return replaced


def origins(tx: Transaction) -> list[tuple[WordSource, str, int]]:
    """What was loaded: source, origin and number of groups."""
    return [(WordSource(row.source), row.origin, row.groups) for row in tx.execute(_ORIGINS)]


def add_synonym(tx: Transaction, word: str, means: str, by: Actor, at: datetime) -> tuple[Synonym, bool]:
    """Let `word` mean `means`; both must have keys, and different ones. False: it meant that already."""
    state = _lock(tx)
    pair = {"of": search_key(word), "to": search_key(means)}
    known = tx.execute(_PAIR, pair).first()
    if known is not None:
        return _synonym(known), False
    tx.execute(
        _ADD,
        {
            "word": word,
            "key": pair["of"],
            "means": means,
            "means_key": pair["to"],
            "added_at": at,
            "added_by_team": by.team_id,
            "added_by_user": by.user_id,
            "removed_at": None,
        },
    )
    tx.execute(_STATE.values(version=state["version"] + 1))
    return _synonym(tx.execute(_PAIR, pair).one()), True


def remove_synonym(tx: Transaction, synonym_id: int, at: datetime) -> Synonym | None:
    """Close a synonym; None where it is gone already, or never was."""
    state = _lock(tx)
    row = tx.execute(_ONE, {"of": synonym_id}).first()
    if row is None:
        return None
    tx.execute(_CLOSE, {"of": synonym_id, "at": at})
    tx.execute(_STATE.values(version=state["version"] + 1))
    return _synonym(row)


def open_synonyms(tx: Transaction, limit: int | None = 100) -> list[Synonym]:
    """The office's synonyms that hold, latest first."""
    return [_synonym(row) for row in tx.execute(_OPEN.limit(limit))]


def _lock(tx: Transaction) -> RowMapping:
    return tx.execute(_LOCK).mappings().one()


def _members(group_id: int, group: WordGroup) -> Iterator[Row]:
    things: dict[str, Sequence[tuple[str, ...]]] = {
        "same": [(word,) for word in group.same],
        "items": group.items,
        "broader": [(word,) for word in group.broader],
        "avoid": [(word,) for word in group.avoid],
        "endings": [(word,) for word in group.endings],
    }
    position = 0
    for relation in _RELATIONS:
        for thing, spellings in enumerate(things[relation]):
            for word in spellings:
                yield group_id, position, relation, thing, word
                position += 1


def _group(row: Any, members: Sequence[Any]) -> WordGroup:
    words: dict[str, dict[int, list[str]]] = {relation: {} for relation in _RELATIONS}
    for member in members:
        words[member.relation].setdefault(member.thing, []).append(member.word)

    def flat(relation: str) -> tuple[str, ...]:
        return tuple(word for spellings in words[relation].values() for word in spellings)

    return WordGroup(
        head=row.head,
        same=flat("same"),
        items=tuple(map(tuple, words["items"].values())),
        broader=flat("broader"),
        avoid=flat("avoid"),
        endings=flat("endings"),
        kind=PurchaseKind(row.kind) if row.kind else None,
        source=WordSource(row.source),
    )


def _synonym(row: Any) -> Synonym:
    return Synonym(row.id, row.word, row.means, row.added_at, Actor(row.added_by_team, row.added_by_user))
