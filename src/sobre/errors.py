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
    ├── PolicyRefusal               403  a text that may not go where it would have to
    ├── NoRungLeft                  502 / 503 / 504  everything allowed was tried, or nothing is there
    ├── ModelFileError              (CLI: a model file missing, damaged or not downloadable)
    ├── LedgerError                 503  the ledger cannot be written: nothing leaves
    └── UpstreamError               one rung failed; the ladder goes on (never reaches the reader)

``status`` is for the HTTP edge, ``code`` is OpenAI's machine-readable word, ``type`` OpenAI's family.
The text is English; ``key`` and ``params`` let the edge say it in the reader's language from the
message catalogues (``web/messages``), which hold one entry for each key used here.
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


class PolicyRefusal(SobreError):
    status = 403
    code = "policy_refusal"
    type = "permission_error"


class NoRungLeft(SobreError):
    """``status`` is set by the maker: 503 nothing there, 504 all too slow, 502 all broken."""

    status = 502
    code = "no_rung_left"
    type = "server_error"

    def __init__(
        self, message: str, *, status: int = 502, retry_after: float | None = None, **rest: object
    ) -> None:
        super().__init__(message, **rest)  # type: ignore[arg-type]  # same keywords as the parent
        self.status = status
        self.retry_after = retry_after


class ModelFileError(SobreError):
    code = "model_file_error"


class LedgerError(SobreError):
    status = 503
    code = "ledger_unavailable"


class UpstreamError(SobreError):
    """One call of one rung failed.

    ``kind``: ``connect``, ``timeout``, ``rate_limited``, ``server``, ``rejected`` (a 4xx: the
    request itself displeased), ``malformed``, ``broken`` (cut in the middle), ``context``.
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
        upstream_body: object = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.upstream_status = upstream_status
        self.retry_after = retry_after
        self.upstream_body = upstream_body
