"""The worker's own books: who works, and which job is due when."""

from plumbline.worker.models.heartbeat import Heartbeat
from plumbline.worker.models.schedule import Schedule

__all__ = ["Heartbeat", "Schedule"]
