"""Output 6: effectiveness of activities, and changes of desa set side by side. Association only."""
