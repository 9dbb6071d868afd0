"""The port that a server is about to be reached at, taken before anything else is done."""

import socket


class PortTakenError(OSError):
    """Something else listens on `port`, or it may not be used."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port}")
        self.port = port


def take_port(host: str, port: int) -> socket.socket:
    """A socket bound to it, which listens to nobody yet. Raises PortTakenError."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(port) from error
    return listener
