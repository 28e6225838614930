"""Files in the folder of the plans: what would be passed over in silence is a fault."""

from pathlib import Path

from broken.corpus import report

REPORT = "techprio: 1\nmonth: 2026-08\nplans: {}\n"


def test_a_plan_in_a_folder_of_its_own_is_told_where_to_stand(tmp_path: Path):
    (said,) = report(tmp_path, {"plans/list/2026/N.yaml": "techprio: 1\n"}, "plans/list/2026/N.yaml")
    assert said == "1:1 E629: plans stand in the folder itself, and monthly reports in progress; move the file there"


def test_a_plan_with_another_ending_is_told_its_name(tmp_path: Path):
    (said,) = report(tmp_path, {"plans/list/N.yml": "techprio: 1\n"}, "plans/list/N.yml")
    assert said == "1:1 E117: a file is read if its name ends in .yaml; name it N.yaml"


def test_a_month_without_a_report_is_told(tmp_path: Path):
    (said,) = report(tmp_path, {"plans/list/progress/2026-08.yaml": REPORT}, "plans/list/progress/2026-08.yaml")
    assert said == "2:8 W601 month: no report is there for 2026-07; add it, or ask who reports"


def test_a_file_that_cannot_be_read_makes_no_plan_unknown(tmp_path: Path):
    (said,) = report(tmp_path, {"plans/list/A.yaml": "techprio: 1\nid: [\n"}, "plans/list/A.yaml")
    assert " E1" in said
