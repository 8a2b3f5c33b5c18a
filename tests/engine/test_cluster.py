"""The dask cluster that the tests of the grading engine use is a real one, and can lose a worker."""

import os
import time

import pytest
from distributed import Client


@pytest.fixture
def client(dask_cluster):
    with Client(dask_cluster.address) as client:
        yield client


def slow_square(number: int) -> tuple[int, int]:
    time.sleep(0.2)
    return number**2, os.getpid()


def test_work_runs_in_other_processes(dask_cluster, client):
    with client.get_executor() as executor:
        assert executor.submit(pow, 2, 3).result(timeout=20) == 8
        assert executor.submit(os.getpid).result(timeout=20) in dask_cluster.workers


def test_a_killed_worker_loses_nothing(dask_cluster, client):
    before = dask_cluster.workers
    with client.get_executor() as executor:
        futures = [executor.submit(slow_square, number) for number in range(16)]
        futures[0].result(timeout=20)
        killed = dask_cluster.kill_a_worker()
        results = [future.result(timeout=30) for future in futures]
    assert [square for square, _ in results] == [number**2 for number in range(16)]
    assert set(before) - set(dask_cluster.workers) == {killed}
    (survivor,) = dask_cluster.workers
    assert survivor in {pid for _, pid in results}


def test_the_next_test_has_two_workers_again(dask_cluster):
    dask_cluster.kill_a_worker()
    dask_cluster.complete()
    assert len(dask_cluster.workers) == 2
