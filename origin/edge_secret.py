"""The origin's half of WEB-1: the application answers only what came through its edge.

The edge sets the header X-Edge-Secret on every request for the environment's hosts, whatever the client sent in it. A
client that asks Render's edge for a host directly lacks it, and gets 403.

Needs Python 3.9 or newer, and nothing else. Copy this file into the application.
"""

from __future__ import annotations

import re
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Awaitable, Callable, Mapping, MutableMapping, Optional

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = b"x-edge-secret"
"""The header, as ASGI spells it: https://asgi.readthedocs.io/en/latest/specs/www.html#http-connection-scope"""

CURRENT = "EDGE_SECRET"
"""The environment variable that holds the secret that the edge has, or is about to get."""

PREVIOUS = "EDGE_SECRET_PREVIOUS"
"""The environment variable that holds the secret that a rotation replaces. Absent at all other times."""

_SECRET = re.compile(r"[!-~]{32,}")
_HEALTH_PATH = re.compile(r"/[^?#%]*")
_BODY = b"Forbidden\n"
_POLICY_VIOLATION = 1008


class InvalidConfiguration(ValueError):
    """The application must not start. The message names what is wrong, and never a secret."""


class EdgeSecrets:
    """The one or two values of X-Edge-Secret that the application accepts. Keeps digests only."""

    def __init__(self, current: str, previous: Optional[str] = None) -> None:
        """
        :param current: at least 32 visible ASCII characters without spaces, as the edge demands of them
        :param previous: the same, and another value; only during a rotation
        :raises InvalidConfiguration: when either is anything else
        """
        given = {CURRENT: current} if previous is None else {CURRENT: current, PREVIOUS: previous}
        for name, value in given.items():
            if not isinstance(value, str) or _SECRET.fullmatch(value) is None:
                raise InvalidConfiguration(
                    f"{name} must hold at least 32 visible ASCII characters without spaces, "
                    "for example the output of: openssl rand -hex 32"
                )
        if current == previous:
            raise InvalidConfiguration(f"{CURRENT} and {PREVIOUS} hold the same value: remove {PREVIOUS}")
        self._digests = tuple(sha256(value.encode("ascii")).digest() for value in given.values())

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> EdgeSecrets:
        """
        The secrets of a process.

        :param environment: usually os.environ; EDGE_SECRET is required, EDGE_SECRET_PREVIOUS is not
        :raises InvalidConfiguration: when a value is missing, empty or malformed. A variable that is set but empty is
            an error too: a deploy that lost its secret would otherwise look like one without a rotation.
        """
        if CURRENT not in environment:
            raise InvalidConfiguration(f"{CURRENT} is not set: without it every request would be refused")
        return cls(environment[CURRENT], environment.get(PREVIOUS))

    def accept(self, value: bytes) -> bool:
        """Whether the edge sent this. Takes as long whether it is accepted or not."""
        digest = sha256(value).digest()
        accepted = False
        for known in self._digests:
            accepted |= compare_digest(digest, known)
        return accepted


class EdgeSecretMiddleware:
    """
    ASGI middleware that lets requests and websockets pass only with an accepted secret.

    Everything else gets 403, and a websocket is closed with 1008 before it is accepted, for which the server answers
    403 too. The lifespan passes. The application never sees the header: it can't log it, nor hand it on.
    """

    def __init__(self, app: Application, secrets: EdgeSecrets, health_path: Optional[str] = None) -> None:
        """
        :param app: the application behind it
        :param secrets: what it accepts
        :param health_path: the one path that GET and HEAD may ask without a secret: Render's health checks don't come
            through the edge. Compared with the whole ASGI path, case and all; by default there is none
        :raises InvalidConfiguration: when the secrets or the path aren't of this form
        """
        if not isinstance(secrets, EdgeSecrets):
            raise InvalidConfiguration("secrets must be made by EdgeSecrets")
        if health_path is not None and _HEALTH_PATH.fullmatch(health_path) is None:
            raise InvalidConfiguration("health_path must begin with / and hold no query, hash or escape")
        self._app = app
        self._secrets = secrets
        self._health_path = health_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self._app(scope, receive, send)
        elif kind not in ("http", "websocket"):
            raise RuntimeError(f"{kind} is no protocol that can carry the edge's secret")
        elif self._came_through_the_edge(scope) or self._asks_for_health(scope):
            await self._app(_without_secret(scope), receive, send)
        elif kind == "http":
            await _forbid(send)
        else:
            await _refuse_websocket(receive, send)

    def _came_through_the_edge(self, scope: Scope) -> bool:
        # The edge sets the header once: a second one was added by somebody else.
        values = [value for name, value in scope["headers"] if name.lower() == HEADER]
        return len(values) == 1 and self._secrets.accept(values[0])

    def _asks_for_health(self, scope: Scope) -> bool:
        return (
            self._health_path is not None
            and scope["type"] == "http"
            and scope["method"] in ("GET", "HEAD")
            and scope["path"] == self._health_path
        )


def _without_secret(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER]
    return {**scope, "headers": headers}


async def _forbid(send: Send) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(_BODY)).encode("ascii")),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": _BODY})


async def _refuse_websocket(receive: Receive, send: Send) -> None:
    # The first event is always the client's wish to connect, which a close answers.
    await receive()
    await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": "Forbidden"})
