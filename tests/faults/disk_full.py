"""The disk is full, at every amount of free space: the run ends with 4, says so, and the archive is as before or as
after. Needs root, for a small disk in memory."""
import os
import shutil
import subprocess

from harness import check, check_code, dump, index, main, write, write_acts

DISK_KB = 4096
ACTS = 40


class Disk:
    """A small file system of its own."""

    def __init__(self, work):
        self.path = os.path.join(work, "disk")
        os.mkdir(self.path)
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", self.path]
        self.is_there = subprocess.run(command, capture_output=True, check=False).returncode == 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.is_there:
            subprocess.run(["umount", "-l", self.path], check=True)

    def empty(self):
        for name in os.listdir(self.path):
            path = os.path.join(self.path, name)
            shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)

    def fill(self, free_kb):
        state = os.statvfs(self.path)
        with open(os.path.join(self.path, "filler"), "wb") as filler:
            filler.write(bytes(max(0, state.f_bavail * state.f_bsize - free_kb * 1024)))

    def free(self):
        os.remove(os.path.join(self.path, "filler"))


def run_short(disk, scene, free_kb):
    """Whether space was short."""
    what = f"{free_kb} KB free"
    archive = os.path.join(disk.path, "archive")
    disk.empty()
    shutil.copytree(scene["saved"], archive)
    disk.fill(free_kb)
    answer = check_code(index(archive, scene["source"]), (0, 4), what)
    check(answer.code == 0 or archive in answer.err, f"{what}: the message does not name the archive", answer)
    now = dump(archive)
    check(now == scene["after"] or (answer.code == 4 and now == scene["before"]), f"{what}: {len(now)} acts", answer)
    disk.free()
    check_code(index(archive, scene["source"]), (0,), f"{what}: with space again")
    check(dump(archive) == scene["after"], f"{what}: with space again the run does not complete the archive")
    return answer.code == 4


def run_without_room(disk, scene, acts, kilobytes):
    """What cannot fit is told before anything of it is written."""
    archive = os.path.join(disk.path, "archive")
    large = os.path.join(scene["source"], "large.txt")
    disk.empty()
    if acts:
        shutil.copytree(scene["saved"], archive)
    write(large, "Le conseil en sa séance vote le budget.\n" * (kilobytes * 1024 // 40))
    answer = check_code(index(archive, scene["source"]), (4,), f"{kilobytes} KB of text")
    os.remove(large)
    check("MB are needed" in answer.err and archive in answer.err, "the figures are not told", answer)
    check(dump(archive) == acts, "something was put")
    check_code(index(archive, scene["source"]), (0,), "without the large file")


def add_parts_without_room(disk, scene):
    """Parts are not begun that there is no room for."""
    archive = os.path.join(disk.path, "archive")
    disk.empty()
    check_code(index(archive, "--parts", "2", scene["source"]), (0,), "two parts")
    disk.fill(150)
    answer = check_code(index(archive, "--parts", "8", scene["source"]), (4,), "parts without room")
    check("are needed" in answer.err, "the figures are not told", answer)
    check(dump(archive) == scene["after"], "not all acts are there")
    check(len(os.listdir(archive)) == 3, "a part was begun", os.listdir(archive))
    disk.free()
    check_code(index(archive, "--parts", "4", scene["source"]), (0,), "parts with room")
    check(dump(archive) == scene["after"], "not all acts are there in four parts")


def fill(work, count, lot):
    scene = {name: os.path.join(work, name) for name in ("saved", "source", "whole")}
    write_acts(scene["source"], ACTS)
    check_code(index(scene["saved"], scene["source"]), (0,), "the archive before")
    scene["before"] = dump(scene["saved"])
    write_acts(scene["source"], ACTS, first=ACTS + 1)
    check_code(index(scene["whole"], scene["source"]), (0,), "the archive after")
    scene["after"] = dump(scene["whole"])
    with Disk(work) as disk:
        if not disk.is_there:
            return "skipped: this user may not mount a file system"
        run_without_room(disk, scene, [], DISK_KB * 3 // 4)
        run_without_room(disk, scene, scene["before"], DISK_KB * 5 // 4)
        add_parts_without_room(disk, scene)
        short = sum(run_short(disk, scene, DISK_KB // 4 * number // count) for number in range(count))
    return f"{count} amounts of free space, {short} of them too little: nothing lost, each completed with space again"


main(fill, short=8, long=150)
