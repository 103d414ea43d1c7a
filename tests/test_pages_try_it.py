"""The page on which the network can be tried: it computes what MXNet does, and mouse, finger and keyboard all serve."""

import base64
import gzip
import json
import re
import shutil
import sys
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from mxnet import nd

import d2l_utils as d2l
from test_pages_widths import MEASURE, find_barriers

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "pages" / "try_it"))
import export  # noqa: E402

SCRIPT = export.TARGET.read_text(encoding="ascii")
FILE = json.loads(re.search(r"NETWORK = (.*);", SCRIPT)[1])
TEXT = (ROOT / "notebooks" / "try_it.md").read_text(encoding="utf-8")
NAMES = FILE["names"]
STATE = "({ x: [...X], logits: [...net(X, off).logits], off: [...off], chosen })"
BOARD = "canvas[role=application]"


def array(name, dtype, *shape):
    """An array of the file."""
    return np.frombuffer(base64.b64decode(FILE[name]), dtype).reshape(shape)


W1 = array("W1", "int8", 784, 256) * array("scale1", "float32", 256)
W2 = array("W2", "int8", 256, 10) * array("scale2", "float32", 10)
b1, b2 = array("b1", "float32", 256), array("b2", "float32", 10)
PICTURES = array("pictures", "uint8", 100, 784).astype("float32") / 255


def net(X):
    """MXNet's logits for pictures, (pictures, 784), from the numbers of the file."""
    return d2l.mlp(nd.array(np.atleast_2d(X)), [nd.array(param) for param in (W1, b1, W2, b2)]).asnumpy()


def says(x):
    """The network's answer to a picture and its probability, as the text writes them."""
    o = net(x)[0]
    p = np.exp(o - o.max()) / np.exp(o - o.max()).sum()
    return f"{NAMES[o.argmax()]}, with a probability of {p.max():.2f}", f"{p.max():.2f}", NAMES[o.argmax()]


def shifted(x, down, right):
    """A picture moved by some pixels, black where nothing comes after it."""
    padded = np.pad(np.reshape(x, (28, 28)), 28)
    return padded[28 - down:56 - down, 28 - right:56 - right].ravel()


def pixels_to(target, x):
    """Which pixels, made black or white one after the other, the best each time, turn an answer into the target."""
    found = []
    while net(x)[0].argmax() != target:
        tried = np.repeat(x[None], 2 * 784, 0)
        tried[np.arange(784), np.arange(784)], tried[784 + np.arange(784), np.arange(784)] = 0, 1
        o = net(tried)
        best = (o[:, target] - np.delete(o, target, 1).max(1)).argmax()
        x, found = tried[best], [*found, (*divmod(int(best) % 784, 28), best >= 784)]
    return found


@pytest.fixture
def page(visit, built):
    """The page, started."""
    page = visit((built / "try_it.html").as_uri())
    page.get_by_role("button", name="Start").click()
    page.locator(".units li").first.wait_for()
    return page


def at(page, row, column):
    """Where a pixel of the picture lies in the window."""
    page.locator(BOARD).scroll_into_view_if_needed()
    box = page.locator(BOARD).bounding_box()
    return box["x"] + (column + 0.5) * box["width"] / 28, box["y"] + (row + 0.5) * box["height"] / 28


# The numbers

def test_rounding_to_8_bits_costs_what_the_file_and_the_text_say():
    _, _, X, y = d2l.load_fashion_mnist()
    o, labels = net(X.asnumpy().reshape(-1, 784)), y.asnumpy()
    assert FILE["accuracyShort"] == pytest.approx((o.argmax(1) == labels).mean(), abs=2e-4)
    assert abs(FILE["accuracy"] - FILE["accuracyShort"]) <= min(0.001, FILE["differ"] / 10_000)
    assert FILE["chosen"] == export.choose(o, labels) and FILE["labels"] == labels[FILE["chosen"]].tolist()
    assert f"{FILE['accuracy']:.4f} before and is {FILE['accuracyShort']:.4f} after" in TEXT
    assert f"{FILE['differ']} answers differ" in TEXT
    study = pd.read_csv(ROOT / "notebooks" / "data" / "seeds.csv").query(
        "variant == 'lecture' and seed == 0 and epoch == 10")
    assert study.test_acc.round(4).tolist() == [FILE["accuracy"]]
    assert "OMP_NUM_THREADS=1 $(INTERPRETER) pages/try_it/export.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
    W = np.random.default_rng(0).normal(size=(50, 3)).astype("float32") * [0.01, 1, 30]
    whole, scale = export.shorten(W)
    assert whole.dtype == np.int8 and (abs(whole * scale - W) <= 0.501 * scale).all()


def test_the_page_has_mxnets_logits_for_a_thousand_pictures(page):
    X = d2l.load_fashion_mnist()[2].asnumpy()[:1000].reshape(1000, 784)
    text = base64.b64encode(X.tobytes()).decode()
    theirs = np.array(page.evaluate("""text => {
        const all = decode(text, Float32Array);
        return Array.from({ length: 1000 }, (_, k) => [...net(all.subarray(784 * k, 784 * (k + 1))).logits]);
    }""", text))
    assert abs(theirs - net(X)).max() < 1e-3
    assert (theirs.argmax(1) == net(X).argmax(1)).mean() >= 0.999


def test_what_we_found_is_what_the_network_says():
    """Each figure of the three answers is computed here."""
    X, y, _, _ = d2l.load_fashion_mnist()
    X, y = X.asnumpy().reshape(-1, 28, 28), y.asnumpy()
    assert pixels_to(4, PICTURES[65]) == [(0, 14, True), (0, 13, True)]
    assert f"The sixth is a shirt that the network isn't sure of, with a probability of {says(PICTURES[65])[1]}" in TEXT
    coats, shirts = (((X[y == label][:, 0, 13:15] > 0.5).mean(0) * 100).round().astype(int) for label in (4, 6))
    assert "bright in {} and {} of 100 coats, and in {} and {} of 100 shirts".format(*coats, *shirts) in TEXT
    assert f"took us {len(pixels_to(4, PICTURES[60]))} pixels" in TEXT
    assert f"Of the empty picture it says {says(np.zeros(784))[0]}" in TEXT
    assert says(np.ones(784))[1:] == ("1.00", "bag") and "it says bag, with 1.00" in TEXT
    trouser = PICTURES[10]
    assert f"it is a dress, with {says(shifted(trouser, 0, -1))[1]}" in TEXT
    assert says(shifted(trouser, 0, -1))[2] == "dress"
    assert f"an ankle boot of it, with {says(shifted(trouser, 0, 4))[1]}" in TEXT
    assert says(shifted(trouser, 0, 4))[2] == "ankle boot"
    assert says(shifted(trouser, -4, 0))[1:] == says(shifted(trouser, 4, 0))[1:] == ("1.00", "trouser")
    survive = [sum(says(shifted(x, *by))[2] == "trouser" for x in PICTURES[10:16])
               for by in ((0, -4), (0, 4), (-4, 0), (4, 0))]
    assert survive == [0, 0, 3, 3]
    light = X[y == 1].sum(1)
    middle = (light * np.arange(28)).sum(1) / light.sum(1)
    assert len(middle) == 6000 and f"{100 * (abs(middle - 13.5) <= 1).mean():.0f} of 100 have their centre" in TEXT


def test_the_python_beside_the_javascript_is_the_notebooks():
    code = "\n".join(cell.source for path in sorted((ROOT / "notebooks").glob("0[345]*.ipynb"))
                     for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.S)
    assert len(blocks) == 5
    for line in "".join(blocks[:4]).splitlines():
        assert line.strip() in code, line


# What a reader does

def test_nothing_is_loaded_until_the_reader_starts_and_then_little(visit, built):
    page, asked = visit((built / "try_it.html").as_uri()), []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.wait_for_timeout(200)
    assert set(asked) <= {"favicon.svg"} and page.evaluate("typeof NETWORK") == "undefined"
    asked.clear()
    page.evaluate("[1, 2].forEach(() => document.querySelector('.start button').click())")  # in a hurry
    page.locator(".units li").first.wait_for()
    assert [name for name in asked if name != "favicon.svg"] == ["try_it_network.js"]
    assert len(gzip.compress(SCRIPT.encode())) < 300_000


def test_the_mouse_paints_and_the_answer_follows(page):
    before = page.evaluate(STATE)
    page.mouse.move(*at(page, 3, 4))
    page.mouse.down()
    page.mouse.move(*at(page, 3, 9))
    page.mouse.up()
    after = page.evaluate(STATE)
    expected = np.array(before["x"])
    expected[3 * 28 + 4:3 * 28 + 10] = 1
    assert after["x"] == expected.tolist()
    o = net(expected)[0]
    assert page.locator(".answer strong").inner_text() == NAMES[o.argmax()]
    shown = [float(cell) for cell in page.locator("#network tbody td:last-child").all_inner_texts()]
    assert shown == pytest.approx(np.exp(o) / np.exp(o).sum(), abs=6e-4)
    page.mouse.click(*at(page, 20, 2), button="right")
    page.mouse.click(*at(page, 3, 4))  # white over white
    assert page.evaluate(STATE)["x"] == expected.tolist()
    undo = page.get_by_role("button", name="Undo")
    undo.click()
    assert page.evaluate(STATE) == before
    assert undo.is_disabled() and undo.evaluate("button => button === document.activeElement")


def test_the_buttons_change_the_whole_picture(page):
    x = np.array(page.evaluate(STATE)["x"])
    for name, by in (("left", (0, -1)), ("up", (-1, 0)), ("down", (1, 0)), ("right", (0, 1))):
        page.get_by_role("button", name=f"Shift {name}").click()
        x = shifted(x, *by)
        assert page.evaluate(STATE)["x"] == x.tolist(), name
    page.get_by_role("button", name="Scramble").click()
    scrambled = page.evaluate(STATE)["x"]
    assert scrambled != x.tolist() and sorted(scrambled) == sorted(x)
    page.get_by_role("button", name="Scramble").click()
    assert page.evaluate(STATE)["x"] == x.tolist()
    page.get_by_role("button", name="Invert").click()
    assert page.evaluate(STATE)["x"] == pytest.approx(1 - x)
    page.get_by_role("button", name="Empty").click()
    assert not any(page.evaluate(STATE)["x"])
    page.get_by_role("button", name="Reset").click()
    assert page.evaluate(STATE)["x"] == pytest.approx(PICTURES[0])
    assert "Its label is" in page.locator(".answer").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert not any(page.evaluate(STATE)["x"])


def test_a_hidden_unit_that_is_off_no_longer_pushes(page):
    before = np.array(page.evaluate(STATE)["logits"])
    card = page.locator(".units li").first
    unit = int(re.search(r"unit (\d+)", card.inner_text())[1])
    fires = max(PICTURES[0] @ W1[:, unit] + b1[unit], 0)
    card.get_by_role("button").click()
    after = page.evaluate(STATE)
    assert after["off"] == [unit]
    page.wait_for_function(f"find('[role=status]').textContent.startsWith('Unit {unit} is off. It says')")
    assert np.array(after["logits"]) == pytest.approx(before - fires * W2[unit], abs=1e-3)
    page.get_by_role("button", name=f"Turn unit {unit} on").click()
    assert page.evaluate(STATE)["logits"] == pytest.approx(before)


def test_the_keyboard_alone_does_it_all(visit, built):
    page = visit((built / "try_it.html").as_uri())
    page.locator(".start button").focus()
    page.keyboard.press("Enter")
    page.locator(".units li").first.wait_for()
    for key in ("ArrowDown", "ArrowRight", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate(STATE)["chosen"] == 11
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    assert page.evaluate("X[13 * SIDE + 14]") == 1
    page.keyboard.press("Delete")
    assert page.evaluate("X[13 * SIDE + 14]") == 0
    page.wait_for_function("document.querySelector('#network [role=status]').textContent.startsWith('It says')")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.ariaLabel || document.activeElement.textContent"))
    assert {"Paint", "Erase", "Wide", "Shift left", "Invert", "Scramble", "Empty", "Undo", "Reset"} <= reached
    assert sum(name.startswith("Turn unit") for name in reached) == 8


def test_a_finger_paints_and_does_not_scroll(visit, built):
    page = visit((built / "try_it.html").as_uri(), width=390, has_touch=True, is_mobile=True)
    page.locator(".start button").tap()
    page.locator(".pictures canvas").nth(62).tap()
    assert page.evaluate(STATE)["chosen"] == 62
    page.touchscreen.tap(*at(page, 2, 20))
    assert page.evaluate("X[2 * SIDE + 20]") == 1
    (x, y), (_, y_end) = at(page, 1, 5), at(page, 7, 5)
    top, session = page.evaluate("scrollY"), page.context.new_cdp_session(page)
    for kind, height in (("touchStart", y), ("touchMove", (y + y_end) / 2), ("touchMove", y_end), ("touchEnd", None)):
        points = [] if height is None else [{"x": x, "y": height}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.evaluate("[1, 2, 3, 4, 5, 6, 7].map(row => X[row * SIDE + 5])") == [1] * 7
    assert page.evaluate("scrollY") == top
    painted = page.evaluate(STATE)["x"]
    first, second = {"x": x, "y": y, "id": 1}, {"x": x + 150, "y": y + 90, "id": 2}
    for kind, points in (("touchStart", [first]), ("touchStart", [first, second]), ("touchEnd", [])):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert page.evaluate(STATE)["x"] == painted


def test_the_answer_comes_within_a_frame(page):
    """The median of 50 moves of the hand, over a picture without a black pixel to leave out, in milliseconds."""
    page.get_by_role("button", name="Empty").click()
    page.get_by_role("button", name="Invert").click()
    page.get_by_role("button", name="Erase").click()
    times = page.evaluate("""() => {
        const box = board.getBoundingClientRect(), times = [];
        board.setPointerCapture = () => {}; // no pointer is down in truth
        for (let k = 0; k <= 50; k++) {
            const clientX = box.left + (k % 7 + 0.5) * box.width / 7, clientY = box.top + (k + 0.5) * box.height / 51;
            const event = new PointerEvent(k ? "pointermove" : "pointerdown", { pointerId: 1, clientX, clientY });
            const began = performance.now();
            board.dispatchEvent(event);
            times.push(performance.now() - began);
        }
        return times;
    }""")
    assert page.evaluate("X.filter(value => value === 0).length") > 100
    assert np.median(times[1:]) < 16


def test_a_missing_file_is_named_and_paper_has_the_still(page, chromium, built, tmp_path):
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article img").first.is_visible() and not page.locator("#network").is_visible()
    shutil.copytree(built, tmp_path / "stick")
    (tmp_path / "stick" / "_static" / "try_it_network.js").unlink()
    with chromium.new_context() as context:  # its failed requests are wanted here, which `visit` would complain of
        page = context.new_page()
        page.goto((tmp_path / "stick" / "try_it.html").as_uri())
        for _ in range(2):
            page.get_by_role("button", name="Start").click()
            page.get_by_text("try_it_network.js, isn't in").wait_for()
            page.wait_for_function("document.activeElement.matches('.start button:enabled')")
        assert page.locator(".start").inner_text().count("isn't in") == 1


def test_without_javascript_the_page_says_what_it_would_do(visit, built):
    page = visit((built / "try_it.html").as_uri(), java_script_enabled=False)
    assert page.get_by_text("This part needs JavaScript").is_visible()
    assert page.locator("article img").first.is_visible() and not page.get_by_role("button", name="Start").is_visible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_in_use_it_is_open_to_everyone_at_every_width(mode, page):
    page.emulate_media(color_scheme=mode, reduced_motion="reduce")
    page.locator(".units button").first.click()
    for width in (320, 390, 768, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(MEASURE) == [], f"at {width} pixels"
        assert find_barriers(page) == "", f"at {width} pixels"


def test_the_bars_are_seen_in_the_systems_own_colours(page):
    page.emulate_media(forced_colors="active")
    bar, under = page.evaluate("""() => ["#network .share", "html"].map(
        selector => getComputedStyle(document.querySelector(selector)).backgroundColor)""")
    assert bar != under
