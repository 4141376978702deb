"""Letters: invitations and due check-ins, by the mail server the installation names."""
