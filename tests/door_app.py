"""The guard and the login around a page that only says who is there."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from assistant import serving

app = st.App(Path(__file__).with_name("door_page.py"), middleware=serving.middleware())
