//! Settings of the console: the command line, else `~/.config/fixi/admin.toml`, else the default.
//! The session is kept beside it, readable by this user only.

use crate::text::Bidi;
use crate::theme::Theme;
use anyhow::Context;
use locales::Locale;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the bot is when nothing says otherwise.
const DEFAULT_URL: &str = "http://127.0.0.1:8080";

/// What may stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Where the bot is.
    pub url: Option<String>,
    /// `he`, `en`, `ar` or `ru`.
    pub lang: Option<String>,
    /// `dark`, `light` or `mono`.
    pub theme: Option<String>,
    /// `app` or `terminal`: who reorders right-to-left text.
    pub bidi: Option<String>,
    /// Whether every change is refused.
    pub readonly: Option<bool>,
    /// Whether the mouse is used; without it the terminal selects text as usual.
    pub mouse: Option<bool>,
    /// The key of the business that is looked at, for users who may look at several.
    pub business: Option<String>,
    /// The program that opens addresses, instead of `xdg-open` or `open`.
    pub opener: Option<String>,
}

/// The settings of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where the bot is.
    pub url: String,
    /// The language.
    pub locale: Locale,
    /// The colours.
    pub theme: Theme,
    /// Who reorders right-to-left text.
    pub bidi: Bidi,
    /// Whether every change is refused.
    pub readonly: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The business that is looked at.
    pub business: Option<String>,
    /// The program that opens addresses.
    pub opener: Option<String>,
}

/// What the environment says, as far as it matters.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `LC_ALL`, `LC_MESSAGES` or `LANG`, the first that is set.
    pub language: Option<String>,
    /// Whether `NO_COLOR` is set and not empty.
    pub no_color: bool,
}

impl Surroundings {
    /// Those of this process.
    #[must_use]
    pub fn of_process() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            language: set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG")),
            no_color: set("NO_COLOR").is_some(),
        }
    }
}

impl File {
    /// Reads the file; none is like an empty one.
    ///
    /// # Errors
    /// When it is there and cannot be read or understood.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => {
                toml::from_str(&text).with_context(|| format!("{} is not understood", path.display()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }

    /// What is given here, else what the other says.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            url: self.url.or(other.url),
            lang: self.lang.or(other.lang),
            theme: self.theme.or(other.theme),
            bidi: self.bidi.or(other.bidi),
            readonly: self.readonly.or(other.readonly),
            mouse: self.mouse.or(other.mouse),
            business: self.business.or(other.business),
            opener: self.opener.or(other.opener),
        }
    }

    /// The settings.
    ///
    /// # Errors
    /// When a value is none of those that there are; the error names them.
    pub fn settle(self, around: &Surroundings) -> anyhow::Result<Config> {
        let locale = match self.lang {
            Some(tag) => {
                Locale::from_tag(&tag).with_context(|| format!("lang = {tag}: one of he, en, ar, ru"))?
            }
            None => around.language.as_deref().and_then(Locale::from_tag).unwrap_or(Locale::En),
        };
        let theme = match self.theme {
            _ if around.no_color => Theme::mono(),
            Some(name) => Theme::named(&name)
                .with_context(|| format!("theme = {name}: one of {}", Theme::NAMES.join(", ")))?,
            None => Theme::dark(),
        };
        let bidi = match self.bidi {
            Some(name) => Bidi::named(&name).with_context(|| format!("bidi = {name}: app or terminal"))?,
            None => Bidi::App,
        };
        Ok(Config {
            url: self.url.unwrap_or_else(|| DEFAULT_URL.to_owned()),
            locale,
            theme,
            bidi,
            readonly: self.readonly.unwrap_or(false),
            mouse: self.mouse.unwrap_or(true),
            business: self.business,
            opener: self.opener,
        })
    }
}

/// The folder of the console: `$XDG_CONFIG_HOME/fixi`, else `~/.config/fixi`.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_CONFIG_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".config")))
        .map(|folder| folder.join("fixi"))
}

/// Sessions by address of the server, in a file that only this user can read.
#[derive(Clone, Debug)]
pub struct Sessions {
    path: PathBuf,
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    #[serde(default)]
    sessions: BTreeMap<String, String>,
}

impl Sessions {
    /// Those in this folder.
    #[must_use]
    pub fn in_folder(folder: &Path) -> Self {
        Self { path: folder.join("admin-sessions.toml") }
    }

    /// The session at this server. A file that others could read is not believed.
    #[must_use]
    pub fn get(&self, url: &str) -> Option<String> {
        if !self.is_private() {
            return None;
        }
        self.read().sessions.remove(url)
    }

    /// Keeps the session of this server, or forgets it.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put(&self, url: &str, token: Option<&str>) -> anyhow::Result<()> {
        let mut kept = self.read();
        match token {
            Some(token) => drop(kept.sessions.insert(url.to_owned(), token.to_owned())),
            None => drop(kept.sessions.remove(url)),
        }
        let folder = self.path.parent().context("a folder for the session")?;
        std::fs::create_dir_all(folder)?;
        // Written whole and then put in place: a console that dies meanwhile leaves the file as it was.
        let beside = self.path.with_extension(format!("{}.new", std::process::id()));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(toml::to_string(&kept)?.as_bytes())?;
        std::fs::rename(&beside, &self.path)?;
        Ok(())
    }

    fn read(&self) -> Kept {
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        toml::from_str(&text).unwrap_or_default()
    }

    fn is_private(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::metadata(&self.path).is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
        }
        #[cfg(not(unix))]
        true
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn settle(text: &str, around: &Surroundings) -> anyhow::Result<Config> {
        toml::from_str::<File>(text)?.settle(around)
    }

    #[test]
    fn every_setting_is_read() {
        let text = "url = 'https://bot.example.com'\nlang = 'he'\ntheme = 'light'\nbidi = 'terminal'\nreadonly = true\n\
                    mouse = false\nbusiness = 'north'\nopener = 'firefox'\n";
        let config = settle(text, &Surroundings::default()).unwrap();
        let expected = Config {
            url: "https://bot.example.com".to_owned(),
            locale: Locale::He,
            theme: Theme::light(),
            bidi: Bidi::Terminal,
            readonly: true,
            mouse: false,
            business: Some("north".to_owned()),
            opener: Some("firefox".to_owned()),
        };
        assert_eq!(config, expected);
    }

    #[test]
    fn nothing_given_is_a_bot_on_this_machine_in_the_language_of_the_environment() {
        let around = Surroundings { language: Some("ru_RU.UTF-8".to_owned()), no_color: false };
        let config = settle("", &around).unwrap();
        assert_eq!((config.url.as_str(), config.locale), (DEFAULT_URL, Locale::Ru));
        let around = Surroundings { language: Some("C.UTF-8".to_owned()), no_color: true };
        let config = settle("theme = 'light'", &around).unwrap();
        assert_eq!((config.locale, config.theme.name), (Locale::En, "mono"));
    }

    #[test]
    fn wrong_values_are_named_with_the_right_ones() {
        let error = |text: &str| format!("{:#}", settle(text, &Surroundings::default()).unwrap_err());
        assert!(error("lang = 'xx'").contains("he, en, ar, ru"));
        assert!(error("theme = 'pink'").contains("dark, light, mono"));
        assert!(error("bidi = 'maybe'").contains("app or terminal"));
        assert!(error("colour = 'red'").contains("colour"));
    }

    #[test]
    fn the_command_line_comes_first() {
        let file = File { url: Some("file".to_owned()), lang: Some("he".to_owned()), ..File::default() };
        let given = File { url: Some("given".to_owned()), ..File::default() };
        let both = given.or(file);
        assert_eq!((both.url.as_deref(), both.lang.as_deref()), (Some("given"), Some("he")));
    }

    #[cfg(unix)]
    #[test]
    fn sessions_are_private_and_kept_by_server() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let sessions = Sessions::in_folder(&folder.path().join("fixi"));
        assert_eq!(sessions.get("a"), None);
        sessions.put("a", Some("one")).unwrap();
        sessions.put("b", Some("two")).unwrap();
        let mode = std::fs::metadata(&sessions.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!((sessions.get("a").as_deref(), sessions.get("b").as_deref()), (Some("one"), Some("two")));
        sessions.put("a", None).unwrap();
        assert_eq!(sessions.get("a"), None);
        std::fs::set_permissions(&sessions.path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(sessions.get("b"), None, "others may have read it");
    }
}
