"""What people ask for: questions about the archive, and changes to who is told what."""
