"""The vector store: our ids, replaced on repetition, cosine, and readers beside a writing process."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from llama_index.core.schema import BaseNode
from llama_index.core.vector_stores.types import VectorStoreQuery

from assistant.errors import IndexMismatchError, StorageError
from assistant.index.nodes import to_node
from assistant.index.store import PassageVectorStore
from assistant.records import Metadata, Passage

ROOT = Path(__file__).parent.parent


def node(number: int, vector: list[float], text: str = "一句话。") -> BaseNode:
    passage = Passage(f"id{number}", "a.txt", number, text, 0, len(text), Metadata(title="标题"))
    made = to_node(passage)
    made.embedding = vector
    return made


def nearest(store: PassageVectorStore, vector: list[float], k: int = 3) -> list[tuple[str, float]]:
    result = store.query(VectorStoreQuery(query_embedding=vector, similarity_top_k=k))
    return list(zip(result.ids or (), result.similarities or (), strict=True))


def test_empty_store_finds_nothing(storage: Path) -> None:
    store = PassageVectorStore(storage)
    assert nearest(store, [1.0, 0.0]) == []
    assert store.ids() == set() and store.count() == 0


def test_similarity_is_the_cosine_whatever_the_length(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [3.0, 0.0]), node(2, [1.0, 1.0]), node(3, [-2.0, 0.0])])
    found = nearest(store, [0.5, 0.0])
    assert [id for id, _ in found] == ["id1", "id2", "id3"]
    assert [score for _, score in found] == pytest.approx([1.0, math.sqrt(0.5), -1.0], abs=1e-5)


def test_adding_an_id_again_replaces_vector_and_text(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0], "旧")])
    store.add([node(1, [0.0, 1.0], "新")])
    assert store.count() == 1
    assert nearest(store, [0.0, 1.0])[0][1] == pytest.approx(1.0, abs=1e-5)
    assert [found.get_content() for found in store.get_nodes(["id1"])] == ["新"]


def test_more_rows_than_one_batch_are_all_written_and_deleted(storage: Path) -> None:
    store = PassageVectorStore(storage)
    nodes = [node(number, [math.sin(number), math.cos(number)]) for number in range(1100)]
    assert len(store.add(nodes)) == store.count() == 1100
    store.delete_nodes([one.node_id for one in nodes[:1050]] + ["unknown"])
    assert store.ids() == {one.node_id for one in nodes[1050:]}


def test_vectors_of_another_dimension_are_refused_with_the_command(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    with pytest.raises(IndexMismatchError, match="--rebuild"):
        store.add([node(2, [1.0, 0.0, 0.0])])


def test_cleared_store_takes_another_dimension_and_leaves_no_files_behind(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    store.clear()
    store.add([node(2, [1.0, 0.0, 0.0])])
    assert store.ids() == {"id2"}
    assert sum(path.is_dir() for path in (storage / "chroma").iterdir()) == 1


@pytest.mark.parametrize("damage", [b"", b"\xff" * 64])
def test_damaged_vector_files_never_take_the_process_down(storage: Path, damage: bytes) -> None:
    store = PassageVectorStore(storage)
    store.add([node(number, [math.cos(number), math.sin(number)]) for number in range(2500)])
    store.close()
    files = [path for path in (storage / "chroma").rglob("*") if path.is_file() and path.suffix == ".bin"]
    assert files
    for path in files:
        path.write_bytes(damage)
    damaged = PassageVectorStore(storage)
    with pytest.raises(StorageError, match="--rebuild"):
        nearest(damaged, [1.0, 0.0])


def test_document_is_deleted_and_nodes_are_given_back_by_llama_index_methods(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0]), node(2, [0.0, 1.0])])
    assert {found.node_id for found in store.get_nodes()} == {"id1", "id2"}
    store.delete("a.txt")
    assert store.count() == 0


def test_what_was_written_is_there_after_reopening(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    store.close()
    assert PassageVectorStore(storage).ids() == {"id1"}


def test_a_closed_store_opens_again_when_used(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    store.close()
    assert store.count() == 1


def test_directory_deleted_under_an_open_store_reads_as_empty_and_can_be_filled(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    shutil.rmtree(storage / "chroma")
    assert nearest(store, [1.0, 0.0]) == []
    store.add([node(2, [1.0, 0.0])])
    assert store.ids() == {"id2"}


def test_file_in_place_of_the_directory_is_a_storage_error(storage: Path) -> None:
    (storage / "chroma").write_text("in the way")
    with pytest.raises(StorageError, match="chroma"):
        PassageVectorStore(storage).count()


def test_damaged_chroma_file_is_a_storage_error(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(1, [1.0, 0.0])])
    store.close()
    (storage / "chroma" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    damaged = PassageVectorStore(storage)
    with pytest.raises(StorageError, match="--rebuild"):
        damaged.count()
    damaged.clear()
    assert damaged.count() == 0


def test_two_stores_of_one_process_see_each_others_writes(storage: Path) -> None:
    one, other = PassageVectorStore(storage), PassageVectorStore(storage)
    one.add([node(1, [1.0, 0.0])])
    assert nearest(other, [1.0, 0.0])[0][0] == "id1"
    other.add([node(2, [0.0, 1.0])])
    one.close()
    assert other.ids() == one.ids() == {"id1", "id2"}


def test_threads_read_while_another_writes(storage: Path) -> None:
    store = PassageVectorStore(storage)
    store.add([node(0, [1.0, 0.0])])
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(40):
                assert nearest(store, [1.0, 0.0], 1)[0][1] == pytest.approx(1.0, abs=1e-5)
        except BaseException as error:  # noqa: BLE001 - handed to the test below
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(1, 20):
        store.add([node(number, [math.cos(number), math.sin(number)])])
    for thread in threads:
        thread.join()
    assert not failures
    assert store.count() == 20


WRITE = """
import math, os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from assistant.index.store import PassageVectorStore
from test_store import node
store = PassageVectorStore(Path(sys.argv[1]))
print("ready", flush=True)
for start in range(0, 1000, 50):
    store.add([node(n, [math.cos(n), math.sin(n), n / 1000]) for n in range(start, start + 50)])
    store.delete_nodes([f"id{n}" for n in range(start, start + 10)])
    print(start, flush=True)
    if start == int(sys.argv[3]):
        os.kill(os.getpid(), 9)
"""


def writing(storage: Path, die_at: int = -1) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(storage), str(Path(__file__).parent), str(die_at)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def test_reader_beside_a_writing_process_never_fails_and_sees_everything_in_the_end(storage: Path) -> None:
    reader, idle = PassageVectorStore(storage), PassageVectorStore(storage)
    assert idle.count() == 0
    queries = 0
    with writing(storage) as process:
        while process.poll() is None:
            found = nearest(reader, [1.0, 0.0, 0.0], 500)
            assert len(found) == len(set(found))
            queries += 1
        assert process.returncode == 0
    assert queries > 3
    assert reader.count() == idle.count() == 800
    assert len(nearest(idle, [1.0, 0.0, 0.0], 900)) == 800
    assert len(nearest(reader, [1.0, 0.0, 0.0], 900)) == 800
    for number in (10, 499, 999):
        found = nearest(reader, [math.cos(number), math.sin(number), number / 1000], 1)
        assert found[0][0] == f"id{number}"


def test_reader_survives_a_writer_killed_between_batches(storage: Path) -> None:
    reader = PassageVectorStore(storage)
    with writing(storage, die_at=200) as process:
        assert process.wait(60) == -signal.SIGKILL
    assert reader.count() == 200
    reader.add([node(5000, [0.0, 0.0, 1.0])])
    assert nearest(reader, [0.0, 0.0, 1.0], 1)[0][0] == "id5000"
