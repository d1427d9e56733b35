"""A headless Chromium and one page in it, driven over a pipe with the DevTools protocol. It knows nothing of the demo.

The protocol is JSON with a zero byte after each message, on file descriptors 3 (to the browser) and 4 (from it), so
that neither a port nor a websocket is needed.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
# A headless page in a container, that calls nobody but the address it is given.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
    "--no-default-browser-check", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--remote-debugging-pipe",
]
ANSWER_SECONDS = 30


class PageError(Exception):
    """The browser could not be started, went away, or the page did not do what it was told."""


class Chromium:
    """The browser as a context manager: entering gives the page, leaving ends the browser."""

    def __init__(self, program, size, dark):
        self.program = program or next(filter(None, map(shutil.which, NAMES)), None)
        if not self.program:
            raise PageError(f"no browser on PATH; looked for {', '.join(NAMES)}")
        self.width, self.height = (int(part) for part in size.lower().split("x"))
        self.dark = dark

    def __enter__(self):
        self.profile = tempfile.TemporaryDirectory(prefix="two-phones-", ignore_cleanup_errors=True)
        to_browser, from_us = os.pipe()
        from_browser, to_us = os.pipe()

        def take_places():
            # Moved out of the way first: either may itself be number 3 or 4.
            reading, writing = os.dup(to_browser), os.dup(to_us)
            spare = [os.dup(reading), os.dup(writing)]
            os.dup2(spare[0], 3)
            os.dup2(spare[1], 4)

        command = [self.program, *FLAGS, f"--user-data-dir={self.profile.name}", f"--window-size={self.width},{self.height}", "about:blank"]
        try:
            self.process = subprocess.Popen(
                command, preexec_fn=take_places, close_fds=False, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise PageError(f"{self.program} cannot be started: {error}") from error
        os.close(to_browser)
        os.close(to_us)
        self.page = Page(from_us, from_browser)
        try:
            self.page.attach(self.width, self.height, self.dark)
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self.page

    def __exit__(self, *_):
        self.page.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.profile.cleanup()


class Page:
    def __init__(self, writing, reading):
        self.writing, self.reading = writing, reading
        self.number, self.session, self.buffer = 0, None, b""
        self.events, self.closed = [], False

    def attach(self, width, height, dark):
        targets = self.ask("Target.getTargets")["targetInfos"]
        target = next((each["targetId"] for each in targets if each["type"] == "page"), None)
        target = target or self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")
        self.ask("Runtime.enable")
        # A page in the background gets no focus events, and no person would use it there.
        self.ask("Emulation.setFocusEmulationEnabled", enabled=True)
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def open(self, url):
        """Goes to the address and waits until the document is there."""
        answer = self.ask("Page.navigate", url=url)
        if answer.get("errorText"):
            raise PageError(f"{url} cannot be opened: {answer['errorText']}")
        deadline = time.monotonic() + ANSWER_SECONDS
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            if time.monotonic() > deadline:
                raise PageError(f"{url} was not loaded within {ANSWER_SECONDS} s")
            self.breathe()

    def call(self, function, *arguments):
        """Calls a JavaScript function with JSON arguments and gives back what it returns."""
        source = f"({function})({', '.join(json.dumps(argument) for argument in arguments)})"
        answer = self.ask("Runtime.evaluate", expression=source, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise PageError(details.get("exception", {}).get("description", details["text"]))
        return answer["result"].get("value")

    def errors(self):
        """Exceptions that nobody caught, and errors written to the console."""
        found = []
        for event in self.events:
            if event["method"] == "Runtime.exceptionThrown":
                details = event["params"]["exceptionDetails"]
                found.append(details.get("exception", {}).get("description", details["text"]))
            elif event["method"] == "Runtime.consoleAPICalled" and event["params"]["type"] == "error":
                found.append(" ".join(str(each.get("value", each.get("description"))) for each in event["params"]["args"]))
        return found

    def screenshot(self, path):
        if self.closed:
            return
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"]))

    def breathe(self):
        """Takes what the browser says within a twentieth of a second, so that asking again is no busy loop."""
        self.receive(0.05)

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        try:
            data = json.dumps(message).encode() + b"\0"
            while data:
                data = data[os.write(self.writing, data):]
        except OSError as error:
            raise PageError(f"the browser went away: {error}") from error
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline:
            for answer in self.receive(0.5):
                if answer.get("id") != self.number:
                    continue
                if "error" in answer:
                    raise PageError(f"{method}: {answer['error'].get('message')}")
                return answer["result"]
        raise PageError(f"the browser did not answer {method} within {ANSWER_SECONDS} s")

    def receive(self, seconds):
        """Messages that are answers; events are kept."""
        answers = []
        if select.select([self.reading], [], [], seconds)[0]:
            data = os.read(self.reading, 1 << 20)
            if not data:
                self.closed = True
                raise PageError("the browser went away")
            *messages, self.buffer = (self.buffer + data).split(b"\0")
            for message in map(json.loads, messages):
                (self.events if "method" in message else answers).append(message)
        return answers

    def close(self):
        try:
            if not self.closed:
                self.session = None
                self.ask("Browser.close")
        except PageError:
            pass
        self.closed = True
        os.close(self.writing)
        os.close(self.reading)
