"""What everything stands on: errors, record layouts, frameworks, documents."""
