"""The reference line: starlette + aiohttp that only passes bytes on, with nothing of a gateway.

`python bench/peers/bare_relay.py --port N --upstream http://127.0.0.1:9100/v1`
"""

from __future__ import annotations

import argparse
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route


def relay(upstream: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), auto_decompress=False
        ) as client:
            app.state.client = client
            yield

    async def forward(request: Request) -> Response:
        answer = await request.app.state.client.post(
            upstream + "/chat/completions",
            data=await request.body(),
            headers={"content-type": "application/json"},
        )
        kind = answer.headers.get("content-type", "")
        if kind.startswith("text/event-stream"):
            return StreamingResponse(answer.content.iter_any(), media_type=kind)
        return Response(await answer.read(), answer.status, media_type=kind)

    async def live(_: Request) -> Response:
        return Response("ok")

    routes = [
        Route("/v1/chat/completions", forward, methods=["POST"]),
        Route("/health/ready", live),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--upstream", required=True)
    args = parser.parse_args()
    uvicorn.run(
        relay(args.upstream),
        port=args.port,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
    )
