//! What outside programs rely on, to the letter: the command line, the form of answers, starting and stopping.

mod answers;
mod audit;
mod commands;
mod monitoring;
mod rates;
mod stopping;
mod traces;
mod versions;
