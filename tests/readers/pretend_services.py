"""The tax office's and the procurement service as a server of this machine: their shapes, limits and ways to fail."""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from gwannae.programme.business_number import check_digit

KEY = "plain+key/of=the=portal=="
ENCODED_KEY = quote(KEY, safe="")

NTS_PATH, G2B_PATH, CONTRACTS_PATH = "/nts/v1", "/ao/UsrInfoService02", "/ao/PubDataOpnStdService"
MOST_NUMBERS = 100


class Answer(NamedTuple):
    """What goes over the wire. `announced`: the length that is promised; `wait`: for whom the server waits first."""

    status: int
    body: bytes
    announced: int | None = None
    wait: threading.Event | None = None


class Asked(NamedTuple):
    """One question as it arrived. `headers` have small letters."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Any


Trouble = Callable[[Answer], Answer]
"""What becomes of the answer that would have been given."""


def business_numbers(count: int) -> list[str]:
    """Made-up numbers with true check digits; the middle digits are of no tax office."""
    return [f"{first:09d}{check_digit(f'{first:09d}')}" for first in range(100_000_000, 100_000_000 + count)]


def an_entry(number: str, code: str = "01", end: str = "") -> dict[str, str]:
    """What the tax office says of a number; `code` "" for one that it does not know."""
    words = {"01": "계속사업자", "02": "휴업자", "03": "폐업자", "": ""}
    return {
        "b_no": number,
        "b_stt": words[code],
        "b_stt_cd": code,
        "tax_type": "부가가치세 일반과세자" if code else "국세청에 등록되지 않은 사업자등록번호입니다.",
        "tax_type_cd": "01" if code else "",
        "end_dt": end,
        "utcc_yn": "N" if code else "",
        "tax_type_change_dt": "",
        "invoice_apply_dt": "",
        "rbf_tax_type": "해당없음" if code else "",
        "rbf_tax_type_cd": "99" if code else "",
    }


def a_firm(number: str, name: str, region: str, address: str, **more: str) -> dict[str, str]:
    """A firm as the procurement service lists it."""
    return {
        "bizno": number,
        "corpNm": name,
        "engCorpNm": "",
        "opbizDt": "2019-03-04 00:00:00",
        "rgnCd": "00000",
        "rgnNm": region,
        "zip": "00000",
        "adrs": address,
        "dtlAdrs": "12, 3층",
        "telNo": "031-000-1234",
        "faxNo": "031-000-9999",
        "cntryNm": "대한민국",
        "hmpgAdrs": "",
        "mnfctDivCd": "03",
        "mnfctDivNm": "공급",
        "emplyeNum": "7",
        "corpBsnsDivCd": "01",
        "corpBsnsDivNm": "물품",
        "hdoffceDivNm": "본사",
        "rgstDt": "2020-05-06 00:00:00",
        "chgDt": "2027-02-10 11:12:13",
        "ceoNm": "아무개",
        **more,
    }


def a_contract_entry(number: str, title: str, amount: str, day: str, firm: str, **more: str) -> dict[str, str]:
    """A contract as the procurement service lists it by the standard of open data."""
    return {
        "cntrctNo": f"{number}00",
        "untyCntrctNo": number,
        "cntrctOrd": "00",
        "cntrctNm": title,
        "bsnsDivNm": "물품",
        "cntrctCnclsDate": day,
        "cntrctAmt": amount,
        "cntrctInsttNm": "조달청",
        "cntrctInsttCd": "1230000",
        "dmndInsttNm": "가람도 햇님시",
        "dmndInsttCd": "9990001",
        "dmndInsttOfclNm": "아무개",
        "rprsntCorpNm": firm,
        "rprsntCorpCeoNm": "아무개",
        **more,
    }


def as_json(value: object, status: int = 200) -> Answer:
    """An answer in JSON."""
    return Answer(status, json.dumps(value, ensure_ascii=False).encode())


def gate_refusal(code: str, status: int = 200) -> Answer:
    """How the portal's gate refuses, in XML whatever was asked for."""
    body = (
        "<OpenAPI_ServiceResponse><cmmMsgHeader><errMsg>SERVICE ERROR</errMsg>"
        f"<returnAuthMsg>REFUSED</returnAuthMsg><returnReasonCode>{code}</returnReasonCode>"
        "</cmmMsgHeader></OpenAPI_ServiceResponse>"
    )
    return Answer(status, body.encode())


def instead(answer: Answer) -> Trouble:
    """This answer, whatever the true one was."""
    return lambda _: answer


def edited(change: Callable[[dict[str, Any]], object]) -> Trouble:
    """The true answer with something changed in it."""

    def trouble(answer: Answer) -> Answer:
        content = json.loads(answer.body)
        change(content)
        return as_json(content, answer.status)

    return trouble


def cut_in_the_middle(answer: Answer) -> Answer:
    """Half of the text, with a true length: some gate in between gave up."""
    return answer._replace(body=answer.body[: len(answer.body) // 2])


def broken_off(answer: Answer) -> Answer:
    """Half of what was promised, then the line goes dead."""
    return answer._replace(body=answer.body[: len(answer.body) // 2], announced=len(answer.body))


@dataclass
class PretendServices:
    """Both services. `states` of the tax office by number (code, closing day), others are open; `quota` is how many
    calls a day allows; `troubles` befall calls by their number, from 1, over both services.
    """

    base: str = ""
    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    firms: list[dict[str, str]] = field(default_factory=list)
    contracts: list[dict[str, str]] = field(default_factory=list)
    trades: dict[str, Sequence[dict[str, str]]] = field(default_factory=dict)
    page: int = 999
    quota: int | None = None
    troubles: dict[int, Trouble] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def nts_url(self) -> str:
        return self.base + NTS_PATH

    @property
    def g2b_url(self) -> str:
        return self.base + G2B_PATH

    @property
    def contracts_url(self) -> str:
        return self.base + CONTRACTS_PATH

    @property
    def numbers(self) -> list[list[str]]:
        """The numbers of each call to the tax office."""
        return [asked.body["b_no"] for asked in self.asked if asked.path.startswith(NTS_PATH)]

    def answer(self, asked: Asked) -> Answer:
        """What is answered, as the troubles leave it."""
        self.asked.append(asked)
        if self.quota is not None and len(self.asked) > self.quota:
            return gate_refusal("22")
        true = self._tax_office(asked) if asked.path.startswith(NTS_PATH) else self._procurement(asked)
        return self.troubles.get(len(self.asked), lambda answer: answer)(true)

    def _tax_office(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Infuser {KEY}":
            return as_json({"code": -4, "msg": "등록되지 않은 인증키 입니다."}, 401)
        numbers = asked.body["b_no"]
        if len(numbers) > MOST_NUMBERS:
            return as_json({"status_code": "TOO_LARGE_REQUEST"}, 413)
        data = [an_entry(number, *self.states.get(number, ("01", ""))) for number in numbers]
        matched = sum(bool(entry["b_stt_cd"]) for entry in data)
        return as_json({"status_code": "OK", "request_cnt": len(numbers), "match_cnt": matched, "data": data})

    def _procurement(self, asked: Asked) -> Answer:
        query = asked.query
        if query.get("ServiceKey") != KEY:
            return gate_refusal("30")
        if asked.path.endswith("/getDataSetOpnStdCntrctInfo"):
            found = self._contracts(query)
        elif asked.path.endswith("/getPrcrmntCorpIndstrytyInfo02"):
            found = list(self.trades.get(query["bizno"], ())) if query["inqryDiv"] == "1" else []
        else:
            day = {"1": "rgstDt", "2": "chgDt"}[query["inqryDiv"]]
            first, last = query["inqryBgnDt"], query["inqryEndDt"]
            found = [firm for firm in self.firms if first <= _minute(firm[day]) <= last]
        size = min(int(query["numOfRows"]), self.page)
        begin = (int(query["pageNo"]) - 1) * size
        body = {
            "items": found[begin : begin + size] or "",
            "numOfRows": size,
            "pageNo": int(query["pageNo"]),
            "totalCount": len(found),
        }
        return as_json({"response": {"header": {"resultCode": "00", "resultMsg": "정상"}, "body": body}})

    def _contracts(self, query: Mapping[str, str]) -> list[dict[str, str]]:
        """Of one body, of a month at most: what is asked for in other ways is not answered."""
        first, last = query["cntrctCnclsBgnDate"], query["cntrctCnclsEndDate"]
        if first[:6] != last[:6] or query.get("insttDivCd") != "2":
            return []
        own = [one for one in self.contracts if one["dmndInsttCd"] == query["insttCd"]]
        return [one for one in own if first <= one["cntrctCnclsDate"].replace("-", "") <= last]


def _minute(moment: str) -> str:
    return "".join(char for char in moment if char.isdigit())[:12]


@contextmanager
def pretend_services() -> Iterator[PretendServices]:
    """Both services on a free port of this machine."""
    services = PretendServices()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(None)

        def do_POST(self) -> None:
            self._answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _answer(self, body: Any) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = services.answer(Asked(parts.path, query, headers, body))
            if answer.wait is not None:
                answer.wait.wait(10)
            self.send_response(answer.status)
            if 300 <= answer.status < 400:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(answer.body) if answer.announced is None else answer.announced))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    services.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield services
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
