from tests.front_door import *
async def test_a(door):
    a = await door.driver.command(STAFF, SQUARE, "/localvendor", "인쇄")
    print(a.shown[0].text); print(text_of(a.shown[0]))
async def test_b(postgres_door):
    door=postgres_door
    a = await door.driver.command(STAFF, SQUARE, "/localvendor", "드론")
    print(text_of(a.shown[0]))
