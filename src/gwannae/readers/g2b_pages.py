"""How the procurement service hands out lists: page by page, whatever the operation."""

from collections.abc import Iterator, Mapping
from typing import Any

from gwannae.readers.open_data import OpenData
from gwannae.readers.service_faults import ServiceCode, ServiceFault

PAGE = 999  # entries in one call; the field holds four digits, and three nines is what the service is known to give
MOST_PAGES = 9_999

Entry = Mapping[str, Any]


class G2bPages:
    """One of its services, asked page by page."""

    def __init__(self, data: OpenData, key: str, base_url: str) -> None:
        """`key` as `read_service_key` gives it; the service takes it in the query only."""
        self._data, self._key, self._base = data, key, base_url.rstrip("/")

    def entries(self, operation: str, **query: str) -> Iterator[Entry]:
        """All entries of an operation. Raises ServiceFault, also where fewer come than were announced."""
        seen = 0
        for page in range(1, MOST_PAGES + 1):
            entries, total = self._page(operation, page, query)
            yield from entries
            seen += len(entries)
            if seen >= total:
                return
            if not entries:  # said to be there, and not given: better nothing of this span than a part of it
                raise ServiceFault(ServiceCode.UNREADABLE, f"{seen} of {total}")
        raise ServiceFault(ServiceCode.UNREADABLE, "pages")

    def _page(self, operation: str, page: int, query: Mapping[str, str]) -> tuple[list[Entry], int]:
        answer = self._data.ask(
            f"{self._base}/{operation}",
            query={"ServiceKey": self._key, "type": "json", "numOfRows": str(PAGE), "pageNo": str(page), **query},
        )
        response = answer.get("response")
        body = response.get("body") if isinstance(response, dict) else None
        if isinstance(response, dict) and not body and isinstance(response.get("header"), dict):
            return [], 0  # "no data" comes without a body
        if not isinstance(body, dict):
            raise ServiceFault(ServiceCode.UNREADABLE, "body")
        items = body.get("items") or []
        if isinstance(items, dict):
            items = items.get("item") or []
        entries = items if isinstance(items, list) else [items]
        total = str(body.get("totalCount", "")).strip()
        if not total.isdecimal() or not all(isinstance(entry, dict) for entry in entries):
            raise ServiceFault(ServiceCode.UNREADABLE, "items")
        return entries, int(total)


def text_in(entry: Entry, name: str) -> str:
    """A field as text; numbers are taken, everything else is nothing."""
    value = entry.get(name)
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
