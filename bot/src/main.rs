//! fixi
fn main() {}
