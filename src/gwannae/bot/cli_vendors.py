"""`gwannae vendors import`, `gwannae vendors search`; the other commands have files of their own."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gwannae.bot.cli_certificates import CERTIFICATES_EXAMPLE, certificates
from gwannae.bot.cli_help import DONE, FAILED, PARTLY, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_json, print_table, say
from gwannae.bot.cli_session import Session
from gwannae.bot.cli_vendor_check import CHECK_EXAMPLE, check
from gwannae.bot.cli_vendor_history import HISTORY_EXAMPLE, history
from gwannae.bot.cli_vendor_retired import RETIRED_EXAMPLE, retired

if TYPE_CHECKING:
    from gwannae.programme.localvendor import Card
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.vendors import RefusedRow, VendorFile, VendorRow

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
vendors = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(vendors, name="vendors")
vendors.command("check", cls=KoreanCommand, epilog=CHECK_EXAMPLE)(check)
vendors.command("certificates", cls=KoreanCommand, epilog=CERTIFICATES_EXAMPLE)(certificates)
vendors.command("history", cls=KoreanCommand, epilog=HISTORY_EXAMPLE)(history)
vendors.command("retired", cls=KoreanCommand, epilog=RETIRED_EXAMPLE)(retired)

IMPORT_EXAMPLE = """
gwannae vendors import 업체명부.xlsx --dry-run
gwannae vendors import 업체명부.xlsx
gwannae vendors import --from g2b --since 2027-01-04
"""


class Service(StrEnum):
    """Where firms can be taken from beside a file."""

    G2B = "g2b"


SEARCH_EXAMPLE = """
gwannae vendors search 인쇄
gwannae vendors search "현수막 여성기업" --json
"""


@vendors.callback()
def about() -> None:
    """업체 명부를 가져오고 찾습니다."""


@vendors.command("import", cls=KoreanCommand, epilog=IMPORT_EXAMPLE)
def take_in(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="CSV(UTF-8, CP949), XLSX, XLS 파일입니다.")
    ] = None,
    service: Annotated[
        Service | None,
        typer.Option("--from", metavar="g2b", help="파일 대신 나라장터에 등록된 우리 지역 업체를 가져옵니다."),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(
            "--since",
            formats=["%Y-%m-%d"],
            metavar="날짜",
            help="나라장터에서 이날부터 등록되거나 바뀐 업체를 묻습니다.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="저장하지 않고 어떻게 될지만 알려 줍니다.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """업체 파일을 업체 명부에 넣습니다.

    같은 파일을 다시 넣어도 바뀌는 것이 없습니다. 받지 못한 줄은 번호와 까닭을 알려 드리고 나머지는 넣습니다.
    사업자등록번호가 없는 업체는 이름과 주소로 구별합니다.
    나라장터에서 가져올 때는 파일을 적지 않으며, 인증키(G2B_SERVICE_KEY)가 필요합니다.
    """
    session: Session = ctx.obj
    if service is not None and file is None:
        from gwannae.bot.cli_vendors_g2b import take_in_from_g2b

        return take_in_from_g2b(session, since, dry_run=dry_run, as_json=as_json)
    if file is None or service is not None or since is not None:
        only = "FILE을(를) 적어 주세요." if service is None else "FILE과 --from 가운데 하나만 적어 주세요."
        say(f"{only} CSV, XLSX, XLS 파일이나 --from g2b입니다.\n도움말: {ctx.command_path} --help")
        raise typer.Exit(FAILED)
    from gwannae.actions.vendors_import import import_vendors
    from gwannae.bot.cli_import_words import report_json, report_words
    from gwannae.programme.organisations import COMMAND_LINE
    from gwannae.programme.vendors_import import ImportReport
    from gwannae.readers.vendors import read_vendors

    opened = read_vendors(file, today=session.today())
    source = file.name.encode("utf-8", "replace").decode()
    with session.toolkit() as toolkit, _shown_progress(opened) as (rows, progress):
        report = import_vendors(
            toolkit, COMMAND_LINE, rows, source, toolkit.clock(), dry_run=dry_run, progress=progress
        )
    assert isinstance(report, ImportReport), "the command line may do all"
    if as_json:
        print_json(report_json(report, opened, source))
    for line in report_words(report, opened, source):
        say(line)
    raise typer.Exit(_import_code(report))


def _import_code(report: "ImportReport") -> int:
    if report.accepted == 0:
        return FAILED
    return DONE if report.is_clean else PARTLY


@contextmanager
def _shown_progress(opened: "VendorFile") -> Iterator[tuple[Iterable["VendorRow | RefusedRow"], Callable[[int], None]]]:
    """A bar for whoever looks; a log or another program gets none."""
    if not sys.stderr.isatty():
        yield opened, lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("읽는 중", total=opened.estimate or None)

        def rows() -> Iterator["VendorRow | RefusedRow"]:
            yield from opened
            bar.update(task, description="저장하는 중", total=None)

        yield rows(), lambda done: bar.update(task, completed=done)


@vendors.command("search", cls=KoreanCommand, epilog=SEARCH_EXAMPLE)
def search(
    ctx: typer.Context,
    query: Annotated[
        list[str], typer.Argument(metavar="QUERY", help="품목, 업체 이름, 사업자등록번호, 구, 인증 이름입니다.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로 내보냅니다.")] = False,
) -> None:
    """업체를 찾습니다.

    관내 업체가 먼저 나오고, 관외와 미확인도 모두 나옵니다. 찾지 못하면 끝 코드가 1입니다.
    다른 말로 찾았거나 조건으로 걸렀거나 예정 금액이 있으면 표준 오류에 그렇다고 적습니다.
    """
    from gwannae.actions.localvendor import search_all
    from gwannae.messages.localvendor import plain_notes
    from gwannae.programme.search import read_query

    session: Session = ctx.obj
    text = " ".join(query)
    with session.toolkit() as toolkit:
        if read_query(text, toolkit.city.places).is_empty:
            say("무엇을 찾을지 적어 주세요. 예) gwannae vendors search 인쇄")
            raise typer.Exit(FAILED)
        found = search_all(toolkit, text, toolkit.today)
        notes = plain_notes(found, toolkit.city)
    if as_json:
        print_json([_card_json(card) for card in found.cards])
    elif found.cards:
        print_table(("판정", "업체", "구", "품목", "전화", "인증"), [_card_row(card) for card in found.cards])
    for note in notes:
        say(note)
    if not found.cards:
        say(f"‘{text[:100]}’에 맞는 업체를 찾지 못했습니다.")
        raise typer.Exit(PARTLY)


def _card_json(card: "Card") -> dict[str, object]:
    vendor, judgement = card.vendor, card.judgement
    return {
        "id": vendor.id,
        "name": vendor.name,
        "business_number": vendor.business_number,
        "items": list(vendor.items),
        "trade": vendor.trade,
        "district": _district(card),
        "address": vendor.head_office.text if vendor.head_office else None,
        "phone": vendor.phone,
        "verdict": judgement.verdict.value,
        "reasons": [reason.value for reason in judgement.reasons],
        "size": vendor.size.small.value,
        "certificates": [certificate.kind.label for certificate in card.certificates],
        "matched_by": card.matched_by,
        "score": card.score,
        "status": vendor.status.state.value,
        "status_checked_at": vendor.status.checked_at.isoformat() if vendor.status.checked_at else None,
        "closed_on": vendor.status.closed_on.isoformat() if vendor.status.closed_on else None,
        "as_of": vendor.as_of.isoformat() if vendor.as_of else None,
        "source": vendor.source,
    }


def _card_row(card: "Card") -> tuple[str, ...]:
    vendor = card.vendor
    return (
        card.judgement.verdict.label,
        vendor.name,
        _district(card) or "",
        ", ".join(vendor.items or ((vendor.trade,) if vendor.trade else ())),
        vendor.phone or "",
        ", ".join(dict.fromkeys(certificate.kind.label for certificate in card.certificates)),
    )


def _district(card: "Card") -> str | None:
    address = card.judgement.address or card.vendor.head_office
    return address.district if address else None
