"""The page on which the network can be tried: it computes what MXNet does, and mouse, finger and keyboard all serve."""

import base64
import gzip
import re
import shutil

import numpy as np
import pytest

import d2l_utils as d2l
from test_pages_widths import MEASURE, find_barriers
from try_it_network import NAMES, PICTURES, SCRIPT, W1, W2, b1, net, shifted

STATE = "({ x: [...X], logits: [...net(X, off).logits], off: [...off], chosen })"
BOARD = "canvas[role=application]"


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


def test_the_page_has_mxnets_logits_for_a_thousand_pictures(page):
    X = d2l.load_fashion_mnist()[2].asnumpy()[:1000].reshape(1000, 784)
    text = base64.b64encode(X.tobytes()).decode()
    theirs = np.array(page.evaluate("""text => {
        const all = decode(text, Float32Array);
        return Array.from({ length: 1000 }, (_, k) => [...net(all.subarray(784 * k, 784 * (k + 1))).logits]);
    }""", text))
    assert abs(theirs - net(X)).max() < 1e-3
    assert (theirs.argmax(1) == net(X).argmax(1)).mean() >= 0.999


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
