//! Lines in, and what lies on the desk; events and answers in, and lines out.
