"""Reading extracts of the national register of schools (GIAS). Heads' names in them are never read: they are personal data."""
