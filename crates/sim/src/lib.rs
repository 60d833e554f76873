//! Seeded simulator: many users, crashing store, invariants after every step.
