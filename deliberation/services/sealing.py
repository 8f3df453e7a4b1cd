"""Sealing from a page: at once where the consultation is small, else beside the request, with how far it is."""

from datetime import datetime

from deliberation.services import editions
from deliberation.services.actors import Actor, Member, who
from deliberation.services.jobs import Far, Job, Watch
from deliberation.services.shelf import SMALL, folder_of
from deliberation.store import consultations, people
from deliberation.store.consultations import Consultation

FILES = 2 * 10  # roughly: both editions


def job_of(one: Consultation) -> Job:
    """The one job of sealing a consultation."""
    return Job(folder_of(one), "seal")


def order(actor: Actor, one: Consultation, number: int | None = None) -> None:
    """Seal the edition of this number. What forbids it is said at once; of two at the same time one seals."""
    begun = editions.begin(actor, one, number)
    job = job_of(one)
    if job.working():
        return
    job.begin(begun.at)
    if one.remark_count <= SMALL:
        try:
            editions.seal(actor, one, begun)
        finally:
            job.clear()  # who waits for it is told by the page itself
        return
    consultation_id, person_id = one.id, who(actor)

    def work(watch: Watch) -> None:
        again = consultations.get(consultation_id)
        assert again is not None
        watch.plans(FILES, again.remark_count)
        somebody = people.get(person_id) if person_id is not None else None
        by = Member(somebody) if somebody else actor
        editions.seal(by, again, begun, progress=watch.begins, pulse=watch.rows)

    job.start(work, begun.at)


def far(one: Consultation, now: datetime) -> Far | None:
    """How far the sealing is, or why it failed; None where nothing is being sealed."""
    return job_of(one).far(now)


def cancel(one: Consultation) -> None:
    """Ask for it to be stopped."""
    job_of(one).cancel()
