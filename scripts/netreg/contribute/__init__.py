"""Contribute: from what somebody says, in a form or at a prompt, to an entry file."""
