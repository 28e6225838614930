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
# # 4. Methods compared
#
# The study adds up weighted values. Other schools would not: a geometric mean punishes a weak spot, PROMETHEE counts
# by how much one beats another. If the list hung on that choice, the committee should know.

# %%
import techprio as tp
from techprio import plots
from techprio.agreement import kendall
from techprio.methods import METHODS

study = tp.load("../criteria/strategic-technologies.yaml")
base = tp.rank(study, draws=1000)
others = {id: tp.rank(study, method=id, draws=1) for id in ("geometric", "topsis")}
{id: round(kendall(base.ranks, other.ranks), 2) for id, other in others.items()}

# %% [markdown]
# Agreement of the whole order is one thing; the list is another.

# %%
{id: int((base.listed & other.listed).sum()) for id, other in others.items()}

# %% [markdown]
# Every combination of method, scaling and weight set, one dot each:

# %%
plots.plot(study, "multiverse", draws=1)[0]

# %% [markdown]
# What does a method promise? Its card says so, with its source.

# %%
METHODS["geometric"].citation

# %% [markdown]
# Seen by PROMETHEE, criteria become arrows and products points. The title says how much of the differences such a plane
# can show at all.

# %%
plots.plot(tp.gaia(study, draws=1))[0]

# %% [markdown]
# ## What to try next
#
# - `techprio methods` lists them all; `techprio methods geometric` is a card.
# - Another variant of one method: `tp.rank(study, method="topsis", settings={"scaling": "vector"})`.
# - Put the methods that your reviewers will ask for under `analysis: multiverse:` in the criteria file.
# - Go on with the fifth notebook: a study of your own.
