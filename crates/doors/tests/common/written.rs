//! What is written to the people of a town.

use super::Town;

impl Town {
    /// The bytes that one of them got since the last time, and what is fetched as they read.
    pub fn take_bytes(&mut self, name: &str) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let holds = self.hall.has_requests();
            self.hall.flush(self.seats[name], self.now, |slices| {
                for slice in slices {
                    bytes.extend_from_slice(slice);
                }
                Ok(slices.iter().map(|slice| slice.len()).sum())
            });
            if holds || !self.hall.has_requests() {
                return bytes;
            }
            self.run();
        }
    }

    /// The writes that one of them would have got: where in memory the pieces of each lie.
    pub fn take_writes(&mut self, name: &str) -> Vec<Vec<usize>> {
        let mut writes = Vec::new();
        self.hall.flush(self.seats[name], self.now, |slices| {
            writes.push(slices.iter().map(|slice| slice.as_ptr().addr()).collect());
            Ok(slices.iter().map(|slice| slice.len()).sum())
        });
        writes
    }

    /// How many are to be flushed since the last time: those whom few were told something with, and a crowd.
    pub fn take_waiting(&mut self) -> (usize, usize) {
        let (mut few, mut crowded) = (Vec::new(), Vec::new());
        self.hall.take_dirty(&mut few);
        self.hall.take_crowded(&mut crowded);
        (few.len(), crowded.len())
    }
}
