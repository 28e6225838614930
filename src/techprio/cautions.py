"""What every result says first: how much rests on figures that nobody has assessed, and the notice of the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from techprio.wording import Language


def illustrative_said(share: float, words: Language) -> str:
    """The share of the weight that rests on illustrative figures; nothing if none does."""
    if not share:
        return ""
    template = "ILLUSTRATIVE: {share} of the weight rests on figures that nobody has assessed."
    return words.say(template, share=words.percent(share))


def cautions(share: float, notice: Mapping[str, str] | None, words: Language) -> Iterator[str]:
    """What is to be said of a result from so large a share of illustrative figures, and by its study."""
    if said := illustrative_said(share, words):
        yield said
    if notice:
        yield words.text(notice)
