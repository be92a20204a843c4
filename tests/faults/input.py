"""Files of every format with bytes changed, cut, doubled or filled in: the run ends, each file is indexed, skipped or
listed once with a reason that docs/operations.md knows, the sound ones are indexed, and nothing is left behind."""
import collections
import os
import re
import resource
import shutil

from harness import ROOT, ask, check, check_code, index, main, program, write_acts, write_each_format

SOUND = 20
MOST_MB = 1024
FILES_A_RUN = 100


def mutated(content, lot):
    content = bytearray(content)
    for _ in range(lot.choice((1, 1, 3, 20))):
        at, length = lot.randrange(len(content)), lot.choice((1, 4, 100, 5000))
        change = lot.randrange(6)
        if change == 0:
            content[at:at + length] = lot.randbytes(length)
        elif change == 1:
            del content[at:at + length]
        elif change == 2:
            content[at:at] = content[at:at + length]
        elif change == 3:
            content[at:at] = bytes([lot.randrange(256)]) * length
        elif change == 4:
            content[at] ^= 1 << lot.randrange(8)
        elif len(content) > 64:
            del content[max(64, at):]
        content = content or bytearray(b" ")
    return bytes(content)


def known_reasons():
    with open(os.path.join(ROOT, "docs", "operations.md"), encoding="utf-8") as page:
        return set(re.findall(r"^\| `([a-z-]+)` \|", page.read(), re.M))


def left_running():
    """Processes of ours that nobody waits for any more: they belong to init now, so they are told by their name."""
    names = collections.Counter()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
                name, state = re.match(r"\d+ \((.*)\) (\w)", stat.read()).groups()
            with open(f"/proc/{pid}/environ", encoding="utf-8", errors="replace") as environ:
                if name == "delib-index" and "DELIB_FAULTS_INPUT" in environ.read():
                    names[state] += 1
        except OSError:
            pass
    return names


def run(work, number, kinds, count, lot):
    source, archive, scratch = (os.path.join(work, f"{name}-{number}") for name in ("source", "archive", "scratch"))
    os.mkdir(scratch)
    write_acts(os.path.join(source, "sound"), SOUND)
    for each in range(count):
        kind = lot.choice(sorted(kinds))
        with open(os.path.join(source, f"{each}.{kind}"), "wb") as file:
            file.write(mutated(kinds[kind], lot))
    answer = program("delib-index", "-a", archive, source,
                     environment={"TMPDIR": scratch, "HOME": scratch, "DELIB_FAULTS_INPUT": "1"})
    check_code(answer, (0, 1), "the run")
    seen = re.search(r"(\d+) files: (\d+) indexed \(\d+ acts\), 0 unchanged, (\d+) skipped, (\d+) failed", answer.err)
    check(seen, "no summary", answer)
    files, indexed, skipped, failed = map(int, seen.groups())
    check(files == indexed + skipped + failed == count + SOUND, "the counts do not add up", answer)
    failures = [line.split("\t") for line in index(archive, "--failures").out.splitlines()]
    listed = collections.Counter(line[0] for line in failures)
    check(len(listed) == failed + skipped and set(listed.values()) <= {1}, f"{len(listed)} files are listed", answer)
    reasons = collections.Counter(line[1] for line in failures)
    check(set(reasons) <= known_reasons(), f"reasons that nobody explains: {set(reasons) - known_reasons()}")
    check("crashed" not in reasons and "timeout" not in reasons,
          f"a reader came to grief; keep it: {[line for line in failures if line[1] in ('crashed', 'timeout')]}")
    check(ask(archive, "--count", "objet:affaire").out.strip() == str(SOUND), "sound files are not found")
    check(not os.listdir(scratch), f"left behind: {os.listdir(scratch)}")
    check(not left_running(), f"still running: {left_running()}")
    shutil.rmtree(archive)
    shutil.rmtree(source)
    return reasons


def mutate_all(work, count, lot):
    kinds = {}
    for kind, path in write_each_format(os.path.join(work, "kinds")).items():
        with open(path, "rb") as file:
            kinds[kind] = file.read()
    reasons = collections.Counter()
    for number, first in enumerate(range(0, count, FILES_A_RUN)):
        reasons += run(work, number, kinds, min(FILES_A_RUN, count - first), lot)
    most_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    check(most_mb <= MOST_MB, f"a process took {most_mb} MB")
    told = ", ".join(f"{number} {reason}" for reason, number in reasons.most_common())
    return (f"{count} files of {len(kinds)} formats, each accounted for ({told}); at most {most_mb} MB; nothing left "
            "behind")


main(mutate_all, short=60, long=1000)
