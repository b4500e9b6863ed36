"""Records to judgements: pure, without files or formatting."""
