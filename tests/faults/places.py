"""The same files give the same records, the same answers and the same order whatever the language and the time zone."""
import itertools
import json
import os
import shutil
import subprocess

from harness import ROOT, ask, check, check_code, index, main

ZONES = ("UTC", "Europe/Paris", "Pacific/Kiritimati", "Pacific/Marquesas")
QUESTIONS = (["--all", "--format", "ndjson", "--provenance"], ["--format", "json", "eau potable"],
             ["--format", "csv", "--sort", "council", "vote:adopte"], ["--format", "scdl", "--from", "2019", "école"],
             ["--by", "year", "--format", "csv"], ["--facets", "council,year,matiere", "--format", "json", "budget"])


def french_locale(work):
    """The folder of a French locale made for the test; None where the system has not what it takes."""
    folder = os.path.join(work, "locales")
    os.mkdir(folder)
    try:
        made = subprocess.run(["localedef", "-i", "fr_FR", "-f", "UTF-8", os.path.join(folder, "fr_FR.UTF-8")],
                              capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return folder if made.returncode == 0 else None


def answers(archive, source, environment):
    shutil.rmtree(archive, ignore_errors=True)
    check_code(index(archive, source, environment=environment), (0, 1), f"delib-index under {environment}")
    given = [check_code(ask(archive, *question, environment=environment), (0,), str(question)).out
             for question in QUESTIONS]
    given.append(index(archive, "--failures", environment={**environment, "LANGUAGE": "C"}).out)
    return given


def compare(work, count, lot):
    archive = os.path.join(work, "archive")
    source = os.path.join(ROOT, "data", "sample")
    french = french_locale(work)
    languages = ("C", "C.UTF-8") + (("fr_FR.UTF-8",) if french else ())
    settings = list(itertools.product(languages, ZONES))
    first, *others = [{"LC_ALL": language, "TZ": zone, "LOCPATH": french or ""} for language, zone in settings]
    wanted = answers(archive, source, first)
    compared = others if count >= len(others) else lot.sample(others, count)
    for environment in compared:
        for question, one, other in zip(QUESTIONS, wanted, answers(archive, source, environment)):
            check(one == other, f"{environment}: {question} is answered otherwise than under {first}")
    return (f"{1 + len(compared)} of {len(settings)} languages and time zones, {len(QUESTIONS)} questions each: equal byte by "
            f"byte{'' if french else ' (no French locale could be made here)'}")


main(compare, short=1, long=100)
