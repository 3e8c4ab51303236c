"""Every error Sobre raises on purpose.

    SobreError                      500
    ├── ConfigError                 (start only: the file and line to change)
    ├── BadRequest                  400  what the caller sent
    │   ├── BodyTooLarge            413
    │   ├── UnknownModel            404
    │   └── ContextTooLong          400
    ├── Unauthenticated             401  no key, or an unknown one
    │   ├── ExpiredKey              401
    │   └── RevokedKey              401
    ├── Forbidden                   403  a known actor who may not
    ├── OverBudget                  429
    ├── BudgetSpent                 403  a model that a carbon budget closes, or asks approval for
    ├── PolicyRefusal               403  a text that may not go where it would have to
    ├── ShieldFailed                503  the request could not be inspected: nothing leaves
    ├── NoRungLeft                  502-504, 429, 400  all allowed was tried, or nothing is there
    ├── ModelFileError              (CLI: a model file missing, damaged, not found)
    ├── GridFileError               (CLI: hours of electricity that cannot be read or believed)
    ├── LedgerError                 503  the ledger cannot be written: nothing leaves
    ├── SecretsError                503  the firm's secrets cannot be read: nothing leaves unread
    ├── VaultError                  503  what aliases stand for cannot be kept: nothing leaves
    └── UpstreamError               one rung failed; the ladder goes on (never reaches the reader)

``status`` is for the HTTP edge, ``code`` is OpenAI's machine-readable word, ``type`` its family.
The text is English; ``key`` and ``params`` let the edge say it in the reader's language, from
``sobre.messages``.
"""

from __future__ import annotations


class SobreError(Exception):
    """Something to tell a person, with what to do about it."""

    status = 500
    code: str | None = "internal_error"
    type = "server_error"

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        param: str | None = None,
        code: str | None = None,
        key: str = "",
        params: dict[str, object] | None = None,
    ) -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy
        self.param = param
        self.key = key
        self.params = params or {}
        if code is not None:
            self.code = code


class ConfigError(SobreError):
    code = "config_error"


class BadRequest(SobreError):
    status = 400
    code: str | None = None
    type = "invalid_request_error"


class BodyTooLarge(BadRequest):
    status = 413
    code = "request_too_large"


class UnknownModel(BadRequest):
    status = 404
    code = "model_not_found"


class ContextTooLong(BadRequest):
    code = "context_length_exceeded"


class Unauthenticated(SobreError):
    status = 401
    code = "invalid_api_key"
    type = "authentication_error"


class ExpiredKey(Unauthenticated):
    code = "expired_api_key"


class RevokedKey(Unauthenticated):
    code = "revoked_api_key"


class Forbidden(SobreError):
    status = 403
    code = "forbidden"
    type = "permission_error"


class OverBudget(SobreError):
    status = 429
    code = "insufficient_quota"
    type = "insufficient_quota"


class BudgetSpent(SobreError):
    """Not 429: asking again would not help, and clients do so by themselves at a 429."""

    status = 403
    code = "carbon_budget"
    type = "permission_error"


class PolicyRefusal(SobreError):
    status = 403
    code = "policy_refusal"
    type = "permission_error"


class ShieldFailed(SobreError):
    """A detector broke, took too long, or could not open what it needs."""

    status = 503
    code = "shield_failed"


class NoRungLeft(SobreError):
    """``status`` is set by the maker: 502 all broken or out of reach, 504 all too slow, 503 none is
    configured, 429 all busy, 400 none can do what is asked.
    """

    status = 502
    code = "no_rung_left"
    type = "server_error"

    def __init__(
        self, message: str, *, status: int = 502, retry_after: float | None = None, **rest: object
    ) -> None:
        super().__init__(message, **rest)  # type: ignore[arg-type]  # the parent's keywords
        self.status = status
        self.retry_after = retry_after


class GridFileError(SobreError):
    """Electricity somebody imports, or did import: nothing of it is used."""

    code = "grid_file_error"


class ModelFileError(SobreError):
    code = "model_file_error"


class LedgerError(SobreError):
    status = 503
    code = "ledger_unavailable"


class VaultError(SobreError):
    status = 503
    code = "vault_unavailable"


class SecretsError(SobreError):
    status = 503
    code = "secrets_unavailable"


class UpstreamError(SobreError):
    """One call of one rung failed.

    ``kind``: ``connect``, ``timeout``, ``rate_limited``, ``server``, ``rejected`` (a 4xx: the
    request itself displeased), ``denied`` (our own key is not accepted there), ``malformed``,
    ``broken`` (cut in the middle), ``context`` (too long for it), ``insufficient`` (answered, and
    not worth delivering).
    """

    status = 502
    code = "upstream_error"

    def __init__(
        self,
        message: str,
        *,
        kind: str,
        upstream_status: int | None = None,
        retry_after: float | None = None,
        reached: bool = True,
        key: str = "",
        params: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message, key=key, params=params)
        self.kind = kind
        self.upstream_status = upstream_status
        self.retry_after = retry_after
        self.reached = reached

    @property
    def may_pass(self) -> bool:
        """Whether the same call may succeed in a moment, and that moment is near."""
        return self.kind in ("connect", "rate_limited", "server") and self.wait_seconds <= 2.0

    @property
    def wait_seconds(self) -> float:
        """How long to wait before trying the same rung again."""
        return self.retry_after if self.retry_after is not None else 0.2

    @property
    def computed(self) -> bool:
        """Whether a model may have worked on the request before the failure."""
        refused = ("connect", "rate_limited", "rejected", "denied", "context")
        return self.reached and self.kind not in refused
