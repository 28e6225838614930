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
# # 6. From the ranking to plans and their progress
#
# The list is not the end: key tasks and products are chosen from it, each gets a plan, and progress is monitored. This
# notebook goes all the way on the list in force. **The weights, most figures, and the plans' days, money and monthly
# reports are illustrative**, and every table says so.

# %%
import techprio as tp
from techprio.plan_pictures.gallery import pictures
from techprio.plans.capacity import capacity
from techprio.plans.progress import progress
from techprio.plans.readiness import readiness
from techprio.selection_pictures.gallery import pictures as portfolio_pictures
from techprio.wording import language

criteria = "../criteria/strategic-technologies.yaml"
study = tp.load(criteria)

# %% [markdown]
# ## The ranking
#
# Which products come first, by themselves?

# %%
ranking = tp.rank(study, draws=2000)
listed = [row["id"] for row in ranking.rows() if row["listed"]]
listed

# %% [markdown]
# ## The portfolio
#
# Which of them fit the budgets together? A product may rank high and be left out because it is dear, or because others
# that need it are. Forty draws of weights, figures and costs say how robust the set is; take 500 for a decision.

# %%
chosen = tp.select(study, draws=40)
chosen.to_frame()[["id", "name", "chosen", "rank", "core_index", "status"]]

# %%
{
    "listed, not chosen": sorted(set(listed) - set(chosen.chosen)),
    "chosen, not listed": sorted(set(chosen.chosen) - set(listed)),
}

# %% [markdown]
# What more money would bring, and who would come and go:

# %%
{picture.name: picture for picture in portfolio_pictures(chosen, language("en"))}["portfolio-curve"]

# %% [markdown]
# ## The plans
#
# Which chosen products have one, and is it ready? What is missing, and from whom?

# %%
plans = tp.programme(criteria)
planned = {product for plan in plans.plans for product in plan.product}
sorted(set(chosen.chosen) - planned)  # chosen, and without a plan: techprio plan init writes one

# %%
readiness(plans)

# %% [markdown]
# What the plans add up to, by year and agency, against what is available:

# %%
capacity(plans, progress(plans, "2026-10-31").as_of)

# %% [markdown]
# ## The progress
#
# On a day: what is overdue by the official rule, who answers, KPIs, and milestones at risk.

# %%
found = progress(plans, "2026-10-31")
found

# %%
found.to_frame()[["id", "status", "due", "overdue", "days_late", "reached", "milestones"]]

# %%
roadmap, *_ = pictures(found, ("roadmap",), language("en"))
roadmap

# %% [markdown]
# ## What to try next
#
# - Less money: `tp.select(study, budgets={"state": 30000})`.
# - A product that must be in: `tp.select(study, must=["P01"])`.
# - Another day: `progress(plans, "2027-06-30")`.
# - Write a plan: `techprio plan init P09`, and ask for what is missing: `techprio plan check`.
