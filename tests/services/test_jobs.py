"""Long work: how far it is, what stopped it, and that a killed process leaves a clear state."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deliberation.domain.errors import Refusal
from deliberation.services.jobs import Job

AT = datetime(2026, 7, 1, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
WORKER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from deliberation.services.jobs import Job

def work(watch):
    watch.plans(3, 100)
    watch.begins("report.docx")
    print("at it", flush=True)
    time.sleep(60)

job, at = Job(Path(sys.argv[1]), "1-public"), datetime(2026, 7, 1, tzinfo=UTC)
job.begin(at)
job.run(work, at)
"""


def test_killed_it_says_that_it_was_interrupted(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "at it\n"
    job, later = Job(tmp_path, "1-public"), AT + timedelta(minutes=1)
    far = job.far(later)
    assert (far.state, far.file, far.number, far.of, far.of_rows) == ("making", "report.docx", 1, 3, 100)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert not job.working()
    assert job.far(later).state == "failed"
    assert "中断" in str(job.far(later).said)
    job.clear()
    assert job.far(later) is None


def test_rows_are_told_now_and_then_and_cancelling_stops_at_the_next_telling(tmp_path):
    job, told = Job(tmp_path, "1-public"), []

    def work(watch):
        watch.plans(2, 1_000)
        watch.begins("table.xlsx")
        job.cancel()
        for row in range(1_000):
            told.append(row)
            time.sleep(0.01)
            watch.rows(row)

    job.begin(AT)
    job.run(work, AT)
    assert job.far(AT).state == "cancelled"
    assert len(told) < 200
    assert not job.working()


def test_a_refusal_is_kept_with_its_words(tmp_path):
    def work(_watch):
        raise Refusal("“%(file)s”已存在。请换一个文件夹，或先移走它。", file="a.zip")

    job = Job(tmp_path, "1-public")
    job.begin(AT)
    job.run(work, AT)
    assert str(job.far(AT).said) == "“a.zip”已存在。请换一个文件夹，或先移走它。"


def test_done_it_leaves_nothing(tmp_path):
    job = Job(tmp_path, "1-public")
    job.begin(AT)
    job.run(lambda watch: watch.plans(1, 1), AT)
    assert job.far(AT) is None
    assert list(tmp_path.iterdir()) == []
