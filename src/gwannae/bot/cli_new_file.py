"""A result as a new file: what is complete is copied to where it is wanted, and no file that is there is touched."""

import shutil
import sys
from pathlib import Path
from typing import IO

import typer

from gwannae.bot.cli_output import FAILED, say

STANDARD_OUTPUT = "-"


def is_standard_output(target: Path | None) -> bool:
    """Whether the result was asked for on standard output."""
    return str(target) == STANDARD_OUTPUT


def refuse_old(target: Path | None) -> None:
    """Raise FileExistsError before any work is done."""
    if target is not None and not is_standard_output(target) and target.exists():
        raise FileExistsError(target)


def hand_over(made: IO[bytes], target: Path) -> None:
    """Copy what stands in `made` from its begin. Raises FileExistsError, or typer.Exit after the sentence."""
    made.seek(0)
    if is_standard_output(target):
        shutil.copyfileobj(made, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        with target.open("xb") as opened:
            shutil.copyfileobj(made, opened)
    except FileExistsError:
        raise
    except OSError as error:
        say(f"파일을 쓰지 못했습니다: {target} ({error.strerror}). 폴더와 권한, 디스크의 자리를 확인해 주세요.")
        raise typer.Exit(FAILED) from error
