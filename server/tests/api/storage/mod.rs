//! The database in trouble: 503 with `Retry-After`, nothing acknowledged that is not stored, and as if nothing had been
//! once it is over.

mod full;
mod locked;
mod shut;
