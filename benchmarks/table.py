"""What `make benchmarks` measured → benchmarks/methods.md: python table.py MEASURED.json METHODS.md."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Row = dict[str, Any]

AIMS = {"additive": 500, "topsis": 500, "promethee2": 500}
OTHERS = 50
ONE = {("promethee2", 5_000): 100, ("electre3", 500): 100}

HEAD = """# Speed of the ranking methods

Written by `make benchmarks` (`test_methods.py`, `peers.py`, `plain.py`, `table.py`); do not edit. 12 criteria, half of
them costs; figures at random. Two cores, a part of a machine that others use too; time on the wall, the best of a few
rounds, peers in the same run: single figures are good to a third or so. techprio shares many weight vectors out among
the cores by itself; what runs on one is the rest. The peer is the fastest public call of scikit-criteria, pymcdm,
pyrepo-mcda, mcda and pyDecision, with its checks switched off where it offers that and without what can be prepared
once; it has no batches, so it is timed in a loop of up to 200 calls and scaled. "Plain" is the method written down in
NumPy for (s, m, n) in blocks that fit the cache. Of COMET, ELECTRE III and PROBID fewer weight vectors are timed and
scaled.

"""


def number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def times(row: Row, key: str) -> str:
    ratio = row[key] / row["ours"]
    return f"{ratio:,.0f}×" if ratio >= 10 else f"{ratio:.1f}×"


def batches(rows: list[Row]) -> str:
    lines = [
        "## 100,000 weight vectors in one call, for each of them\n",
        "| method | candidates | techprio, µs | fastest peer, µs | peer | aim | plain NumPy |",
        "|---|---:|---:|---:|---|---|---:|",
    ]
    for row in rows:
        peer, ratio, aim = "–", "–", "–"
        if "peer" in row:
            wanted = AIMS.get(row["method"], OTHERS)
            peer, ratio = f"{number(1e6 * row['peer'])} ({row['library']})", times(row, "peer")
            aim = f"{wanted}×, " + ("met" if row["peer"] >= wanted * row["ours"] else "missed")
        plain = times(row, "plain") if "plain" in row else "–"
        lines.append(
            f"| {row['method']} | {row['m']} | {number(1e6 * row['ours'])} | {peer} | {ratio} | {aim} | {plain} |"
        )
    return "\n".join(lines)


def rankings(rows: list[Row]) -> str:
    lines = [
        "## One ranking\n",
        "| method | candidates | techprio, ms | fastest peer, ms | peer | aim |",
        "|---|---:|---:|---:|---|---|",
    ]
    for row in rows:
        wanted = ONE.get((row["method"], row["m"]), 1 if row["m"] == 5_000 else None)
        peer, ratio, aim = "–", "–", "–"
        if "peer" in row:
            peer, ratio = f"{number(1e3 * row['peer'])} ({row['library']})", times(row, "peer")
            if wanted:
                aim = f"{wanted}×, " + ("met" if row["peer"] >= wanted * row["ours"] else "missed")
        lines.append(f"| {row['method']} | {row['m']:,} | {number(1e3 * row['ours'])} | {peer} | {ratio} | {aim} |")
    return "\n".join(lines)


def figures(rows: list[Row]) -> str:
    lines = [
        "## 10,000 draws of figures and weights together, 35 candidates\n",
        "| method | µs a draw | ns a figure |",
        "|---|---:|---:|",
    ]
    for row in sorted(rows, key=lambda row: row["ours"]):
        each = row["ours"] / (row["m"] * 12)
        lines.append(f"| {row['method']} | {number(1e6 * row['ours'])} | {number(1e9 * each)} |")
    return "\n".join(lines)


def page(measured: dict[str, Any]) -> str:
    rows = [one["extra_info"] for one in measured["benchmarks"] if "kind" in one["extra_info"]]
    parts = {kind: [row for row in rows if row["kind"] == kind] for kind in ("batch", "one", "figures")}
    parts["one"].sort(key=lambda row: (row["method"], row["m"]))
    made = (batches(parts["batch"]), rankings(parts["one"]), figures(parts["figures"]))
    return HEAD + "\n\n".join(made) + "\n"


if __name__ == "__main__":
    source, target = (Path(name) for name in sys.argv[1:])
    target.write_text(page(json.loads(source.read_text(encoding="utf-8"))), encoding="utf-8")
