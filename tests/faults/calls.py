"""The n-th write, sync, rename or opening of delib-index fails (EIO, ENOSPC; once, or from then on) or is where it is
killed; the n-th read of delib-query fails. The run says so and ends with 4, the archive is as before or as after, and
the next run completes it; a question ends with 3, or has the right answer. No signal, no hang."""
import errno
import os
import shutil
import signal

from harness import ask, check, check_code, check_whole, disk_shim, dump, index, main, spread, write_acts

ACTS = 12
FAULTS = [{"do": "kill"}] + [{"do": number, "sticky": sticky} for number in (errno.EIO, errno.ENOSPC)
                             for sticky in ("", "1")]


class Scene:
    """An archive before a run and after it."""

    def __init__(self, work, name, acts_before):
        self.archive = os.path.join(work, name)
        self.source = os.path.join(work, name + "-source")
        self.saved = os.path.join(work, name + "-saved")
        self.shim = disk_shim(work, self.archive)
        self.before = []
        if acts_before:
            write_acts(self.source, acts_before)
            check_code(index(self.saved, self.source), (0,), "the archive before")
            self.before = dump(self.saved)
        write_acts(self.source, ACTS, first=acts_before + 1)
        self.restore()
        check_code(index(self.archive, self.source, environment=self.shim.environment()), (0,), "under the shim")
        self.calls = self.shim.calls()
        self.after = dump(self.archive)
        check(self.calls > 10 and len(self.after) == acts_before + ACTS, f"only {self.calls} calls seen")

    def restore(self):
        shutil.rmtree(self.archive, ignore_errors=True)
        if os.path.exists(self.saved):
            shutil.copytree(self.saved, self.archive)

    def strike(self, at, fault):
        what = f"{os.path.basename(self.archive)}, call {at}, {fault}"
        self.restore()
        answer = index(self.archive, self.source, environment=self.shim.environment(at=at, **fault))
        if fault["do"] == "kill":
            check_code(answer, (-signal.SIGKILL, 0), what)
        elif check_code(answer, (0, 4), what).code == 4:
            told = self.archive in answer.err or "what was committed is safe" in answer.err
            check(told, f"{what}: the message does not name the archive", answer)
        now = dump(self.archive)
        check(now in ([self.after] if answer.code == 0 else [self.before, self.after]),
              f"{what}: {len(now)} acts, neither as before nor as after", answer)
        if now:
            check_whole(self.archive, what)
        check_code(index(self.archive, self.source), (0,), f"{what}: the next run")
        check(dump(self.archive) == self.after, f"{what}: the next run does not complete the archive")
        check_whole(self.archive, what)

    def strike_reader(self, at, sticky):
        what = f"call {at} of a question, sticky={sticky}"
        plan = self.shim.environment(at=at, do=errno.EIO, sticky=sticky, calls="g")
        answer = check_code(ask(self.archive, "--all", "--format", "ndjson", "--provenance", "affaire",
                                environment=plan), (0, 3), what)
        check(answer.code == 3 or answer.out == self.answer.out, f"{what}: another answer", answer)
        check(answer.code == 0 or answer.err, f"{what}: says nothing", answer)


def strike_all(work, count, lot):
    scenes = [Scene(work, "new", 0), Scene(work, "grown", ACTS)]
    struck = 0
    for scene in scenes:
        for fault in FAULTS:
            for at in spread(scene.calls, count // (len(scenes) * len(FAULTS))):
                scene.strike(at, fault)
                struck += 1
    reader = scenes[-1]
    plan = reader.shim.environment(calls="g")
    reader.answer = check_code(ask(reader.archive, "--all", "--format", "ndjson", "--provenance", "affaire",
                                   environment=plan), (0,), "a question under the shim")
    reads = spread(reader.shim.calls(), count // 4)
    for at in reads:
        reader.strike_reader(at, "")
        reader.strike_reader(at, "1")
    return f"{struck} faults of runs and {2 * len(reads)} of questions: none lost an act, ended by a signal or was hidden"


main(strike_all, short=20, long=1000)
