"""What a class of data may do toward each zone."""

from sobre.policy.rules import Rules, limits

__all__ = ["Rules", "limits"]
