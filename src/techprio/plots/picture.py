"""A finished picture: its figure, what it says, what stands for it where it cannot be seen, and the rows behind it."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from matplotlib.figure import Figure

from techprio.plots.lean import lean
from techprio.plots.style import own_style
from techprio.plots.svg import svg_of
from techprio.tables import Row, to_csv

Form = Literal["svg", "png", "pdf"]
FORMS: tuple[Form, ...] = ("svg", "png", "pdf")
DPI = 200


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Picture:
    """One page of an exhibit."""

    name: str
    title: str
    """What it shows, as a finding."""
    alt: str
    """What is said to somebody who cannot see it."""
    rows: Sequence[Row] = field(repr=False)
    figure: Figure = field(repr=False)

    def __repr__(self) -> str:
        return f"<Picture {self.name}: {self.title}>"

    @property
    def csv(self) -> str:
        """The rows behind the picture."""
        return to_csv(self.rows)

    def to_bytes(self, form: Form = "svg") -> bytes:
        """The picture as a file: the same bytes for the same picture, fonts embedded, title and alt text inside."""
        stream = io.BytesIO()
        with own_style():
            if form == "svg":
                return lean(self._accessible(svg_of(self.figure, self._metadata(form), DPI))).encode("utf-8")
            self.figure.savefig(stream, format=form, dpi=DPI, metadata=self._metadata(form))
        return stream.getvalue()

    def save(self, path: str | Path) -> Path:
        """Write the picture, in the form that the name ends in, and its rows beside it as CSV."""
        target = Path(path)
        form = next((form for form in FORMS if target.suffix == f".{form}"), None)
        if form is None:
            raise ValueError(f"{target.name}: a picture is written as {', '.join(FORMS)}")
        target.write_bytes(self.to_bytes(form))
        target.with_suffix(".csv").write_text(self.csv, encoding="utf-8", newline="\n")
        return target

    def _metadata(self, form: Form) -> dict[str, Any]:
        if form == "pdf":
            return {"Title": self.title, "Subject": self.alt, "CreationDate": None, "Creator": None, "Producer": None}
        if form == "svg":
            return {"Title": self.title, "Description": self.alt, "Date": None, "Creator": None}
        return {"Title": self.title, "Description": self.alt, "Software": None}

    def _accessible(self, svg: str) -> str:
        """Screen readers take the whole drawing for one picture, and read its title and description."""
        begin = svg.index("<svg ")
        end = svg.index(">", begin)
        head = svg[begin:end] + ' role="img" aria-labelledby="title desc">'
        title = (
            f'\n <title id="title">{html.escape(self.title)}</title>\n <desc id="desc">{html.escape(self.alt)}</desc>'
        )
        rest = svg[end + 1 :]
        if (plain := rest.find("<title>")) != -1:
            rest = rest[:plain] + rest[rest.index("</title>", plain) + 8 :].lstrip()
        return svg[:begin] + head + title + "\n " + rest.lstrip()

    def _repr_png_(self) -> tuple[bytes, dict[str, Any]]:
        stream = io.BytesIO()
        with own_style():
            self.figure.savefig(stream, format="png", dpi=2 * 96, metadata=self._metadata("png"))
        return stream.getvalue(), {"width": int(self.figure.get_figwidth() * 96)}
