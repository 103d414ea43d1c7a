"""What goes wrong on a page while a test has it open."""


def listen(page, troubles, *homes):
    """Add a line to `troubles` for each message, error and failed request, and for each request that leaves `homes`."""
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("requestfailed", lambda request: request.failure == "net::ERR_ABORTED"  # the page was left before it came
            or troubles.append(f"failed: {request.url}"))
    page.on("response", lambda response: response.status >= 400 and troubles.append(f"missing: {response.url}"))
    page.on("request", lambda request: request.url.startswith((*homes, "data:"))
            or troubles.append(f"external: {request.url}"))
