"""Sobre: a frugal, private and accountable gateway between a small firm and any language model.

Start reading at ``sobre.life``: it holds the whole life of a request.
"""

from sobre._version import __version__

__all__ = ["__version__"]
