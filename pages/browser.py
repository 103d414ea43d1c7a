"""The browser that prints the course, and in which it is tested."""

import os
import shutil

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--force-effective-connection-type=4G"]  # without a network it would complain of a slow one
HOW_TO_GET_IT = "'apt-get install chromium' or '.venv/bin/playwright install chromium' brings it"


def find_chromium(playwright):
    """Return the path of this machine's own Chromium, else of the one that Playwright was told to fetch, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(filter(None, map(shutil.which, names)), playwright.chromium.executable_path)
    return program if os.path.exists(program) else None
