"""One plain question over HTTP at a time: for commands that may take their time, never for a Slack request."""

import asyncio
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from gwannae.readers.service_faults import ServiceCode, ServiceFault

if TYPE_CHECKING:
    import aiohttp

ANSWER_SECONDS = 15.0
LARGEST = 16 * 1024 * 1024  # bytes of an answer: sixteen times the largest page of either service
_PIECE = 64 * 1024


class Reply(NamedTuple):
    """The status and the whole body of an answer."""

    status: int
    body: bytes


class Web(Protocol):
    """What the clients of this room need of HTTP."""

    def ask(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> Reply:
        """POST `json` where it is given, else GET. Any status is an answer.

        Raises:
            ServiceFault: TIMED_OUT, AWAY, TRUNCATED, or UNREADABLE for an answer beyond LARGEST.
        """


class Pace:
    """Lets calls begin at least `between` seconds apart."""

    def __init__(self, between: float, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """`monotonic` answers seconds that never jump."""
        self._between, self._monotonic, self._sleep = between, monotonic, sleep
        self._next = float("-inf")

    def wait(self) -> None:
        """Come back when the next call may begin."""
        now = self._monotonic()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._between


class HttpWeb:
    """`Web` over aiohttp, with a loop of its own: open it in a thread where none runs, and use it there.

    An answer must be there `seconds` after the question, however slowly it drips in. Redirects are not followed: the
    key in a question is for one host alone. What an error says is never passed on, for it may hold the address.
    """

    def __init__(self, pace: Pace, *, seconds: float = ANSWER_SECONDS, largest: int = LARGEST) -> None:
        self._pace, self._seconds, self._largest = pace, seconds, largest
        self._runner: asyncio.Runner | None = None
        self._session: aiohttp.ClientSession | None = None

    def __enter__(self) -> "HttpWeb":
        self._runner = asyncio.Runner()
        self._session = self._runner.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        assert self._session is not None
        try:
            self._runner.run(self._session.close())
        finally:
            self._runner.close()
            self._runner = self._session = None

    def ask(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> Reply:
        """See `Web.ask`."""
        assert self._runner is not None, "ask inside the with block"
        self._pace.wait()
        return self._runner.run(self._ask(url, query, headers, json))

    async def _open(self) -> "aiohttp.ClientSession":
        import aiohttp

        # The cookies of a service are of no use to us.
        return aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=self._seconds), cookie_jar=aiohttp.DummyCookieJar()
        )

    async def _ask(
        self, url: str, query: Mapping[str, str] | None, headers: Mapping[str, str] | None, json: object
    ) -> Reply:
        import aiohttp

        assert self._session is not None
        more: dict[str, Any] = {} if json is None else {"json": json}
        try:
            async with self._session.request(
                "GET" if json is None else "POST", url, params=query, headers=headers, allow_redirects=False, **more
            ) as answer:
                return Reply(answer.status, await self._body(answer))
        except TimeoutError as error:
            fault = ServiceFault(ServiceCode.TIMED_OUT, type(error).__name__)
        except aiohttp.ClientPayloadError as error:  # fewer bytes than announced, or a broken packing
            fault = ServiceFault(ServiceCode.TRUNCATED, type(error).__name__)
        except (aiohttp.ClientError, OSError, ValueError) as error:  # ValueError: an address that is none
            fault = ServiceFault(ServiceCode.AWAY, type(error).__name__)
        raise fault

    async def _body(self, answer: "aiohttp.ClientResponse") -> bytes:
        body = bytearray()
        async for piece in answer.content.iter_chunked(_PIECE):
            body += piece
            if len(body) > self._largest:
                raise ServiceFault(ServiceCode.UNREADABLE, "too_large")
        return bytes(body)
