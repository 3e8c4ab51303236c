"""``/v1/files`` and ``/v1/batches``: what can wait, shown to who sent it and to their team.

Whoever holds a key in force may look, cancel and delete though its budget is spent; only what will
be computed asks the purse.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from typing import BinaryIO, NamedTuple, TypeVar
from urllib.parse import parse_qsl

from sobre import access, messages
from sobre.adapters.entropy import random_bytes
from sobre.adapters.stores.jobs import new_id
from sobre.app import App
from sobre.core.exchange import Actor, Exchange, Json
from sobre.errors import BadRequest, SobreError
from sobre.jobs import (
    DOORS,
    MOST_OPEN,
    Batch,
    Door,
    Settings,
    Status,
    StoredFile,
    Surroundings,
    Worker,
)
from sobre.web.dialects import batches, files

ROUTES: Mapping[str, str] = {
    "/v1/files": "GET, POST",
    "/v1/files/{file_id}": "GET, DELETE",
    "/v1/files/{file_id}/content": "GET",
    "/v1/batches": "GET, POST",
    "/v1/batches/{batch_id}": "GET",
    "/v1/batches/{batch_id}/cancel": "POST",
}
_CHUNK = 1 << 18
_CLAIM_S = 30.0
KEPT_FREE = 256 << 20
"""Bytes of the disk that no upload may take."""
_MOST_PAGE = {"/v1/files": (10_000, 10_000), "/v1/batches": (20, 100)}
"""How many are listed where nothing is said, and at most."""

Pieces = Callable[[], AsyncIterator[bytes]]
"""The body as it comes, within the limits of time."""
Owned = TypeVar("Owned", StoredFile, Batch)


class Asked(NamedTuple):
    """One request here. ``whole`` reads the body at once, ``pieces`` as it comes."""

    path: str
    method: str
    query: bytes
    content_type: bytes
    credential: str | None
    lang: str
    whole: Callable[[], Awaitable[bytes]]
    pieces: Pieces


class Content(NamedTuple):
    """A file to be sent as it is."""

    file: StoredFile
    stream: BinaryIO


class NotHere(BadRequest):
    """No such file or batch, for this key."""

    status = 404


class InUse(BadRequest):
    """A file that a batch has still to read."""

    status = 409


class NoRoom(SobreError):
    """What is left of the disk is for the ledger, without which nobody is answered."""

    status = 507
    code = "no_room"
    type = "server_error"


class _NoPurse:
    """The port ``Purse`` for what costs nothing."""

    def refusal(self, actor: Actor, now: float) -> str | None:  # noqa: ARG002 - the port's shape
        return None

    def spend(self, exchange: Exchange) -> None: ...


_NO_PURSE = _NoPurse()


def takes(path: str, method: str) -> bool:
    """Whether a path belongs here, with this method."""
    return method in ROUTES.get(template_of(path) or "", "").split(", ")


def template_of(path: str) -> str | None:
    """``/v1/files/file-1`` -> ``/v1/files/{file_id}``; ``None`` for what is not here."""
    parts = path.split("/")[2:]
    if not parts or parts[0] not in ("files", "batches") or "" in parts[1:]:
        return None
    name = "{file_id}" if parts[0] == "files" else "{batch_id}"
    told = "/".join(["/v1", parts[0], *([name] if parts[1:] else []), *parts[2:]])
    return told if told in ROUTES else None


class Desk:
    """Takes files and batches in, and shows them to whom they belong."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._house = app.house
        self._store = app.deferred.store
        self._most_bytes = app.config.batches.max_file_mb * 2**20
        self.worker: Worker | None = None

    async def answer(self, asked: Asked) -> Json | Content:
        """Raises ``SobreError``."""
        makes_work = asked.method == "POST" and not asked.path.endswith("/cancel")
        purse = self._house.purse if makes_work else _NO_PURSE
        now = self._house.clock.now()
        actor = access.authenticate(asked.credential, self._house.keys, purse, now)
        if asked.path.startswith("/v1/files"):
            return await self._files(asked, actor, now)
        return await self._batches(asked, actor, now)

    # Files.

    async def _files(self, asked: Asked, actor: Actor, now: float) -> Json | Content:
        if asked.path == "/v1/files":
            if asked.method == "POST":
                return files.told(await self._take_in(asked, actor))
            query = _query(asked)
            purpose = query.get("purpose")
            mine = [
                file
                for file in self._store.files(actor.key_id, actor.team)
                if file.expires_at > now and purpose in (None, file.purpose)
            ]
            return _page(mine, query, asked.path, files.told)
        name = asked.path.split("/")[3]
        file = self._file(name, actor, now)
        if asked.method == "DELETE":
            if users := self._store.in_use(name):
                raise InUse(
                    f"The file is still needed by the batch {users[0]}.",
                    remedy="Cancel it first.",
                    code="file_in_use",
                    key="error.files.in_use",
                    params={"batch": users[0]},
                )
            await asyncio.to_thread(self._store.delete, name)
            return files.deleted(file)
        if not asked.path.endswith("/content"):
            return files.told(file)
        try:
            return Content(file, await asyncio.to_thread(self._store.read, name))
        except FileNotFoundError as error:
            raise _no_file(name) from error

    async def _take_in(self, asked: Asked, actor: Actor) -> StoredFile:
        if self._store.room() < self._most_bytes + KEPT_FREE:
            raise NoRoom(
                "The disk has too little room left for another file.",
                remedy="Delete files that are no longer needed, or make room on the disk.",
                key="error.files.no_room",
            )
        with contextlib.closing(self._store.upload(self._most_bytes)) as upload:
            form = await files.receive(asked.content_type, asked.pieces(), upload)
            now = self._house.clock.now()
            life_s = self._store.default_life_s
            if form.expires_after_s is not None:
                life_s = min(life_s, form.expires_after_s)
            file = StoredFile(
                new_id("file-", now),
                actor.key_id,
                actor.team,
                files.PURPOSE,
                form.filename,
                upload.size,
                upload.sha256,
                now,
                now + life_s,
            )
            return await asyncio.to_thread(self._store.add_file, file, upload)

    def _file(self, name: str, actor: Actor, now: float, param: str = "file_id") -> StoredFile:
        found = self._store.file(name)
        if found is None or not _owns(actor, found) or found.expires_at <= now:
            raise _no_file(name, param)
        return found

    def fetched(self, file: StoredFile) -> None:
        """All of it was sent to its owner."""
        self._store.fetched(file, self._house.clock.now())

    # Batches.

    async def _batches(self, asked: Asked, actor: Actor, now: float) -> Json:
        if asked.path == "/v1/batches":
            if asked.method == "POST":
                wanted = batches.decode(await asked.whole())
                return batches.told(self._order(wanted, actor, asked.lang), asked.lang, now)
            mine = self._store.batches_of(actor.key_id, actor.team)
            query = _query(asked)
            return _page(mine, query, asked.path, lambda b: batches.told(b, asked.lang, now))
        batch = self._batch(asked.path.split("/")[3], actor)
        if asked.method == "POST":
            batch = cancel(self._store.update, batch, now)
            self._wake()
        return batches.told(batch, asked.lang, now)

    def _order(self, wanted: batches.Wanted, actor: Actor, lang: str) -> Batch:
        now = self._house.clock.now()
        file = self._file(wanted.input_file_id, actor, now, "input_file_id")
        if file.purpose != files.PURPOSE:
            raise BadRequest(
                "The input file of a batch needs the purpose 'batch'.",
                param="input_file_id",
                code="invalid_value",
                key="error.batches.purpose",
            )
        if self._store.count_open(actor.key_id, actor.team) >= MOST_OPEN:
            raise BadRequest(
                f"This key or its team has {MOST_OPEN} batches that have not ended.",
                remedy="Wait for some, cancel some, or put more lines in one.",
                code="too_many_batches",
                key="error.batches.many",
                params={"most": MOST_OPEN},
            )
        batch = Batch(
            id=new_id("batch_", now),
            key_id=actor.key_id,
            team=actor.team,
            lang=lang,
            endpoint=wanted.endpoint,
            input_file_id=file.id,
            window_h=wanted.window_h,
            created_at=now,
            metadata=wanted.metadata,
            output_life_s=wanted.output_life_s,
        )
        self._store.add(batch)
        self._wake()
        return batch

    def _batch(self, name: str, actor: Actor) -> Batch:
        found = self._store.batch(name)
        if found is None or not _owns(actor, found):
            raise NotHere(
                f"There is no batch {name[:80]!r} for this key.",
                param="batch_id",
                code="batch_not_found",
                key="error.batches.unknown",
                params={"name": name[:80]},
            )
        return found

    def _wake(self) -> None:
        if self.worker is not None:
            self.worker.wake()

    # The worker.

    @contextlib.asynccontextmanager
    async def working(
        self, doors: Mapping[str, Door], tell: Callable[[SobreError, str], Mapping[str, Json]]
    ) -> AsyncIterator[Worker]:
        """Runs the batches meanwhile, unless another process on the same folder does."""
        app = self._app
        self.worker = Worker(
            self._store,
            app.house,
            Settings(
                app.config.batches.parallel,
                app.config.batches.seconds_per_line,
                int(app.config.server.max_body_mb * 2**20),
                app.config.electricity or None,
            ),
            Surroundings(
                doors={name: doors[name] for name in DOORS},
                tell=tell,
                say=messages.reason,
                owner=app.state.owner,
                series=app.deferred.series,
                hold=app.deferred.hold,
                traffic=app.deferred.traffic,
                random=random_bytes,
                log_failure=app.log_failure,
            ),
        )
        task = asyncio.create_task(self._work(self.worker), name="batches")
        try:
            yield self.worker
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _work(self, worker: Worker) -> None:
        while not self._store.claim():  # noqa: ASYNC110 - another process sets no event here
            await asyncio.sleep(_CLAIM_S)
        await worker.run()


def cancel(
    update: Callable[[str, Callable[[Batch], Batch]], Batch], batch: Batch, now: float
) -> Batch:
    """Begin to cancel. Raises ``BadRequest`` for a batch that has ended."""

    def change(found: Batch) -> Batch:
        if found.status.ended or found.status is Status.FINALIZING:
            raise BadRequest(
                f"The batch has ended already ({found.status.value}).",
                code="batch_ended",
                key="error.batches.ended",
                params={"status": found.status.value},
            )
        if found.status is Status.CANCELLING:
            return found
        times = {**found.times, "cancelling_at": now}
        return dataclasses.replace(found, status=Status.CANCELLING, times=times)

    return update(batch.id, change)


def _owns(actor: Actor, owned: StoredFile | Batch) -> bool:
    """The key that sent it, or one of the same team."""
    return owned.key_id == actor.key_id or bool(actor.team and owned.team == actor.team)


def _no_file(name: str, param: str = "file_id") -> NotHere:
    return NotHere(
        f"There is no file {name[:80]!r} for this key.",
        param=param,
        code="file_not_found",
        key="error.files.unknown",
        params={"name": name[:80]},
    )


def _query(asked: Asked) -> dict[str, str]:
    return dict(parse_qsl(asked.query.decode("latin-1"), keep_blank_values=True))


def _page(
    every: Sequence[Owned], query: Mapping[str, str], path: str, tell: Callable[[Owned], Json]
) -> dict[str, Json]:
    """OpenAI's list: those after ``after``, at most ``limit``, newest first unless ``order``."""
    usual, most = _MOST_PAGE[path]
    limit = query.get("limit", str(usual))
    if not limit.isascii() or not limit.isdigit() or not 1 <= int(limit[:9]) <= most:
        raise BadRequest(
            f"'limit' must be 1 to {most}.",
            param="limit",
            code="invalid_value",
            key="error.page_limit",
            params={"most": most},
        )
    order = query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise BadRequest(
            "'order' must be asc or desc.",
            param="order",
            code="invalid_value",
            key="error.page_order",
        )
    listed = list(every) if order == "desc" else list(reversed(every))
    if (after := query.get("after")) is not None:
        ids = [one.id for one in listed]
        if after not in ids:
            raise BadRequest(
                "'after' must be the id of one that is listed.",
                param="after",
                code="invalid_value",
                key="error.page_after",
            )
        listed = listed[ids.index(after) + 1 :]
    shown = listed[: int(limit)]
    return {
        "object": "list",
        "data": [tell(one) for one in shown],
        "first_id": shown[0].id if shown else None,
        "last_id": shown[-1].id if shown else None,
        "has_more": len(listed) > len(shown),
    }
