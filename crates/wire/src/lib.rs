//! Grammars over bytes: lines, IRC messages, first bytes.
