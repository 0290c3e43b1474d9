"""QEMU's machine protocol (QMP) and its guest agent both speak JSON lines over a unix socket."""
import json
import socket
import time


class JsonLines:
    def __init__(self, path, timeout):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(timeout)
        self._socket.connect(str(path))
        self._rest = b""

    def ask(self, command, **arguments):
        """The answer to one command; RuntimeError with what it says when it is refused."""
        message = {"execute": command}
        if arguments:
            message["arguments"] = arguments
        self._socket.sendall(json.dumps(message).encode() + b"\n")
        while True:
            reply = self.read()
            if "return" in reply:
                return reply["return"]
            if "error" in reply:
                raise RuntimeError(f"{command}: {reply['error'].get('desc')}")

    def wait_for_event(self, name, timeout):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            reply = self.read()
            if reply.get("event") == name:
                return reply
        raise TimeoutError(f"no {name} within {timeout} s")

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
