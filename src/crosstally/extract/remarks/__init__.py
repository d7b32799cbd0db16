"""What is told beside figures: motives, damage without a number, claims of a record."""
