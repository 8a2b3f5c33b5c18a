"""What the panels look like: from a result to marks on a picture, and to one sentence that describes it."""
