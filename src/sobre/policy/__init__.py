"""What a class of data may do toward each zone."""

from sobre.policy.rules import CLASSES, DISGUISABLE, PLAIN, Case, Rules, limits

__all__ = ["CLASSES", "DISGUISABLE", "PLAIN", "Case", "Rules", "limits"]
