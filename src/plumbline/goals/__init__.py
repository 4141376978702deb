"""What: strategy, objectives, key results, KPIs, check-ins, and their verbs."""
