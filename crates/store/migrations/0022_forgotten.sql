-- What an account wrote and did up to a row is forgotten: nobody reads it from here on, and up to `done_to` it is
-- removed. The request goes when all of it is.
CREATE TABLE forgotten (
    account INTEGER PRIMARY KEY,
    upto    INTEGER NOT NULL,
    done_to INTEGER NOT NULL
) STRICT;
