//! (being written)
#[derive(Debug, Default)] pub struct AttemptLimiter;
