"""The rules of the edge, each held on the real process or the real server."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import stat
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from sobre import config, privacy
from sobre.adapters.providers.openai_style import OpenAIStyle
from sobre.app import open_app
from sobre.core.exchange import Action
from sobre.core.zone import Zone
from sobre.errors import PolicyRefusal
from sobre.web.console import SESSION_COOKIE
from sobre.web.protocol import Protocol
from support.serving import Here, command, ledger, rung, serve, serving, upstream_thread
from support.upstream import Upstream, fake_upstream
from support.values import APP, Heard, ask, card, limits

pytestmark = pytest.mark.timeout(60)

CANARY = "canary-91d4e7"
UPSTREAM_KEY = "upstream-secret-55aa"
BODY = {"model": "auto", "messages": [{"role": "user", "content": "Hello"}]}


@pytest.fixture
async def up() -> AsyncIterator[Upstream]:
    async with fake_upstream() as started:
        yield started


@pytest.fixture
async def sobre(up: Upstream, tmp_path: Path) -> AsyncIterator[Here]:
    async with serving(tmp_path, rung("near", up.url)) as started:
        yield started


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("sent", [b"", b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nA: "])
@pytest.mark.parametrize("kept_alive", [False, True])
async def test_a_connection_that_never_completes_its_head_is_closed(
    up: Upstream,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    sent: bytes,
    kept_alive: bool,
) -> None:
    monkeypatch.setattr(Protocol, "HEAD_SECONDS", 0.1)
    async with serving(tmp_path, rung("near", up.url)) as sobre:
        reader, writer = await asyncio.open_connection(*address(sobre))
        if kept_alive:
            writer.write(b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert await reader.readuntil(b"live\n")
            sent = sent or b"G"
        writer.write(sent)
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
        assert (await sobre.ask()).status == 200


async def test_a_connection_that_waits_for_a_slow_answer_is_kept(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Protocol, "HEAD_SECONDS", 0.02)
    up.interval_s = 0.01
    async with serving(tmp_path, rung("near", up.at("drip"))) as sobre:
        assert (await sobre.ask("some words to drip", stream=True)).done
        assert (await sobre.ask("some words to drip")).status == 200


async def test_beyond_the_most_connections_a_request_is_refused_cleanly(
    up: Upstream, tmp_path: Path
) -> None:
    async with serving(tmp_path, rung("near", up.url), most=2) as sobre:
        opened = [await asyncio.open_connection(*address(sobre)) for _ in range(3)]
        refused = await raw(sobre.url, b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        assert refused.startswith(b"HTTP/1.1 503 ")
        for _, writer in opened:
            writer.close()


def address(sobre: Here) -> tuple[str, int]:
    host, port = sobre.url.removeprefix("http://").split(":")
    return host, int(port)


async def raw(url: str, request: bytes) -> bytes:
    """What the server answers to these very bytes."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    answer = await asyncio.wait_for(reader.read(65536), 10)
    writer.close()
    await writer.wait_closed()
    return answer


# --- Keys and texts at rest and in logs -----------------------------------------------------------


def test_no_key_and_no_text_is_where_it_should_not_be(tmp_path: Path) -> None:
    """At debug level, after answers, refusals, faults and bad input: stderr, keys, permissions."""
    (tmp_path / "upstream.key").write_text(UPSTREAM_KEY)
    with upstream_thread() as up:
        blocks = (
            rung("near", up.url, key_file="upstream.key"),
            rung("bad", up.at("malformed-json")),
            rung("far", up.url, zone="eu-hosted"),
        )
        with serve(tmp_path, *blocks, debug=True) as sobre:
            asyncio.run(_talk(sobre.v1, sobre.key))
            made = command(tmp_path, "keys", "create", "second").stdout.split()[-1]
            log = sobre.log
        assert {r.headers.get("authorization") for r in up.requests} == {
            f"Bearer {UPSTREAM_KEY}",
            None,
        }
    assert " DEBUG " in log, "nothing was logged at debug level: the test proves nothing"
    for secret in (CANARY, sobre.key, made, UPSTREAM_KEY):
        assert secret not in log
    files = [path for path in sobre.data.rglob("*") if path.is_file()]
    for secret in (sobre.key, made, UPSTREAM_KEY):
        assert [p.name for p in files if secret.encode() in p.read_bytes()] == []
    assert {mode(p) for p in (sobre.data, *sobre.data.rglob("*")) if p.is_dir()} == {0o700}
    assert [p.name for p in files if mode(p) & 0o077] == []


async def _talk(v1: str, key: str) -> None:
    good = {"Authorization": f"Bearer {key}"}
    said = [{"role": "user", "content": f"{CANARY} password: {CANARY}"}]
    bodies: list[Any] = [
        {"model": "near", "messages": [{"role": "user", "content": CANARY}]},
        {"model": "near", "messages": [{"role": "user", "content": CANARY}], "stream": True},
        {"model": "bad", "messages": [{"role": "user", "content": CANARY}]},
        {"model": "far", "messages": said},
        {"model": CANARY, "messages": said},
        {"model": "near", "messages": CANARY},
        {"model": "near", "messages": said, "temperature": CANARY},
        CANARY,
    ]
    async with aiohttp.ClientSession() as session:
        for headers in (good, {"Authorization": f"Bearer sk-sobre-{CANARY}"}):
            for body in bodies:
                url = f"{v1}/chat/completions"
                async with session.post(url, json=body, headers=headers) as response:
                    await response.read()
            async with session.get(f"{v1}/{CANARY}", headers=headers) as response:
                await response.read()


def test_a_data_folder_that_others_could_read_is_closed_or_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir(mode=0o755)
    (tmp_path / "data").chmod(0o755)
    with upstream_thread() as up, serve(tmp_path, rung("near", up.url)) as sobre:
        files = [p for p in sobre.data.rglob("*") if p.is_file()]
        open_to_others = [p.name for p in files if mode(p) & 0o077]
    assert mode(sobre.data) == 0o700 or open_to_others == []


# --- Who gets in ----------------------------------------------------------------------------------

PATHS = [
    "/v1",
    "/v1/",
    "/v1/chat/completions",
    "/v1/models",
    "/v1/models/near",
    "/v1/files",
    "/v1/no/such/thing",
    "/v1/%2e%2e/health/live",
    "/v1/../v1/models",
    "/v1//chat/completions",
    "/v1/chat/completions?api_key=x",
    "/%76%31/models",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])
async def test_without_a_key_every_path_under_v1_is_closed(
    path: str, method: str, sobre: Here
) -> None:
    host = sobre.url.removeprefix("http://")
    request = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    answer = await raw(sobre.url, request.encode())
    assert answer.startswith(b"HTTP/1.1 401 ")


TRICKS = [
    "/v1x/chat/completions",
    "//v1/chat/completions",
    "/./v1/chat/completions",
    "/V1/chat/completions",
    "/health/../v1/chat/completions",
    "/health/live/../../v1/models",
    "/v1%2fchat%2fcompletions",
    "/v1;/chat/completions",
    "/health/live%3f/v1/models",
]


@pytest.mark.parametrize("path", TRICKS)
async def test_no_trick_of_paths_reaches_a_model(path: str, up: Upstream, sobre: Here) -> None:
    host = sobre.url.removeprefix("http://")
    body = json.dumps(BODY)
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    answer = await raw(sobre.url, (head + body).encode())
    assert int(answer.split(b" ", 2)[1]) in {400, 401, 404, 405}
    assert up.requests == []


CREDENTIALS = [
    {"Authorization": "{key}"},
    {"Authorization": "Basic {key}"},
    {"Authorization": "Bearer {key}x"},
    {"Authorization": "Bearer"},
    {"X-Forwarded-User": "admin"},
    {"X-Original-URL": "/health/live"},
    {"Cookie": "key={key}"},
]


@pytest.mark.parametrize("headers", CREDENTIALS)
async def test_a_key_counts_only_where_it_belongs(headers: dict[str, str], sobre: Here) -> None:
    sent = {name: value.format(key=sobre.key) for name, value in headers.items()}
    async with sobre.post(json=BODY, headers=sent) as response:
        assert response.status == 401


async def test_a_bad_key_is_not_told_whether_its_body_was_good(sobre: Here) -> None:
    async with sobre.post(data=b"{", headers={"Authorization": "Bearer x"}) as response:
        assert response.status == 401


SITES = {"same-origin": 200, "same-site": 401, "cross-site": 401, "none": 401, None: 401}


@pytest.mark.parametrize(("site", "status"), SITES.items())
async def test_the_console_s_cookie_counts_only_for_the_console_s_own_pages(
    site: str | None, status: int, sobre: Here
) -> None:
    token = sobre.app.sign_in(sobre.key)
    headers = {"Cookie": f"{SESSION_COOKIE}={token}"}
    if site is not None:
        headers["Sec-Fetch-Site"] = site
    async with sobre.post(json=BODY, headers=headers) as response:
        assert response.status == status


HOSTS = {
    "127.0.0.1:{port}": 200, "localhost": 200, "LOCALHOST:{port}": 200, "[::1]:{port}": 200,
    "evil.example": 421, "localhost.evil.example": 421, "localhost/#@x": 421, "": 421,
    "localhost:80@evil.example": 421, "127.0.0.1:80:80": 421,
    "evil.example:{port}": 421, "127.0.0.1:x": 421, "127.0.0.1.": 421, "[::1]evil": 421,
}  # fmt: skip


@pytest.mark.parametrize(("host", "status"), HOSTS.items())
@pytest.mark.parametrize("path", ["/v1/models", "/health/live"])
async def test_only_our_own_names_are_answered(
    host: str, status: int, path: str, sobre: Here
) -> None:
    named = host.format(port=sobre.url.rpartition(":")[2])
    request = f"GET {path} HTTP/1.1\r\nHost: {named}\r\nAuthorization: Bearer {sobre.key}\r\n"
    answer = await raw(sobre.url, f"{request}Connection: close\r\n\r\n".encode())
    assert int(answer.split(b" ", 2)[1]) in {status, 400 if status == 421 else status}


async def test_two_host_headers_are_one_too_many(sobre: Here) -> None:
    request = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\nConnection: close\r\n"
    answer = await raw(sobre.url, f"{request}\r\n".encode())
    assert int(answer.split(b" ", 2)[1]) in {400, 421}


# --- Where a request may go -----------------------------------------------------------------------

ELSEWHERE = {
    "url": "{evil}", "base_url": "{evil}", "api_base": "{evil}", "api_key": "x", "provider": "x",
    "extra_headers": {"Host": "{evil}"}, "metadata": {"url": "{evil}"}, "proxy": "{evil}",
    "model_url": "{evil}", "litellm_params": {"api_base": "{evil}"},
}  # fmt: skip


async def test_nothing_in_a_request_changes_where_it_goes(up: Upstream, sobre: Here) -> None:
    async with fake_upstream() as evil:
        fields = json.loads(json.dumps(ELSEWHERE).replace("{evil}", evil.url))
        headers = {
            "Authorization": f"Bearer {sobre.key}",
            "X-Forwarded-Host": evil.base,
            "X-Upstream-URL": evil.url,
            "X-Portkey-Custom-Host": evil.url,
            "OpenAI-Organization": "x",
        }
        async with sobre.post(json={**BODY, **fields}, headers=headers) as response:
            assert response.status == 200
        assert evil.connections == 0
    [request] = up.requests
    assert not {"x-forwarded-host", "x-upstream-url", "openai-organization"} & set(request.headers)
    assert sobre.key not in str(request.headers)
    assert request.body["model"] == "ok"


@pytest.mark.parametrize("model", ["http://127.0.0.1:1/v1", "file:///etc/passwd", "../near"])
async def test_a_model_is_a_name_and_never_an_address(
    model: str, up: Upstream, sobre: Here
) -> None:
    answer = await sobre.ask(model=model)
    assert (answer.status, answer.error["code"]) == (404, "model_not_found")
    assert up.requests == []


async def test_a_rung_refuses_a_text_cleared_for_nearer_zones_only(up: Upstream) -> None:
    async with aiohttp.ClientSession() as session:
        far = OpenAIStyle(card("far", zone=Zone.ABROAD), url=up.url, model="ok", session=session)
        outbound, _ = privacy.disguise(ask(), [], limits(Action.PASS), Zone.EU_HOSTED, APP)
        with pytest.raises(PolicyRefusal, match="cleared for zone eu-hosted"):
            await far.attempt(outbound, Heard())
    assert up.requests == []


async def test_no_proxy_of_the_environment_is_used(
    up: Upstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fake_upstream() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.base)
        async with serving(tmp_path, rung("near", up.url)) as sobre:
            assert (await sobre.ask()).status == 200
        assert proxy.connections == 0


def test_only_privacy_builds_what_may_leave() -> None:
    source = Path(config.__file__).parent
    makers = [
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if "Outbound(" in path.read_text(encoding="utf-8").replace("class Outbound(", "")
    ]
    assert makers == ["privacy/disguise.py"]


# --- What the process does ------------------------------------------------------------------------


async def test_nothing_asked_starts_a_process(
    up: Upstream, sobre: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*words: object, **_: object) -> None:
        raise AssertionError(f"a process was started: {words}")

    for place, name in ((subprocess, "Popen"), (os, "system"), (os, "posix_spawn"), (os, "fork")):
        monkeypatch.setattr(place, name, never)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", never)
    tools = [{"type": "function", "function": {"name": "x", "parameters": {}}}]
    assert (await sobre.ask("$(touch x); `id`", tools=tools)).status == 200
    for path in ("/v1/completions", "/v1/embeddings", "/v1/models", "/v1/responses"):
        async with sobre.post(path, json={**BODY, "prompt": "x", "input": "x"}) as response:
            await response.read()


def test_it_listens_on_this_machine_only_until_told_otherwise(tmp_path: Path) -> None:
    assert config.Config().server.host == "127.0.0.1"
    with upstream_thread() as up, serve(tmp_path, rung("near", up.url)) as sobre:
        assert sobre.url.startswith("http://127.0.0.1:")
        port = int(sobre.url.rpartition(":")[2])
        outer = _own_address()
        if outer is None:
            pytest.skip("this machine has no other address")
        with pytest.raises(ConnectionRefusedError), socket.create_connection((outer, port), 5):
            pass


def _own_address() -> str | None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: asks for the route only
        except OSError:
            return None
        name = str(probe.getsockname()[0])
    return None if name.startswith("127.") else name


async def test_a_key_is_made_at_the_first_start_and_none_is_known_before(tmp_path: Path) -> None:
    settings = config.Config(data=config.Data(dir=str(tmp_path)), rungs={})
    async with open_app(settings) as app:
        assert app.state.keys() == []


async def test_no_two_starts_make_the_same_key(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        async with serving(tmp_path / name) as sobre:
            keys.add(sobre.key)
    assert len(keys) == 2


# --- Nobody gets another's answer -----------------------------------------------------------------

CONNECTIONS, EACH = 64, 6


def test_at_64_connections_each_reader_gets_its_own_answer_and_one_line(tmp_path: Path) -> None:
    with upstream_thread() as up:
        up.interval_s = 0.001
        blocks = (rung("near", up.url), rung("slow", up.at("drip")))
        with serve(tmp_path, *blocks) as sobre:
            told = asyncio.run(_crowd(sobre.v1, sobre.key))
    lines = ledger(tmp_path)
    assert len(told) == len(set(told)) == CONNECTIONS * EACH
    assert sorted(line["id"] for line in lines) == sorted(told)
    assert {line["outcome"] for line in lines} == {"kept"}
    assert command(tmp_path, "ledger", "verify").returncode == 0


async def _crowd(v1: str, key: str) -> list[str]:
    """Ask with an id of one's own, JSON and streams mixed; returns the exchanges' ids."""
    connector = aiohttp.TCPConnector(limit=CONNECTIONS)
    headers = {"Authorization": f"Bearer {key}"}
    told: list[str] = []

    async def reader(session: aiohttp.ClientSession, number: int) -> None:
        for turn in range(EACH):
            own = f"id-{number}-{turn}-" + "x" * (number * 7 % 50)
            stream = (number + turn) % 2 == 0
            body = {
                "model": "slow" if number % 4 == 1 else "near",
                "stream": stream,
                "messages": [{"role": "user", "content": own}],
            }
            async with session.post(f"{v1}/chat/completions", json=body) as response:
                raw_answer = await response.read()
                assert response.status == 200
                told.append(response.headers["x-sobre-exchange"])
            assert _text(raw_answer, stream) == own
            assert told[-1].encode() in raw_answer

    async with aiohttp.ClientSession(connector=connector, headers=headers) as session:
        await asyncio.gather(*(reader(session, number) for number in range(CONNECTIONS)))
    return told


def _text(answer: bytes, stream: bool) -> str:
    if not stream:
        return str(json.loads(answer)["choices"][0]["message"]["content"])
    events = [line[6:] for line in answer.split(b"\n") if line.startswith(b"data: {")]
    steps = [step for event in events for step in json.loads(event)["choices"]]
    return "".join(step["delta"].get("content") or "" for step in steps)


def test_the_environment_is_read_where_the_settings_are_and_nowhere_else() -> None:
    """``app.py`` too, for the variable that a provider of the catalogue names for its key."""
    source = Path(config.__file__).parent
    readers = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if "os.environ" in path.read_text(encoding="utf-8")
    }
    assert readers <= {"config.py", "app.py"}
