"""Files are added, changed, moved, copied, deleted, touched, set back in time and replaced by others of their size, in any
order, with a run after each few: the archive is always what a fresh one of the same files would be."""
import glob
import os
import shutil

from harness import act, check, check_code, check_whole, dump, index, main, write

EDITS_A_RUN = 4
NAMES = 12


class Tree:
    """A folder of documents that gets edited."""

    def __init__(self, folder, lot):
        self.folder, self.lot, self.told = folder, lot, []
        for _ in range(6):
            self.add()

    def any_path(self):
        places = ("", "sous/", "sous/dossier/")
        kind = self.lot.choice(("txt", "txt", "txt", "md", "html"))
        return os.path.join(self.folder, f"{self.lot.choice(places)}{self.lot.randrange(NAMES)}.{kind}")

    def files(self):
        return sorted(os.path.join(place, name) for place, _, names in os.walk(self.folder) for name in names)

    def document(self):
        return act(self.lot.randrange(1, 30), f"Affaire {self.lot.randrange(100)}", self.lot.choice((2020, 2021)))

    def any_file(self):
        files = [path for path in self.files() if not path.endswith((".json", ".csv"))]
        return self.lot.choice(files) if files else self.add()

    def add(self):
        path = self.any_path()
        write(path, self.document())
        return path

    def change(self):
        path = self.any_file()
        write(path, self.document())
        return path

    def same_size(self):
        path = self.any_file()
        with open(path, encoding="utf-8") as file:
            text = file.read()
        write(path, text.translate(str.maketrans("0123456789", "1234567890")))
        return path

    def move(self):
        path, other = self.any_file(), self.any_path()
        os.makedirs(os.path.dirname(other), exist_ok=True)
        os.replace(path, other)
        return f"{path} → {other}"

    def copy(self):
        path, other = self.any_file(), self.any_path()
        os.makedirs(os.path.dirname(other), exist_ok=True)
        if path != other:
            shutil.copy2(path, other)
        return f"{path} → {other}"

    def exchange(self):
        path, other = self.any_file(), self.any_file()
        if path != other:
            os.rename(path, path + ".aside")
            os.rename(other, path)
            os.rename(path + ".aside", other)
        return f"{path} ↔ {other}"

    def delete(self):
        path = self.any_file()
        os.remove(path)
        return path

    def touch(self):
        path = self.any_file()
        os.utime(path)
        return path

    def set_back(self):
        path = self.change()
        os.utime(path, (1_500_000_000 + self.lot.randrange(1_000_000),) * 2)
        return path

    def sidecar(self):
        path = self.any_file() + ".meta.json"
        if os.path.exists(path):
            os.remove(path)
        else:
            write(path, f'{{"objet": "Objet donné {self.lot.randrange(100)}"}}')
        return path

    def folder_sidecar(self):
        path = os.path.join(self.folder, self.lot.choice(("", "sous/")), "delib.meta.json")
        if os.path.exists(path):
            os.remove(path)
        else:
            write(path, f'{{"council": "Commune de Lannurien-{self.lot.choice("abc")}"}}')
        return path

    def table(self):
        path = os.path.join(self.folder, "table.csv")
        if os.path.exists(path) and self.lot.random() < 0.4:
            os.remove(path)
            return path
        rows = ["COLL_NOM;COLL_SIRET;DELIB_ID;DELIB_DATE;DELIB_OBJET"]
        rows += [f"Commune de Kervalo;21290000000017;2021-{number};2021-03-12;Objet de la table {number}"
                 for number in self.lot.sample(range(1, 30), 5)]
        write(path, "\n".join(rows) + "\n")
        return path

    def empty(self):
        path = self.any_file()
        write(path, "")
        return path

    def edit(self):
        edits = (self.add, self.add, self.change, self.same_size, self.move, self.copy, self.exchange, self.delete,
                 self.touch, self.set_back, self.sidecar, self.folder_sidecar, self.table, self.empty)
        edit = self.lot.choice(edits)
        self.told.append(f"{edit.__name__} {os.path.relpath(str(edit()), self.folder)}")


def edit_all(work, count, lot):
    edits = 0
    for number in range(count):
        folder = os.path.join(work, f"{number}")
        tree = Tree(os.path.join(folder, "source"), lot)
        archive = os.path.join(folder, "archive")
        parts = lot.choice([0, 0, 1, 2])
        for _ in range(lot.randrange(1, 4)):
            more = ("--parts", str(parts)) if parts else ()
            check_code(index(archive, "--allow-mass-delete", *more, tree.folder), (0, 1), "a run")
            parts += lot.randrange(0, 3) if parts else 0
            for _ in range(lot.randrange(1, EDITS_A_RUN + 1)):
                tree.edit()
                edits += 1
        check_code(index(archive, "--allow-mass-delete", tree.folder), (0, 1), "a run")
        check_code(index(os.path.join(folder, "fresh"), tree.folder), (0, 1), "a fresh archive")
        edited, fresh = dump(archive), dump(os.path.join(folder, "fresh"))
        check(edited == fresh, f"after these edits the archive ({parts} parts) differs from a fresh one: {tree.told}",
              *sorted(set(edited) ^ set(fresh)))
        revision = revision_of(archive)
        check_code(index(archive, tree.folder), (0, 1), "a run without a change")
        check(revision_of(archive) == revision, f"a run without a change made a revision, after {tree.told}")
        check_whole(archive, f"after {tree.told}")
        shutil.rmtree(folder)
    return f"{count} sequences of {edits} edits in all: each archive equals a fresh one"


def revision_of(archive):
    revision = b""
    for path in sorted(glob.glob(os.path.join(archive, "**", "iamglass"), recursive=True)):
        with open(path, "rb") as file:
            revision += file.read()
    return revision


main(edit_all, short=8, long=500)
