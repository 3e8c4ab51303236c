"""llama.cpp's server in a process of its own: ``python -m sobre.adapters.providers.llama_worker``.

One JSON line of options comes in on stdin (never on the command line, where ``ps`` would show the
key). One goes out on stdout: ``{"url": …}`` when the model is loaded, or ``{"error": …}``.
The server listens on loopback only and asks for the key on every route that sees or shows a text.

The process ends when its stdin closes, so a gateway that is killed leaves no orphan. What llama.cpp
says while it loads goes to stderr; from then on both outputs are closed, because some of its errors
quote what was asked (a grammar it cannot read, for one).
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any, TextIO

LOG_LEVEL = 2
"""llama.cpp's: 1 errors, 2 and warnings, 3 and one line a request."""


def main() -> None:
    options = json.loads(sys.stdin.buffer.readline())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the gateway's to answer
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    threading.Thread(target=_leave_when_the_gateway_does, daemon=True).start()
    try:
        server = _serve(options)
    except (ImportError, RuntimeError) as error:
        _answer(answers, {"error": str(error), "missing": isinstance(error, ImportError)})
        os._exit(1)  # an orderly exit would wait for the thread that reads stdin
    _answer(answers, {"url": server.listening_address})
    _close_the_outputs()
    threading.Event().wait()


def _serve(options: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options["path"]
    params.model_alias = {options["model"]}
    params.n_parallel = options["parallel"]
    params.n_ctx = options["context"] * options["parallel"]
    params.cpuparams.n_threads = options["threads"]
    params.cpuparams_batch.n_threads = options["threads"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [options["key"]]
    params.n_threads_http = options["parallel"] + 4
    params.timeout_read = params.timeout_write = 600
    params.cors_origins, params.cors_origins_explicit = "null.invalid", True
    params.cors_credentials = False
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.cache_ram_mib = (
        0  # its default keeps up to 8 GiB of past prompts; slots keep the last one
    )
    params.offline = True
    params.verbosity = LOG_LEVEL
    return xllamacpp.Server(params)


def _leave_when_the_gateway_does() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def _answer(answers: TextIO, line: dict[str, Any]) -> None:
    answers.write(json.dumps(line) + "\n")
    answers.flush()


def _close_the_outputs() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


if __name__ == "__main__":
    main()
