"""A second text for other systems: strictly valid, the same tree, old names mapped, changes named against the text before."""

import pytest
from lxml import etree

from deliberation.formats import akoma
from deliberation.formats.draft_json import draft_from_dict
from deliberation.services.exchange import akoma_of
from tests import make

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
SECOND = make.DRAFT.replace("第四条", "第五条").replace("第三条　住宅", "第四条　住宅").replace(
    "适用本规定。\n", "适用本规定。\n\n第三条　市人民政府应当加强领导，建立协调机制，统筹解决充电安全的重大问题。\n", 1
)  # fmt: skip


@pytest.fixture
def versions(app):
    task = make.task(make.office())
    return make.publish(task), make.publish(task, SECOND)


@pytest.mark.corpus
def test_it_is_strictly_valid_and_comes_back_as_the_same_tree(versions, shared):
    schema = etree.XMLSchema(etree.parse(str(next((shared / "schemas").rglob("akomantoso30.xsd")))))
    for version in versions:
        made = akoma_of(version)
        schema.assertValid(etree.fromstring(made))
        assert akoma.read(made).as_dict()["body"] == draft_from_dict(version.tree).as_dict()["body"]
        assert made == akoma_of(version)


def test_a_renumbered_article_is_mapped_to_its_first_name_and_the_change_is_named(versions):
    first, second = (etree.fromstring(akoma_of(version)) for version in versions)
    assert not first.findall(f".//{AKN}mapping")
    assert not first.findall(f".//{AKN}textualMod")
    mapped = {m.get("current"): m.get("original") for m in second.iter(f"{AKN}mapping")}
    assert mapped["#art_4"] == "#art_3"
    changes = {
        (m.get("type"), *(d.get("href") for d in m.findall(f"{AKN}destination"))): [
            o.get("href") for o in m.findall(f"{AKN}old")
        ]
        for m in second.iter(f"{AKN}textualMod")
    }
    assert changes["renumbering", "#art_4"][0].endswith("#art_3")
    assert ("insertion", "#art_3") in changes
    ids = {e.get("eId"): e.get("GUID") for e in second.iter(f"{AKN}article")}
    before = {e.get("eId"): e.get("GUID") for e in first.iter(f"{AKN}article")}
    assert ids["art_4"] == before["art_3"]
    assert ids["art_3"] not in before.values()
