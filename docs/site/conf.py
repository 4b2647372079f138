# What Sphinx is told. build.py beside this makes the pages that it reads of those of the repository.
project = "corolint"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
exclude_patterns = ["_static"]
myst_heading_anchors = 4  # as GitHub makes them
# Colours for code: what is a part of a program need not be one.
suppress_warnings = ["misc.highlighting_failure"]
nitpicky = True
smartquotes = False  # text says what the sources say
pygments_style = "default"

html_theme = "furo"
html_title = "corolint"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_show_sphinx = False
# An excerpt of each page that a search finds would be fetched, which a browser does not do for files.
html_show_search_summary = False
