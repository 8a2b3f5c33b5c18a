"""What runs in the sandbox, and only there: no expected value, no solution, no gradebook is within its reach."""
