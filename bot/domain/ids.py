"""Typed row numbers, so that a swapped argument fails the type check."""

from typing import NewType

FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)
StoryId = NewType("StoryId", int)
DestinationId = NewType("DestinationId", int)
SubscriptionId = NewType("SubscriptionId", int)
AlertId = NewType("AlertId", int)
DeliveryId = NewType("DeliveryId", int)
DeadlineId = NewType("DeadlineId", int)
"""The number of one deadline of one story (story, kind, date); it stays when the story is composed anew."""
RecordId = NewType("RecordId", str)
"""What one deadline of the record is named by: ``r`` and six hexadecimal digits of what it says."""

Tenant = NewType("Tenant", str)
"""Who owns a feed or a destination: ``platform:workspace``. None means shared by all."""
