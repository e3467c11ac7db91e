"""Files that are text with tags: web pages, XML Spreadsheet 2003, and Word documents."""
