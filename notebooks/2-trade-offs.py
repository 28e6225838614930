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
# # 2. Trade-offs under different weights
#
# No official weights exist. The study therefore carries several sets: its base, one that favours breakthrough, one for
# autonomy and security, one that imitates a choice for quick wins, and equal branches. Does the list depend on who
# weighs?

# %%
import techprio as tp
from techprio import plots

study = tp.load("../criteria/strategic-technologies.yaml")
both = tp.compare(study)
both

# %% [markdown]
# The blue lines need no argument about weights; the red ones are the argument, and the title counts both.

# %%
plots.plot(both, "shifts")[0]

# %%
plots.plot(both, "sets")[0]

# %% [markdown]
# Move a single weight and watch: here the branch whose weight changes the list soonest. Its crossings are exact.

# %%
moved = tp.one_way(study, draws=1)
print(moved.node, "now", round(moved.now, 3), "– the list changes after a move of", round(moved.nearest, 4))
plots.plot(moved)[0]

# %% [markdown]
# All balances of three groups of branches at once. The share of the map on which a product is first is a plain count,
# so it can be checked from the rows.

# %%
import pandas as pd

weights_map = tp.ternary(study, draws=1)
pd.DataFrame(weights_map.rows())["first"].value_counts(normalize=True).round(2)

# %%
plots.plot(weights_map)[0]

# %% [markdown]
# Attractive or feasible? Risk is shown as the shape of a mark, for an average would hide it.

# %%
trade = tp.trade_off(study, draws=2000)
plots.plot(trade)[0]

# %% [markdown]
# Every exhibit also draws on axes of your own, from the same rows, so it can be put into a figure of yours.

# %%
import matplotlib.pyplot as plt

from techprio.plots import tradeoff
from techprio.wording import language

english = language("en")
figure = plt.figure(figsize=(9, 4.5))
ax = figure.add_axes((0.1, 0.15, 0.5, 0.8))
tradeoff.draw(ax, tradeoff.rows(trade, english), english)

# %% [markdown]
# ## All weights at once
#
# The explorer is the list with a slider for every weight: it ranks again as you drag, and shows where each product stood
# before. In Jupyter it stands below; `techprio explore` writes the same as a page for people without Python.

# %%
explorer = tp.explore(study, draws=2000)
explorer

# %% [markdown]
# What is chosen with the mouse is read back here, as the `weights` of a weight set. It also works the other way round:
# weights set in Python move the sliders.

# %%
explorer.weights = {"autonomy": 40}
chosen = explorer.rank()
gone = [row["id"] for row in both.first.rows() if row["listed"] and not chosen.listed[chosen.problem.row(row["id"])]]
print("off the list with these weights:", gone)

# %% [markdown]
# ## What to try next
#
# - Weigh as your ministry would: `tp.rank(study, change={"weight": {"autonomy": 40}})`.
# - Move another node: `tp.one_way(study, "delivery")`.
# - Other corners: `tp.ternary(study, [["fit", "impact"], ["autonomy", "breakthrough"], ["capability", "delivery"]])`.
# - Drag sliders until the list changes, then look at `explorer.weights` and `explorer.shares`.
# - Go on with the third notebook: how far the list can be trusted.
