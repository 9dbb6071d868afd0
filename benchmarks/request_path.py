"""A signed `/localvendor WORD` beside the same command of a bare Bolt app, on the same server, in the same minute."""

from pathlib import Path
from statistics import median

from benchmarks import corpus, registry
from benchmarks.auth_stub import slack_stub
from benchmarks.knocking import Connection, Timing, signed_commands, throughput, time_each, timing
from benchmarks.outcome import Outcome
from benchmarks.servers import Served, bare_app, product

VENDORS = 12_000


def measure(folder: Path, *, quick: bool = False) -> Outcome:
    """Median of rounds that alternate between peer and product; each round asks every query in turn."""
    rounds, each = (5, 150) if quick else (16, 300)
    database = registry.filled(folder, VENDORS)
    with slack_stub() as slack, bare_app(slack) as peer, product(slack, f"sqlite:///{database}") as bot:
        _check_answers(peer, bot)
        peer_times, bot_times = _rounds(peer, bot, rounds, each)
        outcome = Outcome()
        ratios = [b.p50 / p.p50 for p, b in zip(peer_times, bot_times, strict=True)]
        outcome.ratio("request: /localvendor p50, one connection, 12,000 vendors", median(ratios), at_most=2)
        tails = [b.p99 / p.p99 for p, b in zip(peer_times, bot_times, strict=True)]
        outcome.ratio("request: the same, p99", median(tails), at_most=3)
        for who, times in (("bare app", peer_times), ("product", bot_times)):
            outcome.told(f"request: {who} p50", median(t.p50 for t in times), "ms")
            outcome.told(f"request: {who} p99", median(t.p99 for t in times), "ms")
        outcome.ratio("request: queries that nobody asked before, p50", _first_time(peer, bot))
        seconds = 1 if quick else 3
        rates = {who.pid: throughput(who.port, _requests(who), 32, seconds) for who in (peer, bot)}
        outcome.ratio("request: answers/s at 32 connections, product / bare app", rates[bot.pid] / rates[peer.pid])
        outcome.told("request: product, 32 connections", rates[bot.pid], "1/s")
    return outcome


def queries() -> list[str]:
    """Thirty-nine queries as people type them: whole items, beginnings, parts, two words, names, numbers, filters."""
    whole = corpus.plain_items(10, 5)
    beginnings = [item[:2] for item in corpus.plain_items(60, 0) if len(item) > 2][:7]
    parts = [item[1:] for item in corpus.plain_items(90, 0) if len(item) > 2][-7:]
    two = ["사무용 책상", "친환경 세제", "칼라 명함", "맞춤 가구", "행사용 꽃다발"]
    names = corpus.name_beginnings()[:2]
    numbers = [corpus.business_number(n) for n in (77, 5001)]
    return [*whole, *beginnings, *parts, *two, *names, *numbers, "은하구 현수막"]


def unasked() -> list[str]:
    """Three hundred others, each asked once: goods with a qualifier, and firms by name."""
    lines = list(corpus.lines(VENDORS))
    goods = dict.fromkeys(item for line in lines for item in line.items if " " in item)
    names = dict.fromkeys(line.name for line in lines[::60])
    return [*list(goods)[:150], *list(names)[:150]]


def _first_time(peer: Served, bot: Served) -> float:
    p50 = []
    for server in (peer, bot):
        connection = Connection(server.port)
        requests = signed_commands(unasked(), server.port)
        p50.append(timing(time_each(connection, requests, len(requests))).p50)
        connection.close()
    return p50[1] / p50[0]


def _requests(server: Served) -> list[bytes]:
    return signed_commands(queries(), server.port)


def _check_answers(peer: Served, bot: Served) -> None:
    """Both must answer the command with an ephemeral message; the product with firms, for every query."""
    for server in (peer, bot):
        connection = Connection(server.port)
        for query, request in zip(queries(), _requests(server), strict=True):
            status, body = connection.ask(request)
            said = body.decode()
            if status != 200 or "ephemeral" not in said:
                raise AssertionError(f"{query}: {status} {said[:200]}")
            if server is bot and "localvendor-firm" not in said:
                raise AssertionError(f"no firm for {query}: {said[:300]}")
        connection.close()


def _rounds(peer: Served, bot: Served, rounds: int, each: int) -> tuple[list[Timing], list[Timing]]:
    found: dict[int, list[Timing]] = {peer.pid: [], bot.pid: []}
    connections = {server.pid: Connection(server.port) for server in (peer, bot)}
    for n in range(rounds + 1):  # the first round warms both
        for server in (peer, bot) if n % 2 else (bot, peer):
            taken = time_each(connections[server.pid], _requests(server), each)
            if n:
                found[server.pid].append(timing(taken))
    for connection in connections.values():
        connection.close()
    return found[peer.pid], found[bot.pid]
