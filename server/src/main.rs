//! The program `pult`: puts the parts together and serves them. Wiring only, no rules and no SQL.

mod assets;
mod audit;
mod auth;
mod caller;
mod cli;
mod demo;
mod doctor;
mod environment;
mod files;
mod guard;
mod hooks;
mod identities;
mod installation;
mod listening;
mod live;
mod log;
mod look;
mod ops;
mod pages;
mod public;
mod rates;
mod rest;
mod second_factor;
mod serve;
mod state;
mod traces;
mod visitor;

fn main() -> std::process::ExitCode {
    cli::run()
}
