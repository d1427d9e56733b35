//! The rule-based reader: what a message says, understood without a model.
