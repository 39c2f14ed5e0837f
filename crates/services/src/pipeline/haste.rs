//! Savepoints cost a worker more than most of what they protect, and are needed for one part in thousands. So a batch is
//! written without them first; when a part of it has to be undone, all of it is rolled back and written once more with them.

use crate::{Error, Result};
use std::sync::atomic::{AtomicU32, Ordering};

/// Batches written with care after one that had to be written twice: trouble seldom comes alone.
const CAREFUL: u32 = 32;

/// One worker's memory of trouble.
#[derive(Debug, Default)]
pub struct Haste(AtomicU32);

impl Haste {
    /// Writes a batch: `unit` is told whether to take care, does everything in one transaction, and may be called twice.
    pub async fn write<T, F: Future<Output = Result<T>>>(&self, unit: impl Fn(bool) -> F) -> Result<T> {
        let left = self.0.load(Ordering::Relaxed);
        if left > 0 {
            self.0.store(left - 1, Ordering::Relaxed);
            return unit(true).await;
        }
        match unit(false).await {
            Err(Error::Again) => {
                self.0.store(CAREFUL, Ordering::Relaxed);
                unit(true).await
            }
            done => done,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[tokio::test]
    async fn trouble_is_written_twice_and_then_with_care_for_a_while() {
        let (haste, seen) = (Haste::default(), Mutex::new(Vec::new()));
        let unit = |trouble: bool| {
            let seen = &seen;
            move |careful: bool| async move {
                seen.lock().unwrap().push(careful);
                if trouble && !careful { Err(Error::Again) } else { Ok(()) }
            }
        };
        haste.write(unit(false)).await.unwrap();
        haste.write(unit(true)).await.unwrap();
        for _ in 0..=CAREFUL {
            haste.write(unit(false)).await.unwrap();
        }
        let seen = seen.into_inner().unwrap();
        assert_eq!(seen[..3], [false, false, true]);
        assert!(seen[3..3 + CAREFUL as usize].iter().all(|careful| *careful));
        assert_eq!(seen[3 + CAREFUL as usize..], [false]);
    }

    #[tokio::test]
    async fn another_fault_is_not_tried_twice() {
        let (haste, calls) = (Haste::default(), AtomicU32::new(0));
        let broken = haste.write(|_| async {
            calls.fetch_add(1, Ordering::Relaxed);
            Err::<(), _>(store::Error::Unavailable("full".into()).into())
        });
        assert!(broken.await.is_err());
        assert_eq!(calls.load(Ordering::Relaxed), 1);
    }
}
