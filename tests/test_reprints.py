"""Reprints: the same article under another title line is one, two reports on one pattern are two."""

from __future__ import annotations

import random
import time

import pytest

from assistant.index.reprints import Groups, by_document, groups, signature

SYLLABLES = "网络基站建设服务用户增长收入乡村数字平台安全技术创新合作发展机房光缆学校医院工程山区牧民渔船农户"


def article(seed: int, length: int = 900) -> str:
    """Text without meaning, different for every seed."""
    chance = random.Random(seed)
    return "".join(chance.choice(SYLLABLES) + ("，" if n % 17 == 16 else "") for n in range(length))


def is_reprint(one: str, other: str) -> bool:
    return len(groups({("a", 0): signature(one), ("b", 0): signature(other)})) == 2


def test_script_width_case_punctuation_and_line_breaks_make_no_difference() -> None:
    text = "丙地联通发布乡村振兴报告，帮扶资金达到３００万元，建成5G-A基站。" * 3
    typed = "丙地聯通發佈鄉村振興報告,幫扶資金達到300萬元;\n建成5g-a基站 " * 3
    assert signature(text) == signature(typed) != b""


def test_a_text_without_a_letter_has_no_signature_and_no_reprint() -> None:
    assert signature("") == signature("——！？\n") == b""
    assert groups({("a", 0): b"", ("b", 0): b""}) == {}


def test_a_signature_stays_what_it_was() -> None:
    # Stored in every index: another value would make reprints of old and new files strangers.
    assert signature("公司建成基站一千二百个。").hex()[:16] == "167bb5a358eb09bb"
    assert signature(article(1)).hex()[:16] == "50c2190042753400"


def test_another_title_and_a_few_edits_leave_a_reprint() -> None:
    text = article(1)
    edited = "转载自某某日报 记者 王某\n" + text[:300] + "近日" + text[303:700] + text[705:]
    assert is_reprint(text, edited)


@pytest.mark.parametrize(
    "other", [article(2), article(1)[:450] + article(3)[:450], article(1) + article(4, 1800)]
)
def test_another_article_half_an_article_and_one_that_contains_it_are_no_reprints(other: str) -> None:
    assert not is_reprint(article(1), other)


def test_reports_on_one_pattern_with_other_figures_are_no_reprints() -> None:
    def report(seed: int) -> str:
        chance = random.Random(seed)
        lines = (
            f"{article(n, 8)}为{chance.randint(10**7, 10**9):,}元，比上年变动{chance.random():.2%}"
            for n in range(40)
        )
        return "。".join(lines)

    assert not is_reprint(report(1), report(2))


def test_short_texts_are_reprints_only_when_their_characters_are_the_same() -> None:
    assert is_reprint("重要提示：本公司董事会保证内容真实。", "重要提示 本公司董事会保证内容真实")
    assert not is_reprint("重要提示：本公司董事会保证内容真实。", "重要提示：本公司监事会保证内容真实。")


def test_every_member_of_a_group_names_its_first_article_whatever_the_order() -> None:
    known = {
        ("c", 2): signature(article(1)),
        ("a", 1): signature(article(1)),
        ("b", 0): signature(article(1) + "完"),
    }
    known[("d", 0)] = signature(article(9))
    expected = {key: ("a", 1) for key in known if key[0] != "d"}
    assert groups(known) == groups(dict(reversed(known.items()))) == expected


def test_documents_name_the_others_that_have_one_of_their_articles() -> None:
    first, second = ("a", 0), ("b", 1)
    found = {
        first: first,
        ("b", 0): first,
        second: second,
        ("c", 0): second,
        ("e", 0): ("e", 0),
        ("e", 1): ("e", 0),
    }
    assert by_document(found) == {"a": ("b",), "b": ("a", "c"), "c": ("b",)}


def test_ten_thousand_articles_take_less_than_a_second_even_if_all_are_nearly_alike() -> None:
    chance = random.Random(5)
    base = [chance.randbytes(4) for _ in range(len(signature(article(1))) // 4)]

    def near(share: float) -> bytes:
        return b"".join(part if chance.random() < share else chance.randbytes(4) for part in base)

    copies = {(f"copy{n}", 0): near(0.97) for n in range(5000)}
    alike = {(f"like{n}", 0): near(0.6) for n in range(5000)}
    started = time.process_time()
    found = groups(copies | alike)
    assert time.process_time() - started < 2.0  # twice the aim: the machine may be busy
    assert len(found.keys() & copies.keys()) > 4990
    assert not found.keys() & alike.keys()


def test_groups_follow_the_index_and_are_worked_out_once_for_each_of_its_states() -> None:
    state = {("a", 0): signature(article(1))}
    read: list[int] = []

    def signatures() -> dict[tuple[str, int], bytes]:
        read.append(len(state))
        return dict(state)

    known = Groups(lambda: len(state), signatures)
    assert known() == known() == {}
    state["b", 0] = signature(article(1))
    assert known() == known() == {("a", 0): ("a", 0), ("b", 0): ("a", 0)}
    assert read == [1, 2]
