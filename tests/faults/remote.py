"""The line to a part on another machine is cut after the n-th byte that it answers, is dead from there on, or is cut and
comes back. A question is answered all the same: by both parts, or by the one that is there, and then it says which is
missing; with --strict it is not answered then. None fails, hangs or leaves acts out without a word."""
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time

from harness import act, ask, check, check_code, index, main, spread, write

ACTS = 15
TIMEOUT_S = 2
QUESTION = ("piscine", "--facets", "year", "--all", "-f", "json")
SHARE_S = 30  # more than the three waits of a question


class Line:
    """A port that passes on what comes and goes to the server's, up to a number of bytes from there."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.lock = threading.Lock()
        self.expect("whole")
        threading.Thread(target=self.accept, daemon=True).start()

    def expect(self, fate, limit=None):
        """`fate` of what comes after `limit` bytes: "cut" for good, "dead" (open, and silent), "back" (cut once;
        a question connects anew when it has begun)."""
        with self.lock:
            self.fate, self.limit, self.passed, self.is_over = fate, limit, 0, False

    def accept(self):
        while True:
            client, _ = self.listening.accept()
            with self.lock:
                refused = self.is_over and self.fate in ("cut", "dead")
            if refused and self.fate == "cut":
                client.close()
                continue
            server = None if refused else socket.create_connection(("127.0.0.1", self.server_port))
            threading.Thread(target=self.pass_on, args=(client, server), daemon=True).start()
            if server:
                threading.Thread(target=self.answer, args=(server, client), daemon=True).start()

    @staticmethod
    def pass_on(client, server):
        try:
            while piece := client.recv(65536):
                if server:
                    server.sendall(piece)
        except OSError:
            pass
        for end in (client, server):
            if end:
                end.close()

    def answer(self, server, client):
        try:
            while piece := server.recv(65536):
                with self.lock:
                    room = len(piece) if self.limit is None or self.is_over else self.limit - self.passed
                    self.passed += min(len(piece), room)
                    ends = room < len(piece)
                    self.is_over |= ends
                client.sendall(piece[:room])
                if ends and self.fate == "dead":
                    return
                if ends:
                    break
        except OSError:
            pass
        for end in (server, client):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


class Scene:
    def __init__(self, work):
        self.port = self.free_port()
        for part in (1, 2):
            for number in range(1, ACTS + 1):
                path = os.path.join(work, f"source-{part}", f"{number}.txt")
                write(path, act(part * 100 + number, f"Piscine, tranche {number}", 2000 + part * 10 + number % 7))
            check_code(index(os.path.join(work, f"part-{part}"), os.path.join(work, f"source-{part}")), (0,), "a part")
        command = ["xapian-tcpsrv", "--quiet", "--port", str(self.port), "--interface", "127.0.0.1",
                   os.path.join(work, "part-2")]
        self.server = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        self.wait_for_server()
        self.line = Line(self.port)
        self.list = os.path.join(work, "all.parts")
        write(self.list, f"local part-1\nremote 127.0.0.1:{self.line.port}\n")
        self.whole, _ = self.question(0)
        self.length = self.line.passed
        self.partial = 0
        self.local = json.loads(check_code(ask(os.path.join(work, "part-1"), *QUESTION), (0,), "one part").out)
        check(self.whole["matches"] == 2 * ACTS and self.local["matches"] == ACTS, "not what was put there")

    @staticmethod
    def free_port():
        with socket.create_server(("127.0.0.1", 0)) as taken:
            return taken.getsockname()[1]

    def wait_for_server(self):
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        check(False, "xapian-tcpsrv does not start")

    def question(self, code, *more):
        started = time.monotonic()
        answer = check_code(ask(self.list, *QUESTION, "--timeout", str(TIMEOUT_S), *more), (code,), "a question")
        check(time.monotonic() - started < SHARE_S, "an answer took too long", answer)
        return json.loads(answer.out) if code == 0 else None, answer.err

    def strike(self, fate, limit):
        what = f"{fate} after {limit} bytes"
        self.line.expect(fate, limit)
        answer, told = self.question(0)
        if not answer.get("partial"):
            check(fate == "back" or not self.line.is_over, f"{what}: answered without the part")
            check(answer["results"] == self.whole["results"] and answer["facets"] == self.whole["facets"],
                  f"{what}: not the answer of both parts", answer)
            return
        name = f"127.0.0.1:{self.line.port}"
        check(answer["partial"] and name in json.dumps(answer["missing_parts"]) and name in told,
              f"{what}: the missing part is not named", answer, told)
        check(answer["results"] == self.local["results"] and answer["facets"] == self.local["facets"],
              f"{what}: not the answer of the part that is there", answer)
        self.partial += 1
        if fate != "back":
            self.line.expect(fate, limit)
            self.question(3, "--strict")

    def end(self):
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()


def strike_all(work, count, lot):
    if not shutil.which("xapian-tcpsrv"):
        return "skipped: xapian-tcpsrv is not installed (package xapian-tools)"
    scene = Scene(work)
    struck = 0
    try:
        for fate, share in (("cut", count // 2), ("back", count // 4), ("dead", count // 4)):
            for limit in spread(scene.length, max(share, 1)):
                scene.strike(fate, limit - 1)
                struck += 1
    finally:
        scene.end()
    return (f"{struck} lines lost within {scene.length} bytes: each question answered, {scene.partial} by one part, "
            "which said so, the others by both")


main(strike_all, short=8, long=200)
