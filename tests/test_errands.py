"""The prompts that chat programs send for themselves are told from questions, and done without a search."""

from __future__ import annotations

import json

import pytest

from assistant.api.errands import errand_done

ASKED = "青海联通2020年新建了多少个4G基站？"
HISTORY = f"### Chat History:\n<chat_history>\nUSER: {ASKED}\nASSISTANT: 215个[1]。\n</chat_history>"
TITLE = f"""### Task:
Generate a concise, 3-5 word title with an emoji summarizing the chat history.
### Guidelines:
- Your entire response must consist solely of the JSON object, without any introductory or concluding text.
### Output:
JSON format: {{ "title": "your concise title here" }}
### Examples:
- {{ "title": "Stock Market Trends" }},
{HISTORY}"""
OTHERS = {
    "tags": '### Task:\nGenerate tags.\n### Output:\nJSON format: { "tags": ["tag1", "tag2"] }\n',
    "follow_ups": '### Task:\nSuggest questions.\nJSON format: { "follow_ups": ["Question 1?"] }\n',
    "prompt": '### Output:\nStrictly return in JSON format:\n{\n    "prompt": "Your description."\n}\n',
}


def done(message: str) -> object:
    answer = errand_done(message)
    assert answer is not None
    return json.loads(answer.text)


def test_a_title_is_what_was_asked_first() -> None:
    assert done(TITLE) == {"title": ASKED}
    assert done(TITLE.replace(ASKED, "问" * 90)) == {"title": "问" * 39 + "…"}


@pytest.mark.parametrize("name", OTHERS)
def test_everything_else_is_empty_in_the_form_that_is_wanted(name: str) -> None:
    assert done(OTHERS[name] + HISTORY) == {name: "" if name == "prompt" else []}


@pytest.mark.parametrize(
    "message",
    [
        ASKED,
        "JSON 格式是什么？",
        HISTORY,
        f"JSON: {{不是 JSON}}\n{HISTORY}",
        f'JSON: {{"a": {"[" * 100_000}\n{HISTORY}',
        f'JSON: {{"a": {"1" * 5_000}}}\n{HISTORY}',
        f'{HISTORY}\n以上 JSON: {{"title": "x"}} 讲了什么？',
    ],
)
def test_a_question_stays_a_question(message: str) -> None:
    assert errand_done(message) is None
