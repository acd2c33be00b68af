"""Says who is at the page."""

from __future__ import annotations

import streamlit as st

from assistant.settings import Settings
from assistant.ui import identity
from assistant.ui.words.access_texts import ENGLISH_ACCESS

settings = Settings.from_env()
identity.admit(settings, ENGLISH_ACCESS)
visitor = identity.visitor(settings)
st.text(f"here is {visitor.owner if visitor else None}")
identity.draw_visitor(settings, ENGLISH_ACCESS)
