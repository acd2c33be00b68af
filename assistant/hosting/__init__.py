"""What runs for as long as the process: one assistant, its conversations, and work in the background."""

from assistant.hosting.host import Host
from assistant.hosting.shared import host, shared

__all__ = ["Host", "host", "shared"]
