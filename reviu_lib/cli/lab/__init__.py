"""JupyterLab on a workspace: what it opens with, and the settings it begins with."""
