"""Whether a file with certificates says what the study at hand gives: proofs may hold, and be about something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from techprio.robustness.checking import Finding

DIGESTS = ("criteria_sha256", "candidates_sha256")
TERMS = ("criteria", "terms", "space", "extreme_ranks")
"""Of a certificate: what it is about. How it proves its claims is its own."""
HEAD = ("method", "weight_set", "changes", "cut", "draws", "seed")
ROW = ("rank", "band", "certified", "p_cut")
BECAUSE_SAME = "the files are the same"
BECAUSE_CHANGED = "the files have changed since"
BECAUSE_TERMS = "terms, weight space and list are those of the study"
BECAUSE_ROWS = "it is what the study gives"
BECAUSE_OTHER = "they are not those of the study"
BECAUSE_KEYS = "the study gives something else for {keys}"
NEAR = 1e-9
"""By how much numbers may differ that other machines compute."""


def compared(data: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Finding]:
    """What ``data`` says, held against the same said ``again``, as ``Verdict.to_json`` writes it."""
    stated, study = data.get("study"), again.get("study", {})
    same = isinstance(stated, Mapping) and all(key in study and stated.get(key) == study[key] for key in DIGESTS)
    yield Finding("–", "study", same, BECAUSE_SAME if same else BECAUSE_CHANGED, {})
    documents, others = data["certificates"], again.get("certificates") or []
    for number in range(max(len(documents), len(others))):
        same = number < min(len(documents), len(others)) and _alike(documents[number], others[number])
        yield Finding("–", "terms", same, BECAUSE_TERMS if same else BECAUSE_OTHER, {})
    whole = "ranking" in data
    wrong = [key for key in (*HEAD, "weights")[: None if whole else -1] if not near(data.get(key), again.get(key))]
    yield Finding("–", "run", not wrong, BECAUSE_KEYS if wrong else BECAUSE_ROWS, {"keys": ", ".join(wrong)})
    yield from _rows(data["ranking"] if whole else data.get("rows"), again.get("ranking", ()), whole)


def _rows(rows: Any, others: Sequence[Mapping[str, Any]], whole: bool) -> Iterator[Finding]:
    """Each row of the ranking against the study's, in all it says, or in what ``robust certificates`` says."""
    try:
        mine = [{**row, "id": row.get("id", row.get("candidate"))} for row in rows]
        same = [row["id"] for row in mine] == [row["id"] for row in others]
    except (TypeError, AttributeError):
        mine, same = [], False
    yield Finding("–", "order", same, BECAUSE_ROWS if same else BECAUSE_OTHER, {})
    theirs = {row["id"]: row for row in others}
    for row in mine:
        other = theirs.get(row["id"], {}) if isinstance(row["id"], str) else {}
        if wrong := [key for key in (other if whole else ROW) if key not in row or not near(row[key], other.get(key))]:
            yield Finding(str(row["id"]), "row", False, BECAUSE_KEYS, {"keys": ", ".join(wrong)})


def _alike(one: Any, other: Mapping[str, Any]) -> bool:
    """Whether two documents stand on the same terms, space and list, and give the same extreme ranks."""
    if not isinstance(one, Mapping) or one.get("figures") != other["figures"]:
        return False
    return all(near(_ranks(one.get(key)), _ranks(other.get(key))) for key in TERMS) and near(_list(one), _list(other))


def _list(document: Mapping[str, Any]) -> Any:
    """The list without the proofs of what its floors may list."""
    cut = document.get("cut")
    if not isinstance(cut, Mapping) or not isinstance(cut.get("floors"), list):
        return None
    floors = [{k: v for k, v in f.items() if k != "beyond"} if isinstance(f, Mapping) else f for f in cut["floors"]]
    return {**cut, "floors": floors}


def _ranks(found: Any) -> Any:
    """Extreme ranks without the weights that lead to them: other weights may as well."""
    if isinstance(found, list):
        return [_ranks(each) for each in found]
    if isinstance(found, Mapping) and "proved" in found:
        return {"rank": found.get("rank"), "proved": found["proved"]}
    if isinstance(found, Mapping) and "best" in found:
        return {key: _ranks(each) for key, each in found.items()}
    return found


def near(one: Any, other: Any) -> bool:
    """Whether plain data are the same but for the noise of arithmetic."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(near(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(near, one, other))
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (one, other))
    return abs(one - other) <= NEAR if numbers else type(one) is type(other) and bool(one == other)
