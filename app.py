"""The entry point of the chat page: `streamlit run app.py`."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assistant.errors import AssistantError
from assistant.ui import (
    chat_page,
    companies_page,
    documents_page,
    evaluation_page,
    layout,
    limits,
    opening,
    session,
)
from assistant.ui.hosting import host


def main() -> None:
    """Open the assistant, draw what stands around the page, and run the page."""
    layout.apply_style()
    try:
        shared = host()
    except AssistantError as error:
        opening.show_failure(error, session.texts())
        return
    texts = session.texts(shared.settings.language)
    chat = st.Page(lambda: chat_page.draw(shared, texts), title=texts.chat, url_path="chat", default=True)
    companies = st.Page(
        lambda: companies_page.draw(shared, texts), title=texts.briefing.title, url_path="companies"
    )
    documents = st.Page(
        lambda: documents_page.draw(shared, texts), title=texts.documents, url_path="documents"
    )
    evaluation = st.Page(
        lambda: evaluation_page.draw(shared, texts), title=texts.evaluation.title, url_path="evaluation"
    )
    page = st.navigation([chat, companies, documents, evaluation], position="hidden")
    width: Literal["wide", "centered"] = "centered" if page is chat else "wide"
    st.set_page_config(page_title=texts.product, page_icon=layout.ICON, layout=width)
    limits.keep()
    layout.draw_sidebar(chat, companies, documents, evaluation, shared, texts)
    opening.wait_until_ready(shared, texts)
    opening.draw_filling(shared, texts)
    page.run()


main()
