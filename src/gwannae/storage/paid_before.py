"""What an organisation paid before for an item, by the item's name or, where none was stated, by the title."""

from sqlalchemy import bindparam, func, select

from gwannae.programme.hangul import search_key
from gwannae.programme.organisations import Organisation
from gwannae.programme.paid_before import PaidBefore
from gwannae.programme.purchases import PurchaseState
from gwannae.storage.database import Transaction
from gwannae.storage.tables.purchases import purchases

_C = purchases.c
_MET = (
    _C.state == PurchaseState.REPORTED.value,
    _C.organisation_id == bindparam("organisation"),
    (_C.item_key == bindparam("key")) | ((_C.item_key == "") & _C.title.like(bindparam("pattern"), escape="\\")),
)
_RANGE = select(
    func.count().label("number"), func.min(_C.amount).label("least"), func.max(_C.amount).label("most")
).where(*_MET)
_LAST = (
    select(_C.amount, _C.contract_date, _C.firm_name)
    .where(*_MET)
    .order_by(_C.contract_date.desc(), _C.id.desc())
    .limit(1)
)


def paid_before(tx: Transaction, organisation: Organisation, word: str) -> PaidBefore | None:
    """All its purchases of that item, cancelled ones left out; None where there are none or the word has no letters."""
    key = search_key(word)
    if not key:
        return None
    given = {"organisation": organisation.id, "key": key, "pattern": _pattern(word)}
    last = tx.execute(_LAST, given).first()
    if last is None:
        return None
    found = tx.execute(_RANGE, given).one()
    return PaidBefore(
        organisation.name, found.number, found.least, found.most, last.amount, last.contract_date, last.firm_name
    )


def _pattern(word: str) -> str:
    """The word anywhere, with its own % and _ taken for themselves."""
    plain = word.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"
