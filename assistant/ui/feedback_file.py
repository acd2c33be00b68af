"""The file of rated answers, for an evaluation to take; the settings offer it and the evaluation does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

NAME = "feedback.jsonl"
_TYPE = "application/jsonl"


def offer(
    label: str, key: str, data: Callable[[], bytes] | bytes, look: Literal["secondary", "tertiary"]
) -> None:
    """Draw the button; `data` may be made when it is pressed."""
    st.download_button(
        label, data, NAME, _TYPE, key=key, icon=":material/download:", type=look, on_click="ignore"
    )
