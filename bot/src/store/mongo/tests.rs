//! What only a look inside can show.
