"""The benchmark runner, on two small benchmarks."""

import json

import pytest

from tests.benchmarks import run

GOOD = """
def measure():
    return [{"name": "panel, change to picture", "value": 12.345, "unit": "ms"}]

def measure_play():
    return [{"name": "frames", "value": 1234, "unit": "per second"}]

def measured_before():
    raise AssertionError("not a benchmark")
"""


def written(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_figures_are_printed_in_columns_and_written(tmp_path, capsys):
    (tmp_path / "bench_good.py").write_text(GOOD, encoding="utf-8")
    results = tmp_path / "grading" / "bench.json"
    assert run.main(tmp_path, results) == 0
    assert written(results) == [
        {"name": "panel, change to picture", "value": 12.345, "unit": "ms"},
        {"name": "frames", "value": 1234.0, "unit": "per second"},
    ]
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first == "panel, change to picture  12.3 ms"
    assert second == "frames                    1234 per second"


def test_a_benchmark_that_fails_costs_the_others_nothing(tmp_path, capsys):
    (tmp_path / "bench_a.py").write_text(
        "def measure():\n    raise OSError('no browser')\n", encoding="utf-8"
    )
    (tmp_path / "bench_b.py").write_text(GOOD, encoding="utf-8")
    results = tmp_path / "bench.json"
    assert run.main(tmp_path, results) == 1
    assert len(written(results)) == 2
    assert capsys.readouterr().err == "bench_a.measure was not measured: OSError: no browser\n"


@pytest.mark.parametrize(
    "row",
    [
        {"name": "frames", "value": 15},
        {"name": "frames", "value": "15", "unit": "per second"},
        {"name": "frames", "value": float("nan"), "unit": "per second"},
        {"name": "frames", "value": 15, "unit": "per second", "cores": 2},
    ],
)
def test_a_row_that_is_no_figure_is_refused(row):
    with pytest.raises(ValueError, match="a row must be a name, a finite value and a unit, got"):
        run.checked(row)
