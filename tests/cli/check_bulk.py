"""The body of a bulk request against the documented format and the mapping: prints what is wrong with it."""
import json
import sys

MAPPING = json.load(open(sys.argv[1], encoding="utf-8"))["mappings"]["properties"]
NUMBERS = {"integer": int, "scaled_float": (int, float)}


def check(value, mapping, where):
    for one in value if isinstance(value, list) else [value]:
        if one is None:
            continue
        kind = mapping.get("type")
        if kind is None:
            if not isinstance(one, dict):
                print(f"{where}: not an object")
            for name, member in one.items():
                if name not in mapping["properties"]:
                    print(f"{where}.{name}: not in the mapping")
                else:
                    check(member, mapping["properties"][name], f"{where}.{name}")
        elif kind == "boolean":
            if not isinstance(one, bool):
                print(f"{where}: not a boolean")
        elif kind in NUMBERS:
            if isinstance(one, bool) or not isinstance(one, NUMBERS[kind]):
                print(f"{where}: not a number")
        elif not isinstance(one, str):
            print(f"{where}: not a text")


body = sys.stdin.buffer.read()
if not body.endswith(b"\n"):
    print("the last line has no end")
lines = body.decode("utf-8").split("\n")[:-1]
if len(lines) % 2:
    print("an action without its source")
for action, source in zip(lines[::2], lines[1::2]):
    action = json.loads(action)
    if list(action) != ["index"] or list(action["index"]) != ["_id"]:
        print(f"not an action: {action}")
    identifier = action["index"]["_id"]
    if not identifier or len(identifier.encode()) > 512:
        print(f"an id that is refused: {identifier}")
    check(json.loads(source), {"properties": MAPPING}, "")
    if json.loads(source)["id"] != identifier:
        print(f"{identifier}: another act's source")
print(len(lines) // 2)
