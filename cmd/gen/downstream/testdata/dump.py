"""Reads the names of modules and texts to parse from standard input, imports each
module, and writes what it says."""

import ast
import dataclasses
import enum
import importlib
import inspect
import json
import sys

sys.path.insert(0, ".")


def row(entry):
    fields = dataclasses.asdict(entry)
    return {
        **advice(fields),
        "Meaning": fields["meaning"],
        "Statuses": fields["statuses"],
        "Retired": fields["retired"],
        "ByOperation": {o["operation"]: advice(o) for o in fields.get("by_operation", ())} or None,
    }


def advice(fields):
    return {"Fix": fields["fix"], "Action": fields["action"], "Category": fields["category"]}


def said(module, texts):
    public = {name: getattr(module, name) for name in module.__all__}
    # A name that is not public, and none that a module has anyhow, is private.
    for name, value in vars(module).items():
        if name not in public and not name.startswith("_") and inspect.getmodule(value) is module:
            raise AssertionError(name + " is not in __all__")
    return {
        "Constants": {
            name: {member: constant.value for member, constant in kind.__members__.items()}
            for name, kind in public.items()
            if isinstance(kind, enum.EnumMeta)
        },
        "Tables": {
            name.lower(): {str(constant.value): row(entry) for constant, entry in table.items()}
            for name, table in public.items()
            if name.isupper()
        },
        "Parsed": {text: module.parse_code(text) or "" for text in texts or []},
    }


def shape(source):
    """What a module declares and does, without its literals."""
    tree = ast.parse(source)
    return [
        ast.dump(node)
        for node in ast.walk(tree)
        if not isinstance(node, (ast.Constant, ast.Module, ast.expr_context))
        and not any(isinstance(child, ast.Constant) for child in ast.walk(node))
    ]


asked = json.load(sys.stdin)
answer = {}
for name, texts in asked.items():
    with open(name + ".py", encoding="utf-8") as file:
        source = file.read()
    compile(source, name, "exec")
    module = importlib.import_module(name)
    answer[name] = {"Said": said(module, texts), "Shape": shape(source), "Doc": module.__doc__}
json.dump(answer, sys.stdout)
