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
# # 1. A first ranking
#
# Viet Nam's list of strategic technologies in force (Decision 21/2026/QĐ-TTg) names 30 products. A ministry that plans
# key tasks wants to know which ten to begin with. This notebook ranks them, and asks how much of the answer can be
# believed. **The weights and most figures are illustrative** until a panel has assessed them, and every table says so.

# %%
import techprio as tp
from techprio import plots

study = tp.load("../criteria/strategic-technologies.yaml")
ranking = tp.rank(study, draws=5000)
ranking

# %% [markdown]
# Read the bands before the ranks. A *core* product is on the list for **every** admissible weight; a *contested* one is
# on it or off it, depending on weights and figures within their stated ranges. As a picture for the committee:

# %%
plots.plot(ranking, "verdict")[0]

# %% [markdown]
# How many are settled? The same rows as a DataFrame answer that.

# %%
frame = ranking.to_frame()
frame.groupby("band")["id"].agg(["count", list])

# %% [markdown]
# Next to the cut, scores differ by less than their ranges are wide. The 90 % ranges of ranks make that visible: whoever's
# bar reaches across the cut is a question for the panel, not for arithmetic.

# %%
plots.plot(study, "ranges", draws=5000)[0]

# %% [markdown]
# Why is the first one first? Each line goes from the criterion to the figure, to its source, to the line in the file.

# %%
tp.explain(study, frame["id"].iloc[0], draws=1000)

# %% [markdown]
# And what does it all rest on? Mostly on judgement, so far.

# %%
plots.plot(study, "evidence", draws=1)[0]

# %% [markdown]
# ## What to try next
#
# - Change one figure and look again: `tp.rank(study, change={"figure": {"P04.market": 5}})`.
# - Ask why one is above the other: `tp.explain(study, "P02", "P04")`.
# - Rank tier 2 by itself: `tp.rank(study, only=("tier", "2"))`.
# - Go on with the second notebook: what other weights say.
