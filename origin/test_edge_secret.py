"""Run by `python3 -m unittest discover -s origin`."""

import unittest
from unittest import mock

import edge_secret
from edge_secret import EdgeSecretMiddleware, EdgeSecrets, InvalidConfiguration

OLD = "old-" + "0123456789abcdef" * 2
NEW = "new-" + "fedcba9876543210" * 2
HEALTH = "/healthz"


class Origin:
    """An application behind the middleware that keeps the requests that reached it, and the answers."""

    def __init__(self, secrets=None, health_path=HEALTH):
        self.reached = []
        self.sent = []
        self.received = 0
        self.middleware = EdgeSecretMiddleware(self.app, secrets or EdgeSecrets(NEW), health_path)

    async def app(self, scope, receive, send):
        self.reached.append(scope)

    async def receive(self):
        self.received += 1
        return {"type": "websocket.connect"}

    async def send(self, message):
        self.sent.append(message)

    async def ask(self, headers=(), path="/", method="GET", kind="http", **more):
        scope = {"type": kind, "path": path, "method": method, "headers": list(headers), **more}
        await self.middleware(scope, self.receive, self.send)
        return scope

    @property
    def was_reached(self):
        return len(self.reached) == 1 and self.sent == []

    @property
    def status(self):
        return self.sent[0].get("status") if self.sent else None


def secret(value=NEW, name=b"x-edge-secret"):
    return [(b"host", b"app.example.com"), (name, value.encode("latin-1"))]


class Requests(unittest.IsolatedAsyncioTestCase):
    async def test_pass_with_the_secret(self):
        origin = Origin()
        await origin.ask(secret())
        self.assertTrue(origin.was_reached)

    async def test_pass_with_either_secret_during_a_rotation(self):
        for value in (OLD, NEW):
            origin = Origin(EdgeSecrets(NEW, OLD))
            await origin.ask(secret(value))
            self.assertTrue(origin.was_reached, value)

    async def test_are_refused_with_the_old_secret_after_a_rotation(self):
        origin = Origin(EdgeSecrets(NEW))
        await origin.ask(secret(OLD))
        self.assertEqual((origin.status, origin.reached), (403, []))

    async def test_are_refused_with_any_other_header(self):
        others = {
            "none": [],
            "an empty one": secret(""),
            "a prefix": secret(NEW[:-1]),
            "a longer one": secret(NEW + "0"),
            "another case": secret(NEW.upper()),
            "white space": secret(f" {NEW}"),
            "a list": secret(f"{NEW}, {NEW}"),
            "a byte above ASCII": secret(NEW[:-1] + "\xff"),
            "a similar name": secret(name=b"x-edge-secret-"),
            "an underscore": secret(name=b"x_edge_secret"),
            "the same twice": secret() + secret(),
            "a guess before it": secret("guess") + secret(),
            "a guess behind it": secret() + secret("guess"),
            "both names": secret() + secret(name=b"X-Edge-Secret"),
        }
        for name, headers in others.items():
            origin = Origin()
            await origin.ask(headers)
            self.assertEqual((origin.status, origin.reached), (403, []), name)

    async def test_are_refused_without_their_body_being_read(self):
        origin = Origin()
        await origin.ask(method="POST")
        self.assertEqual(origin.received, 0)

    async def test_are_refused_by_a_complete_response_that_nobody_caches(self):
        origin = Origin()
        await origin.ask()
        start, body = origin.sent
        self.assertEqual(start["type"], "http.response.start")
        self.assertIn((b"content-length", str(len(body["body"])).encode()), start["headers"])
        self.assertIn((b"cache-control", b"no-store"), start["headers"])
        self.assertEqual((body["type"], body.get("more_body", False)), ("http.response.body", False))

    async def test_hide_the_secret_from_the_application(self):
        origin = Origin()
        scope = await origin.ask(secret() + [(b"accept", b"*/*")], state={"a": 1})
        self.assertEqual(origin.reached[0]["headers"], [(b"host", b"app.example.com"), (b"accept", b"*/*")])
        self.assertEqual(origin.reached[0]["state"], {"a": 1})
        self.assertEqual(len(scope["headers"]), 3, "the server's own scope stays as it is")

    async def test_pass_with_the_header_in_a_server_s_own_case(self):
        origin = Origin()
        await origin.ask(secret(name=b"X-Edge-Secret"))
        self.assertTrue(origin.was_reached)


class HealthChecks(unittest.IsolatedAsyncioTestCase):
    async def test_pass_without_a_secret(self):
        for method in ("GET", "HEAD"):
            origin = Origin()
            await origin.ask(path=HEALTH, method=method, query_string=b"probe=1")
            self.assertTrue(origin.was_reached, method)

    async def test_pass_without_handing_on_a_guess(self):
        origin = Origin()
        await origin.ask(secret("guess"), path=HEALTH)
        self.assertEqual(origin.reached[0]["headers"], [(b"host", b"app.example.com")])

    async def test_are_nothing_but_get_and_head(self):
        for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", "TRACE", "CONNECT"):
            origin = Origin()
            await origin.ask(path=HEALTH, method=method)
            self.assertEqual((origin.status, origin.reached), (403, []), method)

    async def test_are_exactly_that_path(self):
        others = ("", "/", "/healthz/", "//healthz", "/Healthz", "/healthz/x", "/x/healthz", "/healthz;x", "/healthz?x")
        for path in (*others, "/healthz#x", "/./healthz", "/%68ealthz", "/healthz\x00", "healthz", "/healthz\n"):
            origin = Origin()
            await origin.ask(path=path)
            self.assertEqual((origin.status, origin.reached), (403, []), path)

    async def test_are_no_websockets(self):
        origin = Origin()
        await origin.ask(path=HEALTH, kind="websocket")
        self.assertEqual(origin.reached, [])

    async def test_are_refused_where_no_path_is_given(self):
        origin = Origin(health_path=None)
        await origin.ask(path=HEALTH)
        self.assertEqual((origin.status, origin.reached), (403, []))

    def test_need_a_path_that_can_match(self):
        for path in ("", "healthz", "/healthz?full", "/healthz#a", "/%68ealthz"):
            with self.assertRaises(InvalidConfiguration, msg=path):
                Origin(health_path=path)


class Websockets(unittest.IsolatedAsyncioTestCase):
    async def test_pass_with_the_secret(self):
        origin = Origin()
        await origin.ask(secret(), kind="websocket")
        self.assertTrue(origin.was_reached)

    async def test_are_closed_with_1008_before_they_are_accepted(self):
        for headers in ([], secret(OLD), secret() + secret()):
            origin = Origin()
            await origin.ask(headers, kind="websocket")
            self.assertEqual([(sent["type"], sent["code"]) for sent in origin.sent], [("websocket.close", 1008)])
            self.assertEqual((origin.received, origin.reached), (1, []))


class OtherScopes(unittest.IsolatedAsyncioTestCase):
    async def test_pass_as_a_lifespan(self):
        origin = Origin()
        scope = {"type": "lifespan"}
        await origin.middleware(scope, origin.receive, origin.send)
        self.assertIs(origin.reached[0], scope)

    async def test_are_no_way_round(self):
        origin = Origin()
        with self.assertRaises(RuntimeError):
            await origin.ask(secret(), kind="webtransport")
        self.assertEqual(origin.reached, [])


class Secrets(unittest.TestCase):
    def test_are_never_empty_nor_weak(self):
        malformed = ("", " ", "short", "x" * 31, " " * 40, NEW + " ", NEW + "\n", "é" * 40, "x" * 31 + "\x7f")
        for value in (*malformed, None, b"x" * 40):
            with self.assertRaises(InvalidConfiguration, msg=repr(value)):
                EdgeSecrets(value)
            if value is not None:
                with self.assertRaises(InvalidConfiguration, msg=repr(value)):
                    EdgeSecrets(NEW, value)

    def test_are_32_visible_characters_at_least(self):
        self.assertTrue(EdgeSecrets("!" * 31 + "~").accept(b"!" * 31 + b"~"))

    def test_come_from_the_environment_of_the_process(self):
        secrets = EdgeSecrets.from_environment({"EDGE_SECRET": NEW, "EDGE_SECRET_PREVIOUS": OLD, "HOME": "/"})
        self.assertEqual([secrets.accept(value.encode()) for value in (NEW, OLD, "HOME")], [True, True, False])

    def test_are_refused_where_a_variable_is_missing_or_empty(self):
        for environment in (
            {},
            {"EDGE_SECRET": ""},
            {"EDGE_SECRET_PREVIOUS": OLD},
            {"EDGE_SECRET": NEW, "EDGE_SECRET_PREVIOUS": ""},
            {"EDGE_SECRET": "", "EDGE_SECRET_PREVIOUS": OLD},
        ):
            with self.assertRaises(InvalidConfiguration, msg=str(environment)):
                EdgeSecrets.from_environment(environment)

    def test_are_two_different_ones_during_a_rotation(self):
        with self.assertRaisesRegex(InvalidConfiguration, "the same value"):
            EdgeSecrets(NEW, NEW)

    def test_are_never_printed(self):
        malformed = NEW + " "
        with self.assertRaises(InvalidConfiguration) as refused:
            EdgeSecrets(malformed)
        self.assertNotIn(NEW, str(refused.exception))
        secrets = EdgeSecrets(NEW, OLD)
        for text in (repr(secrets), str(vars(secrets)), repr(Origin(secrets).middleware)):
            self.assertNotIn(NEW, text)
            self.assertNotIn(OLD, text)

    def test_are_all_compared_in_constant_time_whichever_matches(self):
        secrets = EdgeSecrets(NEW, OLD)
        for value in (NEW, OLD, "", "x" * 10_000):
            with mock.patch.object(edge_secret, "compare_digest", wraps=edge_secret.compare_digest) as compare:
                secrets.accept(value.encode())
            lengths = [[len(side) for side in call.args] for call in compare.call_args_list]
            self.assertEqual(lengths, [[32, 32], [32, 32]])

    def test_are_what_the_middleware_is_made_with(self):
        for secrets in (NEW, [NEW], None, (NEW, OLD)):
            with self.assertRaises(InvalidConfiguration):
                EdgeSecretMiddleware(lambda *_: None, secrets)


if __name__ == "__main__":
    unittest.main()
