"""Areas from province to grid, terms of a council, remarks compared with their paper."""

from datetime import timedelta

import pytest

from deliberation.domain.errors import Conflict, NotAllowed, Refusal
from deliberation.domain.remarks import Origin
from deliberation.domain.roles import Role
from deliberation.services import areas, council_terms, councils, paper_checks, remarks
from deliberation.services.files import Upload
from deliberation.store import areas as rows
from deliberation.store import council_terms as terms
from deliberation.store import councils as council_rows
from deliberation.store import paper_checks as checks
from tests import make, make_hall
from tests.formats.test_plain_pictures import JPEG
from tests.make import OPERATOR


def tree(office):
    """A province with everything down to two grids."""
    parent, made = None, []
    for level, name in (
        ("province", "辽宁省"),
        ("city", "大连市"),
        ("county", "西岗区"),
        ("town", "八一路街道"),
        ("village", "东湖社区"),
    ):
        parent = areas.add_area(OPERATOR, office, parent, level, name)
        made.append(parent)
    return made + list(areas.add_areas(OPERATOR, office, parent, "grid", ["第一网格 210203001", "第二网格"]))


def test_the_tree_and_what_lies_in_it(app):
    from deliberation.domain.areas import full_name, inside

    office = make.office()
    made = tree(office)
    known = areas.places()
    assert full_name(known, made[-1].id) == "辽宁省大连市西岗区八一路街道东湖社区第二网格"
    assert (made[5].name, made[5].code) == ("第一网格", "210203001")
    assert inside(known, made[4].id) == {one.id for one in made[4:]}
    areas.place_office(OPERATOR, office, made[3])
    areas.place_office(OPERATOR, office, made[4])
    assert rows.of_office(office.id).area_id == made[4].id
    person = make.person(office, "郑某", Role.INFORMATION)
    areas.place_person(OPERATOR, office, person, made[5])
    assert rows.used() == {made[4].id: (1, 0, 0), made[5].id: (0, 1, 0)}


@pytest.mark.parametrize(("level", "nth"), [("province", 0), ("city", 3), ("grid", None), ("moon", 0)])
def test_an_area_lies_in_a_larger_one(app, level, nth):
    office = make.office()
    made = tree(office)
    with pytest.raises(Refusal):
        areas.add_area(OPERATOR, office, made[nth] if nth is not None else None, level, "新区域")
    assert len(rows.everything()) == 7


def test_no_area_twice_and_nothing_half_entered(app):
    office = make.office()
    made = tree(office)
    with pytest.raises(Conflict, match="第二网格"):
        areas.add_areas(OPERATOR, office, made[4], "grid", ["第三网格", "第二网格"])
    with pytest.raises(NotAllowed):
        areas.add_area(make.member(office, Role.CLERK), office, made[4], "grid", "第三网格")
    assert len(rows.everything()) == 7


def test_a_remark_names_its_area_and_is_not_touched(app):
    one = make.consultation(make.office())
    remark = on_paper(one, OPERATOR)
    was = (remark.text, remark.sha256, remark.leaf_index)
    grid = tree(one.office)[-1]
    areas.place_remark(OPERATOR, remark, grid)
    assert areas.area_of_remark(remark.id).endswith("第二网格")
    assert (remark.text, remark.sha256, remark.leaf_index) == was
    with pytest.raises(NotAllowed):
        areas.place_remark(make.member(make.office(), Role.CLERK), remark, grid)
    with pytest.raises(Refusal):
        areas.place_person(OPERATOR, one.office, make.person(make.office(), "外人", Role.CLERK), grid)


def test_a_new_term_ends_every_seat_and_keeps_who_sat(app):
    council = make_hall.nine(make.office())
    matter = make_hall.matter(council, state="published", x=["冯老六"])
    sat = {held.person_id for held in council_rows.holders(council.id)}
    row = council_terms.new_term(OPERATOR, council, "第七届")
    assert (council.term, row.sat) == ("第七届", 9)
    assert council_rows.holders(council.id) == []
    due = councils.sitting(council, matter.id, make_hall.today() + timedelta(days=1))
    assert (due.due, sum(n for _c, n in due.vacancies)) == (1, 9), "the X stays with its matter"
    assert {held.person_id for held in council_rows.holdings(council.id)} >= sat
    first = council_rows.seats(council.id)[0]
    councils.fill_seat(OPERATOR, first, make_hall.Newcomer("新一届的人"))
    assert len(first.holdings) == 2
    for wrong in ("第七届", " "):
        with pytest.raises(Refusal):
            council_terms.new_term(OPERATOR, council, wrong)
    assert len(terms.of_council(council.id)) == 1


def test_no_new_term_while_a_matter_is_deliberated(app):
    council = make_hall.nine(make.office())
    make_hall.matter(council, state="deliberating")
    with pytest.raises(Refusal, match="正在协商"):
        council_terms.new_term(OPERATOR, council, "第七届")
    assert len(council_rows.holders(council.id)) == 9


def on_paper(one, typist, text="写在纸上的话"):
    return remarks.record_remark(typist, one, make.words(text), Origin(channel="paper")).remark


def test_what_one_typed_in_from_paper_another_compares(app):
    one = make.consultation(make.office())
    typist, other = (make.member(one.office, Role.CLERK) for _ in range(2))
    remark = on_paper(one, typist)
    assert checks.counts(one.id) == (1, 0)
    with pytest.raises(Refusal, match="另一个人核对"):
        paper_checks.check(typist, remark)
    assert checks.unchecked(one.id) == [remark]
    row = paper_checks.check(other, remark)
    assert (row.kind, row.by_id) == ("person", other.person.id)
    with pytest.raises(Conflict):
        paper_checks.check(other, remark)
    assert checks.counts(one.id) == (1, 1)


def test_who_is_alone_attaches_the_signed_paper(app):
    one = make.consultation(make.office())
    typist = make.member(one.office, Role.LIAISON)
    remark = on_paper(one, typist)
    with pytest.raises(Refusal):
        paper_checks.check(typist, remark, Upload(b"no picture", "a.txt"))
    row = paper_checks.check(typist, remark, Upload(JPEG, "原件.jpg"))
    assert (row.kind, len(row.file.digest)) == ("scan", 64)


def test_only_paper_is_compared_and_only_by_the_offices_own_people(app):
    one = make.consultation(make.office())
    typist = make.member(one.office, Role.CLERK)
    spoken = remarks.record_remark(typist, one, make.words("说的"), Origin(channel="hotline")).remark
    with pytest.raises(Refusal, match="不是从纸上录入"):
        paper_checks.check(OPERATOR, spoken)
    with pytest.raises(NotAllowed):
        paper_checks.check(make.member(make.office(), Role.CLERK), on_paper(one, typist))
    assert checks.counts(one.id) == (1, 0)
