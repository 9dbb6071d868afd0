"""Other ways to look something up in the same registry, each with the first ten firms and how many there are.

They see the texts of the registry without spaces, and its first consonants; names and items alone, as the product does.
None of them reads or judges a firm.
"""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import tantivy

from benchmarks.corpus import Line
from benchmarks.truth import FIRST, Question, initials_of, plain

Ask = Callable[[Question], list[int]]
LIKE, MEMORY, FTS5, TANTIVY, POSTGRES = "LIKE", "one pass", "FTS5 bigram", "tantivy n-gram", "PostgreSQL LIKE"
SLOW = (LIKE,)  # and steady: every tenth query is enough

_END = "\x1f"  # between the texts of a firm: nothing that is typed has it


@contextmanager
def peers(lines: Sequence[Line], folder: Path) -> Iterator[dict[str, Ask]]:
    """Every peer that needs no server by its name, filled and ready."""
    texts = _texts(lines)
    with ExitStack() as stack:
        connection = sqlite3.connect(folder / f"peers-{len(lines)}.db")
        stack.callback(connection.close)
        ways: dict[str, Ask] = {LIKE: _like(connection, lines, texts), FTS5: _bigrams(connection, texts)}
        ways[TANTIVY] = _tantivy(texts, Path(stack.enter_context(tempfile.TemporaryDirectory(dir=folder))))
        yield ways


@contextmanager
def postgres_like(url: str, lines: Sequence[Line]) -> Iterator[Ask]:
    """LIKE in an empty database of a PostgreSQL server, filled and ready."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield _like_on_postgres(connection, lines, _texts(lines))


def memory_pass(lines: Sequence[Line]) -> Callable[[str], int]:
    """The floor for anything without an index: how often something stands in the whole registry as one text."""
    text = "\n".join(" ".join((line.name, line.number, *line.items)) for line in lines).encode()
    return lambda typed: text.count(typed.encode())


def _texts(lines: Sequence[Line]) -> list[str]:
    return [_END.join(map(plain, (line.name, *line.items))) for line in lines]


def _rows(lines: Sequence[Line], texts: Sequence[str]) -> Iterator[tuple[int, str, str, str]]:
    for firm, (line, text) in enumerate(zip(lines, texts, strict=True)):
        yield firm, line.number, text, initials_of(text)


def _column(question: Question) -> str:
    return "initials" if question.by == "initials" else "text"


def _typed(question: Question) -> list[str]:
    return [plain(word) for word in question.typed.split()]


def _like(connection: sqlite3.Connection, lines: Sequence[Line], texts: Sequence[str]) -> Ask:
    connection.executescript("CREATE TABLE firms (id INTEGER PRIMARY KEY, number TEXT, text TEXT, initials TEXT);")
    connection.executemany("INSERT INTO firms VALUES (?, ?, ?, ?)", _rows(lines, texts))
    connection.executescript("CREATE INDEX by_number ON firms (number); ANALYZE;")
    connection.commit()

    return _ask_like(lambda statement, given: connection.execute(statement, given).fetchall(), "firms", "?")


def _bigrams(connection: sqlite3.Connection, texts: Sequence[str]) -> Ask:
    """Pairs of neighbouring characters as words; a word typed is a phrase of pairs. In no order, which is quicker."""

    def pairs(text: str) -> str:
        return " ".join(f"{one}{other}" for one, other in zip(text, text[1:] + _END, strict=True) if one != _END)

    connection.execute(
        "CREATE VIRTUAL TABLE grams USING fts5(text, initials, content='',"
        " tokenize=\"unicode61 categories 'L* N* Co'\")"
    )
    rows = ((n, pairs(text), pairs(initials_of(text))) for n, text in enumerate(texts))
    connection.executemany("INSERT INTO grams (rowid, text, initials) VALUES (?, ?, ?)", rows)
    connection.execute("INSERT INTO grams (grams) VALUES ('optimize')")
    connection.commit()

    def phrase(word: str) -> str:
        if len(word) < 2:
            return f'"{word}" *'
        return '"' + " ".join(word[at : at + 2] for at in range(len(word) - 1)) + '"'

    def ask(question: Question) -> list[int]:
        wanted = f"{_column(question)} : ({' AND '.join(map(phrase, _typed(question)))})"
        found = connection.execute("SELECT rowid FROM grams WHERE grams MATCH ? LIMIT 10", (wanted,)).fetchall()
        connection.execute("SELECT count(*) FROM grams WHERE grams MATCH ?", (wanted,)).fetchone()
        return [firm for (firm,) in found]

    return ask


def _tantivy(texts: Sequence[str], folder: Path) -> Ask:
    """One to three characters as words, ranked by BM25; all pieces of what was typed must be there."""
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("firm", stored=True)
    for name in ("text", "initials"):
        builder.add_text_field(name, tokenizer_name="pieces", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema, path=str(folder))
    index.register_tokenizer("pieces", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 3, False)).build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for firm, text in enumerate(texts):
        writer.add_document(tantivy.Document(firm=firm, text=text, initials=initials_of(text)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def pieces(word: str) -> list[str]:
        size = min(3, len(word))
        return [word[at : at + size] for at in range(len(word) - size + 1)]

    def ask(question: Question) -> list[int]:
        terms = [piece for word in _typed(question) for piece in pieces(word)]
        field = _column(question)
        every = [(tantivy.Occur.Must, tantivy.Query.term_query(schema, field, term, "freq")) for term in terms]
        found = searcher.search(tantivy.Query.boolean_query(every), FIRST, count=True)
        return [int(searcher.doc(address)["firm"][0]) for _, address in found.hits]

    return ask


def _like_on_postgres(connection: "psycopg.Connection[tuple[int]]", lines: Sequence[Line], texts: Sequence[str]) -> Ask:
    connection.execute("CREATE TABLE peers (id INTEGER PRIMARY KEY, number TEXT, text TEXT, initials TEXT)")
    with connection.cursor().copy("COPY peers FROM STDIN") as copy:
        for row in _rows(lines, texts):
            copy.write_row(row)
    connection.execute("CREATE INDEX peers_by_number ON peers (number)")
    connection.execute("VACUUM ANALYZE peers")

    return _ask_like(lambda text, given: connection.execute(text, given).fetchall(), "peers", "%s")  # type: ignore[arg-type]


def _ask_like(run: Callable[[str, Sequence[str]], list[tuple[int]]], table: str, mark: str) -> Ask:
    """The first ten and the count by LIKE on whichever database; a number goes by its index."""

    def ask(question: Question) -> list[int]:
        if question.by == "number":
            rows = run(f"SELECT id FROM {table} WHERE number = {mark} LIMIT 10", question.intended)
            return [firm for (firm,) in rows]
        words = _typed(question)
        where = " AND ".join(f"{_column(question)} LIKE {mark}" for _ in words)
        given = [f"%{word}%" for word in words]
        found = run(f"SELECT id FROM {table} WHERE {where} LIMIT 10", given)
        run(f"SELECT count(*) FROM {table} WHERE {where}", given)
        return [firm for (firm,) in found]

    return ask
