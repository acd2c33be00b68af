"""Zip archives are read as folders, whatever was done to them to harm."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest

from assistant import archives
from assistant.errors import DocumentError

TEXT = "重庆联通今年建成5G基站1.2万个。".encode()


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return restarted(file)


def restarted(file: io.BytesIO) -> io.BytesIO:
    file.seek(0)
    return file


def with_info(name: str, data: bytes = TEXT, **attributes: Any) -> io.BytesIO:
    """An archive of one good file and one with these attributes in its headers."""
    file = io.BytesIO()
    info = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(info, key, value)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("good.txt", TEXT)
        archive.writestr(info, data)
    return restarted(file)


def changed(file: io.BytesIO, before: bytes, after: bytes) -> io.BytesIO:
    data = file.getvalue()
    assert before in data and len(before) == len(after)
    return io.BytesIO(data.replace(before, after))


def with_sizes(file: io.BytesIO, name: bytes, size: int) -> io.BytesIO:
    """The archive with another unpacked size claimed for a member, in both of its headers."""
    data = bytearray(file.getvalue())
    local = data.rindex(b"PK\x03\x04", 0, data.index(name) + 1)
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(name) + 1)
    data[local + 22 : local + 26] = struct.pack("<I", size)
    data[central + 24 : central + 28] = struct.pack("<I", size)
    return io.BytesIO(bytes(data))


def names(file: io.BytesIO) -> list[str]:
    return [member["name"] for member in archives.members(file, "a.zip")["members"]]


def refused(file: io.BytesIO) -> dict[str, str]:
    return dict(archives.members(file, "a.zip")["refused"])


def extract(file: io.BytesIO, member: str, limit_megabytes: int) -> bytes:
    return archives.extract(archives.opened(file, "a.zip"), "a.zip", member, limit_megabytes)


def fault(file: io.BytesIO, member: str, limit: int = 50) -> str:
    with pytest.raises(DocumentError) as caught:
        extract(file, member, limit)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def office(order: Iterable[str] = ("[Content_Types].xml", "word/document.xml")) -> io.BytesIO:
    return packed(dict.fromkeys(order, b"<x/>"))


def test_members_are_listed_by_path_and_read_back() -> None:
    file = packed({"b.txt": TEXT, "子目录/": b"", "子目录/a.txt": b"", "子目录/c.txt": TEXT * 9})
    listed = archives.members(file, "a.zip")["members"]
    assert [(m["name"], m["size"]) for m in listed] == [
        ("b.txt", len(TEXT)),
        ("子目录/a.txt", 0),
        ("子目录/c.txt", len(TEXT) * 9),
    ]
    assert extract(file, "子目录/c.txt", 1) == TEXT * 9
    assert extract(file, "子目录/a.txt", 1) == b""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_a_chinese_windows_are_read(encoding: str) -> None:
    name = "资料/年度报告镕.txt"
    data = name.encode(encoding)
    placeholder = "x" * len(data)
    file = changed(packed({placeholder: TEXT}), placeholder.encode(), data)
    assert names(file) == [name]
    assert extract(file, name, 1) == TEXT


def test_backslashes_separate_folders() -> None:
    assert names(with_info("folder\\sub\\a.txt")) == ["good.txt", "folder/sub/a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../../evil.txt",
        "a/../../evil.txt",
        "..\\..\\evil.txt",
        "\\evil.txt",
        "C:\\evil.txt",
        "c:evil.txt",
    ],
)
def test_names_that_lead_out_are_refused_and_the_others_kept(name: str) -> None:
    file = with_info(name)
    assert names(file) == ["good.txt"]
    (reason,) = refused(file).values()
    assert "pack it again" in reason


@pytest.mark.parametrize("name", ["bad\nname.txt", "bad\x1bname.txt", "x" * 2000 + ".txt"])
def test_names_that_no_file_has_are_refused_on_one_line(name: str) -> None:
    file = with_info(name)
    assert names(file) == ["good.txt"]
    ((shown, reason),) = refused(file).items()
    assert shown.isprintable() and reason.isprintable() and len(reason) < 1200


def test_a_name_with_a_wide_blank_is_a_name() -> None:
    assert names(with_info("年报\u3000摘要.txt")) == ["good.txt", "年报\u3000摘要.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_first_is_read() -> None:
    file = with_info("good.txt", b"other")
    assert names(file) == ["good.txt"]
    assert "is there twice" in refused(file)["good.txt"]
    assert extract(file, "good.txt", 1) == TEXT


@pytest.mark.parametrize("name", ["__MACOSX/._good.txt", ".hidden", ".git/config", "folder/.DS_Store"])
def test_hidden_files_are_left_out_silently(name: str) -> None:
    file = with_info(name)
    assert (names(file), refused(file)) == (["good.txt"], {})


def test_a_link_is_not_followed() -> None:
    file = with_info("link.txt", b"/etc/passwd", external_attr=0o120777 << 16, create_system=3)
    assert "is a link" in fault(file, "link.txt")
    assert extract(file, "good.txt", 1) == TEXT


def test_a_locked_member_is_told_from_a_damaged_one() -> None:
    file = packed({"good.txt": TEXT, "locked.txt": TEXT})
    data = bytearray(file.getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    locked = io.BytesIO(bytes(data))
    assert "locked with a password" in fault(locked, "locked.txt")
    assert extract(locked, "good.txt", 1) == TEXT


def test_an_archive_in_an_archive_is_refused_under_any_name() -> None:
    inner = packed({"x.txt": TEXT}).getvalue()
    file = packed({"inner.zip": inner, "report.pdf": inner, "good.txt": TEXT})
    for member in ("inner.zip", "report.pdf"):
        assert "archive inside an archive; unpack it first" in fault(file, member)
    assert extract(file, "good.txt", 1) == TEXT


def test_an_office_file_in_an_archive_is_a_document() -> None:
    inner = office().getvalue()
    assert extract(packed({"a.docx": inner}), "a.docx", 1) == inner


def test_a_member_over_the_limit_names_the_setting() -> None:
    noise = bytes(range(256)) * 8000
    file = packed({"large.txt": noise, "good.txt": TEXT}, zipfile.ZIP_STORED)
    assert "2.0 MB, more than the 1 MB allowed" in fault(file, "large.txt", 1)
    assert "ASSISTANT_FILE_MEGABYTES" in fault(file, "large.txt", 1)
    assert extract(file, "large.txt", 3) == noise


def test_a_bomb_is_told_by_its_ratio_and_the_others_are_kept() -> None:
    file = packed({"bomb.txt": bytes(20_000_000), "good.txt": TEXT})
    assert names(file) == ["bomb.txt", "good.txt"]
    assert "zip bomb" in fault(file, "bomb.txt", 2000)
    assert extract(file, "good.txt", 1) == TEXT


def test_the_refusal_of_a_bomb_says_what_to_do() -> None:
    assert fault(packed({"zeros.txt": bytes(20_000_000)}), "zeros.txt").endswith(
        "leave it out, or unpack it first"
    )


@pytest.mark.parametrize("claimed", [10, 4_000_000_000])
def test_a_bomb_that_lies_about_its_size_is_not_unpacked(claimed: int) -> None:
    file = with_sizes(packed({"bomb.txt": bytes(20_000_000), "good.txt": TEXT}), b"bomb.txt", claimed)
    assert fault(file, "bomb.txt", 5000)
    assert extract(file, "good.txt", 1) == TEXT


def test_more_members_than_anybody_packs_are_refused() -> None:
    many = packed({f"{n}.txt": b"" for n in range(archives.MOST_MEMBERS + 1)})
    with pytest.raises(DocumentError, match="holds more than 10000 files; split it"):
        archives.members(many, "a.zip")


def test_a_total_that_nobody_packs_is_refused_before_anything_is_read() -> None:
    file = packed({"a.txt": bytes(10_000_000), "b.txt": bytes(10_000_000)}, zipfile.ZIP_STORED)
    file = with_sizes(with_sizes(file, b"a.txt", 1_900_000_000), b"b.txt", 1_900_000_000)
    with pytest.raises(DocumentError, match="unpacks to more than 2000 MB; split it"):
        archives.members(file, "a.zip")


def test_members_that_share_their_bytes_are_refused() -> None:
    file = packed({"a.txt": TEXT * 50, "b.txt": TEXT * 50}, zipfile.ZIP_STORED)
    data = bytearray(file.getvalue())
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)
    with pytest.raises(DocumentError, match="overlap"):
        archives.members(io.BytesIO(bytes(data)), "a.zip")


@pytest.mark.parametrize("keep", [0.3, 0.9, 0.999])
def test_a_cut_archive_is_refused_on_one_line(keep: float) -> None:
    data = packed({"a.txt": TEXT * 50, "b.txt": TEXT * 50}, zipfile.ZIP_STORED).getvalue()
    with pytest.raises(DocumentError, match="a.zip is a damaged zip archive") as caught:
        archives.members(io.BytesIO(data[: int(len(data) * keep)]), "a.zip")
    assert "\n" not in str(caught.value)


def test_a_member_with_a_flipped_byte_is_refused_and_the_others_kept() -> None:
    file = packed({"a.txt": TEXT * 50, "b.txt": TEXT}, zipfile.ZIP_STORED)
    broken = io.BytesIO(file.getvalue().replace(TEXT, TEXT[:-1] + b"\0", 1))
    assert "cannot be unpacked" in fault(broken, "a.txt")
    assert extract(broken, "b.txt", 1) == TEXT


def test_a_way_of_packing_that_is_not_known_is_refused() -> None:
    data = bytearray(packed({"a.txt": TEXT * 50}).getvalue())
    for magic, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        place = data.index(magic) + offset
        data[place : place + 2] = struct.pack("<H", 9)
    assert "cannot be unpacked" in fault(io.BytesIO(bytes(data)), "a.txt")


def test_a_member_that_is_gone_says_so() -> None:
    assert "not in the archive any more" in fault(packed({"a.txt": TEXT}), "b.txt")


def test_damage_of_any_byte_ends_in_a_document_error_or_in_a_listing() -> None:
    data = packed({"a.txt": TEXT * 3, "子/b.txt": TEXT}).getvalue()
    for place in range(len(data)):
        for value in (0, 255, data[place] ^ 1):
            file = io.BytesIO(data[:place] + bytes([value]) + data[place + 1 :])
            archives.is_archive(file, "a.zip")
            try:
                for name in names(file):
                    extract(file, name, 1)
            except DocumentError as error:
                assert "\n" not in str(error)


def test_a_zip_is_an_archive_under_any_name_and_an_office_file_under_none() -> None:
    for name in ("a.zip", "a.docx", "报告"):
        assert archives.is_archive(packed({"a.txt": TEXT}), name)
        assert not archives.is_archive(office(), name)
        assert not archives.is_archive(office(["word/document.xml", "[Content_Types].xml"]), name)
        assert not archives.is_archive(packed({"mimetype": b"application/epub+zip"}), name)
        assert not archives.is_archive(io.BytesIO(TEXT), name)
        assert not archives.is_archive(io.BytesIO(b""), name)


def test_an_archive_that_holds_an_office_file_unpacked_is_an_archive() -> None:
    assert archives.is_archive(packed({"a.docx": office().getvalue()}, zipfile.ZIP_STORED), "a.zip")
    assert archives.is_archive(packed({"sub/[Content_Types].xml": b"", "mimetype.txt": b""}), "a.zip")


def test_an_archive_without_its_directory_is_one_by_name_only() -> None:
    cut = packed({"a.txt": TEXT * 50}).getvalue()[:40]
    assert archives.is_archive(io.BytesIO(cut), "A.ZIP")
    assert not archives.is_archive(io.BytesIO(cut), "a.docx")


def test_an_empty_archive_holds_nothing() -> None:
    assert archives.is_archive(packed({}), "a.zip")
    assert archives.members(packed({}), "a.zip") == {"members": [], "refused": []}
