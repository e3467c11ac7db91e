"""Stage three: proposals. The tool proposes with reasons and grounds; the meeting decides."""
