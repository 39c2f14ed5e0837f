//! How the outside services and the program itself fare.

use super::ConnectionState;
use crate::ids::ConnectionId;

/// Everything on the page «Состояние».
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct HealthView {
    /// Empty for those who may not see connections.
    pub services: Vec<ServiceHealth>,
    pub own: OwnHealth,
    /// Only for those who manage settings; else empty.
    pub nodes: Vec<NodeView>,
    /// Only for those who manage settings.
    pub environment: Option<EnvironmentView>,
}

/// A program that works on this database, or did lately. Times are those of the database.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NodeView {
    pub name: String,
    /// Where it listens.
    pub address: String,
    pub version: String,
    pub started_at: i64,
    /// Its last sign of life.
    pub seen_at: i64,
    /// Else it has disappeared without taking leave.
    pub lives: bool,
    /// The one that answers.
    pub this: bool,
}

/// One outside service and its last day.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ServiceHealth {
    pub id: ConnectionId,
    pub provider: String,
    pub name: String,
    pub state: ConnectionState,
    pub last_ok_at: Option<i64>,
    pub last_event_at: Option<i64>,
    pub last_error: Option<String>,
    pub last_error_at: Option<i64>,
    pub waiting_jobs: i64,
    /// The last 24 hours, oldest first.
    pub hours: Vec<HealthHour>,
}

/// Calls we made and events that came in one hour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct HealthHour {
    pub calls: i64,
    pub failed: i64,
    pub events: i64,
}

/// The program itself.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct OwnHealth {
    pub version: String,
    pub started_at: i64,
    /// `SQLite` or `PostgreSQL`.
    pub database: String,
    pub database_bytes: i64,
    pub disk: DiskView,
    /// Events that wait to be applied.
    pub inbox: i64,
    /// Jobs by what they wait for.
    pub ready: i64,
    pub held: i64,
    pub unknown: i64,
    pub dead: i64,
}

/// Room on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DiskView {
    /// Where the data lies; not known of PostgreSQL.
    pub free_bytes: Option<i64>,
    /// Growth of the last weeks; not known before the second day.
    pub bytes_per_day: Option<i64>,
    /// How long the room will do at that growth.
    pub days_left: Option<i64>,
}

/// What the environment decides; never a secret.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct EnvironmentView {
    /// Server of outgoing mail is set.
    pub mail: bool,
    /// The address is https, so that sign-ins are protected on the way.
    pub secure: bool,
    /// Simulators instead of services.
    pub demo: bool,
    /// The rest, in the order it is shown.
    pub values: Vec<EnvironmentValue>,
}

/// A variable, and what it stands at: an address, a folder, a number, names. Empty where nothing is set.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EnvironmentValue {
    pub variable: String,
    pub value: String,
}
