"""What the tests share: the data set, and this machine's own mirrors and apt-get to fetch it from."""

import contextlib
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urljoin

import pytest

from listening import listen

sys.path.append(str(Path(__file__).parent.parent / "pages"))
from browser import FLAGS, HOW_TO_GET_IT, find_chromium  # noqa: E402

# Before a test file imports MXNet, which starts with the settings that d2l_utils makes.
from d2l_utils import data, files  # noqa: E402

PATH = os.environ["PATH"]


@pytest.fixture(scope="session")
def chromium():
    """A real browser: this machine's own, else the one that Playwright was told to fetch."""
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        program = find_chromium(playwright)
        if not program:
            give_up = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            give_up(f"no Chromium here: {HOW_TO_GET_IT}")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open a page in a browser of its own; what goes wrong there fails the test at its end."""
    contexts, troubles = [], []

    def visit(address, width=1280, responses=None, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("response", lambda response: responses is not None and responses.append(response))
        listen(page, troubles, urljoin(address, "/") if address.startswith("http") else "file:")
        page.goto(address, wait_until="networkidle" if responses is not None else "load")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The pages as `make pages` builds them, for a course with a repository and a site, with one deck and a PDF."""
    folder, root = tmp_path_factory.mktemp("pages"), Path(__file__).parent.parent
    (folder / "made" / "slides").mkdir(parents=True)
    for name in ("mlp_from_scratch.pdf", "slides/index.html", "slides/05_softmax_loss.html"):
        (folder / "made" / name).write_text(name)
    settings = {"COURSE_REPOSITORY": "https://github.com/you/course", "COURSE_SITE": "https://you.github.io/course/",
                "COURSE_EXTRAS": str(folder / "made")}
    command = [sys.executable, "-m", "sphinx", "--quiet", "--fail-on-warning", "--keep-going", "-c", root / "pages",
               "-d", folder / "doctrees", root / "notebooks", folder / "html"]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "html"


@pytest.fixture(scope="session")
def real():
    """The four files, from wherever this machine has them."""
    return files.load_files()


@pytest.fixture(scope="session")
def loaded(real):
    """The four arrays, in memory before a test hides the files."""
    return data.load_fashion_mnist()


@pytest.fixture(scope="session")
def stored(real, tmp_path_factory):
    """A folder of the four files, plain and gzipped."""
    folder = tmp_path_factory.mktemp("stored")
    for name, content in real.items():
        (folder / name).write_bytes(content)
        (folder / f"{name}.gz").write_bytes(gzip.compress(content, 1))
    return folder


@pytest.fixture
def fill(stored):
    """Put some of the stored files into another folder, at no cost."""
    def fill(folder, names):
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            (folder / name).hardlink_to(stored / name)
    return fill


@pytest.fixture
def isolated(real, monkeypatch, tmp_path):
    """No source of the four files has anything, unless the test says so."""
    monkeypatch.delenv("FASHION_MNIST_DIR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(files, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(files, "SYSTEM", tmp_path / "system")
    monkeypatch.setattr(files, "MIRRORS", ())
    monkeypatch.setattr("d2l_utils.download.TIMEOUT", (0.5, 0.5))
    monkeypatch.setattr("d2l_utils.download.PATIENCE", 0.5)


class Mirror(http.server.ThreadingHTTPServer):
    """A mirror on this machine, which remembers what it was asked for; `answer` decides how it serves."""

    def __init__(self, stored, answer):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                mirror.asked.append(self.path[1:])
                answer(self, (stored / self.path[1:]).read_bytes())

            def log_message(self, *_):
                pass

        mirror = self
        super().__init__(("127.0.0.1", 0), Handler)
        self.url, self.asked, self.closing = f"http://127.0.0.1:{self.server_port}/", [], threading.Event()


@pytest.fixture
def mirrors(stored, monkeypatch):
    """Start mirrors, each with its own way to answer (None: its port is closed), and make them the only ones."""
    with contextlib.ExitStack() as stack:
        def start(*answers):
            servers = [stack.enter_context(Mirror(stored, answer)) for answer in answers]
            for server, answer in zip(servers, answers, strict=True):
                if answer:
                    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
                    stack.callback(server.shutdown)
                    stack.callback(server.closing.set)
                else:
                    server.server_close()
            monkeypatch.setattr(files, "MIRRORS", tuple(server.url for server in servers))
            return servers
        yield start


@pytest.fixture
def apt(fill, tmp_path, monkeypatch):
    """An apt-get that has the data set's package once it is updated, and never asks a network; returns its log."""
    if not shutil.which("dpkg-deb", path=PATH):
        pytest.skip("no dpkg-deb here, so no package can be built or unpacked")
    root, log, program = tmp_path / "package", tmp_path / "apt.log", tmp_path / "programs" / "apt-get"
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{PATH}")
    fill(root.joinpath(*files.SYSTEM.parts[1:]), [f"{name}.gz" for name in files.FILES])
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(
        f"Package: {files.PACKAGE}\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: a test\n")
    subprocess.run(["dpkg-deb", "-Znone", "--build", root, f"{root}.deb"], check=True, capture_output=True)
    program.parent.mkdir()
    program.write_text(f"""#!/bin/sh
while [ "$1" = -o ]; do
    case $2 in
        Dir::State::Lists=*) [ -d "${{2#*=}}/partial" ] || exit 100;;
        Dir::Cache=*) [ -d "${{2#*=}}/archives/partial" ] || exit 100;;
        Acquire::Retries=0 | Acquire::http::Timeout=10 | APT::Sandbox::User=root) ;;
        *) exit 100;;
    esac
    shift 2
done
echo "Get:1 http://deb.example.org $*"
case $1 in
    update) echo update >>'{log}';;
    download) echo "$2" >>'{log}'; grep -q update '{log}' && cp '{root}.deb' . ||
        {{ printf 'W: old\\nW: older\\n' >&2; echo "E: Unable to locate package $2" >&2; exit 100; }};;
    *) exit 100;;
esac
""")
    program.chmod(0o755)
    return log
