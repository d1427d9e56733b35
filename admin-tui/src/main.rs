//! `fixi-admin`: the operators' console in a terminal.

use admin_tui::config::{File, Sessions, Surroundings, folder};
use admin_tui::runtime;
use clap::Parser;
use std::path::PathBuf;
use std::process::ExitCode;

/// The operators' console of Fixi. Keys: ? in the console. Settings: the flags below, else ~/.config/fixi/admin.toml with
/// the same names (and `business`, `opener`), else the defaults.
#[derive(Parser)]
#[command(name = "fixi-admin", version)]
struct Arguments {
    /// Where the bot is [default: http://127.0.0.1:8080]
    #[arg(long)]
    url: Option<String>,
    /// Refuse every change
    #[arg(long)]
    readonly: bool,
    /// Language of the console: he, en, ar, ru [default: that of the environment]
    #[arg(long)]
    lang: Option<String>,
    /// Who reorders right-to-left text: app, or terminal for one that does it itself [default: app]
    #[arg(long)]
    bidi: Option<String>,
    /// Colours: dark, light, mono [default: dark; mono with NO_COLOR]
    #[arg(long)]
    theme: Option<String>,
    /// Leave the mouse to the terminal
    #[arg(long)]
    no_mouse: bool,
    /// Key of the business to look at
    #[arg(long)]
    business: Option<String>,
    /// Another settings file
    #[arg(long)]
    config: Option<PathBuf>,
}

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    match start().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One line, whatever the environment says about backtraces: it is for whoever typed the address.
            eprintln!("fixi-admin: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn start() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = folder();
    let path = arguments.config.or_else(|| folder.as_ref().map(|folder| folder.join("admin.toml")));
    let file = path.map(|path| File::read(&path)).transpose()?.unwrap_or_default();
    let given = File {
        url: arguments.url,
        lang: arguments.lang,
        theme: arguments.theme,
        bidi: arguments.bidi,
        readonly: arguments.readonly.then_some(true),
        mouse: arguments.no_mouse.then_some(false),
        business: arguments.business,
        opener: None,
    };
    let config = given.or(file).settle(&Surroundings::of_process())?;
    runtime::run(config, folder.as_deref().map(Sessions::in_folder)).await
}
