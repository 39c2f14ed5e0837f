//! The suite every connector must pass.
