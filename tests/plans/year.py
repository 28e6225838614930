"""A fabricated programme of four plans and a year of monthly reports, laid over the sound study."""

from pathlib import Path

from broken.corpus import lay
from techprio.study.folder import Study, load

AGENCIES = """techprio: 1
coordinator: science
agencies:
  science: {name: Science, head: Minister of Science, money: {2025: {state: 100}}, people: {2025: 10}}
  health: {name: Health}
"""
PLAN = """techprio: 1
id: %s
product: A
title: Plan %s
status: approved
lead: %s
start: 2025-01-01
due: %s
"""
PLANS = {
    "on-time": PLAN % ("on-time", "on time", "science", "2025-09-30"),
    "extended": PLAN % ("extended", "extended", "science", "2025-06-30"),
    "silent": PLAN % ("silent", "silent", "health", "2025-10-31"),
    "stopped": PLAN % ("stopped", "stopped", "health", "2025-03-31"),
    "long": PLAN % ("long", "long", "science", "2026-12-31")
    + """head: Director of the programme
milestones:
  - {id: design, name: Design, due: 2025-06-30}
  - {id: trial, name: Trial, due: 2025-12-31, needs: design}
  - {id: market, name: Market, due: 2026-12-31, takes: 11, needs: trial}
kpis:
  - {id: core, name: Core, baseline: 40, target: 80, target_date: 2026-12-31}
  - {id: price, name: Price, direction: min, baseline: 10, target: 5}
budget: {total: 200, years: {2025: {state: 120, enterprise: 30}, 2026: {state: 50}}}
people: {need: {2025: 8}}
""",
}
NEWS = {
    "2025-03": "long: {kpis: {core: 46, price: 9.5}, spent: {state: 10}}",
    "2025-04": "stopped: {status: stopped, on: 2025-04-20, reason: No market}",
    "2025-06": "extended: {status: extended, on: 2025-06-20, due: 2025-09-30, reason: Equipment came late}",
    "2025-08": "long: {milestones: {design: {done: 2025-08-09, reason: Staff left}}, kpis: {core: 51}}",
    "2025-09": "extended: {status: extended, due: 2025-12-31, reason: Tests failed}\n"
    "  on-time: {status: completed, on: 2025-09-28}",
    "2025-12": "long: {milestones: {trial: {expected: 2026-02-15}}, kpis: {core: 58, price: 9}, spent: {state: 30}}",
}


def reports() -> dict[str, str]:
    """Twelve months; in those without news, one plan says that it goes on."""
    months = [f"2025-{n:02d}" for n in range(1, 13)]
    return {m: f"techprio: 1\nmonth: {m}\nplans:\n  {NEWS.get(m, 'long: {note: It goes on}')}\n" for m in months}


def files() -> dict[str, str]:
    found = {f"plans/year/{id}.yaml": text for id, text in PLANS.items()}
    found |= {f"plans/year/progress/{month}.yaml": text for month, text in reports().items()}
    study = Path(__file__).parents[1] / "sound" / "criteria" / "study.yaml"
    return {
        **found,
        "plans/year/agencies.yaml": AGENCIES,
        "criteria/study.yaml": study.read_text(encoding="utf-8").replace("../plans/list", "../plans/year"),
    }


def study(tmp: Path) -> Study:
    return load(lay(tmp, files()), plans=True)
