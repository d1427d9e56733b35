//! Approved templates: what a business may say where a chat's service window is closed. A template is for one use, and
//! names which figures of a message stand in it, in their order; the words around them are the provider's. It sends
//! nothing and invents nothing: every figure is one that the message itself was made of.

use crate::business::Business;
use crate::language::Language;
use crate::message::Outbound;
use locales::Args;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TemplateUse {
    /// A visit comes near.
    Reminder,
    /// A job is offered to a pro.
    Offer,
    /// News of a request: booked, moved, another pro, nobody left.
    News,
    /// How was it?
    Rating,
    /// Somebody will call.
    Callback,
}

/// A template as the business names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// What it is for.
    pub purpose: TemplateUse,
    /// Its name at the provider.
    pub name: String,
    /// Its language code at the provider, such as `he` or `en_US`.
    pub language: String,
    /// The figures in it, in order, by the names of [`TemplateUse::figures`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
    /// How many quick replies it has; those of the message stand behind them, in their order.
    #[serde(default)]
    pub buttons: u8,
}

/// The figures that a message was made of, by name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Which templates may say it.
    pub purpose: TemplateUse,
    /// In which language they are.
    pub language: Language,
    /// By name, as people read them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// The template that somebody of the business chose; no other says it, also within the service window.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
}

/// A template that somebody of the business chose and filled.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its name at the provider.
    pub name: String,
    /// Its language code at the provider.
    pub language: String,
    /// What stands in it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<String>,
}

impl std::fmt::Debug for Chosen {
    /// Names no parameter: they are words to people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Chosen({}, {} parameters)", self.name, self.parameters.len())
    }
}

impl std::fmt::Debug for Figures {
    /// Names no figure: they are names, addresses and phones of people.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Figures({:?})", self.purpose)
    }
}

/// A template with its figures, ready to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its name at the provider.
    pub name: String,
    /// Its language code at the provider.
    pub language: String,
    /// Its figures, in order.
    pub parameters: Vec<String>,
    /// What comes back when its quick replies are tapped, in order.
    pub payloads: Vec<String>,
}

impl std::fmt::Debug for Filled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Filled({}, {} parameters)", self.name, self.parameters.len())
    }
}

impl TemplateUse {
    /// Every use.
    pub const ALL: [Self; 5] = [Self::Reminder, Self::Offer, Self::News, Self::Rating, Self::Callback];

    /// The word in the business's file.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Reminder => "reminder",
            Self::Offer => "offer",
            Self::News => "news",
            Self::Rating => "rating",
            Self::Callback => "callback",
        }
    }

    /// The figures that every message for this use has. `text` is all that would have been said, on one line.
    #[must_use]
    pub fn figures(self) -> &'static [&'static str] {
        match self {
            Self::Reminder => &["text", "business", "pro", "slot", "address"],
            Self::Offer => {
                &["text", "business", "lead", "issue", "name", "phone", "address", "slot", "price", "link"]
            }
            Self::Rating => &["text", "business", "pro"],
            Self::News | Self::Callback => &["text", "business"],
        }
    }

    /// Which use a text of the locale files has outside of the window; none when it is only ever an answer.
    #[must_use]
    pub fn of_text(key: &str) -> Option<Self> {
        Some(match key {
            "customer-reminder" => Self::Reminder,
            "pro-offer" => Self::Offer,
            "customer-rating-question" => Self::Rating,
            "customer-callback-promised" | "customer-call-offer" => Self::Callback,
            "customer-booked"
            | "customer-next-pro"
            | "customer-next-pro-times"
            | "customer-no-pro-left"
            | "customer-another-pro-question"
            | "customer-pro-moved"
            | "customer-was-not-there"
            | "customer-pro-cancelled"
            | "customer-visit-done-question"
            | "pro-booked-notice"
            | "pro-customer-cancelled"
            | "pro-customer-rescheduled"
            | "pro-offer-moved"
            | "pro-offer-nudge"
            | "pro-visit-done-question" => Self::News,
            _ => return None,
        })
    }
}

impl Figures {
    /// What a text of the locale files was made of; none when no template may say it.
    #[must_use]
    pub fn of_text(language: Language, key: &str, args: &Args<'_>) -> Option<Self> {
        let purpose = TemplateUse::of_text(key)?;
        let wanted = |name: &str| purpose.figures().contains(&name);
        let values = args.texts().filter(|(name, _)| wanted(name)).collect();
        Some(Self { purpose, language, values, chosen: None })
    }
}

/// The template that was chosen, if the business still has it with as many parameters.
fn template_of<'a>(business: &'a Business, chosen: &Chosen) -> Option<&'a Template> {
    let is_it = |template: &&Template| template.name == chosen.name && template.language == chosen.language;
    let template = business.templates.iter().find(is_it)?;
    (template.parameters.len() == chosen.parameters.len()).then_some(template)
}

/// A chosen template as a message. Its words are the provider's, so the text is what the business put in.
#[must_use]
pub fn message_of(business: &Business, chosen: Chosen) -> Option<Outbound> {
    let template = template_of(business, &chosen)?;
    let text =
        if chosen.parameters.is_empty() { chosen.name.clone() } else { chosen.parameters.join(" · ") };
    let language = Language::from_tag(&chosen.language).unwrap_or(business.locale);
    let figures =
        Figures { purpose: template.purpose, language, values: BTreeMap::new(), chosen: Some(chosen) };
    Some(Outbound { figures: Some(figures), ..Outbound::text(text) })
}

/// The template of a business for a message, in the message's language if there is one, else in that of the business,
/// else in any.
#[must_use]
pub fn template_for<'a>(business: &'a Business, figures: &Figures) -> Option<&'a Template> {
    let fitting = || business.templates.iter().filter(|template| template.purpose == figures.purpose);
    let speaks = |language: Language| move |template: &&Template| template.speaks(language);
    fitting()
        .find(speaks(figures.language))
        .or_else(|| fitting().find(speaks(business.locale)))
        .or_else(|| fitting().next())
}

impl Template {
    fn speaks(&self, language: Language) -> bool {
        Language::from_tag(&self.language) == Some(language)
    }
}

/// A message as the approved template of the business for it; none when there is none.
#[must_use]
pub fn fill(business: &Business, message: &Outbound) -> Option<Filled> {
    let figures = message.figures.as_ref()?;
    if let Some(chosen) = &figures.chosen {
        // What was approved then may have been taken back or made anew since.
        return template_of(business, chosen).map(|_| Filled {
            name: chosen.name.clone(),
            language: chosen.language.clone(),
            parameters: chosen.parameters.iter().map(|words| on_one_line(words)).collect(),
            payloads: Vec::new(),
        });
    }
    let template = template_for(business, figures)?;
    let value = |name: &String| match name.as_str() {
        "text" => on_one_line(&message.text),
        "business" => on_one_line(&business.name),
        _ => on_one_line(figures.values.get(name).map_or("", String::as_str)),
    };
    let payloads = message.buttons.iter().map(|button| button.payload.clone());
    Some(Filled {
        name: template.name.clone(),
        language: template.language.clone(),
        parameters: template.parameters.iter().map(value).collect(),
        payloads: payloads.take(usize::from(template.buttons)).collect(),
    })
}

/// A parameter may hold neither line breaks nor tabs nor long gaps, and may not be empty.
fn on_one_line(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let line = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" · ");
    if line.is_empty() { "-".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::message::Button;
    use crate::say;
    use crate::turn::stage::Stage;
    use locales::args;

    fn template(language: &str, parameters: &[&str]) -> Template {
        Template {
            purpose: TemplateUse::Reminder,
            name: format!("visit_{language}"),
            language: language.to_owned(),
            parameters: parameters.iter().map(|name| (*name).to_owned()).collect(),
            buttons: 1,
        }
    }

    fn reminder(language: Language) -> Outbound {
        let args = args![pro = "Avi", slot = "today 14:00", address = ""];
        let mut message = say::message(language, "customer-reminder", &args);
        message.buttons = ["a", "b"]
            .map(|payload| Button { payload: payload.to_owned(), label: payload.to_owned() })
            .to_vec();
        message
    }

    #[test]
    fn figures_stand_in_the_order_of_the_template_and_buttons_behind_its_own() {
        let mut business = Stage::new().business;
        business.templates = vec![template("he", &["slot", "pro", "address", "business"])];
        let filled = fill(&business, &reminder(Language::He)).unwrap();
        assert_eq!(filled.parameters, ["today 14:00", "Avi", "-", "Fixi"]);
        assert_eq!(filled.payloads, ["a"]);
    }

    #[test]
    fn the_language_of_the_person_comes_first_then_that_of_the_business() {
        let mut business = Stage::new().business;
        let name =
            |business: &Business, language| fill(business, &reminder(language)).map(|filled| filled.name);
        assert_eq!(name(&business, Language::En), None);
        business.templates = vec![template("ru", &[])];
        assert_eq!(name(&business, Language::En).as_deref(), Some("visit_ru"));
        business.templates.push(template("he", &[]));
        assert_eq!(name(&business, Language::En).as_deref(), Some("visit_he"));
        business.templates.push(template("en_US", &[]));
        assert_eq!(name(&business, Language::En).as_deref(), Some("visit_en_US"));
    }

    #[test]
    fn a_parameter_is_one_line() {
        assert_eq!(on_one_line("a\n\n  b\tc    d \n"), "a · b c d");
        assert_eq!(on_one_line(" \n "), "-");
    }

    #[test]
    fn what_is_only_an_answer_has_no_template() {
        assert!(say::message(Language::He, "customer-help", &args![business = "x"]).figures.is_none());
    }

    /// A figure that a file may name is one that the text for it really has.
    #[test]
    fn every_text_of_a_use_has_its_figures() {
        let offer = args![
            lead = "1",
            issue = "x",
            name = "x",
            phone = "x",
            address = "x",
            slot = "x",
            price = "x",
            link = "x"
        ];
        let reminder = args![pro = "x", slot = "x", address = "x"];
        for (key, args) in [
            ("pro-offer", offer),
            ("customer-reminder", reminder),
            ("customer-rating-question", args![pro = "x"]),
        ] {
            let figures = Figures::of_text(Language::He, key, &args).unwrap();
            let named = figures.purpose.figures().iter().filter(|name| !["text", "business"].contains(name));
            for name in named {
                assert!(figures.values.contains_key(*name), "{key} {name}");
            }
        }
    }
}
