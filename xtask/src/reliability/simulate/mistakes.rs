//! The catalogue of seeded mistakes: what somebody could get wrong in the queue. Each is a switch of the simulated world, never
//! of the program; a simulator that does not notice them proves nothing.

macro_rules! catalogue {
    ($($name:ident: $words:literal,)+) => {
        /// One mistake.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Mistake { $(#[doc = $words] $name,)+ }

        /// All of them, with what they are.
        pub const ALL: &[(Mistake, &str)] = &[$((Mistake::$name, $words),)+];
    };
}

catalogue! {
    // Taking in.
    AckBeforeCommit: "a webhook is acknowledged before its event is committed",
    AckFailedCommit: "a webhook is acknowledged although the commit failed",
    TailOfBatchLost: "the last call of a large batch is acknowledged but not written",
    UniqueIndexDropped: "no unique index keeps repeats of a webhook out",
    KeyWithoutConnection: "the dedupe key forgets the connection",
    TornBatch: "a crash leaves a part of a transaction behind",
    // Applying.
    DoneBeforeJobs: "an event is noted as done in one transaction, its jobs are written in the next",
    JobsBeforeDone: "jobs are written in one transaction, their event is noted as done in the next",
    EventOrderForgotten: "a later event of a chat overtakes one that is tried again",
    PoisonSpoilsBatch: "an event that cannot be applied rolls back all that came with it",
    PoisonForever: "an event that cannot be applied is tried for ever",
    EventGivenUpEarly: "an event is given up one try too early",
    TroubleCountsAsTry: "trouble of the database costs an event a try",
    SlotKeyForgotten: "work by the clock has no idempotency key",
    // Leasing.
    OrderForgotten: "jobs of one chat are leased side by side",
    OrderOfReadyOnly: "an earlier job that is under way does not hold back the next",
    DoneAtLease: "a job is noted as done when it is taken up",
    LeaseTooShort: "a lease ends before a slow call may",
    OldBootKept: "leases of an earlier start of this node are waited for",
    AnyBootVoid: "leases of other nodes are taken for those of an earlier start",
    LeasesNeverVoid: "void leases are never taken back",
    BlindRepeat: "a send with a void lease is simply repeated",
    RepeatableInDoubt: "a call that may be repeated is put in doubt instead",
    PaceAfterLease: "who must wait for the pace waits with the lease in hand",
    PostponedForever: "who was postponed is never due again",
    StopForgotten: "a stop is not asked for where a lease is made",
    Unfair: "the oldest jobs go first, whosever they are",
    NoRoomForOthers: "one connection may take all places of calls",
    // Ending.
    FenceLost: "who lost the lease writes the end all the same",
    FenceNotAdvanced: "a new lease carries the token of the old one",
    EndForgotten: "an end that could not be written is forgotten",
    DoubtRepeats: "a send that broke off is tried again",
    RefusalRepeats: "a refused call is tried again",
    GatePauses: "a gate of our own pauses a connection somebody has just signed in to",
    GateHolds: "a job is held for what a node believed too long",
    PauseKills: "a job on a connection that must be signed in again is given up",
    BackoffOffByOne: "the delay of one failure more",
    BackoffMissing: "a failed call is tried again at once",
    WishForgotten: "the provider's wish to wait is forgotten",
    LimitCounts: "a rate limit counts as a failure",
    OneTryTooMany: "one attempt too many before giving up",
    OneTryTooFew: "one attempt too few before giving up",
    FailuresForgotten: "failures are not counted",
    // Pace.
    LimitNotLearnt: "the provider's «too fast» makes only one job wait",
    RateDoubled: "twice as many calls a second as allowed",
    ClockBackStalls: "a clock that goes back stops the line until it has caught up",
    // People.
    UnholdForgotten: "signing in again does not let held jobs go",
    UnstopForgotten: "lifting a stop does not let held jobs go",
    ReportForgotten: "a report of delivery settles no doubt",
}

impl Mistake {
    /// By its name in the code.
    pub fn find(name: &str) -> Option<Self> {
        ALL.iter().map(|(mistake, _)| *mistake).find(|mistake| format!("{mistake:?}").eq_ignore_ascii_case(name))
    }
}
