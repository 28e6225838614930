"""Pictures of a programme on one day: roadmap, KPI attainment, overdue by agency, means against what is available."""
