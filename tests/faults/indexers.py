"""Two delib-index at once, also while neither has an archive yet: one does the work, the other does it after or says at
once who holds the archive; together they lose nothing."""
import os
import re
import subprocess
import time

from harness import BUILD, check, check_code, dump, index, main, write_acts

ACTS = 12


def begin(archive, source):
    command = [os.path.join(BUILD, "delib-index"), "-q", "-a", archive, source]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def meet(work, count, lot):
    refused = 0
    source = os.path.join(work, "source")
    whole = os.path.join(work, "whole")
    write_acts(source, ACTS)
    check_code(index(whole, source), (0,), "one alone")
    for number in range(count):
        archive = os.path.join(work, f"archive-{number}")
        runs = []
        for _ in range(2):
            runs.append(begin(archive, source))
            time.sleep(lot.uniform(0, 0.05))
        for run, other in (runs, runs[::-1]):
            message = run.stderr.read()
            code = run.wait()
            check(code in (0, 3), f"meeting {number}: ended with {code}: {message}")
            if code == 3:
                refused += 1
                check(re.search(rf"\b{other.pid}\b", message) or other.poll() is not None,
                      f"meeting {number}: the holder {other.pid} is not named: {message}")
        check(any(run.returncode == 0 for run in runs), f"meeting {number}: both were refused")
        check(dump(archive) == dump(whole), f"meeting {number}: acts are missing")
        check(os.path.exists(os.path.join(archive, "flintlock")), f"meeting {number}: the lock file is gone")
    return f"{count} meetings: {refused} were refused with the holder's name, no act was lost"


main(meet, short=8, long=300)
