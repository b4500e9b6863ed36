"""What a user of Answerable may rely on."""
