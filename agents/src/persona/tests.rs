//! Tests are in place soon.
