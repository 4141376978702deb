"""What values are: exact numbers, units and public ids. It knows no noun."""
