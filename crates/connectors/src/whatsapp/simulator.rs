//! Meta's side of the contract.
