"""The entry point: `streamlit run app.py` serves the pages and the API from one process."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant import serving

SCRIPT = Path(__file__).parent / "assistant" / "ui" / "entry" / "main.py"

app = st.App(SCRIPT, lifespan=serving.lifespan, middleware=serving.middleware())
