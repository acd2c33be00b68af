"""Each setting tells its value and where it comes from, and `.env` is changed without harm to the rest."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from assistant.errors import SettingsError
from assistant.setting_values import Origin, SettingValue, overruling, setting_values, write
from assistant.settings import NAMES, Endpoint, Settings, in_file

KEY = "sk-very-secret"


def told(running: Settings, coming: Settings | None = None) -> dict[str, SettingValue]:
    return {value.name: value for value in setting_values(running, coming or running)}


def test_every_setting_is_told_once_and_no_secret_is_shown() -> None:
    env = {"OPENAI_BASE_URL": "http://h/v1", "OPENAI_MODEL": "small", "OPENAI_API_KEY": KEY}
    env |= {"ASSISTANT_PASSWORDS": f"ann:{KEY}", "ASSISTANT_API_KEYS": KEY, "ASSISTANT_ADMITTED": "ann@h"}
    values = told(Settings.from_env(env))
    assert tuple(values) == NAMES
    assert KEY not in repr(values) and "ann" not in repr(values)
    secrets = ("OPENAI_API_KEY", "ASSISTANT_PASSWORDS", "ASSISTANT_API_KEYS", "ASSISTANT_ADMITTED")
    assert all((values[name].value, values[name].is_set) == ("", True) for name in secrets)
    assert (values["OPENAI_MODEL"].value, values["ASSISTANT_RERANK_TIMEOUT"].value) == ("small", "5")


def test_the_environment_hides_the_file_and_an_empty_value_gives_the_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Path(".env").write_text("ASSISTANT_PASSAGES=9\nASSISTANT_LANGUAGE=en\nASSISTANT_WORKERS=2\n", "utf-8")
    monkeypatch.setenv("ASSISTANT_LANGUAGE", "zh")
    monkeypatch.setenv("ASSISTANT_WORKERS", "")
    values = told(Settings.from_env())
    assert values["ASSISTANT_LANGUAGE"].origin is Origin.ENVIRONMENT
    assert values["ASSISTANT_PASSAGES"].origin is Origin.FILE
    assert values["ASSISTANT_WORKERS"].origin is Origin.DEFAULT
    assert values["ASSISTANT_TIMEOUT"].origin is Origin.DEFAULT
    assert overruling(("ASSISTANT_LANGUAGE", "ASSISTANT_PASSAGES")) == ("ASSISTANT_LANGUAGE",)


def test_a_value_that_the_next_start_changes_is_marked() -> None:
    values = told(Settings(), Settings(chat=Endpoint("http://h/v1", "small")))
    assert {name for name, value in values.items() if value.is_changing} == {
        "OPENAI_BASE_URL",
        "OPENAI_MODEL",
    }


@pytest.mark.parametrize(
    "value", ["", "http://h:1/v1?a=b", "名 字", 'it\'s # "quoted"', "a\\b\\'", "$HOME${X}"]
)
def test_what_is_written_is_what_is_read(value: str) -> None:
    write({"OPENAI_MODEL": value})
    assert in_file() == {"OPENAI_MODEL": value}


def test_everything_else_in_the_file_stays_as_it_stands() -> None:
    before = (
        "\ufeff# mine\r\n\r\nOPENAI_MODEL = old  # why\r\nexport OPENAI_API_KEY='a\r\nb'\r\nOTHER=\"x\r\ny\""
    )
    Path(".env").write_bytes(before.encode())
    write({"OPENAI_MODEL": "new", "OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "http://h/v1"})
    expected = (
        '# mine\r\n\r\nOPENAI_MODEL=new\r\nexport OPENAI_API_KEY=k\r\nOTHER="x\r\ny"\r\n'
        "OPENAI_BASE_URL=http://h/v1\r\n"
    )
    assert Path(".env").read_bytes().decode() == expected


def test_only_its_owner_may_read_the_file_and_a_link_stays_a_link(tmp_path: Path) -> None:
    kept = tmp_path / "kept.env"
    kept.write_text("A=1\n", "utf-8")
    Path(".env").symlink_to(kept)
    write({"OPENAI_API_KEY": KEY})
    assert Path(".env").is_symlink()
    assert kept.read_text("utf-8") == f"A=1\nOPENAI_API_KEY={KEY}\n"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_line_end_in_a_value_cannot_bring_in_another_setting() -> None:
    with pytest.raises(SettingsError, match="control character") as raised:
        write({"OPENAI_MODEL": f"{KEY}\nASSISTANT_STORAGE=/"})
    assert KEY not in str(raised.value)
    assert not Path(".env").exists()


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_left_behind(tmp_path: Path) -> None:
    Path(".env").mkdir()
    with pytest.raises(SettingsError, match=r"^\.env cannot be written"):
        write({"OPENAI_MODEL": "small"})
    assert {path.name for path in tmp_path.iterdir()} == {".env", ".env.lock"}


def test_of_what_is_saved_at_the_same_time_nothing_is_lost() -> None:
    values = {f"NAME_{number}": str(number) for number in range(8)}
    ready = Barrier(len(values))

    def save(name: str) -> None:
        ready.wait(20)
        write({name: values[name]})

    with ThreadPoolExecutor(len(values)) as people:
        list(people.map(save, values))
    assert in_file() == values
