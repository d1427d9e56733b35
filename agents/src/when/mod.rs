//! Expressions of time ("מחר אחרי הצהריים") read into a typed range.
