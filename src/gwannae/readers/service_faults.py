"""Why a public data service gave no usable answer: one code; the sentence for each is written by the rooms above."""

from enum import StrEnum


class ServiceCode(StrEnum):
    """One reason. `detail` of the fault holds the service's own code, a status or the name of an error, never a key."""

    NO_KEY = "no_key"
    REFUSED_KEY = "refused_key"  # not registered, expired, or not approved for this service
    QUOTA = "quota"  # today's calls are used up, or too many came at once
    TOO_MANY = "too_many"  # more asked for in one call than the service takes
    REJECTED = "rejected"  # the service does not understand what we ask
    SERVER = "server"  # the service is out of order
    TIMED_OUT = "timed_out"
    AWAY = "away"  # no connection
    TRUNCATED = "truncated"  # the answer ends in the middle
    UNREADABLE = "unreadable"  # an answer, but not in the shape that is documented

    @property
    def may_pass(self) -> bool:
        """Whether the same question may be answered a moment later."""
        return self in (ServiceCode.SERVER, ServiceCode.TIMED_OUT, ServiceCode.AWAY, ServiceCode.TRUNCATED)


class ServiceFault(Exception):  # noqa: N818 - a fault of the service or its key, not an error of ours
    """A service gave no usable answer. `setting` names the setting that would mend it, where one would."""

    def __init__(self, code: ServiceCode, detail: str = "", setting: str = "") -> None:
        super().__init__(code.value, detail)
        self.code = code
        self.detail = detail
        self.setting = setting
