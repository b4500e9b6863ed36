"""Pictures to drawings: what a chart shows, as SVG and as PNG. No words, no packages."""
