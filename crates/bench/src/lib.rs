//! Load generator: cost of a delivery and of a connection.
