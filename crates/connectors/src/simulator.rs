//! What simulators of providers share.
