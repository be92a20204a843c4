"""kill -9 of delib-index at any moment: the archive answers with whole runs, nothing that was there is lost, and the next
run completes it to what a run that nobody kills makes."""
import os
import signal
import subprocess
import time

from harness import BUILD, check, check_code, check_whole, dump, ids, index, main, write_acts

ACTS_A_ROUND = 12
ROUNDS_AN_ARCHIVE = 10


def killed_after(archive, source, delay_s):
    """Whether the run was killed, and did not end before."""
    command = [os.path.join(BUILD, "delib-index"), "-q", "-a", archive, source]
    run = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(delay_s)
    os.killpg(run.pid, signal.SIGKILL)
    return run.wait() == -signal.SIGKILL


class Archive:
    """Grows by rounds: some acts more, and a run that is killed or let through."""

    def __init__(self, work, name):
        self.path = os.path.join(work, f"archive-{name}")
        self.whole = os.path.join(work, f"whole-{name}")
        self.source = os.path.join(work, f"source-{name}")
        self.written = 0
        self.seen = set()

    def add(self):
        write_acts(self.source, ACTS_A_ROUND, first=self.written + 1)
        self.written += ACTS_A_ROUND

    def look(self, what):
        now = ids(self.path)
        check(self.seen <= now, f"{what}: lost {sorted(self.seen - now)[:3]}")
        check(len(now) % ACTS_A_ROUND == 0, f"{what}: {len(now)} acts are no whole run")
        if now:
            check_whole(self.path, what)
        self.seen = now

    def complete(self):
        check_code(index(self.path, self.source), (0,), "the next run")
        self.look("the next run")
        check(len(self.seen) == self.written, f"the next run ends with {len(self.seen)} of {self.written} acts")

    def end(self):
        self.complete()
        check_code(index(self.whole, self.source), (0,), "an archive made in one go")
        check(dump(self.whole) == dump(self.path), "the archive differs from one made in one go")


def usual_duration(work):
    archive = Archive(work, "usual")
    archive.add()
    started = time.monotonic()
    archive.complete()
    return time.monotonic() - started


def kill(work, count, lot):
    usual_s = usual_duration(work)
    kills = 0
    archives = 0
    while kills < count:
        archives += 1
        archive = Archive(work, archives)
        archive.add()
        while kills < count and archive.written <= ROUNDS_AN_ARCHIVE * ACTS_A_ROUND:
            kills += killed_after(archive.path, archive.source, lot.uniform(0, usual_s * 1.2))
            archive.look(f"kill {kills}")
            if lot.random() < 0.3:
                archive.complete()
            if lot.random() < 0.5:
                archive.add()
        archive.end()
    return f"{kills} kills in {archives} archives: none damaged, nothing lost, each completed by the next run"


main(kill, short=10, long=500)
