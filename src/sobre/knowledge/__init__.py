"""The firm's documents as ground for an answer."""

from sobre.knowledge.ground import ground, passages

__all__ = ["ground", "passages"]
