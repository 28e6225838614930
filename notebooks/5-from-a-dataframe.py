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
# A study states its scales, so that its values stay what they are. Writing one takes a template and the same figures.

# %%
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from techprio.template import new_study

with TemporaryDirectory() as there:
    folder = Path(there) / "mine"
    new_study(folder)
    criteria = yaml.safe_load((folder / "criteria" / "study.yaml").read_text(encoding="utf-8"))
    listed = sorted(path.name for path in (folder / "candidates" / "first-list").iterdir())
    mine = tp.rank(tp.load(folder / "criteria" / "study.yaml"))

listed, [leaf["id"] for leaf in criteria["criteria"]]

# %%
mine

# %% [markdown]
# ## What to try next
#
# - `techprio init my-study` makes such a folder for you; `techprio new candidate X1` adds one, every question in it.
# - A CSV file will do for a quick look: `techprio rank --matrix table.csv --weights 3,2,1 --sense max,max,min`.
# - Give a figure a `low`, a `high` and a `source`: ranges and evidence begin there.
