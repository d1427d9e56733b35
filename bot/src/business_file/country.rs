//! What follows from the country of a business: the shape of phone numbers and whom to call in danger. The shape is
//! all that is checked, not whether a number was ever given out, since numbering plans change.

use agents::text::fold;
use chrono_tz::Tz;

/// A country, as far as a business file needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Country {
    Israel,
    UnitedStates,
    Other,
}

impl Country {
    /// The country of a zone; only those whose local way of writing numbers is known.
    pub(super) fn of(zone: Tz) -> Self {
        match zone.name() {
            "Asia/Jerusalem" | "Asia/Tel_Aviv" | "Israel" => Self::Israel,
            "America/New_York"
            | "America/Detroit"
            | "America/Chicago"
            | "America/Denver"
            | "America/Boise"
            | "America/Phoenix"
            | "America/Los_Angeles"
            | "America/Anchorage"
            | "Pacific/Honolulu" => Self::UnitedStates,
            name if name.starts_with("US/") => Self::UnitedStates,
            _ => Self::Other,
        }
    }

    /// The number of the emergency services: the police, who pass a call on.
    pub(super) fn emergency_number(self) -> &'static str {
        match self {
            Self::Israel => "100",
            Self::UnitedStates => "911",
            Self::Other => "112",
        }
    }

    /// A phone number in E.164, from the international form (`+972 50-...`, `00972...`) or the country's own
    /// (`050-...`). None when its length or first digit cannot be right.
    pub(super) fn phone(self, text: &str) -> Option<String> {
        let bare: String =
            fold(text).chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
        let number = match bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
            Some(number) => number.to_owned(),
            None => self.international(&bare)?,
        };
        let digits_only = number.bytes().all(|byte| byte.is_ascii_digit());
        (digits_only && self.has_right_shape(&number)).then(|| format!("+{number}"))
    }

    /// A number in the country's own form, with the country's code.
    fn international(self, local: &str) -> Option<String> {
        match self {
            Self::Israel => local.strip_prefix('0').map(|number| format!("972{number}")),
            Self::UnitedStates if local.len() == 10 => Some(format!("1{local}")),
            Self::UnitedStates if local.starts_with('1') => Some(local.to_owned()),
            Self::UnitedStates | Self::Other => None,
        }
    }

    /// The beginning of a number in E.164, from the beginning of one in either form.
    pub(super) fn phone_prefix(self, text: &str) -> Option<String> {
        let bare: String =
            fold(text).chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')' | '/')).collect();
        let number = match (bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")), self) {
            (Some(number), _) => number.to_owned(),
            (None, Self::Israel) => match bare.strip_prefix('0') {
                Some(local) => format!("972{local}"),
                None => bare,
            },
            (None, Self::UnitedStates) if !bare.starts_with('1') && !bare.is_empty() => format!("1{bare}"),
            (None, Self::UnitedStates | Self::Other) => bare,
        };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| format!("+{number}"))
    }

    fn has_right_shape(self, number: &str) -> bool {
        let national = |code: &str| number.strip_prefix(code);
        match self {
            // Mobile numbers have a digit more than those of a region.
            Self::Israel if number.starts_with("972") => national("972").is_some_and(|rest| {
                let digits = if rest.starts_with(['5', '7']) { 9 } else { 8 };
                rest.len() == digits && !rest.starts_with(['0', '1'])
            }),
            Self::UnitedStates if number.starts_with('1') => {
                national("1").is_some_and(|rest| rest.len() == 10 && !rest.starts_with(['0', '1']))
            }
            Self::Israel | Self::UnitedStates | Self::Other => {
                (8..=15).contains(&number.len()) && !number.starts_with('0')
            }
        }
    }
}
