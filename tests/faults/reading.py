"""Questions beside a delib-index that commits without pause: none fails, and each answer is the state of one commit, never
older than one that was seen before."""
import json
import os
import subprocess
import tempfile
import threading

from harness import BUILD, Fault, act, ask, check, check_code, index, main, write

ACTS = 20
QUESTIONS_A_BATCH = 50


class Writer(threading.Thread):
    """Gives every act a new objet, again and again; all those of one commit have the same."""

    def __init__(self, archive, source):
        super().__init__()
        self.archive, self.source = archive, source
        self.commits, self.fault = 0, None
        self.is_over = threading.Event()

    def commit(self):
        self.commits += 1
        for number in range(ACTS):
            write(os.path.join(self.source, f"{number}.txt"), act(number, f"Affaire numéro {self.commits}"))
        check_code(index(self.archive, self.source), (0,), "the writer")

    def run(self):
        try:
            while not self.is_over.is_set():
                self.commit()
        except Fault as fault:
            self.fault = fault


class Reader:
    def __init__(self, writer):
        self.writer, self.last, self.answers = writer, 0, 0

    def take(self, acts):
        """One answer: all acts, of one commit."""
        check(len(acts) == ACTS, f"an answer of {len(acts)} acts")
        states = {entry["objet"] for entry in acts}
        check(len(states) == 1, f"an answer that mixes commits: {states}")
        state = int(states.pop().split()[-1])
        check(self.last <= state <= self.writer.commits, f"commit {state} after {self.last}")
        self.last = state
        self.answers += 1

    def ask_alone(self):
        """A process for the question."""
        answer = check_code(ask(self.writer.archive, "--format", "ndjson", "--all", "affaire"), (0,), "a question")
        self.take([json.loads(line) for line in answer.out.splitlines()])

    def ask_batch(self, path):
        """Many questions of one process, which goes on from commit to commit."""
        answer = check_code(ask(self.writer.archive, "--batch", path, "--format", "ndjson", "--all"), (0,), "a batch")
        acts = [json.loads(line) for line in answer.out.splitlines()]
        check(len(acts) == ACTS * QUESTIONS_A_BATCH, f"a batch with {len(acts)} acts")
        for first in range(0, len(acts), ACTS):
            self.take(acts[first:first + ACTS])


def read_beside(work, count, lot):
    archive, source = os.path.join(work, "archive"), os.path.join(work, "source")
    batch = os.path.join(work, "batch")
    write(batch, "".join(f"q{number}\taffaire numéro\n" for number in range(QUESTIONS_A_BATCH)))
    writer = Writer(archive, source)
    writer.commit()
    reader = Reader(writer)
    writer.start()
    try:
        while reader.answers < count:
            reader.ask_batch(batch)
            for _ in range(5):
                reader.ask_alone()
    finally:
        writer.is_over.set()
        writer.join()
    if writer.fault:
        raise writer.fault
    return f"{reader.answers} answers beside {writer.commits} commits: none failed, each the state of one commit"


main(read_beside, short=150, long=10000)
