//! Public pages, rendered on the server only, without JavaScript.
