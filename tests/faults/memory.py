"""The n-th allocation fails (once, or from then on): of the programs' own code, of any library, of the process that reads
a file; and less and less memory is allowed in all. Each run ends by itself, says that memory ran out or gives the whole
answer, and the archive is as before or as after."""
import os
import shutil

from harness import ask, check, check_code, dump, index, main, memory_shim, spread, write_acts, write_each_format

ACTS = 2
QUESTION = ("--format", "ndjson", "affaire")
MOST_MB, LEAST_MB = 400, 20


class Scene:
    """An archive of some acts, and as many more to read and a document of each format."""

    def __init__(self, work):
        self.archive = os.path.join(work, "archive")
        self.source = os.path.join(work, "source")
        self.saved = os.path.join(work, "saved")
        write_acts(self.source, ACTS)
        check_code(index(self.saved, self.source), (0,), "the archive before")
        self.before = dump(self.saved)
        write_acts(self.source, ACTS, first=ACTS + 1)
        os.remove(write_each_format(self.source)["zip"])  # its members are not tried again one by one
        check_code(self.run(), (0,), "a run that has memory")
        self.after = dump(self.archive)
        self.answer = ask(self.archive, *QUESTION).out
        self.struck = 0

    def run(self, **settings):
        shutil.rmtree(self.archive, ignore_errors=True)
        shutil.copytree(self.saved, self.archive)
        return index(self.archive, self.source, **settings)

    def strike_index(self, what, **settings):
        """1: a file could not be read for want of memory; it is read by the next run."""
        answer = check_code(self.run(**settings), (0, 1, 4), what)
        check(answer.code == 0 or answer.err, f"{what}: says nothing", answer)
        now = dump(self.archive)
        check(now == self.after if answer.code == 0 else self.is_between(now) if answer.code == 1
              else now in (self.before, self.after), f"{what}: {len(now)} acts", answer)
        check_code(index(self.archive, self.source), (0,), f"{what}: the next run")
        check(dump(self.archive) == self.after, f"{what}: the next run does not complete the archive")
        self.struck += 1

    def is_between(self, acts):
        return set(self.before) <= set(acts) <= set(self.after)

    def strike_query(self, what, **settings):
        answer = check_code(ask(self.archive, *QUESTION, **settings), (0, 3), what)
        check(answer.code == 3 or answer.out == self.answer, f"{what}: another answer", answer)
        check(answer.code == 0 or answer.err, f"{what}: says nothing", answer)
        self.struck += 1


def strike_all(work, count, lot):
    scene = Scene(work)
    shim = memory_shim(work)
    for where in ("own", "any", "child"):
        check_code(scene.run(environment=shim.environment(where=where)), (0,), "a run under the shim")
        for at in spread(shim.calls(), count // 10):
            for sticky in ("", "1"):
                what = f"delib-index, allocation {at} ({where}, sticky={sticky})"
                scene.strike_index(what, environment=shim.environment(where=where, at=at, sticky=sticky))
    for where in ("own", "any"):
        check_code(ask(scene.archive, *QUESTION, environment=shim.environment(where=where)), (0,), "under the shim")
        for at in spread(shim.calls(), count // 10):
            for sticky in ("", "1"):
                what = f"delib-query, allocation {at} ({where}, sticky={sticky})"
                scene.strike_query(what, environment=shim.environment(where=where, at=at, sticky=sticky))
    limits = [LEAST_MB + (MOST_MB - LEAST_MB) * i // max(1, count // 10) for i in range(count // 10)]
    for limit in limits:
        before = ("prlimit", f"--as={limit << 20}")
        if index(scene.archive, "--version", before=before).code != 0:
            continue  # not even the libraries can be loaded
        scene.strike_index(f"delib-index with {limit} MB", before=before)
        scene.strike_query(f"delib-query with {limit} MB", before=before)
    return f"{scene.struck} shortages of memory: each was told or did no harm"


main(strike_all, short=30, long=3000)
