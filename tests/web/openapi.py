"""Ask every path of a server's openapi.json and hold what comes against its schema. Usage: openapi.py SERVER ACT-ID"""

import json
import sys
import urllib.error
import urllib.parse
import urllib.request

server, act = sys.argv[1:]
faults = []


def fetch(path):
    try:
        with urllib.request.urlopen(server + path) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()


api = json.loads(fetch("/openapi.json")[2])
kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict, "array": list, "null": type(None)}


def resolve(schema):
    while "$ref" in schema:
        name = schema["$ref"].split("/")[1:]
        schema = api
        for part in name:
            schema = schema[part]
    return schema


def is_kind(value, name):
    return isinstance(value, kinds[name]) and not (isinstance(value, bool) and name in ("integer", "number"))


def hold(value, schema, place):
    schema = resolve(schema)
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(is_kind(value, name) for name in wanted):
        faults.append(f"{place}: {value!r} is no {' or '.join(wanted)}")
    elif "const" in schema and value != schema["const"]:
        faults.append(f"{place}: {value!r} is not {schema['const']!r}")
    elif isinstance(value, dict):
        hold_object(value, schema, place)
    elif isinstance(value, list):
        items = schema.get("prefixItems", [schema.get("items", {})] * len(value))
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            faults.append(f"{place}: {len(value)} items")
        for number, (item, one) in enumerate(zip(value, items)):
            hold(item, one, f"{place}[{number}]")


def hold_object(value, schema, place):
    for name in schema.get("required", []):
        if name not in value:
            faults.append(f"{place}: has no {name}")
    described = schema.get("properties", {})
    for name, member in value.items():
        if name in described:
            hold(member, described[name], f"{place}.{name}")
        elif "additionalProperties" in schema:
            hold(member, schema["additionalProperties"], f"{place}.{name}")
        elif described:
            faults.append(f"{place}: {name} is not described")


def ask(template, operation, query, code):
    path = template.replace("{id}", urllib.parse.quote(act)) + ("?" + query if query else "")
    status, kind, body = fetch(path)
    if str(status) != code:
        faults.append(f"{path}: {status}, not {code}")
        return
    content = operation["responses"][code].get("content", {})
    if content and kind not in content:
        faults.append(f"{path}: {kind}, not {', '.join(content)}")
    elif "schema" in content.get(kind, {}):
        hold(json.loads(body), content[kind]["schema"], path)


for template, item in api["paths"].items():
    operation = item["get"]
    names = [resolve(one)["name"] for one in operation["parameters"]]
    queries = ["q=eau"] if "q" in names else [""]
    if template.startswith("/acte"):
        queries = ["format=json", "format=json&q=eau"]
    if "du" in names:
        queries += ["", "du=2019&au=2021-06", "annee=2021&annee=2022", "vote=rejete", "tri=-date&nombre=3&page=2", "q=eclairrage"]
    for query in queries:
        ask(template, operation, query, "200")
    if "du" in names:
        ask(template, operation, "du=hier", "400")
print("\n".join(faults))
sys.exit(1 if faults else 0)
