"""Work shared out: the same results in the same order, in this process, in others, or on a cluster."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 32
"""Tasks that an executor is given before the result of the first is taken."""
BESIDE = 4
"""The same for the one process beside this one: enough to keep it busy, and what it has done is soon taken."""


def shared(
    work: Callable[[T], R], tasks: Sequence[T], *, workers: int = 1, executor: Executor | None = None
) -> Iterator[R]:
    """The result of ``work`` for each task, in order: by ``executor``, else by ``workers`` processes.

    Whoever stops taking results, or is interrupted, leaves no task behind that has not begun.
    """
    if executor is not None:
        yield from _submitted(lambda task: executor.submit(work, task), tasks, AHEAD)
    elif workers <= 1 or len(tasks) <= 1:
        yield from map(work, tasks)
    else:
        workers = min(workers, len(tasks))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(work,))
        with pool:
            yield from _submitted(lambda task: pool.submit(_do, task), tasks, 3 * workers)


def beside(work: Callable[[T], R], tasks: Iterable[T]) -> Iterator[R]:
    """The results of one other process, which works on what it has been given while this one finds the next task."""
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin, initargs=(work,)) as pool:
        yield from _submitted(lambda task: pool.submit(_do, task), tasks, BESIDE)


def _submitted(submit: Callable[[T], Future[R]], tasks: Iterable[T], ahead: int) -> Iterator[R]:
    under_way: deque[Future[R]] = deque()
    try:
        for task in tasks:
            under_way.append(submit(task))
            if len(under_way) >= ahead:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for future in under_way:
            future.cancel()


_work: list[Callable[[Any], Any]] = []


def _begin(work: Callable[[Any], Any]) -> None:
    """A worker is told once what it will do; an interruption is for the process that waits for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work[:] = [work]


def _do(task: Any) -> Any:
    return _work[0](task)
