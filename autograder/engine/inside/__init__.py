"""What runs in the sandbox, and only there: no expected value, solution or gradebook is within its reach."""
