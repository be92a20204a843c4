"""What the fault tests share: a folder to work in, invented acts, the programs, and how a test ends.

A test is a script with a function that does its work and returns a line with its figure; `main` runs it short (ctest)
or, with --long, as long as scripts/faults does. The first thing that is wrong raises Fault and ends the test with 1.
What a test draws by lot comes from one seed, printed when it fails; give it with --seed to see the same again.
"""
import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD_DIR", os.path.join(ROOT, "build", "release"))
NO_ARCHIVE = "there is no archive here"
FORMATS = {"txt": "tests/fuzz/corpora/charset/windows-1252.txt", "md": "tests/fuzz/corpora/markdown/act.md",
           "html": "tests/fuzz/corpora/html/word.html", "pdf": "data/sample/kerarvor/DCM220617_04.pdf", "docx": "tests/fuzz/corpora/office/acte.docx",
           "odt": "tests/fuzz/corpora/office/acte.odt", "rtf": "tests/fuzz/corpora/office/acte.rtf",
           "ndjson": "tests/fuzz/corpora/ndjson/acts.ndjson", "csv": "tests/fuzz/corpora/scdl/semicolons.csv",
           "xml": "tests/fuzz/corpora/envelope/034-1_0.xml", "txt.gz": "tests/fuzz/corpora/gzip/two-members.gz"}
HANG_S = 300  # many times what any run here takes on a machine that is busy


class Fault(Exception):
    """What was promised did not hold."""


class Answer:
    """How a program ended: its exit code (below 0: the signal that killed it), output and messages."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __str__(self):
        return f"ended with {self.code}\n{self.out[-500:]}{self.err[-1500:]}"


def program(name, *arguments, environment=None, before=()):
    """Run delib-index or delib-query to its end; a run over HANG_S is a fault."""
    command = [*before, os.path.join(BUILD, name), *arguments]
    settings = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", **(environment or {})}
    if "ASAN_OPTIONS" in os.environ:  # what the preset of the sanitizers passes over
        settings.setdefault("ASAN_OPTIONS", os.environ["ASAN_OPTIONS"])
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", start_new_session=True) as run:
        try:
            out, err = run.communicate(timeout=HANG_S)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            raise Fault(f"{' '.join(command)}: hangs, with {environment}") from None
    return Answer(run.returncode, out, err)


def index(archive, *arguments, **settings):
    return program("delib-index", "-a", archive, "-q", *arguments, **settings)


def ask(archive, *arguments, **settings):
    return program("delib-query", "-a", archive, *arguments, **settings)


def check(holds, what, *seen):
    if not holds:
        raise Fault("\n".join([what, *map(str, seen)]))


def check_code(answer, codes, what):
    check(answer.code in codes, what, answer)
    return answer


def every_act(archive, *arguments, **settings):
    """What an archive prints of all its acts, nothing when there is none yet. Any other trouble is a fault."""
    answer = ask(archive, "--all", *arguments, **settings)
    if answer.code == 3 and NO_ARCHIVE in answer.err:
        return []
    return check_code(answer, (0, 1), "the archive does not answer").out.splitlines()


def ids(archive):
    return set(every_act(archive, "--format", "ids"))


def dump(archive, **settings):
    """All that an archive tells of its acts but their order: equal for equal content."""
    acts = map(json.loads, every_act(archive, "--format", "ndjson", "--provenance", **settings))
    return sorted(json.dumps({name: act[name] for name in act if name not in ("rank", "score")}) for act in acts)


def check_whole(archive, what):
    """Nothing in it is other than it was committed."""
    check_code(index(archive, "--verify"), (0,), f"{what}: --verify")


def act(number, objet, year=2021, body=""):
    return (f"Commune de Kervalo\nSéance du 12 mars {year}\n\nDélibération n° {year}-{number}\nObjet : {objet}\n\n"
            f"{body}Le conseil adopte à l’unanimité.\n")


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_acts(folder, count, first=1, objet="Affaire"):
    for number in range(first, first + count):
        write(os.path.join(folder, f"{number}.txt"), act(number, f"{objet} {number}"))


def write_each_format(folder):
    """A document of each kind that is read, and a bundle of some; their paths by kind."""
    os.makedirs(folder, exist_ok=True)
    paths = {kind: shutil.copy(os.path.join(ROOT, source), os.path.join(folder, f"kind.{kind}"))
             for kind, source in FORMATS.items()}
    paths["zip"] = os.path.join(folder, "kind.zip")
    with zipfile.ZipFile(paths["zip"], "w", zipfile.ZIP_DEFLATED) as bundle:
        for kind in ("md", "html", "docx"):
            bundle.write(paths[kind], f"member.{kind}")
    return paths


class Shim:
    """A library put before a program; what it shall do is told by FAULT_ variables, given here in small letters."""

    def __init__(self, work, name, **always):
        self.counter = os.path.join(work, "counter")
        self.always = {"LD_PRELOAD": os.path.join(BUILD, "tests", f"lib{name}.so"), "FAULT_COUNTER": self.counter}
        self.always.update(self.variables(always))

    @staticmethod
    def variables(plan):
        return {f"FAULT_{name.upper()}": str(value) for name, value in plan.items() if value}

    def environment(self, **plan):
        """For a run that counts anew."""
        with open(self.counter, "wb") as file:
            file.write(bytes(8))
        return {**self.always, **self.variables(plan)}

    def calls(self):
        with open(self.counter, "rb") as file:
            return int.from_bytes(file.read(8), sys.byteorder)


def disk_shim(work, archive):
    return Shim(work, "disk_shim", folder=archive)


def memory_shim(work):
    return Shim(work, "memory_shim")


def spread(total, count):
    """`count` numbers from 1 to `total`, all of them when there are no more, the same distance apart."""
    return sorted({1 + i * total // count for i in range(count)} if count < total else range(1, total + 1))


def main(test, short, long):
    """Run `test(work, count, lot)`: `count` is the short or the long one, `lot` a random.Random."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--long", action="store_true", help=f"{long} instead of {short}")
    parser.add_argument("--count", type=int, help="as many as that")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args()
    count = options.count or (long if options.long else short)
    seed = options.seed if options.seed is not None else random.randrange(1 << 30)
    work = tempfile.mkdtemp(prefix="delib-faults-")
    name = os.path.basename(sys.argv[0]).removesuffix(".py")
    started = time.monotonic()
    try:
        figure = test(work, count, random.Random(seed))
        print(f"{name}: {figure}; {time.monotonic() - started:.0f} s", flush=True)
    except Fault as fault:
        print(f"{name}: FAULT (--count {count} --seed {seed}): {fault}", flush=True)
        sys.exit(1)
    finally:
        shutil.rmtree(work, ignore_errors=True)
