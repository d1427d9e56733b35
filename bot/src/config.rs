//! Settings: from the environment, else from the file, else the default. A value that cannot be read stops the start
//! with the name of its variable and what is expected, never with its content.

use crate::channels::{self, green_api, meta};
use crate::models::{DEFAULT_CHAIN, ModelName, gemini};
use crate::operators;
use crate::store::documents::Recurring;
use anyhow::{Context, bail};
use chrono_tz::Tz;
use secrecy::SecretString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Everything that can be set.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address of webhooks, health and pages.
    pub listen: SocketAddr,
    /// Where the embedded store is.
    pub data_dir: PathBuf,
    /// The address of MongoDB; none: the embedded store.
    pub mongo_uri: Option<SecretString>,
    /// The address that providers call.
    pub public_url: Option<String>,
    /// The zone of a new business.
    pub timezone: Tz,
    /// Which business the accounts below belong to; none for the only one.
    pub business: Option<String>,
    /// The phone of a person who runs the business besides its owners, E.164; reports of what waits for a person go there.
    pub admin_phone: Option<String>,
    /// The password of the first user of the console, `admin`, who is made when there is none.
    pub admin_password: Option<SecretString>,
    /// The providers' accounts, the one for first contacts first.
    pub accounts: Vec<channels::Settings>,
    /// The chain of models, first to last.
    pub chain: Vec<ModelName>,
    /// How Google is reached; none: the rules alone understand.
    pub gemini: Option<gemini::Settings>,
    /// Nothing leaves: messages are recorded and not sent.
    pub dry_run: bool,
    /// How the operator is told what cannot wait.
    pub telegram: Option<Telegram>,
    /// Where places are asked for that the gazetteer does not know; none: nobody is asked.
    pub geocoder_url: Option<String>,
    /// After how long the healer looks at a lead on which nobody acts, in minutes.
    pub sos_timeout_minutes: u32,
    /// Recurring jobs that are switched off.
    pub jobs_off: Vec<Recurring>,
    /// How logs are written.
    pub log_format: LogFormat,
}

/// The operator's chat on Telegram.
#[derive(Clone, Debug)]
pub struct Telegram {
    /// The token of our bot.
    pub token: SecretString,
    /// The chat that alerts go to.
    pub chat: String,
    /// Where the Bot API is.
    pub base_url: String,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines.
    Json,
}

/// A variable, what it means by default, and what it is for: the table of the README is made of these.
pub const VARIABLES: &[(&str, &str, &str)] = &[
    ("FIXI_LISTEN", "127.0.0.1:8080", "address of webhooks, health and pages"),
    ("FIXI_DATA_DIR", "./data", "where the embedded store is kept"),
    ("MONGO_URI", "", "when set, state is in MongoDB (database name from the URI, else `fixi`)"),
    ("FIXI_PUBLIC_URL", "", "the address that providers call"),
    ("FIXI_BUSINESS", "", "key of the business that the accounts belong to, when there are several"),
    ("ADMIN_PHONE", "", "phone of an owner besides those of the business, told of what waits for a person"),
    (
        "ADMIN_PASSWORD",
        "",
        "creates the first console user `admin` when there is none; at least 10 characters",
    ),
    ("TIMEZONE", "Asia/Jerusalem", "default zone of a new business"),
    ("GEMINI_API_KEY", "", "no key: the rules alone understand"),
    ("GEMINI_BASE_URL", "https://generativelanguage.googleapis.com", "where models are asked"),
    ("AI_MODELS", DEFAULT_CHAIN, "the chain of models, first to last"),
    ("GREEN_API_ID", "", "instance of Green API"),
    ("GREEN_API_TOKEN", "", "its token"),
    ("GREEN_API_BASE_URL", green_api::DEFAULT_BASE_URL, "its host"),
    ("GREEN_API_WEBHOOK_TOKEN", "", "expected `Authorization` of its webhooks"),
    ("GREEN_API_BUTTONS", "true", "whether its interactive buttons are used; `false` writes numbered lines"),
    ("META_WA_ACCESS_TOKEN", "", "token of the Cloud API"),
    ("META_WA_PHONE_NUMBER_ID", "", "id of the number"),
    ("META_WA_WABA_ID", "", "id of the business account"),
    ("META_WA_VERIFY_TOKEN", "", "token of the verification handshake"),
    ("META_WA_APP_SECRET", "", "signs webhooks; without it they are refused"),
    ("META_GRAPH_BASE_URL", meta::DEFAULT_BASE_URL, "Graph API with its version"),
    ("TELEGRAM_BOT_TOKEN", "", "token of the bot that alerts the operator"),
    ("TELEGRAM_ALERT_CHAT", "", "the chat that it alerts"),
    ("TELEGRAM_API_URL", "https://api.telegram.org", "where Telegram's Bot API is"),
    (
        "FIXI_GEOCODER_URL",
        "",
        "a server like Nominatim (the address before `/search`) for places that no map of ours has",
    ),
    ("SOS_TIMEOUT_MINUTES", "60", "after how long the healer looks at a lead on which nobody acts"),
    ("FIXI_DRY_RUN", "false", "nothing leaves: deliveries are recorded and marked"),
    ("FIXI_JOBS_OFF", "", "recurring jobs that do not run, apart by commas; `fixi jobs list` names them"),
    ("FIXI_LOG_FORMAT", "text", "`json` for machines"),
];

/// Reads one variable: from the environment, else from the file, else its default.
struct Source<'a> {
    environment: &'a dyn Fn(&str) -> Option<String>,
    file: toml::Table,
}

impl Source<'_> {
    /// The value, unless it is empty.
    fn get(&self, name: &str) -> anyhow::Result<Option<String>> {
        if let Some(value) =
            (self.environment)(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
        {
            return Ok(Some(value));
        }
        let from_file = self.file.get(name).or_else(|| self.file.get(&name.to_lowercase()));
        match from_file {
            None => {}
            Some(toml::Value::String(value)) if value.trim().is_empty() => {}
            Some(toml::Value::String(value)) => return Ok(Some(value.trim().to_owned())),
            Some(toml::Value::Integer(value)) => return Ok(Some(value.to_string())),
            Some(toml::Value::Boolean(value)) => return Ok(Some(value.to_string())),
            Some(_) => bail!("{name}: must be a text, a number or true/false in the settings file"),
        }
        let default = VARIABLES
            .iter()
            .find(|(variable, _, _)| *variable == name)
            .map_or("", |(_, default, _)| *default);
        Ok((!default.is_empty()).then(|| default.to_owned()))
    }

    fn required(&self, name: &str, because: &str) -> anyhow::Result<String> {
        self.get(name)?.with_context(|| format!("{name}: is not set, but {because}"))
    }

    fn secret(&self, name: &str) -> anyhow::Result<Option<SecretString>> {
        Ok(self.get(name)?.map(SecretString::from))
    }

    fn parse<T: std::str::FromStr>(&self, name: &str, expected: &str) -> anyhow::Result<T> {
        let value = self.required(name, "it has no default")?;
        value.parse().map_err(|_| anyhow::anyhow!("{name}: cannot be read, expected {expected}"))
    }

    fn url(&self, name: &str) -> anyhow::Result<String> {
        let value = self.required(name, "it has no default")?;
        let is_url =
            crate::outside::Url::parse(&value).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !is_url {
            bail!("{name}: cannot be read, expected an http or https address");
        }
        Ok(value.trim_end_matches('/').to_owned())
    }

    fn phone(&self, name: &str) -> anyhow::Result<Option<String>> {
        let Some(value) = self.get(name)? else { return Ok(None) };
        let phone: String = value.chars().filter(|c| !" -()".contains(*c)).collect();
        let digits = phone.strip_prefix('+').unwrap_or_default();
        let is_phone = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_phone {
            bail!(
                "{name}: cannot be read, expected a phone number that begins with + and the country's code"
            );
        }
        Ok(Some(phone))
    }

    fn flag(&self, name: &str) -> anyhow::Result<bool> {
        match self.required(name, "it has no default")?.to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => bail!("{name}: cannot be read, expected true or false"),
        }
    }
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// When a value cannot be read, or half of an account is set: the message names the variable.
    pub fn read(environment: &dyn Fn(&str) -> Option<String>, file: Option<&Path>) -> anyhow::Result<Self> {
        let file = match file {
            None => toml::Table::new(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("the settings file {} cannot be read", path.display()))?;
                // The parser's own message quotes the line, which may hold a secret.
                text.parse()
                    .map_err(|_| anyhow::anyhow!("the settings file {} is no valid TOML", path.display()))?
            }
        };
        let source = Source { environment, file };
        let mongo_uri = source.get("MONGO_URI")?;
        if mongo_uri
            .as_ref()
            .is_some_and(|uri| !["mongodb://", "mongodb+srv://"].iter().any(|scheme| uri.starts_with(scheme)))
        {
            bail!(
                "MONGO_URI: cannot be read, expected mongodb://host:port/database?replicaSet=name or mongodb+srv://…"
            );
        }
        let public_url = match source.get("FIXI_PUBLIC_URL")? {
            Some(_) => Some(source.url("FIXI_PUBLIC_URL")?),
            None => None,
        };
        let chain =
            ModelName::parse_chain(&source.required("AI_MODELS", "it has no default")?).map_err(|_| {
                anyhow::anyhow!("AI_MODELS: cannot be read, expected names of models apart by commas")
            })?;
        let base_url = crate::outside::Url::parse(&source.url("GEMINI_BASE_URL")?)?;
        let gemini = source.secret("GEMINI_API_KEY")?.map(|api_key| gemini::Settings { api_key, base_url });
        Ok(Self {
            listen: source.parse("FIXI_LISTEN", "an address such as 127.0.0.1:8080")?,
            data_dir: PathBuf::from(source.required("FIXI_DATA_DIR", "it has no default")?),
            mongo_uri: mongo_uri.map(SecretString::from),
            public_url,
            timezone: source.parse("TIMEZONE", "a zone such as Asia/Jerusalem")?,
            business: source.get("FIXI_BUSINESS")?,
            admin_phone: source.phone("ADMIN_PHONE")?,
            admin_password: admin_password(&source)?,
            accounts: accounts(&source)?,
            chain,
            gemini,
            dry_run: source.flag("FIXI_DRY_RUN")?,
            telegram: telegram(&source)?,
            geocoder_url: match source.get("FIXI_GEOCODER_URL")? {
                Some(_) => Some(source.url("FIXI_GEOCODER_URL")?),
                None => None,
            },
            sos_timeout_minutes: source.parse("SOS_TIMEOUT_MINUTES", "a number of minutes such as 60")?,
            jobs_off: jobs_off(&source)?,
            log_format: match source.required("FIXI_LOG_FORMAT", "it has no default")?.as_str() {
                "text" => LogFormat::Text,
                "json" => LogFormat::Json,
                _ => bail!("FIXI_LOG_FORMAT: cannot be read, expected text or json"),
            },
        })
    }

    /// The settings of this process.
    ///
    /// # Errors
    /// As [`Config::read`].
    pub fn from_environment(file: Option<&Path>) -> anyhow::Result<Self> {
        Self::read(&|name| std::env::var(name).ok(), file)
    }
}

/// A password that is too short is refused before there is a user with it.
fn admin_password(source: &Source<'_>) -> anyhow::Result<Option<SecretString>> {
    let Some(password) = source.get("ADMIN_PASSWORD")? else { return Ok(None) };
    if operators::check_password(&password).is_err() {
        bail!("ADMIN_PASSWORD: cannot be used, expected at least 10 characters");
    }
    Ok(Some(SecretString::from(password)))
}

fn telegram(source: &Source<'_>) -> anyhow::Result<Option<Telegram>> {
    let (token, chat) = (source.secret("TELEGRAM_BOT_TOKEN")?, source.get("TELEGRAM_ALERT_CHAT")?);
    let base_url = source.url("TELEGRAM_API_URL")?;
    match (token, chat) {
        (Some(token), Some(chat)) => Ok(Some(Telegram { token, chat, base_url })),
        (None, None) => Ok(None),
        (Some(_), None) => bail!("TELEGRAM_ALERT_CHAT: is not set, but TELEGRAM_BOT_TOKEN is"),
        (None, Some(_)) => bail!("TELEGRAM_BOT_TOKEN: is not set, but TELEGRAM_ALERT_CHAT is"),
    }
}

/// The recurring jobs that are switched off. An unknown one is refused: it would run although somebody meant it not to.
fn jobs_off(source: &Source<'_>) -> anyhow::Result<Vec<Recurring>> {
    let names = source.get("FIXI_JOBS_OFF")?.unwrap_or_default();
    let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let known = Recurring::ALL.iter().copied().find(|known| known.key() == name);
            known.with_context(|| {
                let known: Vec<_> = Recurring::ALL.iter().map(|known| known.key()).collect();
                format!(
                    "FIXI_JOBS_OFF: names a job that does not exist, expected some of {}",
                    known.join(", ")
                )
            })
        })
        .collect()
}

/// The accounts that are set. Green API comes first: it may write to a pro who has not written yet.
fn accounts(source: &Source<'_>) -> anyhow::Result<Vec<channels::Settings>> {
    let mut accounts = Vec::new();
    if let Some(id) = source.get("GREEN_API_ID")? {
        if !id.chars().all(|c| c.is_ascii_digit()) {
            bail!("GREEN_API_ID: cannot be read, expected the digits of the instance");
        }
        accounts.push(channels::Settings::GreenApi(green_api::Settings {
            id,
            token: source.required("GREEN_API_TOKEN", "GREEN_API_ID is")?.into(),
            base_url: source.url("GREEN_API_BASE_URL")?,
            webhook_token: source.secret("GREEN_API_WEBHOOK_TOKEN")?,
            interactive_buttons: source.flag("GREEN_API_BUTTONS")?,
        }));
    }
    if let Some(phone_number_id) = source.get("META_WA_PHONE_NUMBER_ID")? {
        accounts.push(channels::Settings::Meta(meta::Settings {
            access_token: source.required("META_WA_ACCESS_TOKEN", "META_WA_PHONE_NUMBER_ID is")?.into(),
            phone_number_id,
            waba_id: source.get("META_WA_WABA_ID")?,
            verify_token: source.required("META_WA_VERIFY_TOKEN", "META_WA_PHONE_NUMBER_ID is")?.into(),
            app_secret: source
                .required(
                    "META_WA_APP_SECRET",
                    "META_WA_PHONE_NUMBER_ID is, and unsigned webhooks are refused",
                )?
                .into(),
            base_url: source.url("META_GRAPH_BASE_URL")?,
        }));
    }
    Ok(accounts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Config, String> {
        let find =
            |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Config::read(&find, None).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn nothing_needs_to_be_set() {
        let config = read(&[]).expect("defaults");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert!(config.accounts.is_empty() && config.gemini.is_none());
        assert_eq!(config.chain.len(), 3);
    }

    #[test]
    fn an_unreadable_value_is_named_and_not_shown() {
        for (name, value) in [
            ("FIXI_LISTEN", "hunter2"),
            ("TIMEZONE", "hunter2"),
            ("FIXI_DRY_RUN", "hunter2"),
            ("GEMINI_BASE_URL", "hunter2"),
            ("FIXI_LOG_FORMAT", "hunter2"),
            ("GREEN_API_ID", "hunter2"),
            ("MONGO_URI", "http://hunter2"),
            ("FIXI_JOBS_OFF", "sweep,hunter2"),
            ("ADMIN_PHONE", "hunter2"),
            ("ADMIN_PASSWORD", "hunter2"),
            ("FIXI_GEOCODER_URL", "hunter2"),
        ] {
            let error = read(&[(name, value)]).expect_err("must not be read");
            assert!(error.starts_with(name), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn recurring_jobs_are_switched_off_by_name() {
        assert_eq!(read(&[]).expect("defaults").jobs_off, []);
        assert_eq!(read(&[("FIXI_JOBS_OFF", " sweep, ")]).expect("known").jobs_off, [Recurring::Sweep]);
    }

    #[test]
    fn half_an_account_is_refused_with_what_is_missing() {
        let error = read(&[("GREEN_API_ID", "7103000001")]).expect_err("no token");
        assert!(error.starts_with("GREEN_API_TOKEN"), "{error}");
        let meta =
            [("META_WA_PHONE_NUMBER_ID", "1"), ("META_WA_ACCESS_TOKEN", "t"), ("META_WA_VERIFY_TOKEN", "v")];
        let error = read(&meta).expect_err("no app secret (B149)");
        assert!(error.starts_with("META_WA_APP_SECRET"), "{error}");
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let config = read(&[
            ("GREEN_API_ID", "7103000001"),
            ("GREEN_API_TOKEN", "hunter2"),
            ("GEMINI_API_KEY", "hunter3"),
            ("MONGO_URI", "mongodb://fixi:hunter4@127.0.0.1/fixi"),
            ("ADMIN_PASSWORD", "hunter5hunter5"),
        ]);
        let shown = format!("{:?}", config.expect("valid"));
        assert!(!shown.contains("hunter"), "{shown}");
    }
}
