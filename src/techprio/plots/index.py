"""The page that shows all pictures of a folder: plain HTML, no script, nothing from any network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from techprio.plots.leaf import Leaf
from techprio.plots.picture import Form
from techprio.wording import Language

STYLE = """
body { font: 16px/1.5 "DejaVu Sans", Verdana, sans-serif; color: #1a1a1a }
body { margin: 2rem auto; max-width: 1280px; padding: 0 1rem }
figure { margin: 2.5rem 0; break-inside: avoid }
img { max-width: 100%; height: auto; border: 1px solid #b3b3b3 }
figcaption { color: #595959 }
a { color: #0072b2 }
""".strip()


POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@dataclass(frozen=True, slots=True)
class NotMade:
    """An exhibit that this study cannot have, and why."""

    name: str
    why: str


def index_page(
    title: str,
    notice: str,
    pages: Sequence[Leaf],
    forms: Sequence[Form],
    not_made: Sequence[NotMade],
    words: Language,
) -> str:
    """The page; everything from the study is escaped."""
    heading = words.say("Pictures: {title}", title=title)
    missing = "".join(f"<li>{escape(each.name)}: {escape(each.why)}</li>" for each in not_made)
    parts = [
        "<!doctype html>",
        f'<html lang="{words.code}"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(heading)}</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(heading)}</h1>",
        f"<p>{escape(notice)}</p>" if notice else "",
        *(_figure(leaf, forms, words) for leaf in pages),
        f"<h2>{escape(words.say('Not made'))}</h2><ul>{missing}</ul>" if missing else "",
        "</body></html>",
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _figure(leaf: Leaf, forms: Sequence[Form], words: Language) -> str:
    shown = next((form for form in forms if form != "pdf"), None)
    links = [f'<a href="{leaf.name}.{form}">{form.upper()}</a>' for form in forms]
    links.append(f'<a href="{leaf.name}.csv">{escape(words.say("the numbers behind it (CSV)"))}</a>')
    image = f'<img src="{leaf.name}.{shown}" alt="{escape(leaf.alt)}">' if shown else ""
    name = escape(leaf.name)
    return f'<figure id="{name}">{image}<figcaption>{escape(leaf.title)} · {" · ".join(links)}</figcaption></figure>'
