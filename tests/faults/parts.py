"""Parts are added to an archive in parts, and the n-th write, sync, rename or opening fails or is where the run is killed.
Whatever happens, questions over the list find each act once, before the next run, while it runs and after it; the next
run ends what was begun, and the parts are whole then and agree."""
import errno
import json
import os
import shutil
import signal
import threading

from harness import act, ask, check, check_code, check_whole, disk_shim, index, main, spread, write

PARTS_BEFORE, PARTS_AFTER = 2, 5
ACTS = 40
FAULTS = [{"do": "kill"}] + [{"do": number, "sticky": sticky} for number in (errno.EIO, errno.ENOSPC)
                             for sticky in ("", "1")]
TABLE_HEAD = "COLL_NOM,COLL_SIRET,DELIB_ID,DELIB_DATE,DELIB_OBJET,VOTE_POUR,VOTE_CONTRE,VOTE_ABSTENTION"


def write_source(source):
    """Acts, each of every third in a second file, each of every fourth with a row of a table, and rows without an act."""
    for number in range(1, ACTS + 1):
        write(os.path.join(source, f"{number}.txt"), act(number, f"Affaire numéro {number}"))
        if number % 3 == 0:
            write(os.path.join(source, "copies", f"{number}.txt"), act(number, f"Affaire numéro {number}"))
    rows = [f"Commune de Kervalo,21810477600016,2021-{number},2021-03-12,Affaire du tableau {number},{number},0,0"
            for number in range(4, ACTS + 20, 4)]
    write(os.path.join(source, "table.csv"), "\n".join([TABLE_HEAD, *rows, ""]))


class Scene:
    def __init__(self, work):
        self.archive, self.saved = os.path.join(work, "archive"), os.path.join(work, "saved")
        self.source = os.path.join(work, "source")
        self.shim = disk_shim(work, self.archive)
        write_source(self.source)
        check_code(index(self.archive, "--parts", str(PARTS_BEFORE), self.source), (0,), "the archive before")
        os.rename(self.archive, self.saved)
        self.restore()
        self.wanted = self.seen()
        check(any('"scdl"' in entry for entry in self.wanted[0]), "no row completes an act", *self.wanted[0][:3])
        check(len(self.wanted[1]) > len(self.wanted[0]), "no act is in two files")
        check_code(self.grow(environment=self.shim.environment()), (0,), "under the shim")
        self.calls = self.shim.calls()
        self.check_state("without a fault")
        check(len(os.listdir(self.archive)) == PARTS_AFTER + 1, "not all parts are there", os.listdir(self.archive))

    def restore(self):
        shutil.rmtree(self.archive, ignore_errors=True)
        shutil.copytree(self.saved, self.archive)

    def asked(self, *arguments):
        """Lines about every act; a part that is left out is a fault, too."""
        return check_code(ask(self.archive, "--all", "--strict", *arguments), (0,), "a question").out.splitlines()

    def seen(self):
        acts = map(json.loads, self.asked("--format", "ndjson", "--provenance"))
        return (sorted(json.dumps({name: act[name] for name in act if name not in ("rank", "score")}) for act in acts),
                sorted(self.asked("--format", "ids", "--duplicates")))

    def grow(self, parts=PARTS_AFTER, **settings):
        return index(self.archive, "--parts", str(parts), self.source, **settings)

    def check_state(self, what):
        now = self.seen()
        check(now[0] == self.wanted[0], f"{what}: {len(now[0])} acts, not the {len(self.wanted[0])} that there are")
        check(now[1] == self.wanted[1], f"{what}: {len(now[1])} with the copies, not {len(self.wanted[1])}")

    def strike(self, at, fault):
        what = f"call {at}, {fault}"
        self.restore()
        answer = self.grow(environment=self.shim.environment(at=at, **fault))
        check_code(answer, (-signal.SIGKILL, 0) if fault["do"] == "kill" else (0, 4), what)
        self.check_state(what)
        self.finish(what, PARTS_AFTER + at % 2 * 2)

    def finish(self, what, parts):
        """The next run, which may want more parts, with questions beside it."""
        answers = []
        run = threading.Thread(target=lambda: answers.append(self.grow(parts)))
        run.start()
        while run.is_alive():
            self.check_state(f"{what}: beside the next run")
        run.join()
        check_code(answers[0], (0,), f"{what}: the next run")
        self.check_state(f"{what}: after the next run")
        check_whole(self.archive, what)
        with open(os.path.join(self.archive, "delib.parts"), encoding="utf-8") as file:
            check(file.read().split() == [word for part in range(1, parts + 1) for word in ("local", f"part-{part}")],
                  f"{what}: the list of parts")


def strike_all(work, count, lot):
    scene = Scene(work)
    struck = 0
    for fault in FAULTS:
        share = count // 2 if fault["do"] == "kill" else count // (2 * (len(FAULTS) - 1))
        for at in spread(scene.calls, max(share, 1)):
            scene.strike(at, fault)
            struck += 1
    return f"{struck} faults of {scene.calls} calls while parts are added: no act lost, none twice"


main(strike_all, short=6, long=400)
