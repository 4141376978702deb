"""Who: the organisation, its people and teams, and the log of who did what."""
