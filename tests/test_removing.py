"""Documents taken out and read again: the index stays whole, files go only where they were handed in."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from character_embedding import CharacterEmbedding

from assistant.errors import AssistantError, DocumentError, StorageBusyError
from assistant.index import locks, vectors
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.vectors import Drift
from assistant.library import Library
from assistant.records import Progress, Stage, Status
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
TEXT = "{0}移动今年投资{1}亿元，建成基站{1}百座。\n{0}移动服务用户{1}万户，得到好评。\n"
KILLED = """
import os, sys
from pathlib import Path
from assistant.library import Library
from assistant.settings import Settings
from assistant.index import bookkeeping
real = bookkeeping.remove
def remove(connection, document):
    real(connection, document)
    if document == "b.txt":
        os.kill(os.getpid(), 9)
bookkeeping.remove = remove
with Library.open(Settings(storage=Path(sys.argv[1]), embedder="none")) as library:
    library.remove(["a.txt", "b.txt"])
"""


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of three files and one that fails, and the storage they were ingested into, with vectors."""
    root = tmp_path_factory.mktemp("ingested")
    (root / "corpus").mkdir()
    for number, (name, place) in enumerate({"a": "四川", "b": "贵州", "c": "云南"}.items(), start=3):
        (root / "corpus" / f"{name}.txt").write_text(TEXT.format(place, number), encoding="utf-8")
    (root / "corpus" / "e.pdf").write_bytes(b"%PDF-1.7 no more")
    os.utime(root / "corpus" / "e.pdf", (1e9, 1e9))
    with opened(root / "storage") as library:
        library.ingest([root / "corpus"])
    return root


@pytest.fixture
def library(ingested: Path, storage: Path, tmp_path: Path) -> Iterator[Library]:
    """A copy of its own for every test."""
    shutil.copytree(ingested, tmp_path, dirs_exist_ok=True)
    library = opened(storage)
    with Database(storage).writing() as connection:
        connection.execute("UPDATE documents SET path = replace(path, ?, ?)", (str(ingested), str(tmp_path)))
    with library:
        yield library


def opened(storage: Path) -> Library:
    return Library(Settings(storage=storage, workers=1), Database(storage), dense(storage))


def dense(storage: Path) -> DenseParts:
    return DenseParts.of(storage, CharacterEmbedding())


def names(library: Library) -> list[str]:
    return [info.document for info in library.documents()]


def assert_whole(storage: Path) -> None:
    """SQLite, the words and Chroma hold the same passages, and no vector is kept for nothing."""
    database = Database(storage)
    book = Ledger(database)
    assert vectors.drift(book, dense(storage).store) == Drift(frozenset(), frozenset())
    with database.reading() as connection:
        words = connection.execute("SELECT count(*) FROM passages_fts").fetchone()[0]
        kept = connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
        texts = connection.execute("SELECT count(DISTINCT content) FROM passages").fetchone()[0]
    assert (words, kept) == (book.count(), texts)


def found(storage: Path, word: str) -> int:
    return len(Lexical(Database(storage)).search(word, 10))


def test_a_removed_document_is_found_no_more_and_its_file_stays(
    library: Library, storage: Path, tmp_path: Path
) -> None:
    report = library.remove(["b.txt"])
    assert [(r.document, r.status) for r in report.results] == [("b.txt", Status.REMOVED)]
    assert names(library) == ["a.txt", "c.txt", "e.pdf"]
    assert not found(storage, "贵州")
    assert found(storage, "四川")
    assert_whole(storage)
    assert (tmp_path / "corpus" / "b.txt").exists()
    assert library.unfinished() is None


def test_what_is_removed_before_its_vectors_are_made_is_not_read_again_to_make_them(
    storage: Path, tmp_path: Path
) -> None:
    def stop(progress: Progress) -> None:
        if progress.stage is Stage.EMBEDDING:
            raise AssistantError("stopped")

    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name, 3), encoding="utf-8")
    with opened(storage) as library:
        with pytest.raises(AssistantError, match="stopped"):
            library.ingest([tmp_path], stop)
        library.remove(["a.txt"])
        assert library.unfinished() is not None
        library.ingest(library.unfinished() or ())
        assert (names(library), library.unfinished()) == (["b.txt"], None)
    assert_whole(storage)


def test_nothing_is_removed_if_one_name_is_wrong(library: Library) -> None:
    with pytest.raises(DocumentError, match="nowhere"):
        library.remove(["a.txt", "nowhere.txt"])
    assert len(names(library)) == 4


def test_nothing_is_removed_while_another_process_writes(library: Library, storage: Path) -> None:
    with locks.writer(storage), pytest.raises(StorageBusyError):
        library.remove(["a.txt"])
    assert len(names(library)) == 4


def test_a_file_that_was_handed_in_goes_with_its_document_an_archive_with_the_last(
    library: Library, storage: Path
) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("x.txt", TEXT.format("海南", 6))
        archive.writestr("y.txt", TEXT.format("青海", 7))
    keep = library.originals.keep
    uploads = [keep("d.txt", TEXT.format("西藏", 8).encode()), keep("pack.zip", packed.getvalue())]
    library.ingest([upload.path for upload in uploads])
    assert library.originals.file("d.txt").is_upload
    library.remove(["d.txt", "pack.zip/x.txt"])
    assert [Path(upload.path).exists() for upload in uploads] == [False, True]
    assert library.originals.original("pack.zip/y.txt").data == packed.getvalue()
    library.remove(["pack.zip/y.txt"])
    assert list((storage / "uploads").iterdir()) == library.originals.unread() == []
    assert_whole(storage)


def test_a_removal_that_is_killed_leaves_whole_documents_and_can_be_repeated(
    library: Library, storage: Path, tmp_path: Path
) -> None:
    library.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(storage)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    again = opened(storage)
    assert names(again) == ["b.txt", "c.txt", "e.pdf"]
    again.remove(["b.txt"])
    again.ingest([tmp_path / "corpus" / "c.txt"])  # with the embedder: what the killed process left goes
    assert_whole(storage)


def test_documents_are_read_again_though_nothing_has_changed(
    library: Library, storage: Path, tmp_path: Path
) -> None:
    heard: list[str] = []
    failed = tmp_path / "corpus" / "e.pdf"
    failed.write_bytes(b"MZ\0 no document ")  # of the same size and time, so that only reading it can tell
    os.utime(failed, (1e9, 1e9))
    report = library.reread(["a.txt", "e.pdf"], tell=lambda result: heard.append(result.document))
    results = {result.document: result for result in report.results}
    assert {name: result.status for name, result in results.items()} == {
        "a.txt": Status.CHANGED,
        "e.pdf": Status.FAILED,
    }
    assert "is a program" in results["e.pdf"].reason
    assert sorted(heard) == ["a.txt", "e.pdf"]
    assert library.unfinished() is None
    assert_whole(storage)


def test_a_document_whose_file_is_gone_keeps_its_text_when_read_again(
    library: Library, storage: Path, tmp_path: Path
) -> None:
    (tmp_path / "corpus" / "a.txt").unlink()
    (result,) = library.reread(["a.txt"]).results
    assert result.status is Status.FAILED
    assert "not there any more" in result.reason
    assert found(storage, "四川")
    assert library.originals.missing() == ["a.txt"]


def test_the_list_of_documents_is_made_anew_only_when_it_changes(library: Library) -> None:
    first = library.documents()
    assert all(a is b for a, b in zip(first, library.documents(), strict=True))
    library.remove(["a.txt"])
    assert len(library.documents()) == 3


def test_a_file_is_handed_out_only_as_it_was_read(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "corpus" / "a.txt"
    assert library.originals.original("a.txt").data == path.read_bytes()
    secret = tmp_path / "secret"
    secret.write_text("key")
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(DocumentError, match="has changed"):
        library.originals.original("a.txt")
