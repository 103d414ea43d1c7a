"""make, as a student runs it, but with the environment that is there."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def make(*arguments, run=subprocess.run, cwd=ROOT, **options):
    """Run make with this environment, which is there and needn't be made."""
    ready = [f"--assume-old={sys.prefix}/.{step}" for step in ("ready", "data", "trusted")]
    return run(["make", "--silent", f"VENV={sys.prefix}", *ready, *arguments], cwd=cwd, **options)
