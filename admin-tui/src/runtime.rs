//! The world around the console: keys, the terminal, requests, live events, the clipboard. Everything runs beside the
//! drawing and comes back as a message; nothing here decides what happens.

use crate::ask::Ask;
use crate::config::{Config, Sessions};
use crate::frame;
use crate::look::Look;
use crate::model::{Link, Model, Shared};
use crate::screens::Ticket;
use crate::update::{Command, Msg, start, update};
use admin_api::client::{Client, Signal};
use anyhow::Context;
use base64::Engine;
use chrono::Utc;
use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    KeyEventKind,
};
use ratatui::crossterm::execute;
use std::io::{Write, stdout};
use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{AbortHandle, JoinSet};

/// How often the clock on the screen moves.
const TICK: Duration = Duration::from_secs(1);

/// Runs the console until it is left.
///
/// # Errors
/// When the address is none, or the terminal cannot be used.
pub async fn run(config: Config, sessions: Option<Sessions>) -> anyhow::Result<()> {
    let client = Client::new(&config.url).with_context(|| config.url.clone())?;
    let token = sessions.as_ref().and_then(|sessions| sessions.get(&config.url));
    let client = client.signed_in(token.as_deref()).looking_at(config.business.as_deref());
    let mut model = Model::new(shared(&config), token.is_some());
    let mut terminal = ratatui::try_init().context("this is no terminal that can be drawn on")?;
    let outcome = {
        let _modes = Modes::enter(config.mouse);
        let (sender, receiver) = unbounded_channel();
        let mut world = World { client, config, sessions, sender, tasks: JoinSet::new(), live: None };
        world.play(&mut model, &mut terminal, receiver).await
    };
    ratatui::restore();
    outcome
}

/// Waits until somebody asks the program to end: `kill`, or the window that closes.
async fn asked_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut term), Ok(mut hangup)) =
            (signal(SignalKind::terminate()), signal(SignalKind::hangup()))
        {
            tokio::select! {
                _ = term.recv() => return,
                _ = hangup.recv() => return,
            }
        }
    }
    std::future::pending().await
}

fn shared(config: &Config) -> Shared {
    Shared {
        me: None,
        look: Look {
            locale: config.locale,
            bidi: config.bidi,
            theme: config.theme.clone(),
            zone: chrono_tz::UTC,
            currency: String::new(),
        },
        now: Utc::now(),
        size: (80, 24),
        readonly: config.readonly,
        link: Link::Unknown,
        waiting: 0,
    }
}

/// Paste and mouse reporting, switched off again however the console ends.
struct Modes {
    mouse: bool,
}

impl Modes {
    fn enter(mouse: bool) -> Self {
        let _ = execute!(stdout(), EnableBracketedPaste);
        if mouse {
            let _ = execute!(stdout(), EnableMouseCapture);
        }
        // After ratatui's own hook has left the alternate screen, a panic must not leave these on.
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            leave(mouse);
            before(info);
        }));
        Self { mouse }
    }
}

impl Drop for Modes {
    fn drop(&mut self) {
        leave(self.mouse);
    }
}

fn leave(mouse: bool) {
    let _ = execute!(stdout(), DisableBracketedPaste);
    if mouse {
        let _ = execute!(stdout(), DisableMouseCapture);
    }
}

struct World {
    client: Client,
    config: Config,
    sessions: Option<Sessions>,
    sender: UnboundedSender<Msg>,
    tasks: JoinSet<()>,
    live: Option<AbortHandle>,
}

impl World {
    async fn play(
        &mut self,
        model: &mut Model,
        terminal: &mut DefaultTerminal,
        mut receiver: UnboundedReceiver<Msg>,
    ) -> anyhow::Result<()> {
        let size = terminal.size()?;
        model.shared.size = (size.width, size.height);
        draw(model, terminal)?;
        read_keys(self.sender.clone());
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        let mut asked_to_end = pin!(asked_to_end());
        let mut commands = start(model);
        loop {
            for command in commands {
                if command == Command::Quit {
                    return Ok(());
                }
                self.perform(command);
            }
            let first = tokio::select! {
                msg = receiver.recv() => msg.context("the keyboard is gone")?,
                _ = ticks.tick() => Msg::Tick(Utc::now()),
                // What is unsent is lost, but not the terminal.
                () = &mut asked_to_end => return Ok(()),
            };
            commands = update(model, first);
            // Everything that has come by now shows in one picture.
            while let Ok(next) = receiver.try_recv() {
                commands.extend(update(model, next));
            }
            draw(model, terminal)?;
            while self.tasks.try_join_next().is_some() {}
        }
    }

    fn perform(&mut self, command: Command) {
        match command {
            Command::Ask(ticket, ask) => self.ask(ticket, ask),
            Command::Session(token) => {
                self.client = self.client.signed_in(token.as_deref());
                if token.is_none()
                    && let Some(live) = self.live.take()
                {
                    live.abort();
                }
                if let Some(sessions) = &self.sessions
                    && sessions.put(&self.config.url, token.as_deref()).is_err()
                {
                    self.tell("console-session-not-kept", String::new());
                }
            }
            Command::Business(key) => self.client = self.client.looking_at(Some(&key)),
            Command::Listen => self.listen(),
            Command::Copy(text) => {
                // OSC 52: the terminal, also at the other end of ssh, puts it on its clipboard.
                let encoded = base64::engine::general_purpose::STANDARD.encode(text);
                let _ = write!(stdout(), "\x1b]52;c;{encoded}\x07");
                let _ = stdout().flush();
                self.tell("console-copied", String::new());
            }
            Command::Browse(url) => self.browse(url),
            Command::Save(name, bytes) => self.save(name, bytes),
            Command::Quit => {}
        }
    }

    fn tell(&self, key: &'static str, about: String) {
        // The receiver lives as long as this.
        let _ = self.sender.send(Msg::Told(key, about));
    }

    fn ask(&mut self, ticket: Ticket, ask: Ask) {
        let (client, sender) = (self.client.clone(), self.sender.clone());
        self.tasks.spawn(async move {
            let key = format!("{:032x}", rand::random::<u128>());
            let answer = ask.perform(&client, &key).await;
            let _ = sender.send(Msg::Answered(ticket, Box::new(answer)));
        });
    }

    fn listen(&mut self) {
        if let Some(before) = self.live.take() {
            before.abort();
        }
        let (mut live, sender) = (self.client.live(), self.sender.clone());
        self.live = Some(self.tasks.spawn(async move {
            loop {
                let signal = live.next().await;
                let last = matches!(signal, Signal::Ended(_));
                if sender.send(Msg::Live(signal)).is_err() || last {
                    return;
                }
            }
        }));
    }

    fn browse(&mut self, url: String) {
        let sees = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
        let opener = match &self.config.opener {
            Some(opener) => Some(opener.as_str()),
            None if cfg!(target_os = "macos") => Some("open"),
            None if sees => Some("xdg-open"),
            // Over ssh there is no browser here: the address goes to the clipboard of the terminal.
            None => None,
        };
        let Some(opener) = opener else {
            self.perform(Command::Copy(url));
            return;
        };
        let started = std::process::Command::new(opener)
            .arg(&url)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn();
        match started {
            Ok(mut child) => {
                self.tell("console-browsing", String::new());
                self.tasks.spawn_blocking(move || drop(child.wait()));
            }
            Err(_) => self.tell("console-no-opener", opener.to_owned()),
        }
    }

    fn save(&mut self, name: String, bytes: Vec<u8>) {
        let sender = self.sender.clone();
        self.tasks.spawn(async move {
            let mut options = tokio::fs::OpenOptions::new();
            // A file that is there is somebody's; people's data are for this user only.
            options.write(true).create_new(true);
            #[cfg(unix)]
            options.mode(0o600);
            let written = async {
                let mut file = options.open(&name).await?;
                tokio::io::AsyncWriteExt::write_all(&mut file, &bytes).await?;
                file.sync_all().await
            };
            let key = if written.await.is_ok() { "console-saved" } else { "console-not-saved" };
            let _ = sender.send(Msg::Told(key, name));
        });
    }
}

fn draw(model: &Model, terminal: &mut DefaultTerminal) -> anyhow::Result<()> {
    terminal.draw(|drawn| {
        if let Some(cursor) = frame::paint(model, drawn.buffer_mut()) {
            drawn.set_cursor_position(cursor);
        }
    })?;
    Ok(())
}

/// Reads the terminal in a thread of its own: reading blocks. The thread ends with the process.
fn read_keys(sender: UnboundedSender<Msg>) {
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            let msg = match event {
                Event::Key(key) if key.kind != KeyEventKind::Release => Msg::Key(key.into()),
                Event::Paste(text) => Msg::Paste(text),
                Event::Mouse(mouse) => Msg::Mouse(mouse),
                Event::Resize(columns, rows) => Msg::Resize(columns, rows),
                Event::Key(_) | Event::FocusGained | Event::FocusLost => continue,
            };
            if sender.send(msg).is_err() {
                return;
            }
        }
    });
}
