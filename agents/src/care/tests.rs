//! Care, decision by decision.

#![allow(clippy::unwrap_used)]
