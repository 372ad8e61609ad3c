//! Room for sites that begin to be asked. A person's come first.
//!
//! What is dear is the beginning: looking up a name, shaking hands, a first answer. A site that was
//! answered once, or has not been for a while, makes room: one that hangs holds nobody up.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// The room, shared by all who wait for it.
#[derive(Clone)]
pub struct Slots(Arc<Mutex<Waiting>>);

struct Waiting {
    free: usize,
    asked: VecDeque<oneshot::Sender<Slot>>,
    by_itself: VecDeque<oneshot::Sender<Slot>>,
}

/// Room for one site, until dropped.
pub struct Slot(Slots);

impl Slots {
    /// Room for so many.
    pub fn new(free: usize) -> Self {
        Self(Arc::new(Mutex::new(Waiting { free, asked: VecDeque::new(), by_itself: VecDeque::new() })))
    }

    /// Waits for room. Who gives up waiting takes none.
    pub async fn take(&self, by_itself: bool) -> Slot {
        let room = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.free > 0 {
                waiting.free -= 1;
                return Slot(self.clone());
            }
            let (give, room) = oneshot::channel();
            if by_itself { &mut waiting.by_itself } else { &mut waiting.asked }.push_back(give);
            room
        };
        room.await.expect("who waits is given room before the list is dropped")
    }

    /// The next who still waits.
    fn next(&self) -> Option<oneshot::Sender<Slot>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = loop {
            let next = waiting.asked.pop_front().or_else(|| waiting.by_itself.pop_front());
            if next.as_ref().is_none_or(|next| !next.is_closed()) {
                break next;
            }
        };
        if next.is_none() {
            waiting.free += 1;
        }
        next
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(next) = self.0.next() {
            // Who has given up at this moment drops it again.
            drop(next.send(Slot(self.0.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_person_comes_before_what_the_program_does_by_itself() {
        let slots = Slots::new(1);
        let held = slots.take(true).await;
        let mut by_itself = Box::pin(slots.take(true));
        let mut asked = Box::pin(slots.take(false));
        tokio::select! { biased; _ = &mut by_itself => panic!("there is no room"), _ = &mut asked => panic!("none"), () = async {} => {} }

        drop(held);

        let first = tokio::select! { biased; slot = &mut by_itself => (slot, "by itself"), slot = &mut asked => (slot, "asked") };
        assert_eq!(first.1, "asked");
        drop(first);
        by_itself.await;
    }

    #[tokio::test]
    async fn who_gives_up_takes_no_room() {
        let slots = Slots::new(1);
        let held = slots.take(false).await;
        let mut gives_up = Box::pin(slots.take(false));
        tokio::select! { biased; _ = &mut gives_up => panic!("there is no room"), () = async {} => {} }
        // Given room, and gone before it saw that.
        drop(held);
        drop(gives_up);
        slots.take(true).await;
    }
}
