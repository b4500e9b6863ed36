"""Records and judgements to what a page shows."""
