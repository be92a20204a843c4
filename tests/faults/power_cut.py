"""The power goes: what delib-index did to the disk is written down (disk_shim.c) and done again up to some point, without
what nothing had made durable by then. The archive answers with at least the last run that ended, and the next run
completes it.

What was not synced is gone whole, or in part, or torn at 512 bytes; or all of it is there and the renames are not that no
sync of their folder followed."""
import os
import shutil
import struct

from harness import act, check, check_code, check_whole, disk_shim, dump, index, main, spread, write, write_acts

RECORD = struct.Struct("=c7xQQQQ")
SECTOR = 512
MODES = ("gone", "some", "torn", "renames")


class File:
    """What surely is on the disk, and what was written since."""

    def __init__(self):
        self.durable = b""
        self.pending = []

    @staticmethod
    def applied(content, changes):
        content = bytearray(content)
        for call, offset, bytes_ in changes:
            if call == "t":
                del content[offset:]
            content.extend(bytes(max(0, offset + len(bytes_) - len(content))))
            content[offset:offset + len(bytes_)] = bytes_
        return bytes(content)

    def sync(self):
        self.durable, self.pending = self.applied(self.durable, self.pending), []

    def after_cut(self, mode, lot):
        kept = self.pending
        if mode == "gone":
            kept = []
        elif mode in ("some", "torn"):
            kept = [change for change in kept if lot.random() < 0.5]
        if mode == "torn" and kept:
            torn = lot.randrange(len(kept))
            call, offset, bytes_ = kept[torn]
            sectors = len(bytes_) // SECTOR
            kept[torn] = (call, offset, bytes_[:SECTOR * lot.randrange(sectors) if sectors else 0])
        return self.applied(self.durable, kept)


class Disk:
    """Files by name, as the calls so far left them."""

    def __init__(self, folder):
        self.folder = folder
        self.files = {}  # by inode, the one that has it now
        self.opened_folders = {}
        self.names = []  # what was done to names: (call, name, file or new name, folder)
        self.durable_names = 0

    def name(self, path):
        return os.path.relpath(path, self.folder)

    def do(self, call, inode, offset, name, bytes_):
        if call == "o":
            self.open(self.name(name), inode, offset)
        elif call == "f":
            self.opened_folders[inode] = self.name(name)
        elif call in "wt" and inode in self.files:
            self.files[inode].pending.append((call, offset, bytes_))
        elif call == "s" and inode in self.opened_folders:
            self.sync_folder(self.opened_folders[inode])
        elif call == "s" and inode in self.files:
            self.files[inode].sync()
        elif call == "r":
            self.names.append([call, self.name(name), self.name(bytes_.decode()), False])
        elif call in "umd":
            self.names.append([call, self.name(name), None, False])

    def open(self, name, inode, is_emptied):
        known = self.tree(False).get(name)
        if known is None or self.files.get(inode) is not known:
            self.files[inode] = File()
            self.names.append(["o", name, self.files[inode], False])
        elif is_emptied:
            known.pending.append(("t", 0, b""))

    def sync_folder(self, folder):
        for change in self.names:
            target = change[2] if change[0] == "r" else change[1]
            if os.path.normpath(os.path.dirname(target) or ".") == os.path.normpath(folder):
                change[3] = True

    def tree(self, without_renames):
        """Files by name; None for a folder."""
        names = {}
        for call, name, other, is_durable in self.names:
            if call == "o":
                names[name] = other
            elif call == "m":
                names[name] = None
            elif call in "ud":
                names.pop(name, None)
            elif is_durable or not without_renames:
                for moved in [each for each in names if each == name or each.startswith(name + "/")]:
                    names[other + moved[len(name):]] = names.pop(moved)
        return names

    def put_down(self, folder, mode, lot):
        for name, file in self.tree(mode == "renames").items():
            path = os.path.join(folder, name)
            if file is None:
                os.makedirs(path, exist_ok=True)
                continue
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(file.after_cut(mode, lot))


def records(path):
    with open(path, "rb") as log:
        while head := log.read(RECORD.size):
            call, inode, offset, name_bytes, data_bytes = RECORD.unpack(head)
            yield call.decode(), inode, offset, log.read(name_bytes).decode(), log.read(data_bytes)


class Recording:
    """Four runs and what each made durable."""

    def __init__(self, work):
        self.folder = os.path.join(work, "recorded")
        self.archive = os.path.join(self.folder, "archive")
        self.source = os.path.join(work, "source")
        self.log = os.path.join(work, "log")
        self.shim = disk_shim(work, self.archive)
        self.states = [[]]
        self.ends = [0]  # the number of records when that state was reached
        os.mkdir(self.folder)
        write_acts(self.source, 30)
        self.run()
        write_acts(self.source, 30, first=31)
        self.run()
        for number in range(20, 40):
            write(os.path.join(self.source, f"{number}.txt"), act(number, f"Affaire {number} revue"))
        self.run()
        for number in range(1, 5):
            os.remove(os.path.join(self.source, f"{number}.txt"))
        self.run()
        self.records = list(records(self.log))

    def run(self):
        plan = self.shim.environment(log=self.log)
        check_code(index(self.archive, self.source, environment=plan), (0,), "a run that is recorded")
        self.states.append(dump(self.archive))
        self.ends.append(sum(1 for _ in records(self.log)))

    def allowed(self, at):
        """The states that may show after a cut there: the last that was acknowledged, or the one under way."""
        last = max(number for number, end in enumerate(self.ends) if end <= at)
        return self.states[last:last + 2]


def cut(recording, disk, at, mode, work, lot):
    folder = os.path.join(work, "cut")
    archive = os.path.join(folder, "archive")
    shutil.rmtree(folder, ignore_errors=True)
    os.mkdir(folder)
    disk.put_down(folder, mode, lot)
    what = f"cut after call {at} of {len(recording.records)}, unsynced: {mode}"
    now = dump(archive)
    check(now in recording.allowed(at), f"{what}: {len(now)} acts, not those of the last run")
    if now:
        check_whole(archive, what)
    check_code(index(archive, recording.source), (0,), f"{what}: the next run")
    check(dump(archive) == recording.states[-1], f"{what}: the next run does not complete the archive")
    check_whole(archive, what)


def cut_all(work, count, lot):
    recording = Recording(work)
    disk = Disk(recording.folder)
    points = set(spread(len(recording.records), count // len(MODES)))
    for at, record in enumerate(recording.records, 1):
        disk.do(*record)
        if at in points:
            for mode in MODES:
                cut(recording, disk, at, mode, work, lot)
    return f"{len(points) * len(MODES)} cuts in {len(recording.records)} calls: nothing that was acknowledged is lost"


main(cut_all, short=20, long=1200)
