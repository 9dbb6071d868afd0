"""How much memory 100,000 distinct terms take, in every form that is looked through, in processes of their own.

`python -m benchmarks.vocabulary held|grown` prints MB with the terms as they are written, and with those sorted by
keystrokes and by 초성 beside them: `held` what Python holds then, `grown` by how much the process was larger at the
most, which includes what was needed only while they were made.
"""

import gc
import resource
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus
from benchmarks.outcome import Outcome

TERMS = 100_000


def measure(folder: Path, *, quick: bool = False) -> Outcome:  # noqa: ARG001 (as all measurements)
    """In fresh processes, as the memory of one that did other things before says little."""
    outcome = Outcome()
    (plain, held), (_, grown) = map(_asked, ("held", "grown"))
    outcome.told(f"vocabulary: {TERMS:,} terms as they are written, held", plain, "MB")
    outcome.bounded(f"vocabulary: {TERMS:,} terms in all forms, held", held, "MB", at_most=150)
    outcome.bounded("vocabulary: the same while it is made, growth of the process", grown, "MB", at_most=150)
    return outcome


def _asked(what: str) -> tuple[float, float]:
    command = [sys.executable, "-m", "benchmarks.vocabulary", what]
    plain, whole = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(plain), float(whole)


def _resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _most_resident() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def _held() -> float:
    return tracemalloc.get_traced_memory()[0] / 1e6


def _grow(now: Callable[[], float]) -> tuple[float, float]:
    from gwannae.programme.hangul import search_key
    from gwannae.programme.vocabulary import Vocabulary

    keys: dict[str, None] = {}
    for line in corpus.lines(100_000, tail=0.25):
        keys.update(dict.fromkeys(map(search_key, line.items)))
    terms = list(keys)[:TERMS]
    del keys
    gc.collect()
    if now is _held:
        tracemalloc.start()
    began = now()
    vocabulary = Vocabulary(((n, term, True) for n, term in enumerate(terms)), 1)
    gc.collect()
    plain = now()
    for typed in ("ㅎㅅㅁ", "인솨"):
        vocabulary.match(typed)
    for _ in vocabulary.prepare():
        pass
    gc.collect()
    return plain - began, (now() if now is _held else _most_resident()) - began


if __name__ == "__main__":
    print(*_grow(_held if sys.argv[1] == "held" else _resident))
