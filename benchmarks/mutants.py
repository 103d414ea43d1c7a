"""Does a test notice when a line of d2l_utils says something else? `make mutants` tries, which takes hours.

Each mutant changes one thing in one module, in a copy of the course, and runs the tests of that module until one
fails. build/mutants.md lists those that lived. Sentences (texts with a blank, parts of f-strings) aren't changed: what
matters of them is asserted word by word. `make mutants ARGS="train seeds"` tries these modules alone, and
ARGS="--every 4" a fourth of all.
"""

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tqdm import tqdm

ROOT = Path(__file__).resolve().parent.parent
TESTS = {
    "data": ["data", "guards"], "diagram": ["pictures", "diagram"], "download": ["files"],
    "errors": ["guards", "start"], "files": ["files", "cache"], "guards": ["guards"], "model": ["guards", "training"],
    "plot": ["pictures", "plot"], "seeds": ["seeds"], "start": ["start"], "train": ["guards", "training"],
    "exercises/engine": ["check"], "exercises/values": ["values", "check"],
}
LIMIT = 300  # seconds; a mutant that hangs is noticed too
OPERATORS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.USub: ast.UAdd,
}


def changed_constant(value):
    """Return what stands for a constant in a mutant, or None where it stays."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, (int, float)):
        return value + 1
    return f"{value}X" if isinstance(value, str) and value and " " not in value else None


def replacements(node):
    """Yield what may stand in a node's place, each a new node."""
    if type(node) in OPERATORS:
        yield OPERATORS[type(node)]()
    elif isinstance(node, ast.Constant) and changed_constant(node.value) is not None:
        yield ast.Constant(changed_constant(node.value))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, (ast.If, ast.IfExp)):
        other = copy.copy(node)
        other.test = ast.UnaryOp(ast.Not(), node.test)
        yield other
    elif isinstance(node, ast.Return) and node.value and ast.unparse(node.value) != "None":
        yield ast.Return(None)
    elif isinstance(node, ast.Expr) and not isinstance(node.value, (ast.Constant, ast.Yield, ast.YieldFrom)):
        yield ast.Pass()
    elif isinstance(node, ast.Call):
        for keyword in node.keywords:
            other = copy.copy(node)
            other.keywords = [kept for kept in node.keywords if kept is not keyword]
            yield other
    elif isinstance(node, ast.FunctionDef) and node.decorator_list:
        other = copy.copy(node)
        other.decorator_list = []
        yield other


def mutants(source):
    """Yield each mutant of a module: the line that differs, what it was, what it is, and the whole source."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for parent in list(ast.walk(tree)):
        for field, value in list(ast.iter_fields(parent)):
            places = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
            for index, node in places:
                if not isinstance(node, ast.AST) or id(node) in docstrings or isinstance(parent, ast.JoinedStr):
                    continue
                for other in replacements(node):
                    before = ast.unparse(parent).splitlines()
                    put(parent, field, index, other)
                    whole, after = ast.unparse(ast.fix_missing_locations(tree)), ast.unparse(parent).splitlines()
                    put(parent, field, index, node)
                    was, now = next(((a, b) for a, b in zip(before, after) if a != b), (before[-1], after[-1]))
                    yield getattr(node, "lineno", getattr(parent, "lineno", 0)), was.strip(), now.strip(), whole


def put(parent, field, index, node):
    """Set a field of a node, or an entry of a field that is a list."""
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def lives(folder, module, source):
    """Put a module's source into a copy of the course, and return whether the tests of that module pass."""
    path = folder / "d2l_utils" / f"{module}.py"
    original = path.read_text(encoding="utf-8")
    path.write_text(source, encoding="utf-8")
    tests = [f"tests/test_{name}.py" for name in TESTS[module]]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:xdist", "-o", "addopts=", *tests]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT,
                              env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONPATH": str(folder)})
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(original, encoding="utf-8")


def main(modules, every):
    """Try each so many-th mutant of some modules, one on each core, and write down which lived."""
    sources = {module: (ROOT / "d2l_utils" / f"{module}.py").read_text(encoding="utf-8") for module in modules}
    found = [(module, *mutant) for module, source in sources.items() for mutant in mutants(source)][::every]
    with tempfile.TemporaryDirectory() as root, ThreadPoolExecutor(os.cpu_count()) as pool:
        folders = SimpleQueue()
        for number in range(os.cpu_count()):
            copied = Path(root, str(number))
            shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".venv*", "build", ".git", "__pycache__"))
            folders.put(copied)

        def attempt(module, source):
            folder = folders.get()
            try:
                return lives(folder, module, source)
            finally:
                folders.put(folder)

        for module, fine in zip(sources, pool.map(attempt, sources, sources.values()), strict=True):
            if not fine:
                sys.exit(f"The tests of {module}.py fail as it is; mend that first (see make test).")
        results = pool.map(attempt, [mutant[0] for mutant in found], [mutant[-1] for mutant in found])
        results = tqdm(results, total=len(found), unit="mutant")
        lived = []
        for (module, line, was, now, _), is_alive in zip(found, results, strict=True):
            if is_alive:
                lived.append(f"- {module}.py, line {line}: `{was}` as `{now}`")
                tqdm.write(lived[-1])
                sys.stdout.flush()  # into a file too, for a run takes hours
    said = f"{len(found) - len(lived)} of {len(found)} mutants were noticed."
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "mutants.md").write_text("\n".join([f"{said} These lived:", "", *lived]) + "\n", encoding="utf-8")
    print(said, "build/mutants.md lists the others.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", metavar="module", help="default: all", choices=[[], *TESTS])
    parser.add_argument("--every", type=int, default=1, metavar="N", help="try each N-th mutant only")
    chosen = parser.parse_args()
    main(chosen.modules or list(TESTS), chosen.every)
