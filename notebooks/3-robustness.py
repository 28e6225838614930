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
# # 3. Robustness
#
# What is decided is a list of ten, so the questions are about the list: who is surely on it, how often is each one on
# it, how far may a weight move, and what holds whatever the weights?

# %%
import techprio as tp
from techprio import plots

study = tp.load("../criteria/strategic-technologies.yaml")
spread = tp.spread(study, draws=5000)
table = spread.to_frame().set_index("id")
table[["rank", "rank_5", "rank_50", "rank_95", "p_cut"]].head(12)

# %% [markdown]
# In the draws, weights and figures vary together. Read each row of the map below as: how often at which rank.

# %%
plots.plot(spread, "acceptability")[0]

# %% [markdown]
# A floor keeps places for tier 2, so a product may be listed although its rank is low: compare the share of draws at
# rank ten or better with the share of draws on the list.

# %%
in_ten = table[[f"acceptability.{rank}" for rank in range(1, 11)]].sum(axis=1)
(table["p_cut"] - in_ten).sort_values(ascending=False).head(5).round(2)

# %% [markdown]
# How far may one weight move before the list changes? The intervals are exact.

# %%
plots.plot(study, "stability", draws=1)[0]

# %% [markdown]
# And what needs no argument at all: who is above whom for every admissible weight.

# %%
plots.plot(study, "hasse", draws=1)[0]

# %% [markdown]
# Do the weights mean what they say? Criteria that go together count for more than their weight.

# %%
plots.plot(study, "effective", draws=1)[0]

# %% [markdown]
# ## What to try next
#
# - Ask for more draws or another seed: `tp.spread(study, draws=100_000, seed=1)`; how far do the shares move?
# - What is the smallest change that turns the list? `techprio plot flips` or `techprio robust flip`.
# - All questions at once: `techprio robust --all`.
# - Go on with the fourth notebook: whether the method decides it.
