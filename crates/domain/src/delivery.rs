//! Delivery of an outgoing message: states whose rank only grows, whatever order the provider reports them in.

crate::macros::text_enum! {
    /// State of an outgoing message.
    pub enum Delivery {
        /// Written down, its job waits.
        Queued = "queued",
        /// The provider accepted it.
        Accepted = "accepted",
        Sent = "sent",
        Delivered = "delivered",
        Read = "read",
        /// A voice message was listened to.
        Played = "played",
        /// It will not arrive; the reason is with the message.
        Failed = "failed",
        /// The call broke off; whether it went out is not known yet.
        Unknown = "unknown",
    }
}

impl Delivery {
    const fn rank(self) -> u8 {
        match self {
            Delivery::Queued => 0,
            Delivery::Unknown => 1,
            Delivery::Accepted => 2,
            Delivery::Sent => 3,
            Delivery::Failed => 4,
            Delivery::Delivered => 5,
            Delivery::Read => 6,
            Delivery::Played => 7,
        }
    }

    /// The state after `report` arrives: upwards only. `failed` may follow `sent`, but never `delivered`;
    /// a later `delivered` beats `failed`, because the customer has it.
    #[must_use]
    pub const fn merge(self, report: Delivery) -> Delivery {
        if report.rank() > self.rank() { report } else { self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any() -> impl Strategy<Value = Delivery> {
        prop::sample::select(Delivery::ALL)
    }

    proptest! {
        #[test]
        fn order_of_reports_does_not_matter(mut reports in prop::collection::vec(any(), 0..8)) {
            let fold = |list: &[Delivery]| list.iter().fold(Delivery::Queued, |state, report| state.merge(*report));
            let forward = fold(&reports);
            reports.reverse();
            prop_assert_eq!(forward, fold(&reports));
        }
        #[test]
        fn a_repeated_report_changes_nothing(state in any(), report in any()) {
            prop_assert_eq!(state.merge(report).merge(report), state.merge(report));
        }
    }

    #[test]
    fn delivered_beats_failed_and_failed_beats_sent() {
        assert_eq!(Delivery::Sent.merge(Delivery::Failed), Delivery::Failed);
        assert_eq!(Delivery::Failed.merge(Delivery::Delivered), Delivery::Delivered);
        assert_eq!(Delivery::Read.merge(Delivery::Delivered), Delivery::Read);
    }
}
