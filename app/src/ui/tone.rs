//! The few meanings a colour can have; every block that is coloured takes one of them.

/// What a colour says. Never the only sign: a word or an icon goes with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing particular.
    #[default]
    Neutral,
    /// Ours, current, wants attention.
    Accent,
    /// Good, done.
    Success,
    /// Soon bad.
    Warning,
    /// Bad, destructive.
    Danger,
    /// For your information.
    Info,
    /// Made by automation.
    Automatic,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Tone; 7] =
        [Tone::Neutral, Tone::Accent, Tone::Success, Tone::Warning, Tone::Danger, Tone::Info, Tone::Automatic];

    /// The class that sets `--tone`.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "tone-neutral",
            Tone::Accent => "tone-accent",
            Tone::Success => "tone-success",
            Tone::Warning => "tone-warning",
            Tone::Danger => "tone-danger",
            Tone::Info => "tone-info",
            Tone::Automatic => "tone-automatic",
        }
    }
}
