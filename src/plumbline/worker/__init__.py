"""The clock: delivers events, sends what is due, looks after jobs."""
