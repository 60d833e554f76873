//! The state machine: everything people do, applied in order.
