"""Which files are looked at, the names that documents get, and the bytes of files and members."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant import files
from assistant.errors import DocumentError
from assistant.files import Selection, Target, exists, is_under, load, locate, name_for, stat


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("一句话。", encoding="utf-8")
    return path


def pack(path: Path, *names: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, f"{name}里的一句话。")
    return path


def select(paths: Sequence[str | Path], storage: Path | None = None) -> Selection:
    return files.select(paths, storage, lambda path: files.members(str(path)))


def wishes(selection: Selection) -> list[str]:
    return [target.wish for target in selection.targets]


def test_files_of_a_folder_come_sorted_under_relative_names(tmp_path: Path) -> None:
    for name in ("c/b.txt", "b.txt", "a.txt", ".hidden", ".git/x.txt"):
        write(tmp_path / "corpus" / name)
    selection = select([tmp_path / "corpus"])
    assert [target.wish for target in selection.targets] == ["a.txt", "b.txt", "c/b.txt"]
    assert selection.folders == (tmp_path / "corpus",)


def test_a_file_named_twice_is_looked_at_once(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "a.txt")
    assert len(select([file, tmp_path / "corpus", file, tmp_path / "corpus"]).targets) == 1


def test_a_relative_path_and_a_link_to_the_folder_are_the_same_file(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "corpus")
    assert select(["corpus"]).targets == select([tmp_path / "link"]).targets


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    (tmp_path / "corpus" / "loop").symlink_to(tmp_path / "corpus")
    selection = select([tmp_path / "corpus"])
    assert (wishes(selection), selection.refused) == (["a.txt"], ())


@pytest.mark.parametrize("target", ["outside/secret.txt", "outside"])
def test_a_link_out_of_the_folder_is_told_and_not_followed(tmp_path: Path, target: str) -> None:
    write(tmp_path / "outside" / "secret.txt")
    write(tmp_path / "corpus" / "a.txt")
    (tmp_path / "corpus" / "link").symlink_to(tmp_path / target)
    selection = select([tmp_path / "corpus"])
    good, link = selection.targets
    assert (good.wish, good.refusal) == ("a.txt", "")
    assert link.wish == "link" and "leads out of the folder" in link.refusal


def test_a_link_within_the_folder_makes_no_second_document(tmp_path: Path) -> None:
    file = write(tmp_path / "corpus" / "a.txt")
    (tmp_path / "corpus" / "b.txt").symlink_to(file)
    selection = select([tmp_path / "corpus"])
    assert (wishes(selection), selection.refused) == (["a.txt"], ())


def test_a_link_to_nothing_stays_to_be_told_when_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").symlink_to(tmp_path / "none")
    (target,) = select([tmp_path / "corpus"]).targets
    for look in (lambda: stat(target.path), lambda: load(target.path, 1)):
        with pytest.raises(DocumentError, match="does not exist"):
            look()
    with pytest.raises(DocumentError, match="is a link to what does not exist; mend or remove it"):
        stat(target.path)


def test_the_storage_is_left_out_of_folders_and_refused_itself(tmp_path: Path) -> None:
    write(tmp_path / "corpus" / "a.txt")
    storage = write(tmp_path / "corpus" / "index" / "x.txt").parent
    assert [target.wish for target in select([tmp_path / "corpus"], storage).targets] == ["a.txt"]
    selection = select([storage], storage)
    assert (selection.targets, selection.folders) == ((), ())
    assert "holds the index" in selection.refused[0][1]


def test_what_does_not_exist_is_told_apart(tmp_path: Path) -> None:
    selection = select([tmp_path / "none.txt"])
    assert selection.missing == (tmp_path / "none.txt",) and selection.targets == ()


def test_taken_name_gets_parent_folders_until_it_is_free() -> None:
    target = Target(Path("/data/2021/north/a.txt"), "a.txt")
    assert name_for(target, []) == "a.txt"
    assert name_for(target, ["a.txt"]) == "north/a.txt"
    assert name_for(target, ["a.txt", "north/a.txt"]) == "2021/north/a.txt"


def test_name_is_numbered_when_the_folders_do_not_help() -> None:
    target = Target(Path("/a.txt"), "a.txt")
    assert name_for(target, ["a.txt"]) == "a.txt~2"
    assert name_for(target, ["a.txt", "a.txt~2"]) == "a.txt~3"


def test_a_path_lies_under_its_folders_and_itself_only() -> None:
    assert is_under("/data/a/b.txt", [Path("/data")])
    assert is_under("/data/a", [Path("/data/a")])
    assert not is_under("/data-2/a", [Path("/data")])


def test_an_archive_in_a_folder_is_a_folder(tmp_path: Path) -> None:
    archive = pack(tmp_path / "corpus" / "sub" / "月报.zip", "b.txt", "北京/a.txt")
    write(tmp_path / "corpus" / "z.txt")
    selection = select([tmp_path / "corpus"])
    assert wishes(selection) == ["z.txt", "sub/月报.zip/b.txt", "sub/月报.zip/北京/a.txt"]
    assert selection.targets[2].path == archive / "北京" / "a.txt"
    assert archive in selection.folders
    assert is_under(str(selection.targets[2].path), [archive])


@pytest.mark.parametrize("name", ["月报.zip", "月报.pdf", "月报"])
def test_a_named_archive_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    archive = pack(tmp_path / name, "a.txt")
    selection = select([archive, archive, tmp_path])
    assert wishes(selection) == [f"{name}/a.txt"]
    assert selection.folders == (archive, tmp_path)


def test_an_office_file_is_a_document(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", "word/document.xml", "[Content_Types].xml")
    assert wishes(select([tmp_path])) == ["a.zip"]


def test_a_refused_member_costs_no_other(tmp_path: Path) -> None:
    pack(tmp_path / "a.zip", "good.txt", "../evil.txt")
    selection = select([tmp_path])
    good, evil = selection.targets
    assert (good.wish, good.refusal) == ("a.zip/good.txt", "")
    assert evil.wish == "a.zip/../evil.txt"
    assert evil.refusal.startswith("a.zip/../evil.txt leads out of the archive")


def test_an_archive_that_cannot_be_listed_is_closed_and_tells_why_when_it_is_read(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "a.txt")
    archive.write_bytes(archive.read_bytes()[:-10])
    selection = select([tmp_path])
    assert (wishes(selection), selection.closed) == (["a.zip"], (archive,))
    with pytest.raises(DocumentError, match="a.zip is a damaged zip archive"):
        load(archive, 1)


def test_a_path_in_an_archive_is_told_from_one_on_disk(tmp_path: Path) -> None:
    archive, file = pack(tmp_path / "a.zip", "sub/a.txt"), write(tmp_path / "b.txt")
    assert locate(archive / "sub" / "a.txt") == (archive, "sub/a.txt")
    assert locate(archive) == (archive, "")
    assert locate(str(file)) == (file, "")
    assert locate(tmp_path / "none" / "c.txt") == (tmp_path / "none" / "c.txt", "")


def test_a_named_member_stands_for_its_archive(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "sub/a.txt", "b.txt")
    selection = select([archive / "sub" / "a.txt"])
    assert (wishes(selection), selection.missing) == (["a.zip/sub/a.txt", "a.zip/b.txt"], ())
    assert select([archive / "none.txt"]).missing == (archive / "none.txt",)
    beside = write(tmp_path / "b.txt") / "none.txt"
    assert (select([beside]).targets, select([beside]).missing) == ((), (beside,))


def test_members_are_read_from_the_archive_as_it_is_now(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "a.txt", "b.txt")
    assert load(archive / "a.txt", 1).decode() == "a.txt里的一句话。"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.txt", "换过的另一句话。")
    assert load(archive / "a.txt", 1).decode() == "换过的另一句话。"
    with pytest.raises(DocumentError, match="not in the archive any more"):
        load(archive / "b.txt", 1)


def test_reading_members_does_not_list_the_archive_each_time(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", *(f"{number}.txt" for number in range(4000)))
    started = time.process_time()
    files.members(str(archive))
    listing = time.process_time() - started
    started = time.process_time()
    for number in range(200):
        load(archive / f"{number}.txt", 1)
    assert time.process_time() - started < 50 * listing


def test_a_member_exists_as_long_as_its_archive(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "a.txt")
    assert exists(archive / "a.txt") and exists(str(archive))
    archive.unlink()
    assert not exists(archive / "a.txt") and not exists(archive)


def test_bytes_of_files_and_members_are_loaded(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "sub/a.txt")
    assert load(archive / "sub" / "a.txt", 1).decode() == "sub/a.txt里的一句话。"
    assert load(str(write(tmp_path / "b.txt")), 1).decode() == "一句话。"


def test_size_and_time_are_those_of_the_file_on_disk(tmp_path: Path) -> None:
    archive = pack(tmp_path / "a.zip", "sub/a.txt")
    os.utime(archive, ns=(5, 7))
    assert stat(archive / "sub" / "a.txt") == stat(str(archive)) == (archive.stat().st_size, 7)
    with pytest.raises(DocumentError, match="none.txt cannot be read: .*check the path"):
        stat(tmp_path / "none.txt")


def test_too_large_a_file_names_the_setting(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 1_000_001)
    with pytest.raises(DocumentError, match="1.0 MB, more than the 1 MB allowed.*ASSISTANT_FILE_MEGABYTES"):
        load(tmp_path / "a.txt", 1)
    assert len(load(tmp_path / "a.txt", 2)) == 1_000_001


def test_directory_and_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="is a directory"):
        load(tmp_path, 1)
    with pytest.raises(DocumentError, match="none.txt does not exist; run ingest again"):
        load(tmp_path / "none.txt", 1)
    with pytest.raises(DocumentError, match="cannot be read|does not exist"):
        load(tmp_path / ("x" * 300), 1)


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert wishes(select([tmp_path])) == ["pipe.txt"]
    for path in (tmp_path / "pipe.txt", Path("/dev/zero")):
        with pytest.raises(DocumentError, match="is not an ordinary file; leave it out"):
            load(path, 1)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_file_without_rights_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt")
    path.chmod(0)
    with pytest.raises(DocumentError, match="rights"):
        load(path, 1)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"a" * 50_000_000)
    grow = "import sys\nwith open(sys.argv[1], 'ab', 0) as file:\n    while True: file.write(b'a')"
    growing = subprocess.Popen([sys.executable, "-c", grow, str(path)])
    try:
        while path.stat().st_size == 50_000_000:
            pass
        with pytest.raises(DocumentError, match="log.txt changed while it was read; run ingest again"):
            load(path, 1000)
    finally:
        growing.kill()
        growing.wait()
