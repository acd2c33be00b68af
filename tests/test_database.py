"""The SQLite file: whole transactions or nothing, many threads, and clear words when it cannot be used."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from assistant.errors import IndexMismatchError, StorageError
from assistant.index.database import Database

ROOT = Path(__file__).parent.parent
INSERT = "INSERT INTO meta VALUES (?, 'x')"


def keys(database: Database) -> set[str]:
    with database.reading() as connection:
        return {row["key"] for row in connection.execute("SELECT key FROM meta")}


def test_transaction_is_kept_whole_and_raises_the_generation(storage: Path) -> None:
    database = Database(storage)
    with database.writing() as connection:
        connection.execute(INSERT, ("a",))
        connection.execute(INSERT, ("b",))
    assert {"a", "b"} <= keys(database)
    assert database.generation() == 1


def test_failed_transaction_leaves_nothing_and_the_generation_as_it_was(storage: Path) -> None:
    database = Database(storage)
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute(INSERT, ("a",))
        raise ZeroDivisionError
    assert "a" not in keys(database)
    assert database.generation() == 0


def test_reader_keeps_its_view_while_another_writes(storage: Path) -> None:
    database = Database(storage)
    with database.reading() as reader:
        before = reader.execute("SELECT count(*) FROM meta").fetchone()[0]
        with database.writing() as writer:
            writer.execute(INSERT, ("a",))
        assert reader.execute("SELECT count(*) FROM meta").fetchone()[0] == before
    assert "a" in keys(database)


def test_many_threads_read_and_write_without_error(storage: Path) -> None:
    database = Database(storage)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(10):
                with database.writing() as connection:
                    connection.execute(INSERT, (f"{number}-{turn}",))
                keys(database)
        except BaseException as error:  # noqa: BLE001 - handed to the test below
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert database.generation() == 60


def test_processes_that_create_the_file_at_the_same_time_all_succeed(storage: Path) -> None:
    code = "import sys, pathlib, assistant.index.database as d; d.Database(pathlib.Path(sys.argv[1]))"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(storage)], env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        for _ in range(6)
    ]
    assert [process.wait(60) for process in processes] == [0] * 6


def test_storage_directory_is_made_with_its_parents(tmp_path: Path) -> None:
    Database(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b" / "corpus.sqlite3").exists()


def test_file_in_place_of_the_directory_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="ASSISTANT_STORAGE"):
        Database(tmp_path / "file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_directory_without_rights_is_a_storage_error(storage: Path) -> None:
    storage.chmod(0o500)
    with pytest.raises(StorageError, match="write"):
        Database(storage)
    storage.chmod(0o700)


READ_ONLY = """
import os, sys
from pathlib import Path
from assistant.doctor.checks import check_database
from assistant.index.database import Database
from assistant.errors import StorageError
if os.geteuid() == 0:
    os.setuid(65534)
database = Database(Path(sys.argv[1]))
for _ in range(2):
    print(database.generation())
try:
    with database.writing():
        pass
except StorageError:
    print("not written")
print(check_database(database.path).ok)
"""


def test_directory_that_may_only_be_read_is_read_and_not_written() -> None:
    # Not below tmp_path, which no other user may enter.
    with TemporaryDirectory() as place:
        storage = Path(place) / "a #?% storage"
        database = Database(storage)
        with database.writing() as connection:
            connection.execute(INSERT, ("a",))
        database.close()
        storage.parent.chmod(0o755)
        for path in (*storage.iterdir(), storage):
            path.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(storage)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        storage.chmod(0o755)
    assert done.stdout.split() == ["1", "1", "not", "written", "True"], done.stderr


def test_directory_in_place_of_the_file_is_a_storage_error(storage: Path) -> None:
    (storage / "corpus.sqlite3").mkdir()
    with pytest.raises(StorageError, match="corpus.sqlite3"):
        Database(storage)


def test_damaged_file_says_to_move_it_away(storage: Path) -> None:
    (storage / "corpus.sqlite3").write_bytes(b"this is no database " * 300)
    with pytest.raises(StorageError, match="damaged.*move it away"):
        Database(storage)


def test_file_of_another_layout_is_refused(storage: Path) -> None:
    Database(storage).close()
    connection = sqlite3.connect(storage / "corpus.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexMismatchError, match="layout 99"):
        Database(storage)
