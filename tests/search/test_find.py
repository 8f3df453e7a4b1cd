"""What is found, by whom, how many, in which order."""

import re
import shutil
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deliberation.domain.grams import plain, words
from deliberation.search import Entry, IndexBusy, IndexDamaged, open_index
from deliberation.search.files import current, only_writer


def entry(number, text, audience=("public",), **more):
    more = {
        "kind": "remark",
        "consultation": "ebike",
        "title": "",
        "at": f"2026-03-01T00:00:{number % 60:02}",
    } | more
    return Entry(id=str(number), text=text, audience=tuple(audience), **more)


@pytest.fixture
def index(tmp_path):
    index = open_index(tmp_path / "index")
    yield index
    index.close()


def ids(found):
    return [hit.entry.id for hit in found.hits]


HALL = [
    entry(1, "电动自行车不得在楼道内充电。"),
    entry(2, "充电设施距离住宅应当不少于二十米。", title="第十二条"),
    entry(3, "建议每栋楼设 20 个充电插座，App 扫码付费。"),
    entry(4, "楼道里充电太危险！建议写明「不得在楼道充电」。"),
    entry(5, "物业收费要公示。", audience=("office:1",)),
]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("电", ["4", "3", "2", "1"]),
        ("充电", ["4", "3", "2", "1"]),
        ("楼道", ["4", "1"]),
        ("楼道充电", ["4"]),
        ("楼道 充电", ["4", "1"]),
        ("充电 楼道 危险", ["4"]),
        ("不得在楼道内充电", ["1"]),
        ("第十二条", ["2"]),
        ("APP", ["3"]),
        ("ａｐｐ", ["3"]),
        ("２０", ["3"]),
        ("道充", ["4"]),
        ("电充", []),
        ("三十米", []),
        ("物业", []),
        ("", []),
        ("！。", []),
        ("「楼道」", ["4", "1"]),
    ],
)
def test_words_stand_as_asked(index, asked, expected):
    index.put(HALL, 5)
    found = index.find(asked, {"public"})
    assert ids(found) == expected
    assert found.total == len(expected)


def test_only_what_the_person_may_see(index):
    index.put(HALL, 5)
    assert index.find("收费", {"public"}).total == 0
    assert ids(index.find("收费", {"public", "office:1"})) == ["5"]
    assert index.find("收费", {"office:11", "office"}).total == 0
    assert index.find("充电", set()).total == 0
    assert index.find("充电", {"office:1"}).total == 0


def test_kinds_and_consultations_narrow(index):
    index.put(
        [
            entry(1, "充电", kind="article"),
            entry(2, "充电"),
            entry(3, "充电", consultation="taxi"),
            entry(4, "充电", kind="minutes", consultation="taxi"),
        ],
        4,
    )
    assert ids(index.find("充电", {"public"}, kinds=["article", "minutes"])) == ["4", "1"]
    assert ids(index.find("充电", {"public"}, consultation="taxi")) == ["4", "3"]
    assert ids(index.find("充电", {"public"}, kinds={"remark"}, consultation="taxi")) == ["3"]
    assert index.find("充电", {"public"}, kinds=[]).total == 0
    assert index.find("充电", {"public"}, consultation="").total == 0


def test_putting_again_replaces_and_audience_can_shrink(index):
    index.put(HALL, 5)
    index.put([entry(1, "电动自行车可以在室外充电。", audience=("office:1",))], 6)
    assert "1" not in ids(index.find("充电", {"public"}))
    assert ids(index.find("室外", {"office:1"})) == ["1"]
    assert index.find("不得在楼道内", {"public", "office:1"}).total == 0
    index.put([entry(7, "甲"), entry(7, "乙")], 7)
    assert (index.find("甲", {"public"}).total, index.find("乙", {"public"}).total) == (0, 1)


def test_what_is_dropped_is_gone_also_within_one_step(index):
    index.put(HALL, 5)
    index.drop([("remark", "4"), ("remark", "99")], 6)
    assert ids(index.find("楼道", {"public"})) == ["1"]
    index.put([entry(8, "楼道")], 7, gone=[("remark", "1")])
    assert ids(index.find("楼道", {"public"})) == ["8"]
    assert index.last() == 7
    index.drop([("article", "8")], 8)
    assert ids(index.find("楼道", {"public"})) == ["8"], "another kind with the same id"


def test_the_same_step_twice_changes_nothing(index):
    index.put(HALL, 5)
    once = index.find("充电", {"public"})
    index.put(HALL, 5)
    assert index.find("充电", {"public"}) == once
    index.put([], 3)
    assert index.last() == 5, "it never goes back"


def test_pages_cover_everything_once_newest_first(index):
    for first in range(0, 50, 7):  # several segments
        index.put([entry(n, "充电") for n in range(first, min(first + 7, 50))], first)
    pages = [index.find("充电", {"public"}, page=n, size=8) for n in range(1, 9)]
    assert [page.total for page in pages] == [50] * 8
    assert pages[0].pages == 7
    assert [int(i) for page in pages for i in ids(page)] == list(range(49, -1, -1))
    assert pages[7].hits == ()
    assert index.find("充电", {"public"}, page=-3, size=8) == pages[0]


def test_equal_instants_keep_one_order_over_merges(index):
    for n in range(40):
        index.put([entry(n, "充电", at="2026-03-01T08:00:00+08:00")], n)
    before = [i for p in range(1, 5) for i in ids(index.find("充电", {"public"}, page=p, size=10))]
    assert sorted(before, key=int) == [str(n) for n in range(40)]
    index.put([entry(99, "别的")], 99)
    after = [i for p in range(1, 5) for i in ids(index.find("充电", {"public"}, page=p, size=10))]
    assert after == before


def test_many_small_steps_leave_few_segments(index, tmp_path):
    for n in range(120):
        index.put([entry(n, f"第{n}条意见")], n)
    assert index.find("意见", {"public"}).total == 120
    segments = list((tmp_path / "index" / current(tmp_path / "index")).glob("*.trm"))
    assert len(segments) <= 10


def test_another_object_sees_it_at_once(index, tmp_path):
    other = open_index(tmp_path / "index")
    index.put(HALL, 5)
    assert other.find("楼道", {"public"}).total == 2
    index.drop([("remark", "1")], 6)
    assert other.find("楼道", {"public"}).total == 1
    index.rebuild([entry(1, "楼道"), entry(2, "楼道"), entry(3, "楼道")], 9)
    assert other.find("楼道", {"public"}).total == 3
    assert other.last() == 9


def test_rebuilding_leaves_one_generation_and_nothing_of_the_old(index, tmp_path):
    index.put(HALL, 5)
    assert index.rebuild(iter([entry(1, "只有这一条")]), 17) == 1
    assert index.find("充电", {"public"}).total == 0
    assert index.find("这一条", {"public"}).total == 1
    assert len([f for f in (tmp_path / "index").iterdir() if f.is_dir()]) == 1


def test_a_rebuild_that_fails_changes_nothing(index):
    index.put(HALL, 5)

    def broken():
        yield entry(1, "半路")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        index.rebuild(broken(), 99)
    assert index.last() == 5
    assert index.find("楼道", {"public"}).total == 2
    index.put([entry(6, "楼道")], 6)
    assert index.find("楼道", {"public"}).total == 3


def test_missing_files_are_said_and_mended_by_a_rebuild(index, tmp_path):
    index.put(HALL, 5)
    index.close()
    shutil.rmtree(tmp_path / "index" / current(tmp_path / "index"))
    for step in (lambda: index.find("充电", {"public"}), index.last, lambda: index.put(HALL, 6)):
        with pytest.raises(IndexDamaged) as refused:
            step()
        assert "flask search rebuild" in str(refused.value)
    index.rebuild(HALL, 5)
    assert index.find("充电", {"public"}).total == 4


def test_readers_outlive_rebuilds(index, tmp_path):
    other = open_index(tmp_path / "index")
    totals = set()
    stop = threading.Event()

    def read():
        while not stop.is_set():
            totals.add(other.find("充电", {"public"}).total)

    index.rebuild(HALL, 0)
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    for n in range(12):
        index.rebuild(HALL, n)
    stop.set()
    reader.join(20)
    assert totals == {4}


def test_a_step_that_fails_changes_nothing(index):
    index.put(HALL, 5)
    with pytest.raises(TypeError):
        index.put([entry(6, "楼道"), entry(7, "楼道", at=None)], 7)
    assert index.last() == 5
    assert index.find("楼道", {"public"}).total == 2
    index.put([entry(6, "楼道")], 6)
    assert index.find("楼道", {"public"}).total == 3


def test_two_writers_do_not_meet(index, tmp_path, monkeypatch):
    monkeypatch.setattr("deliberation.search.whoosh_index.PATIENCE", 0.05)
    with only_writer(tmp_path / "index", 1), pytest.raises(IndexBusy):
        index.put(HALL, 5)
    with only_writer(tmp_path / "index", 1), pytest.raises(IndexBusy):
        index.rebuild(HALL, 5)
    assert index.last() == 0
    index.put(HALL, 5)
    assert index.last() == 5


def test_threads_find_while_another_object_writes(index, tmp_path):
    index.put([entry(0, "充电")], 0)
    wrong = []

    def read():
        last = 1
        while last < 41:
            total = index.find("充电", {"public"}).total
            if total < last:
                wrong.append((last, total))
            last = total

    readers = [threading.Thread(target=read, daemon=True) for _ in range(4)]
    for reader in readers:
        reader.start()
    writer = open_index(tmp_path / "index")
    for n in range(1, 41):
        writer.put([entry(n, "充电")], n)
    for reader in readers:
        reader.join(20)
    assert not wrong
    assert not any(reader.is_alive() for reader in readers), "each saw the last one"


ALPHABET = "电动车充楼道内外应当不得二三百米aB1９Ａé。 \n、①㎡"
texts = st.text(alphabet=ALPHABET, max_size=14)
terms = st.sampled_from(["public", "office:1", "person:2"])
hall = st.lists(
    st.tuples(texts, texts, st.sets(terms, min_size=1), st.integers(0, 9)), min_size=1, max_size=14
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hall, st.lists(texts, min_size=1, max_size=6), st.sets(terms), st.integers(1, 5))
def test_counts_equal_brute_force(tmp_path_factory, rows, questions, audience, step):
    """Put in steps, with replacements (ids 0..9 come back); a scan of the last state is the oracle."""
    index = open_index(tmp_path_factory.mktemp("index"))
    standing = {}
    for start in range(0, len(rows), step):
        batch = [
            entry(number, text, audience=sorted(readers), title=title)
            for title, text, readers, number in rows[start : start + step]
        ]
        index.put(batch, start)
        standing |= {one.id: one for one in batch}
    for asked in [*questions, *(text[1:4] for _, text, _, _ in rows)]:
        sought = [word for word in re.split(" +", plain(asked)) if word]
        expected = {
            one.id
            for one in standing.values()
            if sought
            and set(one.audience) & audience
            and all(word in plain(f"{one.title}\n{one.text}") for word in sought)
        }
        found = index.find(asked, audience, size=50)
        assert set(ids(found)) == expected
        assert found.total == len(expected) == len(found.hits)
        assert set(words(asked)) <= set(sought)
    index.close()
