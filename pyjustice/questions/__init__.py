"""Answers to questions that users ask."""
