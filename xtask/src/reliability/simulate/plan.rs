//! What happens to a world from outside, all of it chosen by the seed before it begins: who tells what, and which faults come.

use super::world::Ms;
use crate::reliability::random::Random;

/// Faults come until then; afterwards everything has the time to end.
pub const TROUBLE_MS: Ms = 300_000;

/// What applying an event does.
#[derive(Clone, Debug)]
pub enum Nature {
    /// Writes these jobs.
    Good(Vec<Kind>),
    /// Cannot be applied, ever.
    Poison,
}

/// Kinds of jobs, by what a void lease means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reaches a person: never repeated blindly.
    Send,
    /// Whoever receives it knows a repeat.
    Call,
}

/// Something a provider tells.
#[derive(Clone, Debug)]
pub struct Told {
    pub at: Ms,
    pub connection: usize,
    /// The provider's own number; two accounts may use the same.
    pub key: u32,
    /// Events of one customer come in order.
    pub customer: u32,
    pub nature: Nature,
}

/// An account at a provider.
#[derive(Clone, Debug)]
pub struct Account {
    pub organisation: usize,
    pub per_second: f64,
    pub burst: f64,
    /// Bad moments: nobody answers, or everything is refused in some way.
    pub bad: Vec<(Ms, Ms, Bad)>,
}

/// How a provider behaves in a bad moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// Cannot be reached.
    Away,
    /// Takes the call and never answers.
    Silent,
    /// «Too fast», with a wish.
    Limits,
    /// The sign-in is not good any more, until somebody signs in again.
    SignedOut,
}

/// A moment of the database.
#[derive(Clone, Copy, Debug)]
pub enum Trouble {
    /// Every transaction takes so much longer.
    Slow(Ms),
    Down,
}

/// Everything.
#[derive(Clone, Debug)]
pub struct Plan {
    pub nodes: usize,
    pub organisations: usize,
    pub accounts: Vec<Account>,
    pub told: Vec<Told>,
    pub trouble: Vec<(Ms, Ms, Trouble)>,
    /// Node, when, and how long it stays away.
    pub crashes: Vec<(usize, Ms, Ms)>,
    /// Node, when, by how much.
    pub clocks: Vec<(usize, Ms, Ms)>,
    /// Organisation, pulled, lifted.
    pub stops: Vec<(usize, Ms, Ms)>,
    /// The first call caused by this event never succeeds, so that in the end it is given up.
    pub hopeless: Option<usize>,
    /// Nothing goes wrong, but one organisation has far more to do than can be done at once.
    pub noisy: bool,
}

impl Plan {
    /// What this seed means.
    pub fn of(random: &mut Random) -> Self {
        let noisy = random.percent(15);
        let nodes = 1 + usize::from(random.percent(40));
        let organisations = 1 + random.below(3) + usize::from(noisy);
        let mut accounts: Vec<Account> =
            (0..organisations + random.below(3)).map(|n| account(n % organisations, random)).collect();
        if noisy {
            // The noisy one has work for more places than there are.
            accounts.extend((0..3).map(|_| account(0, random)));
            accounts.iter_mut().for_each(|account| (account.per_second, account.burst) = (1_000.0, 1_000.0));
        }
        let mut plan = Self {
            nodes,
            organisations,
            accounts,
            told: Vec::new(),
            trouble: Vec::new(),
            crashes: Vec::new(),
            clocks: Vec::new(),
            stops: Vec::new(),
            hopeless: None,
            noisy,
        };
        plan.tell(random);
        if !noisy {
            plan.spoil(random);
        }
        plan
    }

    fn tell(&mut self, random: &mut Random) {
        let count = 20 + random.below(50);
        let until = if self.noisy { 8_000 } else { TROUBLE_MS * 2 / 3 };
        // Some seeds come in bursts, so that many share a transaction.
        let bursts = random.percent(50);
        for key in 0..count as u32 {
            let connection = random.below(self.accounts.len());
            let at =
                if bursts { random.within(0, 8) * until / 8 + random.within(0, 20) } else { random.within(0, until) };
            let nature = if !self.noisy && random.percent(4) { Nature::Poison } else { Nature::Good(jobs(random)) };
            // Accounts number for themselves: some numbers meet.
            let key = if random.percent(20) { key / 2 * 2 } else { key };
            let taken = self.told.iter().any(|told| (told.connection, told.key) == (connection, key));
            if !taken {
                self.told.push(Told { at, connection, key, customer: random.below(4) as u32, nature });
            }
        }
        if self.noisy {
            let loud: Vec<usize> = (0..self.accounts.len()).filter(|n| self.accounts[*n].organisation == 0).collect();
            for n in 0..120 {
                let nature = Nature::Good(vec![Kind::Call; 4]);
                self.told.push(Told {
                    at: random.within(0, 500),
                    connection: loud[n as usize % loud.len()],
                    key: 10_000 + n,
                    customer: 100 + n,
                    nature,
                });
            }
        }
    }

    fn spoil(&mut self, random: &mut Random) {
        if random.percent(20) {
            self.hopeless = Some(random.below(self.told.len()));
        }
        for account in &mut self.accounts {
            for _ in 0..random.below(4) {
                let bad = [Bad::Away, Bad::Silent, Bad::Limits, Bad::SignedOut][random.below(4)];
                let from = random.within(0, TROUBLE_MS);
                account.bad.push((from, from + random.within(1_000, 60_000), bad));
            }
        }
        for _ in 0..random.below(4) {
            let from = random.within(0, TROUBLE_MS);
            let trouble = if random.percent(50) { Trouble::Down } else { Trouble::Slow(random.within(200, 5_000)) };
            self.trouble.push((from, from + random.within(500, 25_000), trouble));
        }
        for _ in 0..random.below(8) {
            self.crashes.push((random.below(self.nodes), random.within(0, TROUBLE_MS), random.within(200, 15_000)));
        }
        if random.percent(40) {
            for _ in 0..1 + random.below(3) {
                self.clocks.push((
                    random.below(self.nodes),
                    random.within(0, TROUBLE_MS),
                    random.within(-120_000, 120_000),
                ));
            }
        }
        for _ in 0..random.below(3) {
            let from = random.within(0, TROUBLE_MS);
            self.stops.push((random.below(self.organisations), from, from + random.within(2_000, 60_000)));
        }
    }
}

fn account(organisation: usize, random: &mut Random) -> Account {
    let per_second = [0.5, 2.0, 20.0, 1_000.0][random.below(4)];
    Account { organisation, per_second, burst: [1.0, 3.0, 20.0][random.below(3)], bad: Vec::new() }
}

fn jobs(random: &mut Random) -> Vec<Kind> {
    (0..1 + random.below(2)).map(|_| if random.percent(50) { Kind::Send } else { Kind::Call }).collect()
}
