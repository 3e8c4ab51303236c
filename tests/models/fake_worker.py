"""Stands in for llama.cpp's worker: does what its options' model name says."""

from __future__ import annotations

import json
import os
import sys

options = json.loads(sys.stdin.buffer.readline())
model = options["model"]
if model == "refuses":
    print(json.dumps({"error": "bad parameters", "missing": False}))
    sys.exit(1)
if model == "no-runtime":
    print(json.dumps({"error": "No module named 'xllamacpp'", "missing": True}))
    sys.exit(1)
if model == "mute":
    sys.exit(3)
if model == "sleeps":
    sys.stdin.buffer.read()
    sys.exit(0)
print(json.dumps({"url": f"http://127.0.0.1:1/{os.getpid()}"}), flush=True)
sys.stdin.buffer.read()
