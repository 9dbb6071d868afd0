"""`gwannae city places`: the places of a city file from the official table of legal places."""

from pathlib import Path
from typing import Annotated

import typer

from gwannae.bot.cli_help import DONE, FAILED, KoreanCommand, KoreanGroup
from gwannae.bot.cli_output import print_lines, say

commands = typer.Typer(cls=KoreanGroup, rich_markup_mode=None)
city = typer.Typer(cls=KoreanGroup, no_args_is_help=True, rich_markup_mode=None)
commands.add_typer(city, name="city")

PLACES_EXAMPLE = """
gwannae city places 법정동코드.txt --of "경기도 가람시" > 지명.toml
gwannae city places 법정동코드.txt --of 가람시 --roads 도로명.csv
"""


@city.callback()
def about() -> None:
    """도시 파일을 만드는 일을 돕습니다."""


@city.command("places", cls=KoreanCommand, epilog=PLACES_EXAMPLE)
def places(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="법정동코드 전체자료 파일입니다.")],
    of: Annotated[
        str, typer.Option("--of", metavar="시이름", help="어느 시·군인지 적습니다. 예) 가람시, 누리도 가람시")
    ],
    roads: Annotated[
        Path | None,
        typer.Option("--roads", metavar="FILE", help="이 시에만 있는 도로 이름의 목록입니다(한 줄에 하나, 또는 CSV)."),
    ] = None,
) -> None:
    """법정동코드 전체자료에서 한 시의 지명을 뽑아 도시 파일의 [places] 부분을 씁니다.

    결과를 도시 파일의 [places] 자리에 붙여 넣으시면 됩니다. 저장하거나 바꾸는 것은 없습니다.
    구와 동, 그리고 전국에서 이 시에만 있는 동·읍·면 이름이 들어갑니다. 도로 이름은 그 표에 없습니다.
    zip 파일은 먼저 풀어 주세요. CP949와 UTF-8을 모두 읽습니다.
    """
    from gwannae.documents.city_places import places_toml
    from gwannae.programme.legal_places import CityUnknownError, places_of_city
    from gwannae.readers.faults import FaultCode, FileFault
    from gwannae.readers.legal_places import read_legal_places, read_road_names

    try:
        names = read_legal_places(file)
    except FileFault as fault:
        if fault.code is not FaultCode.NO_HEADER:
            raise
        say("법정동코드 전체자료가 아닙니다. ‘법정동명’과 ‘폐지여부’ 열이 있는 파일을 적어 주세요. 바뀐 것은 없습니다.")
        raise typer.Exit(FAILED) from fault
    road_names = read_road_names(roads) if roads else ()
    try:
        found = places_of_city(names, of, road_names)
    except CityUnknownError as error:
        near = f" 혹시 {', '.join(error.candidates)} 가운데 하나인가요?" if error.candidates else ""
        say(f"‘{of[:60]}’을(를) 그 파일에서 하나로 정하지 못했습니다.{near}")
        raise typer.Exit(FAILED) from error
    print_lines(places_toml(found, f"법정동코드 전체자료({file.name})").splitlines())
    say(
        f"구·군 {len(found.districts):,}곳, 이 시에만 있는 동·읍·면 {len(found.unique_neighbourhoods):,}개를 썼습니다. "
        "도시 파일의 [places]와 [[places.districts]] 자리에 붙여 넣고 gwannae doctor로 확인해 주세요."
    )
    if road_names:
        say(
            f"도로 이름 {len(road_names):,}개는 적힌 대로 넣었습니다. 다른 시에도 있는 이름이 섞이면 그곳 업체가 "
            "관내로 읽히니, 다른 시에 없는 이름만 남겨 주세요."
        )
    raise typer.Exit(DONE)
