"""Whether anything a dossier reads moved since it was read: its own log, and those of the offices its text and people come from."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliberation.domain.acts import Act
from deliberation.services.dossier_log import leaves
from deliberation.store import log
from deliberation.store.consultations import Consultation

HARMLESS = frozenset({Act.BUILD_DOSSIER, Act.READ_RESTRICTED, Act.REVIEW_REPORT})
OF_OFFICE = frozenset({
    Act.PUBLISH_DRAFT, Act.DECIDE_LINK, Act.CHANGE_TASK, Act.CHANGE_OFFICE, Act.FOUND_COUNCIL, Act.CHANGE_COUNCIL,
    Act.FILL_SEAT, Act.VACATE_SEAT, Act.CO_OPT, Act.ADD_PERSON, Act.IMPORT_PEOPLE, Act.GIVE_ROLE, Act.END_ROLE,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stand:
    """How long each log was, by its id, before a dossier was read."""

    own: int
    sizes: Mapping[int, int]


def stand(one: Consultation) -> Stand:
    """As it is now: to be asked before the first row of the dossier is read."""
    every = dict.fromkeys((one.log_id, one.office.log_id, one.task.office.log_id))
    return Stand(one.log_id, {log_id: log.head_size(log_id) for log_id in every})


def moved(before: Stand) -> bool:
    """Whether something came since that changes what a dossier says; to be asked inside the door."""
    for log_id, size in before.sizes.items():
        for leaf in leaves(log_id, size, log.head_size(log_id)):
            if leaf.act not in HARMLESS if log_id == before.own else leaf.act in OF_OFFICE:
                return True
    return False
