"""Every test starts with an empty record of predictions."""

import pytest
from marketing4.panels import record


@pytest.fixture(autouse=True)
def _empty_record():
    record.forget()
    yield
    record.forget()
