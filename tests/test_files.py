"""Which files are looked at, and the names that documents get."""

from __future__ import annotations

from pathlib import Path

from assistant.files import Target, is_under, name_for, select


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("一句话。", encoding="utf-8")
    return path


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
    assert [target.wish for target in select([tmp_path / "corpus"]).targets] == ["a.txt"]


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
