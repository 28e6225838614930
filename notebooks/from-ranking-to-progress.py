# ---
# jupyter:
#   jupytext:
#     text_representation: {extension: .py, format_name: percent}
#   kernelspec: {display_name: Python 3, language: python, name: python3}
# ---

# %% [markdown]
# # From the ranking to plans and their progress
#
# The list is not the end: key tasks and products are chosen from it, each gets a plan, and progress is monitored.
# The weights, most figures, and the plans' days, money and monthly reports are illustrative.

# %%
from pathlib import Path

import techprio as tp
from techprio.plan_pictures.gallery import pictures
from techprio.plans.capacity import capacity
from techprio.plans.progress import progress
from techprio.plans.readiness import readiness
from techprio.wording import language

root = next(folder for folder in (Path.cwd(), *Path.cwd().parents) if (folder / "criteria").is_dir())
criteria = root / "criteria" / "strategic-technologies.yaml"

# %% [markdown]
# ## 1. The ranking

# %%
ranking = tp.rank(tp.load(criteria), draws=2000)
listed = [row["id"] for row in ranking.rows() if row["listed"]]
listed

# %% [markdown]
# ## 2. The plans: which listed products have one, and is it ready?

# %%
plans = tp.programme(criteria)
planned = {product for plan in plans.plans for product in plan.product}
sorted(set(listed) - planned)  # listed, and without a plan: techprio plan init writes one

# %%
readiness(plans)

# %% [markdown]
# ## 3. Progress on a day: overdue by the official rule, KPIs, milestones at risk

# %%
found = progress(plans, "2026-10-31")
found

# %%
found.to_frame()[["id", "status", "due", "overdue", "days_late", "reached", "milestones"]]

# %%
roadmap, *_ = pictures(found, ("roadmap",), language("en"))
roadmap

# %% [markdown]
# ## 4. What the plans add up to, against what is available

# %%
capacity(plans, found.as_of)
