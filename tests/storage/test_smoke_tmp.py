def test_x(database): database.ping()
