# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 5. A study from a DataFrame
#
# Before there are files there is a table. A DataFrame of figures ranks at once; once it is worth keeping, it becomes a
# folder of YAML files that people can read, compare and sign. Here the table is taken from the real list: three of its
# criteria, for the products of tier 2.

# %%
import pandas as pd

import techprio as tp
from techprio import plots

study = tp.load("../criteria/strategic-technologies.yaml")
wanted = ["growth", "core_technology", "state_funding"]
table = pd.DataFrame({c.id: {id: c.figures[id].nominal for id in wanted} for c in study.candidates if c.tier == "2"}).T
table

# %%
problem = tp.Problem.from_frame(
    table, weights={"growth": 3, "core_technology": 2, "state_funding": 1}, sense={"state_funding": "min"}, cut=3
)
ranking = tp.rank(problem, draws=5000)
ranking

# %%
plots.plot(ranking, "verdict")[0]

# %% [markdown]
# Without a scale, "good" means best in this table, and that may turn two candidates round when a third one leaves:

# %%
without = tp.Problem.from_frame(
    table.drop(index=ranking.rows()[-1]["id"]),
    weights={"growth": 3, "core_technology": 2, "state_funding": 1},
    sense={"state_funding": "min"},
    cut=3,
)
[row["id"] for row in ranking.rows()][:-1], [row["id"] for row in tp.rank(without, draws=1).rows()]

# %% [markdown]
# A study states its scales, so that its values stay what they are. It is a criteria file and a file a candidate, and the
# table has all that they need but the limits of the scales and the names. They are plain YAML: written here by a
# program, and from then on kept by people.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

scales = {"growth": (1, 5), "core_technology": (0, 100), "state_funding": (0, 20_000)}
weights = {"growth": 3, "core_technology": 2, "state_funding": 1}
names = {candidate.id: dict(candidate.name) for candidate in study.candidates}

criteria = {
    "techprio": 1,
    "id": "from-a-table",
    "title": "A study from a table",
    "candidates": "candidates",
    "cut": 3,
    "criteria": [
        {
            "id": id,
            "name": id.replace("_", " ").capitalize(),
            "weight": weight,
            "direction": "min" if id == "state_funding" else "max",
            "scale": {"kind": "number", "min": scales[id][0], "max": scales[id][1]},
        }
        for id, weight in weights.items()
    ],
}


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


place = TemporaryDirectory()  # a folder of yours instead, to keep it
folder = Path(place.name)
write(folder / "study.yaml", criteria)
for id, figures in table.iterrows():
    candidate = {"techprio": 1, "id": id, "name": names[id], "figures": {key: float(f) for key, f in figures.items()}}
    write(folder / "candidates" / f"{id}.yaml", candidate)

print((folder / "candidates" / f"{table.index[0]}.yaml").read_text(encoding="utf-8"))

# %% [markdown]
# Loading checks every file, and names the line of whatever is wrong. This study has the figures of the table; its list
# rests on its own scales.

# %%
mine = tp.load(folder / "study.yaml")
assert tp.problem(mine).x.tolist() == table.values.tolist()
tp.rank(mine, draws=5000)

# %% [markdown]
# Now a candidate may leave, and nobody else is turned round:

# %%
order = [row["id"] for row in tp.rank(mine, draws=1).rows()]
(folder / "candidates" / f"{order[-1]}.yaml").unlink()
order[:-1], [row["id"] for row in tp.rank(tp.load(folder / "study.yaml"), draws=1).rows()]

# %% [markdown]
# ## What to try next
#
# - `techprio init my-study` makes such a folder for you; `techprio new candidate X1` adds one, every question in it.
# - A CSV file will do for a quick look: `techprio rank --matrix table.csv --weights 3,2,1 --sense max,max,min`.
# - Give a figure a `low`, a `high` and a `source`: ranges and evidence begin there.
