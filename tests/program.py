"""The program as a user runs it: in a process of its own, or, much sooner, in this one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

PROGRAM = [sys.executable, "-m", "techprio"]


class Done(NamedTuple):
    stdout: bytes
    stderr: bytes


def started(*args: str, cwd: Path, code: int = 0, **env: str) -> Done:
    """Run in a process of its own: for what depends on it, as start-up, pipes, code pages and workers do."""
    environment = {**os.environ, "COLUMNS": "100", **env}
    done = subprocess.run([*PROGRAM, *args], capture_output=True, cwd=cwd, env=environment, check=False)
    return _as_told(done.returncode, code, Done(done.stdout, done.stderr))


def run(*args: str, cwd: Path, code: int = 0, **env: str) -> Done:
    """Run in this process."""
    from techprio.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    environment = patch.dict(os.environ, {"COLUMNS": "100", **env})
    with chdir(cwd), environment, redirect_stdout(out), redirect_stderr(err):
        returned = main.run([*args])
        out.flush()
        err.flush()
    return _as_told(returned, code, Done(out.buffer.getvalue(), err.buffer.getvalue()))  # type: ignore[attr-defined]


def _as_told(returned: int, code: int, done: Done) -> Done:
    assert returned == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr
    return done
