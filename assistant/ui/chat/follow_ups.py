"""Questions to go on with, under the last answer: found after it is drawn and kept, so that nobody waits."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import closing

import streamlit as st

from assistant.errors import AssistantError
from assistant.records.conversations import Exchange
from assistant.ui import session
from assistant.ui.chat.scene import Scene
from assistant.ui.escaping import escape, literal
from assistant.ui.streaming import ticking


def draw_follow_ups(scene: Scene, exchanges: Sequence[Exchange]) -> None:
    """A button for each; pressing one asks it. To be drawn last: finding them may take a while."""
    if not exchanges or exchanges[-1].answer is None:
        return
    last, slot = exchanges[-1], st.empty()
    if not last.suggestions and last.id not in scene.talk.searched:
        last.suggestions = _found(scene, exchanges, slot)
        scene.talk.searched.add(last.id)
        session.keep(scene.host.conversations, scene.talk, last)
    if last.suggestions:
        with slot.container(key="follow_ups", gap="xsmall"):
            st.html(f'<div class="hint slim">{escape(scene.texts.conversation.follow_ups)}</div>')
            for place, question in enumerate(last.suggestions):
                st.button(
                    literal(question),
                    key=f"follow-up-{place}",
                    icon=":material/subdirectory_arrow_right:",
                    on_click=session.ask_next,
                    args=(question,),
                )


def _found(
    scene: Scene, exchanges: Sequence[Exchange], slot: st.delta_generator.DeltaGenerator
) -> tuple[str, ...]:
    """None where it fails: no answer is the worse for it."""
    answer = exchanges[-1].answer
    assert answer is not None

    def search() -> Iterator[list[str]]:
        yield scene.host.assistant.follow_ups(answer, session.history(exchanges[:-1]))

    try:
        with closing(ticking(search())) as items:
            for item in items:
                if item is not None:
                    return tuple(item)
                slot.empty()  # a run can only be stopped while it draws
    except AssistantError as error:
        logging.getLogger(__name__).warning("no follow-ups: %s", error)
    return ()
