"""Bytes of the archive are changed, or its files cut short or given to one another: every question ends by itself and
without a signal, and delib-index --verify finds every change."""
import os
import shutil

from harness import ROOT, ask, check, check_code, index, main

QUESTIONS = [["eau potable"], ["--count", '"conseil municipal"'], ["--all", "--format", "ndjson"], ["--by", "year"],
             ["--facets", "year,council", "budget"], ["--sort", "-date", "assainissem*"], ["subvantion"], ["--like", "{id}"],
             ["objet:voirie", "--from", "2019"], ["--kwic", "20", "unanimité"], ["--seance", "{id}"]]


class Archive:
    """One that is whole, and a copy to damage."""

    def __init__(self, work):
        self.whole = os.path.join(work, "whole")
        self.copy = os.path.join(work, "copy")
        check_code(index(self.whole, os.path.join(ROOT, "data", "sample")), (0,), "the archive")
        check_code(index(self.whole, "--verify"), (0,), "--verify of a whole archive")
        self.id = ask(self.whole, "--all", "--format", "ids").out.split()[0]
        self.files = [name for name in sorted(os.listdir(self.whole))
                      if os.path.getsize(os.path.join(self.whole, name)) > 0]
        self.refused = 0

    def restore(self):
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.whole, self.copy)

    def path(self, name):
        return os.path.join(self.copy, name)

    def try_questions(self, what, lot):
        for question in lot.sample(QUESTIONS, 4):
            words = [word.format(id=self.id) for word in question]
            answer = check_code(ask(self.copy, *words), (0, 1, 3), f"{what}: {words}")
            check(answer.code != 3 or answer.err, f"{what}: {words} says nothing")
            self.refused += answer.code == 3

    def verify(self, what):
        answer = check_code(index(self.copy, "--verify"), (4,), f"{what}: --verify")
        check(answer.err or answer.out, f"{what}: --verify says nothing")


def flip(archive, lot):
    name = lot.choice(archive.files)
    at = lot.randrange(os.path.getsize(archive.path(name)))
    with open(archive.path(name), "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0] ^ lot.randrange(1, 256)
        file.seek(at)
        file.write(bytes([byte]))
    return f"byte {at} of {name} is {byte}"


def truncate(archive, lot):
    name = lot.choice(archive.files)
    size = lot.randrange(os.path.getsize(archive.path(name)))
    os.truncate(archive.path(name), size)
    return f"{name} cut to {size} bytes"


def swap(archive, lot):
    first, second = (archive.path(name) for name in lot.sample(archive.files, 2))
    aside = first + ".aside"
    os.rename(first, aside)
    os.rename(second, first)
    os.rename(aside, second)
    return f"{first} and {second} changed places"


def damage(work, count, lot):
    archive = Archive(work)
    changes = [flip] * (count * 4 // 5) + [truncate] * (count // 5) + [swap] * 3
    for change in changes:
        archive.restore()
        what = change(archive, lot)
        archive.try_questions(what, lot)
        archive.verify(what)
    return (f"{len(changes)} damages, all found by --verify; of {4 * len(changes)} questions {archive.refused} were refused, "
            f"none hung or ended by a signal")


main(damage, short=15, long=300)
