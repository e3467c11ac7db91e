"""Commands on child growth for any table, outside the workspace: one module each."""
