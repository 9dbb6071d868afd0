"""Why a purchase was not stored or changed."""

from gwannae.programme.purchases import Purchase


class AlreadyStoredError(Exception):
    """The form was stored before. `purchase` is what came of it, as it is now."""

    def __init__(self, purchase: Purchase) -> None:
        super().__init__(purchase.id)
        self.purchase = purchase


class StaleError(Exception):
    """The purchase was changed or cancelled since the version that was named. `purchase` is how it is now."""

    def __init__(self, purchase: Purchase) -> None:
        super().__init__(purchase.id)
        self.purchase = purchase


class NoPurchaseError(LookupError):
    """There is no purchase of that id (`purchase_id`)."""

    def __init__(self, purchase_id: int) -> None:
        super().__init__(purchase_id)
        self.purchase_id = purchase_id


class ReferenceGoneError(LookupError):
    """The draft names a row that is not there (any more): `kind` is "organisation" or "vendor", `id` its id."""

    def __init__(self, kind: str, gone: int) -> None:
        super().__init__(kind, gone)
        self.kind = kind
        self.id = gone
