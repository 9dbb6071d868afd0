"""The command line's own edge: help in Korean, and every end of a command as an exit code, never a traceback.

Help is laid out here because the library wraps by characters, and a Hangul syllable takes two columns.
"""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from gwannae.bot.cli_output import DONE, FAILED, PARTLY, say

__all__ = ["DONE", "FAILED", "PARTLY", "KoreanCommand", "KoreanGroup"]

INTERRUPTED = 130


class KoreanCommand(TyperCommand):
    """One command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, arguments, options, an example."""
        formatter.write("\n".join(_help_lines(self, ctx)) + "\n")


class KoreanGroup(TyperGroup):
    """A group of commands; the outermost one turns errors into a sentence and an exit code."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The same as for a command, with all commands below listed."""
        formatter.write("\n".join(_help_lines(self, ctx)) + "\n")

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> None:
        """Run, and leave with 0 (done), 1 (done in part, or the answer is no) or 2 (nothing could be done)."""
        typed = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        try:
            ended = super().main(args=typed, prog_name=prog_name or "gwannae", **extra)
        except typer.Abort:
            sys.exit(INTERRUPTED)
        except Exception as error:
            if "--debug" in typed:
                raise
            sys.exit(_explain(error))
        sys.exit(ended if isinstance(ended, int) else DONE)


def _explain(error: Exception) -> int:
    from gwannae.bot.cli_words import explain, usage_words

    if hasattr(error, "format_message"):  # the library's errors of usage share this, and nothing public beside it
        path = getattr(getattr(error, "ctx", None), "command_path", "gwannae")
        words = usage_words(error)
        say(words if path in words else f"{words}\n도움말: {path} --help")
        return FAILED
    return explain(error)


def _help_lines(command: Any, ctx: Any) -> Iterator[str]:
    arguments = [p for p in command.get_params(ctx) if p.param_type_name == "argument"]
    options = [p for p in command.get_params(ctx) if p.param_type_name == "option" and not p.hidden]
    below = list(_commands(command, ctx))
    words = [ctx.command_path, "[옵션]", *(_argument(p) for p in arguments), *(["명령"] if below else [])]
    yield f"사용법: {' '.join(words)}"
    yield ""
    yield from (command.help or "").strip().splitlines()
    yield from _section("인자", [(_argument(p), p.help or "") for p in arguments])
    yield from _section("명령", below)
    yield from _section("옵션", [(_option(p), _option_help(p)) for p in options])
    if command.epilog:
        yield ""
        yield "예)"
        yield from (f"  {line.strip()}" for line in command.epilog.strip().splitlines())


def _commands(command: Any, ctx: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for name in getattr(command, "commands", {}):
        found = command.commands[name]
        if hasattr(found, "commands"):
            yield from _commands(found, ctx, f"{before}{name} ")
        else:
            yield f"{before}{name}", (found.help or "").strip().split("\n")[0]


def _argument(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name.upper())
    return name if parameter.required else f"[{name}]"


def _option(parameter: Any) -> str:
    names = ", ".join(sorted(parameter.opts, key=len))
    return names if parameter.is_flag or not parameter.metavar else f"{names} {parameter.metavar}"


def _option_help(parameter: Any) -> str:
    return "이 도움말을 보여 줍니다." if "--help" in parameter.opts else str(parameter.help or "")


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if not rows:
        return
    width = max(_columns(name) for name, _ in rows) + 2
    yield ""
    yield f"{title}:"
    for name, text in rows:
        first, *rest = text.split("\n")
        yield f"  {name}{' ' * (width - _columns(name))}{first}".rstrip()
        yield from (f"  {' ' * width}{line}" for line in rest)


def _columns(text: str) -> int:
    """How wide a terminal shows it: Hangul takes two columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
