"""Who asks, and whether they still may."""

from sobre.access.keys import SCHEME, authenticate, digest, new_key

__all__ = ["SCHEME", "authenticate", "digest", "new_key"]
