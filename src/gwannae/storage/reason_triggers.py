"""The code of the reason that holds, beside its outside purchase: a trigger writes it with every reason that is given.

Reasons are never taken back and the newest holds, so that each is written over the one before it as it comes. From
there the running totals take it (`running_totals`).
"""

NAME = "reasons_onto_purchases"  # of the trigger and its function

_BESIDE = "UPDATE purchases SET reason_code ="
_ON_SQLITE = (
    f"CREATE TRIGGER {NAME} AFTER INSERT ON outside_reasons BEGIN {_BESIDE} NEW.code WHERE id = NEW.purchase_id; END"
)
_NEWEST = "SELECT DISTINCT ON (purchase_id) purchase_id, code FROM added ORDER BY purchase_id, id DESC"
_FUNCTION = (
    f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    f"{_BESIDE} newest.code FROM ({_NEWEST}) AS newest WHERE purchases.id = newest.purchase_id; RETURN NULL; END $$"
)
_ON_POSTGRESQL = (
    f"CREATE TRIGGER {NAME} AFTER INSERT ON outside_reasons REFERENCING NEW TABLE AS added "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
)


def statements(*, sqlite: bool) -> tuple[str, ...]:
    """What puts the trigger in place, whatever stood there."""
    if sqlite:
        return (f"DROP TRIGGER IF EXISTS {NAME}", _ON_SQLITE)
    return (_FUNCTION, f"DROP TRIGGER IF EXISTS {NAME} ON outside_reasons", _ON_POSTGRESQL)
