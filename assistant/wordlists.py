"""The lists of words that ship in `data`: one group a line, words between blanks, `#` before a comment."""

from __future__ import annotations

from importlib.resources import files


def groups(name: str) -> list[list[str]]:
    """The words of each line of `data/NAME.txt`, in its order."""
    lines = files("assistant").joinpath(f"data/{name}.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]
