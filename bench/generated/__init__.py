"""Generated nights: a true night is drawn, outlets tell parts of it, sometimes one figure is made wrong, and the books are held against the truth."""
