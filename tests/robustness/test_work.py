"""Work shared out: the same bytes whoever does it, no more work than asked for, and a stop that leaves nothing."""

from __future__ import annotations

import json
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

import techprio as tp
from techprio.robustness.work import shared

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")


def twice(number: int) -> int:
    return 2 * number


def rank(study: Path, **options: object) -> str:
    found = tp.load(study / "criteria" / "study.yaml")
    return json.dumps(tp.rank(found, draws=9000, **options).to_json())


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(shared(twice, range(40), workers=workers)) == [2 * i for i in range(40)]


def test_an_executor_of_ones_own_does_the_same(study_folder: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert rank(study_folder, executor=pool) == rank(study_folder)


def test_processes_do_the_same(study_folder: Path) -> None:
    assert rank(study_folder, workers=2) == rank(study_folder)


@pytest.mark.filterwarnings("ignore")
def test_two_workers_of_a_local_cluster_do_the_same(study_folder: Path) -> None:
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, processes=True) as cluster,
        distributed.Client(cluster) as client,
    ):
        assert rank(study_folder, executor=client.get_executor()) == rank(study_folder)


class Slow(Executor):
    """Begins nothing: what is submitted waits."""

    def __init__(self) -> None:
        self.futures: list[Future[int]] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[int] = Future()
        if not self.futures:
            future.set_result(fn(*args))
        self.futures.append(future)
        return future


def test_whoever_stops_taking_results_leaves_no_task_behind() -> None:
    slow = Slow()
    results = shared(twice, range(100), executor=slow)
    assert next(results) == 0
    results.close()
    assert len(slow.futures) < 100
    assert all(future.cancelled() for future in slow.futures[1:])
