"""Ingestion: the index agrees with the files, whatever fails and wherever it is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from character_embedding import CharacterEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from assistant import ingestion
from assistant.errors import EmbeddingError, IndexMismatchError, StorageBusyError, StorageError
from assistant.index import locks, vectors
from assistant.index.database import Database
from assistant.index.dense import DenseParts
from assistant.index.ledger import Ledger
from assistant.index.lexical import Lexical
from assistant.index.nodes import to_node
from assistant.index.store import PassageVectorStore
from assistant.index.vectors import Drift
from assistant.ingestion import Ingestor
from assistant.records import IngestReport, Progress, Stage, Status
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent


class Index:
    """The parts of one storage directory, opened together."""

    def __init__(
        self,
        storage: Path,
        embedder: CharacterEmbedding | None = None,
        file_megabytes: int = 50,
        companies: Path | None = None,
    ) -> None:
        self.settings = Settings(storage=storage, file_megabytes=file_megabytes, companies=companies)
        self.database = Database(storage)
        self.book = Ledger(self.database)
        self.lexical = Lexical(self.database)
        self.dense = DenseParts.of(storage, embedder or CharacterEmbedding())
        self.ingestor = Ingestor(self.settings, self.database, self.dense)

    @property
    def store(self) -> PassageVectorStore:
        return self.dense.store

    def ingest(self, *paths: Path, rebuild: bool = False) -> dict[str, str]:
        """Document names and outcomes."""
        report = self.ingestor.ingest(paths, rebuild=rebuild)
        return {result.document: result.status.value for result in report.results}

    def documents(self) -> dict[str, tuple[str, int]]:
        return {info.document: (info.status, info.passages) for info in self.book.documents()}

    def finds(self, word: str) -> set[str]:
        found = self.lexical.search(word, 50)
        return {passage.document for passage in self.book.passages_by_id(id for id, _ in found).values()}

    def assert_whole(self) -> None:
        """Every document has all its passages, each has its words and its vector; nothing is left over."""
        counts = {name: len(self.book.passages(name)) for name in self.documents()}
        assert counts == {name: passages for name, (_, passages) in self.documents().items()}
        assert self.book.count() == sum(counts.values()) == self.words()
        assert self.book.unfinished() is None
        assert vectors.drift(self.book, self.store) == Drift(frozenset(), frozenset())

    def words(self) -> int:
        with self.database.reading() as connection:
            return int(connection.execute("SELECT count(*) FROM passages_fts").fetchone()[0])


@pytest.fixture
def index(storage: Path) -> Index:
    return Index(storage)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "corpus"
    (path / "sub").mkdir(parents=True)
    (path / "a.txt").write_text(article("甲地", "基站"), encoding="utf-8")
    (path / "b.txt").write_text(article("乙地", "光缆"), encoding="utf-8")
    (path / "sub" / "c.txt").write_text(article("丙地", "卫星"), encoding="gb18030")
    return path


def article(place: str, thing: str) -> str:
    """A short text of several sentences."""
    return f"{place}公司加快建设{thing}\n\n" + "".join(
        f"{place}公司在第{n}季度建成{thing}{n}百个，服务了更多的用户和企业，得到各方好评。"
        for n in range(1, 5)
    )


def test_folder_is_read_recursively_under_relative_names(index: Index, folder: Path) -> None:
    assert index.ingest(folder) == {"a.txt": "added", "b.txt": "added", "sub/c.txt": "added"}
    assert index.finds("卫星") == {"sub/c.txt"}
    index.assert_whole()


def test_second_run_changes_nothing(index: Index, folder: Path) -> None:
    index.ingest(folder)
    generation = index.database.generation()
    for path in folder.rglob("*.txt"):
        os.utime(path, (1e9, 1e9))
    assert set(index.ingest(folder).values()) == {"unchanged"}
    settled = index.database.generation()
    assert set(index.ingest(folder).values()) == {"unchanged"}
    assert index.database.generation() == settled >= generation


def test_changed_file_is_replaced_even_at_the_same_size_and_instant(index: Index, folder: Path) -> None:
    index.ingest(folder)
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text(article("甲地", "铁塔"), encoding="utf-8")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert index.ingest(folder)["a.txt"] == "changed"
    assert index.finds("铁塔") == {"a.txt"} and index.finds("基站") == set()
    index.assert_whole()


def test_removed_file_leaves_the_index_and_the_others_stay(index: Index, folder: Path) -> None:
    index.ingest(folder)
    (folder / "b.txt").unlink()
    assert index.ingest(folder)["b.txt"] == "removed"
    assert index.finds("光缆") == set() and index.finds("基站") == {"a.txt"}
    index.assert_whole()


def test_named_file_that_is_gone_is_removed_and_one_never_known_fails(index: Index, folder: Path) -> None:
    index.ingest(folder)
    (folder / "a.txt").unlink()
    assert index.ingest(folder / "a.txt") == {"a.txt": "removed"}
    report = index.ingestor.ingest([folder / "never.txt", folder / "b.txt"])
    assert [result.status for result in report.results] == [Status.FAILED, Status.UNCHANGED]
    assert "does not exist" in report.results[0].reason


def test_named_member_of_an_archive_keeps_its_document(index: Index, folder: Path) -> None:
    with zipfile.ZipFile(folder / "d.zip", "w") as archive:
        archive.writestr("e.txt", article("丁地", "雷达"))
    index.ingest(folder)
    assert index.ingest(folder / "d.zip" / "e.txt") == {"d.zip/e.txt": "unchanged"}
    assert index.finds("雷达") == {"d.zip/e.txt"}


def test_named_folder_that_is_gone_fails_and_keeps_its_documents(index: Index, folder: Path) -> None:
    index.ingest(folder)
    shutil.rmtree(folder)
    report = index.ingestor.ingest([folder])
    assert [result.status for result in report.results] == [Status.FAILED]
    assert "does not exist; nothing under it was removed" in report.results[0].reason
    assert set(index.documents()) == {"a.txt", "b.txt", "sub/c.txt"} and index.finds("基站") == {"a.txt"}
    assert index.book.unfinished() is None


def test_the_storage_inside_a_folder_is_left_out_and_refused_when_named(tmp_path: Path) -> None:
    index = Index(tmp_path / "corpus" / "storage")
    (tmp_path / "corpus" / "a.txt").write_text(article("甲地", "基站"), encoding="utf-8")
    for _ in range(2):
        assert set(index.ingest(tmp_path / "corpus")) == {"a.txt"}
    assert set(index.ingest(index.settings.storage).values()) == {"failed"}
    assert set(index.documents()) == {"a.txt"}


def test_ingesting_one_folder_leaves_the_documents_of_another(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.txt").write_text(article("丁地", "机房"), encoding="utf-8")
    index.ingest(folder)
    index.ingest(other)
    assert set(index.documents()) == {"a.txt", "b.txt", "sub/c.txt", "d.txt"}


def test_files_of_one_name_get_their_folders_in_front(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.txt").write_text(article("丁地", "机房"), encoding="utf-8")
    index.ingest(folder)
    assert index.ingest(other / "a.txt") == {"other/a.txt": "added"}
    assert index.finds("机房") == {"other/a.txt"} and index.finds("基站") == {"a.txt"}
    assert index.ingest(other, folder)["other/a.txt"] == "unchanged"


def test_moved_corpus_keeps_its_names_and_is_not_embedded_again(index: Index, folder: Path) -> None:
    index.ingest(folder)
    moved = folder.rename(folder.with_name("moved"))
    assert set(index.ingest(moved).values()) == {"unchanged"}
    assert set(index.documents()) == {"a.txt", "b.txt", "sub/c.txt"}


def test_two_files_in_place_of_a_moved_one_get_two_names(index: Index, tmp_path: Path) -> None:
    old, one, two = tmp_path / "old", tmp_path / "one", tmp_path / "two"
    for place in (old, one, two):
        place.mkdir()
        (place / "a.txt").write_text(article(f"{place.name}地", "机房"), encoding="utf-8")
    index.ingest(old)
    shutil.rmtree(old)
    assert index.ingest(one, two) == {"a.txt": "changed", "two/a.txt": "added"}
    index.assert_whole()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list every folder")
def test_folder_that_cannot_be_listed_keeps_its_documents(index: Index, folder: Path) -> None:
    index.ingest(folder)
    (folder / "sub").chmod(0)
    assert index.ingest(folder)[str(folder / "sub")] == "failed"
    (folder / "sub").chmod(0o700)
    assert index.finds("卫星") == {"sub/c.txt"}


def test_hidden_files_and_folders_are_left_out(index: Index, folder: Path) -> None:
    (folder / ".hidden.txt").write_text("看不见。", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.txt").write_text("看不见。", encoding="utf-8")
    assert len(index.ingest(folder)) == 3


def test_bad_files_are_recorded_with_reasons_and_cost_nothing_else(index: Index, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "image.txt").write_bytes(b"\x89PNG\0\0\0\0" * 50)
    (folder / "report.pdf").write_bytes(b"%PDF-1.7")
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    report = index.ingestor.ingest([folder])
    failed = {result.document: result.reason for result in report.results if result.status is Status.FAILED}
    assert set(failed) == {"empty.txt", "image.txt", "report.pdf"} | {"broken.txt"}
    assert all(reason for reason in failed.values())
    assert report.count(Status.ADDED) == 3
    assert index.documents()["empty.txt"] == ("failed", 0)
    index.assert_whole()


def test_mended_file_is_added_at_the_next_run(index: Index, folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"")
    assert index.ingest(folder)["a.txt"] == "failed"
    (folder / "a.txt").write_text(article("甲地", "基站"), encoding="utf-8")
    assert index.ingest(folder)["a.txt"] == "added"
    index.assert_whole()


def test_good_file_that_turns_bad_loses_its_passages(index: Index, folder: Path) -> None:
    index.ingest(folder)
    (folder / "a.txt").write_bytes(b"")
    assert index.ingest(folder)["a.txt"] == "failed"
    assert index.finds("基站") == set()
    index.assert_whole()


def test_file_whose_name_is_not_utf8_fails_alone(index: Index, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("一句话。", encoding="utf-8")
    report = index.ingestor.ingest([folder])
    assert report.count(Status.ADDED) == 3
    (failed,) = (result for result in report.results if result.status is Status.FAILED)
    assert "UTF-8" in failed.reason
    failed.document.encode()


def test_progress_counts_files_and_passages(index: Index, folder: Path) -> None:
    steps: list[Progress] = []
    index.ingestor.ingest([folder], steps.append)
    files = [step for step in steps if step.stage == "files"]
    assert [files[-1].done, files[-1].total] == [3, 3]
    assert any(step.stage == "embedding" and step.done == step.total for step in steps)


def test_index_of_another_embedder_is_refused_until_it_is_rebuilt(storage: Path, folder: Path) -> None:
    Index(storage).ingest(folder)
    other = Index(storage, CharacterEmbedding("other"))
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        other.ingest(folder)
    assert set(other.ingest(folder / "a.txt", rebuild=True)) == {"a.txt", "b.txt", "sub/c.txt"}
    assert other.book.identity() == ingestion.identity_of(other.dense, other.settings)
    other.assert_whole()


def test_another_passage_size_is_a_mismatch(storage: Path, folder: Path) -> None:
    index = Index(storage)
    index.ingest(folder)
    settings = Settings(storage=storage, passage_characters=100)
    with pytest.raises(IndexMismatchError):
        Ingestor(settings, index.database, index.dense).ingest([folder])


def test_without_an_embedder_only_the_words_are_indexed(storage: Path, folder: Path) -> None:
    database = Database(storage)
    report = Ingestor(Settings(storage=storage), database, None).ingest([folder])
    assert report.count(Status.ADDED) == 3
    assert Lexical(database).search("卫星", 5)
    assert not (storage / "chroma").exists()


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_damaged_chroma_directory_is_made_again(
    index: Index, folder: Path, storage: Path, rebuild: bool
) -> None:
    index.ingest(folder)
    index.store.close()
    (storage / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(StorageError, match="chroma"):
        index.store.ids()
    outcome = "added" if rebuild else "unchanged"
    assert set(index.ingest(folder, rebuild=rebuild).values()) == {outcome}
    index.assert_whole()


def test_second_ingestion_is_refused_while_one_runs(index: Index, folder: Path) -> None:
    with locks.writer(index.settings.storage), pytest.raises(StorageBusyError, match="wait"):
        index.ingest(folder)


def test_lost_vectors_are_made_again_without_reading_the_files(index: Index, folder: Path) -> None:
    index.ingest(folder)
    shutil.rmtree(index.settings.storage / "chroma")
    assert len(vectors.drift(index.book, index.store).missing) == index.book.count()
    index.ingest()
    index.assert_whole()


def test_vectors_left_by_a_killed_ingestion_are_removed(index: Index, folder: Path) -> None:
    index.ingest(folder / "a.txt")
    left = [to_node(replace(passage, id=f"x{passage.id[1:]}")) for passage in index.book.passages("a.txt")]
    index.store.add(list(CharacterEmbedding()(left)))
    assert len(vectors.drift(index.book, index.store).unknown) == len(left)
    index.ingest(folder)
    index.assert_whole()


class FailingEmbedding(CharacterEmbedding):
    """Fails at texts about one thing."""

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        if any("光缆" in text for text in texts):
            raise EmbeddingError("the endpoint is down")
        return super()._get_text_embeddings(texts)


def test_failing_embedder_leaves_the_words_to_be_found_and_the_vectors_to_be_made(
    storage: Path, folder: Path
) -> None:
    index = Index(storage, FailingEmbedding())
    with pytest.raises(EmbeddingError):
        index.ingest(folder)
    assert index.finds("卫星") == {"sub/c.txt"}
    assert index.book.unfinished() == (str(folder),) and index.book.waiting() == index.book.count()
    mended = Index(storage)
    assert set(mended.ingest(folder).values()) == {"unchanged"}
    mended.assert_whole()


class CountingEmbedding(CharacterEmbedding):
    """Remembers what it was asked."""

    _asked: list[str] = PrivateAttr(default_factory=list)

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        self._asked.extend(texts)
        return super()._get_text_embeddings(texts)


def test_text_that_was_embedded_once_is_not_embedded_again(storage: Path, folder: Path) -> None:
    embedder = CountingEmbedding()
    index = Index(storage, embedder)
    index.ingest(folder)
    passages = index.book.count()
    assert len(embedder._asked) == passages
    (folder / "a.txt").rename(folder / "z.txt")
    assert index.ingest(folder) == {
        "a.txt": "removed",
        "z.txt": "added",
        "b.txt": "unchanged",
        "sub/c.txt": "unchanged",
    }
    shutil.copy(folder / "b.txt", folder / "copy.txt")
    index.ingest(folder)
    index.ingest(folder, rebuild=True)
    assert len(embedder._asked) == passages
    index.assert_whole()


def test_words_are_found_while_the_vectors_are_still_being_made(index: Index, folder: Path) -> None:
    found: list[set[str]] = []

    def look(step: Progress) -> None:
        if step.stage is Stage.EMBEDDING and step.done == 0:
            found.append(index.finds("卫星"))

    report = index.ingestor.ingest([folder], look)
    assert found == [{"sub/c.txt"}]
    assert report.embedded == index.book.count() and 0 < report.searchable <= report.seconds


def test_unchanged_folder_opens_neither_the_embedder_nor_chroma(storage: Path, folder: Path) -> None:
    Index(storage).ingest(folder)
    index = Index(storage, FailingEmbedding())
    assert set(index.ingest(folder).values()) == {"unchanged"}
    assert not index.dense.is_loaded()


def test_failed_file_is_not_read_again_until_it_or_a_limit_changes(storage: Path, folder: Path) -> None:
    path = folder / "long.txt"
    path.write_text("一句很长的话。" * 50_000, encoding="utf-8")
    os.utime(path, (1e9, 1e9))
    index = Index(storage, file_megabytes=1)
    assert index.ingest(path) == {"long.txt": "failed"}
    failed = index.database.generation()
    assert index.ingest(path) == {"long.txt": "failed"}
    assert index.database.generation() == failed
    assert Index(storage, file_megabytes=5).ingest(path) == {"long.txt": "added"}


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[4])
from test_ingestion import Index
from assistant.index import lexical, vectors
index = Index(Path(sys.argv[1]))
point = sys.argv[3]
def die(*_):
    os.kill(os.getpid(), 9)
def after(owner, name, times):
    original, left = getattr(owner, name), [times]
    def wrapped(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        left[0] -= 1
        if not left[0]:
            die()
        return result
    setattr(owner, name, wrapped)
def progress(step):
    if point in ("file done", "rebuilding") and step.stage == "files" and step.done == 2:
        die()
    if point == "searchable" and step.stage == "embedding" and step.done == 0:
        die()
if point == "embedded":
    after(vectors.KeptEmbedding, "_keep", 1)
if point == "upserted":
    after(type(index.store), "add", 1)
if point == "in transaction":
    original, left = lexical.add, [2]
    def dying(connection, words):
        original(connection, words)
        left[0] -= 1
        if not left[0]:
            die()
    lexical.add = dying
if point == "cleared":
    after(type(index.store), "clear", 1)
index.ingestor.ingest([sys.argv[2]], progress, rebuild=point in ("cleared", "rebuilding"))
"""


def killed(storage: Path, folder: Path, point: str) -> None:
    """Ingest in another process that kills itself with SIGKILL at that point."""
    process = subprocess.run(
        [sys.executable, "-c", KILLED, str(storage), str(folder), point, str(Path(__file__).parent)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("point", ["file done", "in transaction", "searchable", "embedded", "upserted"])
def test_killed_ingestion_leaves_nothing_half_and_the_next_one_finishes(
    storage: Path, folder: Path, point: str
) -> None:
    killed(storage, folder, point)
    index = Index(storage)
    is_read = point not in ("file done", "in transaction")
    assert len(index.documents()) in ((3,) if is_read else (1, 2))
    for name, (status, passages) in index.documents().items():
        assert status == "ready" and len(index.book.passages(name)) == passages > 0
    assert index.words() == index.book.count()
    assert index.book.unfinished() == (str(folder),)
    index.ingest(folder)
    assert index.finds("光缆") == {"b.txt"} and index.finds("卫星") == {"sub/c.txt"}
    index.assert_whole()


def test_ingesting_something_else_does_not_finish_what_was_killed(storage: Path, folder: Path) -> None:
    killed(storage, folder, "file done")
    index = Index(storage)
    index.ingest(folder / "a.txt")
    assert index.book.unfinished() == (str(folder),)
    index.ingest(*map(Path, index.book.unfinished() or ()))
    assert index.finds("卫星") == {"sub/c.txt"}
    index.assert_whole()


def test_killed_replacement_keeps_the_old_text_until_the_new_one_is_there(
    storage: Path, folder: Path
) -> None:
    Index(storage).ingest(folder)
    for name in ("a.txt", "b.txt"):
        path = folder / name
        path.write_text(
            path.read_text(encoding="utf-8").replace("光缆", "海缆") + "另外还有一句话。", encoding="utf-8"
        )
    killed(storage, folder, "in transaction")
    index = Index(storage)
    assert len(index.finds("光缆") | index.finds("海缆")) == 1
    index.ingest(folder)
    assert index.finds("光缆") == set() and index.finds("海缆") == {"b.txt"}
    index.assert_whole()


@pytest.mark.parametrize("point", ["cleared", "rebuilding"])
def test_killed_rebuild_is_finished_by_the_next_ingestion(storage: Path, folder: Path, point: str) -> None:
    Index(storage).ingest(folder)
    killed(storage, folder, point)
    index = Index(storage)
    index.ingest()
    assert index.finds("卫星") == {"sub/c.txt"}
    index.ingest(folder)
    index.assert_whole()


def test_ingestion_killed_at_any_moment_is_finished_by_the_next_one(storage: Path, folder: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[3])\n"
        "from pathlib import Path\nfrom test_ingestion import Index\n"
        "index = Index(Path(sys.argv[1])); print('ready', flush=True); index.ingest(Path(sys.argv[2]))"
    )
    for number in range(30):
        (folder / f"n{number:02}.txt").write_text(article(f"第{number}地", "电缆"), encoding="utf-8")
    for delay in (0.05, 0.6, 1.0):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(storage), str(folder), str(Path(__file__).parent)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
        process.communicate()
        index = Index(storage)
        assert index.words() == index.book.count()
        assert all(len(index.book.passages(name)) == n > 0 for name, (_, n) in index.documents().items())
        index.store.close()
    index = Index(storage)
    index.ingest(folder)
    assert len(index.documents()) == 33
    index.assert_whole()


def test_changed_company_list_has_all_documents_read_anew_(
    storage: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / "d.txt").write_text(article("丁地铁路有限公司", "站台"), encoding="utf-8")
    listed = tmp_path / "companies.txt"
    listed.write_text("", encoding="utf-8")
    assert Index(storage, companies=listed).ingest(folder)["d.txt"] == "added"
    listed.write_text("丁铁: 丁地铁路有限公司\n", encoding="utf-8")
    index = Index(storage, companies=listed)
    assert set(index.ingest(folder / "a.txt").values()) == {"changed"}
    assert {name for p in index.book.passages("d.txt") for name in p.companies} == {"丁铁"}
    assert set(index.ingest(folder).values()) == {"unchanged"}
    index.assert_whole()


def test_report_counts_and_times(index: Index, folder: Path) -> None:
    report: IngestReport = index.ingestor.ingest([folder])
    assert report.count(Status.ADDED) == 3 and report.seconds > 0
    assert all(result.passages > 0 for result in report.results)
