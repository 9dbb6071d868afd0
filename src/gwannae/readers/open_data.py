"""What the services of the public data portal (공공데이터포털) share: the key, how they answer, how they refuse.

Two gates stand before the services. Both may answer in JSON or, whatever was asked for, in XML; a refusal may come
with any status, 200 included.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from gwannae.readers.service_faults import ServiceCode, ServiceFault
from gwannae.readers.web import Reply, Web

WAITS = (0.5, 1.5)  # seconds before a question is asked again: a second and a third time

_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
# By expression, not by a parser: a refusal is a few lines, and a parser would follow entities of whoever answers.
_XML_CODE = re.compile(rb"<(?:returnReasonCode|resultCode)>\s*([0-9]{1,3})\s*</")
_MOST_DETAIL = 60

_RESULT_CODES = {
    "01": ServiceCode.SERVER,
    "02": ServiceCode.SERVER,
    "04": ServiceCode.SERVER,
    "05": ServiceCode.SERVER,
    "06": ServiceCode.REJECTED,
    "07": ServiceCode.REJECTED,
    "08": ServiceCode.REJECTED,
    "10": ServiceCode.REFUSED_KEY,
    "11": ServiceCode.REJECTED,
    "12": ServiceCode.REJECTED,
    "20": ServiceCode.REFUSED_KEY,
    "22": ServiceCode.QUOTA,
    "30": ServiceCode.REFUSED_KEY,
    "31": ServiceCode.REFUSED_KEY,
    "32": ServiceCode.REFUSED_KEY,
}
_FINE = ("00", "03")  # 03: nothing found, which is an answer
_STATUS_CODES = {
    "TOO_LARGE_REQUEST": ServiceCode.TOO_MANY,
    "INTERNAL_ERROR": ServiceCode.SERVER,
    "HTTP_ERROR": ServiceCode.SERVER,
}
_STATUSES = {
    401: ServiceCode.REFUSED_KEY,
    403: ServiceCode.REFUSED_KEY,
    408: ServiceCode.TIMED_OUT,
    413: ServiceCode.TOO_MANY,
    429: ServiceCode.QUOTA,
}


def read_service_key(text: str, setting: str) -> str:
    """The key as it is sent: the portal hands out each key twice, plain and percent-encoded; both are taken.

    Raises:
        ServiceFault: NO_KEY when it is blank, REFUSED_KEY when it cannot be one (spaces, Hangul, a line break).
    """
    key = text.strip()
    if not key:
        raise ServiceFault(ServiceCode.NO_KEY, setting=setting)
    if _ENCODED.search(key):
        key = unquote(key)
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ServiceFault(ServiceCode.REFUSED_KEY, "not a key", setting=setting)
    return key


@dataclass(frozen=True, slots=True)
class OpenData:
    """Asks a service, and again after a moment where that may help. `sleep` waits seconds."""

    web: Web
    sleep: Callable[[float], None]
    waits: tuple[float, ...] = WAITS

    def ask(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        json: object = None,
    ) -> dict[str, Any]:
        """The JSON object that a service answers.

        Raises:
            ServiceFault: whatever is no such answer; see `ServiceCode`.
        """
        for seconds in self.waits:
            try:
                return read_reply(self.web.ask(url, query=query, headers=headers, json=json))
            except ServiceFault as fault:
                if not fault.code.may_pass:
                    raise
            self.sleep(seconds)
        return read_reply(self.web.ask(url, query=query, headers=headers, json=json))


def read_reply(reply: Reply) -> dict[str, Any]:
    """The JSON object of an answer that is no refusal.

    Raises:
        ServiceFault: REFUSED_KEY, QUOTA, TOO_MANY, REJECTED, SERVER, TRUNCATED or UNREADABLE.
    """
    body = reply.body.removeprefix(b"\xef\xbb\xbf").strip()
    if body.startswith(b"<"):
        raise _xml_fault(reply.status, body)
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        found = None
    refusal = _refusal(found, reply.status) if isinstance(found, dict) else None
    if refusal is not None:
        raise refusal
    if reply.status >= 400:
        raise _status_fault(reply.status)
    if isinstance(found, dict) and reply.status < 300:
        return found
    is_cut = found is None and body.startswith(b"{") and not body.endswith(b"}")
    raise ServiceFault(ServiceCode.TRUNCATED if is_cut else ServiceCode.UNREADABLE, f"HTTP {reply.status}")


def _xml_fault(status: int, body: bytes) -> ServiceFault:
    found = _XML_CODE.search(body)
    code = found[1].decode().zfill(2) if found else ""
    if code in _RESULT_CODES:
        return ServiceFault(_RESULT_CODES[code], code)
    return _status_fault(status) if status >= 400 else ServiceFault(ServiceCode.UNREADABLE, code or "XML")


def _status_fault(status: int) -> ServiceFault:
    code = ServiceCode.SERVER if status >= 500 else _STATUSES.get(status, ServiceCode.REJECTED)
    return ServiceFault(code, f"HTTP {status}")


def _refusal(answer: dict[str, Any], status: int) -> ServiceFault | None:
    """What the body itself says, in the three ways of the two gates and of the services behind them; a code that we
    do not know means what the status says.
    """
    otherwise = _status_fault(status).code if status >= 400 else ServiceCode.REJECTED
    if "code" in answer:  # {"code": -4, "msg": …}
        code = _word(answer["code"])
        return ServiceFault(ServiceCode.REFUSED_KEY if code in ("-4", "-401") else otherwise, code)
    stated = answer.get("status_code")
    if stated is not None and stated != "OK":
        return ServiceFault(_STATUS_CODES.get(_word(stated), otherwise), _word(stated))
    header = result_header(answer)
    if header is None or "resultCode" not in header:
        return None
    code = _word(header["resultCode"]).zfill(2)
    return None if code in _FINE else ServiceFault(_RESULT_CODES.get(code, otherwise), code)


def result_header(answer: dict[str, Any]) -> dict[str, Any] | None:
    """`header` of the only part of an answer: "response", or the name that a refusal gives itself."""
    for part in answer.values():
        if isinstance(part, dict) and isinstance(part.get("header"), dict):
            header: dict[str, Any] = part["header"]
            return header
    return None


def _word(value: object) -> str:
    return str(value).strip()[:_MOST_DETAIL]
