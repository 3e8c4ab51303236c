"""OpenAI's ways of asking and answering, each to and from Sobre's own values.

A dialect is a module with ``decode(body, door, ask_id, now) -> Ask``, ``whole(exchange) -> dict``
and, where it streams, ``Stream``: an encoder whose ``deltas``, ``end`` and ``error`` return the
bytes to send.
"""
