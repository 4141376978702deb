"""The plan check: what stands out in the goals of a cycle together, before it starts and at any time after."""
