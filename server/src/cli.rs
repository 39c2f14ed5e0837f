//! The command line. Exit codes: 0 good, 1 failed (one clear line on standard error), 2 wrong use.

use crate::environment::{Environment, log_files};
use crate::{audit, demo, doctor, installation, log, rest, serve};
use anyhow::{Context, Result, anyhow};
use clap::{Args, Parser, Subcommand};
use domain::ids::OrganisationId;
use domain::views::SaveConnection;
use services::{Cx, accounts, connections};
use std::process::ExitCode;

/// Rules that start each other nest eight deep within one transaction; without optimisation that is more than two megabytes.
const STACK: usize = 8 * 1024 * 1024;

/// Orders, chats, rules and campaigns for one team.
#[derive(Parser)]
#[command(name = "pult", version, about = "Orders, chats, rules and campaigns for one team")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the program (migrates the database first)
    Serve,
    /// Serve with demo data and simulated providers
    Demo,
    /// Bring the database up to date and stop
    Migrate,
    /// Copy the database and the files, of a running server as well
    Backup {
        /// Where to; nothing is overwritten
        file: std::path::PathBuf,
        /// Put the secret key into the copy: whoever has it can then read the passwords of connections
        #[arg(long)]
        with_key: bool,
    },
    /// Restore a copy into an empty database; sends wait until a person releases them
    Restore {
        file: std::path::PathBuf,
        /// Take away what is in the database
        #[arg(long)]
        replace: bool,
    },
    /// Move everything from SQLite into an empty PostgreSQL
    MoveToPostgres {
        /// Address of the empty database: postgres://…
        #[arg(long)]
        to: String,
    },
    /// Check the installation and say what is wrong; sends itself a signed webhook
    Doctor {
        /// Send a letter there as well
        #[arg(long)]
        mail: Option<String>,
    },
    /// Make a new secret key; what the present one has sealed is sealed anew once the program was started again
    RotateKey,
    /// Work of the operator
    #[command(subcommand)]
    Admin(Admin),
    /// The journal as evidence
    #[command(subcommand)]
    Audit(Audit),
    /// Run the other side of a provider, for tests
    Simulate {
        provider: String,
        #[arg(long, default_value = "127.0.0.1:0")]
        addr: std::net::SocketAddr,
    },
    /// Print the OpenAPI document
    Openapi,
}

#[derive(Subcommand)]
enum Admin {
    /// Make an organisation with its owner
    CreateOrganisation {
        #[arg(long)]
        name: String,
        #[arg(long)]
        owner_email: String,
        /// Read the owner's password from standard input
        #[arg(long, required = true)]
        owner_password_stdin: bool,
        #[arg(long)]
        json: bool,
    },
    /// Make an API key
    CreateApiKey {
        #[arg(long)]
        organisation: OrganisationId,
        /// `*` or a list like `orders:read,chats:write`
        #[arg(long)]
        scopes: String,
        #[arg(long, default_value = "CLI")]
        name: String,
        #[arg(long)]
        json: bool,
    },
    /// Take the second factor from somebody who lost phone and recovery codes; their sessions end
    ResetSecondFactor {
        #[arg(long)]
        email: String,
        #[arg(long)]
        json: bool,
    },
    /// Connect a provider, or describe its settings
    Connect(Connect),
}

#[derive(Subcommand)]
enum Audit {
    /// Walk the chain of seals and say which line was changed, removed, inserted or left without a seal
    Verify(audit::Verify),
}

#[derive(Args)]
struct Connect {
    provider: String,
    /// Print the JSON Schema of the settings
    #[arg(long)]
    describe: bool,
    #[arg(long, required_unless_present = "describe")]
    organisation: Option<OrganisationId>,
    /// JSON file with the settings
    #[arg(long, required_unless_present = "describe")]
    settings: Option<std::path::PathBuf>,
    #[arg(long, default_value = "")]
    name: String,
    #[arg(long)]
    json: bool,
}

/// Reads the command line and does what it says.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // Commands of the operator speak to a person only.
    let serves = matches!(cli.command, Command::Serve | Command::Demo);
    let files = if serves { log_files() } else { Ok(None) };
    if let Err(error) = files.and_then(log::begin) {
        return fail(&error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&anyhow!(error)),
    };
    match runtime.block_on(run_command(cli.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &anyhow::Error) -> ExitCode {
    eprintln!("pult: {}", format!("{error:#}").replace('\n', " "));
    ExitCode::FAILURE
}

async fn run_command(command: Command) -> Result<()> {
    match command {
        Command::Serve => serve::serve(Environment::read(false)?, None).await,
        Command::Demo => demo::run().await,
        Command::Migrate => installation::migrate().await,
        Command::Backup { file, with_key } => installation::backup(&file, with_key).await,
        Command::Restore { file, replace } => installation::restore(&file, replace).await,
        Command::MoveToPostgres { to } => installation::move_to_postgres(&to).await,
        Command::Doctor { mail } => doctor::doctor(mail.as_deref()).await,
        Command::RotateKey => installation::rotate_key(),
        Command::Admin(admin) => administrate(admin).await,
        Command::Audit(Audit::Verify(verify)) => audit::verify(verify).await,
        Command::Simulate { provider, addr } => match provider.as_str() {
            "whatsapp" => Ok(connectors::whatsapp::simulator::serve(addr).await?),
            "intercom" => Ok(connectors::intercom::simulator::serve(addr).await?),
            "trustpilot" => Ok(connectors::trustpilot::simulator::serve(addr).await?),
            "identity" => Ok(connectors::identity::simulator::serve(addr).await?),
            "webhook" => Ok(connectors::webhook::simulator::serve(addr).await?),
            "push" => Ok(connectors::push::simulator::serve(addr).await?),
            other => Err(anyhow!("no simulator for {other}")),
        },
        Command::Openapi => {
            println!("{}", rest::document_json()?);
            Ok(())
        }
    }
}

async fn administrate(admin: Admin) -> Result<()> {
    if let Admin::Connect(Connect { provider, describe: true, .. }) = &admin {
        println!("{}", serde_json::to_string_pretty(&connections::describe(provider).map_err(worded)?)?);
        return Ok(());
    }
    let environment = Environment::read(false)?;
    let db = environment.open().await?;
    db.migrate().await?;
    let app = environment.app(db, false)?;
    let (answer, json) = match admin {
        Admin::CreateOrganisation { name, owner_email, json, .. } => {
            let mut password = String::new();
            std::io::stdin().read_line(&mut password).context("standard input")?;
            let password = password.trim_end_matches(['\r', '\n']);
            let (organisation, user) =
                accounts::setup::create_organisation(&app, &name, &owner_email, password).await.map_err(worded)?;
            (serde_json::json!({"organisation_id": organisation, "user_id": user}), json)
        }
        Admin::CreateApiKey { organisation, scopes, name, json } => {
            let key = accounts::setup::create_api_key(&app, organisation, &name, &scopes).await.map_err(worded)?;
            (serde_json::json!({"api_key_id": key.id, "key": key.key}), json)
        }
        Admin::ResetSecondFactor { email, json } => {
            let user = accounts::second_factor::reset_by_operator(&app, &email).await.map_err(worded)?;
            (serde_json::json!({"user_id": user}), json)
        }
        Admin::Connect(connect) => {
            let path = connect.settings.context("--settings is missing")?;
            let organisation = connect.organisation.context("--organisation is missing")?;
            let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let settings =
                serde_json::from_str(&text).with_context(|| format!("{} is not a JSON object", path.display()))?;
            let input = SaveConnection { provider: connect.provider, name: connect.name, settings };
            let setup = connections::save(&Cx::system(&app, organisation), input).await.map_err(worded)?;
            let mut answer = serde_json::json!({"connection_id": setup.connection.id, "webhook_path": setup.webhook_path, "webhook_url": setup.webhook_url});
            for (name, value) in setup.generated {
                answer[name] = value.into();
            }
            (answer, connect.json)
        }
    };
    app.db.close().await;
    if json {
        println!("{answer}");
    } else if let Some(map) = answer.as_object() {
        map.iter().for_each(|(name, value)| println!("{name}: {}", value.as_str().unwrap_or_default()));
    }
    Ok(())
}

/// A use case's error in one English sentence.
pub fn worded(error: services::Error) -> anyhow::Error {
    match error {
        services::Error::Api(error) => anyhow!("{} ({})", rest::detail(&error), error.code),
        other => anyhow!("{other}"),
    }
}
