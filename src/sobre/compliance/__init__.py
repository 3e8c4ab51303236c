"""What the AI Act asks of an answer."""

from sobre.compliance.mark import mark

__all__ = ["mark"]
