"""The PostgreSQL server that the tests of the grading engine use: each test has a database of its own."""

import pytest
from sqlalchemy import create_engine, inspect, text


@pytest.fixture
def engines(postgresql):
    made = [create_engine(postgresql()) for _ in range(2)]
    yield made
    for engine in made:
        engine.dispose()


def test_every_database_is_empty_and_apart(engines):
    one, other = engines
    with one.begin() as connection:
        assert connection.execute(text("SHOW server_encoding")).scalar() == "UTF8"
        connection.execute(text("CREATE TABLE grade (id integer)"))
    assert inspect(one).get_table_names() == ["grade"]
    assert inspect(other).get_table_names() == []
