"""QEMU's machine protocol (QMP) and its guest agent both speak JSON lines over a unix socket."""
import json
import random
import socket
import time


class JsonLines:
    def __init__(self, path, timeout):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(timeout)
        self._socket.connect(str(path))
        self._rest = b""
        self._events = []

    def ask(self, command, **arguments):
        """The answer to one command; RuntimeError with what it says when it is refused."""
        self._send(command, arguments)
        while True:
            reply = self.read()
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise RuntimeError(f"{command}: {reply['error'].get('desc')}")
            self._events.append(reply.get("event"))

    def synchronize(self):
        """The guest agent answers what an earlier connection asked, too, if that one did not wait for it."""
        mark = random.getrandbits(31)
        self._send("guest-sync", {"id": mark})
        while self.read().get("return") != mark:
            pass

    def ask_for_event(self, event, timeout, command, **arguments):
        """Asks, and waits for an event; some come before the answer."""
        self._events.clear()
        self.ask(command, **arguments)
        end = time.monotonic() + timeout
        while event not in self._events:
            if time.monotonic() > end:
                raise TimeoutError(f"no {event} within {timeout} s")
            self._events.append(self.read().get("event"))

    def read(self):
        while b"\n" not in self._rest:
            more = self._socket.recv(1 << 16)
            if not more:
                raise ConnectionError("the other side closed the connection")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\n")
        return json.loads(line)

    def close(self):
        self._socket.close()

    def _send(self, command, arguments):
        message = {"execute": command}
        if arguments:
            message["arguments"] = arguments
        self._socket.sendall(json.dumps(message).encode() + b"\n")
