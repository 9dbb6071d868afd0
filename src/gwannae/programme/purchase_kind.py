"""구분: what is bought, as every figure of the programme and every record of a firm tells it apart."""

from collections.abc import Iterable
from enum import StrEnum


class PurchaseKind(StrEnum):
    """구분: goods, services, works; every figure of the programme is also shown by kind."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"

    @property
    def label(self) -> str:
        """The word that offices use."""
        return {"goods": "물품", "services": "용역", "works": "공사"}[self.value]


def in_order_of_kinds(kinds: Iterable[PurchaseKind]) -> tuple[PurchaseKind, ...]:
    """Each kind once, in the order in which offices name them."""
    named = set(kinds)
    return tuple(kind for kind in PurchaseKind if kind in named)
