"""What a channel is told and when: pure decisions between a story and its deliveries."""
