//! What a scenario may expect of phones and of what is stored. It looks and changes nothing.

use super::World;
use super::people::{OPERATOR, pro_phone};
use super::world::local;
use crate::store::documents::DeliveryState;
use agents::lead::Lead;
use chrono::TimeZone;

impl World {
    /// The next message on a phone holds the pieces in order.
    pub(super) fn reads(&mut self, who: &str, pieces: &[String]) -> Result<(), String> {
        let from_bot: Vec<_> = self.screen(who).into_iter().filter(|message| !message.from_me).collect();
        let seen = self.read.get(who).copied().unwrap_or(0);
        let Some(message) = from_bot.get(seen) else {
            return Err(format!("no further message came to {who}"));
        };
        self.read.insert(who.to_owned(), seen + 1);
        let buttons: Vec<String> =
            message.buttons.iter().map(|button| format!("[{}]", button.title)).collect();
        let shown = format!(
            "{}{}",
            message.text,
            if buttons.is_empty() { String::new() } else { format!("\n{}", buttons.join(" ")) }
        );
        self.say(&format!("bot< {who}  {}", shown.replace('\n', "\n      ")));
        let mut rest = shown.as_str();
        for piece in pieces {
            match piece.strip_prefix('!') {
                Some(unwanted) if shown.contains(unwanted) => {
                    return Err(format!("the message to {who} must not hold `{unwanted}`:\n{shown}"));
                }
                Some(_) => {}
                None => {
                    let Some(at) = rest.find(piece.as_str()) else {
                        return Err(format!("the message to {who} does not hold `{piece}`:\n{shown}"));
                    };
                    rest = &rest[at + piece.len()..];
                }
            }
        }
        Ok(())
    }

    /// The next alert on the operator's Telegram holds the pieces in order; without pieces there is none.
    pub(super) fn telegram(&mut self, pieces: Option<&[String]>) -> Result<(), String> {
        const KEY: &str = "telegram";
        let told = self.emulator().telegram_chat(OPERATOR);
        let seen = self.read.get(KEY).copied().unwrap_or(0);
        match (told.get(seen), pieces) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err("no further alert came on Telegram".to_owned()),
            (Some(alert), None) => Err(format!("there is a further alert on Telegram:\n{alert}")),
            (Some(alert), Some(pieces)) => {
                self.read.insert(KEY.to_owned(), seen + 1);
                self.say(&format!("telegram  {alert}"));
                match pieces.iter().find(|piece| !alert.contains(piece.as_str())) {
                    Some(piece) => Err(format!("the alert does not hold `{piece}`:\n{alert}")),
                    None => Ok(()),
                }
            }
        }
    }

    /// Everything on a phone is read, whatever it says.
    pub(super) fn skip(&mut self, who: &str) -> Result<(), String> {
        while self.silence(who).is_err() {
            self.reads(who, &[])?;
        }
        Ok(())
    }

    /// Nothing is left unread on a phone.
    pub(super) fn silence(&mut self, who: &str) -> Result<(), String> {
        let from_bot: Vec<_> = self.screen(who).into_iter().filter(|message| !message.from_me).collect();
        let seen = self.read.get(who).copied().unwrap_or(0);
        match from_bot.get(seen) {
            None => Ok(()),
            Some(message) => Err(format!("{who} has an unread message:\n{}", message.text)),
        }
    }

    /// Something is true of what is stored.
    pub(super) async fn expect(&mut self, what: &str) -> Result<(), String> {
        let (word, rest) = what.split_once(' ').unwrap_or((what, ""));
        match word {
            "lead" => self.expect_lead(&self.newest_lead().await?, rest).await,
            "number" => {
                let (number, rest) = rest.split_once(' ').ok_or("number N ...")?;
                let leads = self.leads().await?;
                let lead = leads.iter().find(|lead| lead.number.to_string() == number);
                self.expect_lead(lead.ok_or_else(|| format!("there is no lead {number}"))?, rest).await
            }
            "leads" => {
                let leads = self.leads().await?;
                same("leads", &leads.len().to_string(), rest)
            }
            "history" => {
                let lead = self.newest_lead().await?;
                let history: Vec<String> = lead.history.iter().map(|change| key(change.status)).collect();
                same("history", &history.join(" "), rest)
            }
            "human" => {
                let reasons = self.human_reasons().await?;
                if reasons.iter().any(|reason| reason == rest) {
                    Ok(())
                } else {
                    Err(format!("no person is asked to look because of `{rest}`, only {reasons:?}"))
                }
            }
            "no" if rest == "human" => {
                let reasons = self.human_reasons().await?;
                if reasons.is_empty() {
                    Ok(())
                } else {
                    Err(format!("a person is asked to look: {reasons:?}"))
                }
            }
            "counter" => {
                let (counter, value) = rest.rsplit_once('=').ok_or("a counter is compared with `= N`")?;
                same(counter, &self.app.counters.value(counter.trim()).to_string(), value.trim())
            }
            "rows" => {
                let (collection, count) = rest.split_once(' ').ok_or("rows COLLECTION N")?;
                let counts = self.app.store.counts().await.map_err(|error| error.to_string())?;
                let found = counts
                    .get(collection)
                    .copied()
                    .ok_or_else(|| format!("no collection {collection} in {counts:?}"))?;
                same(collection, &found.to_string(), count.trim())
            }
            "no" => self.expect_unset(rest).await,
            "contact" | "chat" => {
                let (stored, field, value) = self.person_field(word, rest).await?;
                match lookup(&stored, &field) {
                    Some(found) => held(&field, found, &value),
                    None => Err(format!("{field} is not set")),
                }
            }
            "visits" => {
                let (state, count) = rest.split_once(' ').ok_or("visits STATE N")?;
                let visits = self.facts().await?.visits;
                let found = visits.iter().filter(|visit| word_of(visit.state) == state).count();
                same(&format!("{state} visits"), &found.to_string(), count.trim())
            }
            "jobs" => {
                let (state, count) = rest.split_once(' ').ok_or("jobs STATE N")?;
                let jobs = self.app.store.jobs(0).await.map_err(|error| error.to_string())?;
                let found = match state {
                    "ready" => jobs.ready,
                    "leased" => jobs.leased,
                    "dead" => jobs.dead,
                    other => return Err(format!("a job is never {other}")),
                };
                same(&format!("{state} jobs"), &found.to_string(), count.trim())
            }
            "free" => match self.is_taken(rest).await? {
                false => Ok(()),
                true => Err(format!("{rest} is taken")),
            },
            "calls" => {
                let (count, pieces) = rest.split_once(' ').ok_or("calls N PIECES")?;
                let business = self.business().await?.id;
                let calls = self.app.store.model_calls(&business, 10_000).await;
                let calls = calls.map_err(|error| error.to_string())?;
                let stored = calls.iter().filter_map(|call| serde_json::to_string(call).ok());
                let found = stored.filter(|call| pieces.split(' ').all(|piece| call.contains(piece))).count();
                same("such calls", &found.to_string(), count)
            }
            "blocked" | "open" => {
                let blocked = self.is_blocked(rest).await?;
                if blocked == (word == "blocked") { Ok(()) } else { Err(format!("{rest} is not {word}")) }
            }
            "taken" => match self.is_taken(rest).await? {
                true => Ok(()),
                false => Err(format!("{rest} is free")),
            },
            "outbox" => {
                let (state, wanted) =
                    rest.split_once(' ').map_or((rest, None), |(state, count)| (state, Some(count)));
                let count = self.outbox().await?.iter().filter(|(_, other, _)| other.key() == state).count();
                match wanted {
                    Some(wanted) => same(&format!("{state} messages"), &count.to_string(), wanted.trim()),
                    None if count > 0 => Ok(()),
                    None => Err(format!("no message is {state}")),
                }
            }
            "cell" => {
                let notes = self.app.store.notes(100).await.map_err(|error| error.to_string())?;
                let mut cells = notes.iter().filter(|noted| noted.note.key == "cell").peekable();
                let newest = cells.peek().map(|noted| noted.at);
                // What one message did may lead through several: a pro becomes a customer and is served as one.
                let of_now: Vec<&str> = cells
                    .take_while(|noted| Some(noted.at) == newest)
                    .map(|noted| noted.note.detail.as_str())
                    .collect();
                let found = of_now.iter().find(|cell| **cell == rest).or(of_now.first());
                same("the cell of the table", found.copied().unwrap_or("none"), rest)
            }
            "pro" => self.expect_pro(rest).await,
            other => Err(format!("nothing called `{other}` can be expected")),
        }
    }

    /// `STATUS[, slot YYYY-MM-DD HH:MM][ PRO]`, or `FIELD value` of the stored form.
    async fn expect_lead(&self, lead: &Lead, rest: &str) -> Result<(), String> {
        let (first, tail) = rest.split_once(' ').unwrap_or((rest, ""));
        let stored = serde_json::to_value(lead).map_err(|error| error.to_string())?;
        let status = first.trim_end_matches(',');
        if let Some(value) = lookup(&stored, status) {
            return held(status, value, tail);
        }
        if key(lead.status) != status {
            return Err(format!("the lead is {}, not {status}", key(lead.status)));
        }
        let words: Vec<&str> = tail.split_whitespace().collect();
        let mut words = words.as_slice();
        while let Some((word, others)) = words.split_first() {
            words = others;
            match *word {
                "slot" => {
                    let [day, time, others @ ..] = words else { return Err("slot DAY TIME".to_owned()) };
                    words = others;
                    let at = format!("{day} {}", time.trim_end_matches(','));
                    let zone = self.business().await?.timezone;
                    let found = lead.slot.map(|slot| {
                        zone.from_utc_datetime(&slot.from.naive_utc()).format("%Y-%m-%d %H:%M").to_string()
                    });
                    same("slot", found.as_deref().unwrap_or("none"), &at)?;
                }
                "no" if words.first() == Some(&"pro") => {
                    words = &words[1..];
                    same("pro", &format!("{:?}", lead.pro), "None")?;
                }
                who if pro_phone(who).is_some() => {
                    let pro = self.pro(who).await?;
                    if lead.pro.as_ref() != Some(&pro.id) {
                        return Err(format!("the lead is not with {who}"));
                    }
                }
                other => return Err(format!("a lead has no `{other}`")),
            }
        }
        Ok(())
    }

    /// `WHO FIELD value` of the stored form.
    async fn expect_pro(&self, rest: &str) -> Result<(), String> {
        let mut words = rest.splitn(3, ' ');
        let (who, field, value) =
            (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let pro = self.pro(who).await?;
        let stored = serde_json::to_value(&pro).map_err(|error| error.to_string())?;
        let found = lookup(&stored, field).ok_or_else(|| format!("a pro has no {field}"))?;
        same(field, &found.to_string(), value)
    }

    /// `lead FIELD`, `contact WHO FIELD` or `chat WHO FIELD` has no value.
    async fn expect_unset(&self, rest: &str) -> Result<(), String> {
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let (stored, field) = match word {
            "lead" => {
                let lead = self.newest_lead().await?;
                (serde_json::to_value(&lead).map_err(|error| error.to_string())?, rest.to_owned())
            }
            "contact" | "chat" => {
                let (stored, field, _) = self.person_field(word, rest).await?;
                (stored, field)
            }
            other => return Err(format!("nothing called `{other}` can be expected")),
        };
        match lookup(&stored, &field) {
            Some(found) if !found.is_null() => Err(format!("{field} is {found}")),
            _ => Ok(()),
        }
    }

    /// What is stored of `WHO`, with the field and the value that are spoken of: `WHO FIELD VALUE`.
    async fn person_field(
        &self,
        what: &str,
        rest: &str,
    ) -> Result<(serde_json::Value, String, String), String> {
        let mut words = rest.splitn(3, ' ');
        let (who, field, value) =
            (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let id = self.chat_id(who).await?;
        let chat = self.app.store.conversation(&id).await.map_err(|error| error.to_string())?;
        let chat = chat.ok_or_else(|| format!("{who} has no chat"))?.value;
        let stored = if what == "chat" {
            serde_json::to_value(&chat)
        } else {
            let contact = self.app.store.contact(&chat.contact).await.map_err(|error| error.to_string())?;
            serde_json::to_value(contact.ok_or_else(|| format!("{who} is not stored"))?.value)
        };
        Ok((stored.map_err(|error| error.to_string())?, field.to_owned(), value.to_owned()))
    }

    /// Whether the step of `WHO DAY TIME` is taken.
    /// Whether a pro does not work at a moment, whoever says so.
    async fn is_blocked(&self, rest: &str) -> Result<bool, String> {
        let (who, moment) = rest.split_once(' ').ok_or("WHO DAY TIME")?;
        let at = chrono::NaiveDateTime::parse_from_str(moment.trim(), "%Y-%m-%d %H:%M")
            .map_err(|error| error.to_string())?;
        let at = local(&self.business().await?, at).map_err(|error| error.to_string())?;
        let pro = self.pro(who).await?;
        Ok(pro.calendar.blocked.iter().any(|blocked| blocked.from <= at && at < blocked.to))
    }

    async fn is_taken(&self, rest: &str) -> Result<bool, String> {
        let (who, moment) = rest.split_once(' ').ok_or("WHO DAY TIME")?;
        let at = chrono::NaiveDateTime::parse_from_str(moment.trim(), "%Y-%m-%d %H:%M")
            .map_err(|error| error.to_string())?;
        let at = local(&self.business().await?, at).map_err(|error| error.to_string())?;
        let pro = self.pro(who).await?;
        Ok(self.facts().await?.claims.iter().any(|claim| claim.pro == pro.id && claim.step == at))
    }

    pub(super) async fn leads(&self) -> Result<Vec<Lead>, String> {
        let business = self.business().await?;
        let leads = self
            .app
            .store
            .leads_of_business(&business.id, 10_000)
            .await
            .map_err(|error| error.to_string())?;
        Ok(leads.into_iter().map(|stored| stored.value).collect())
    }

    async fn newest_lead(&self) -> Result<Lead, String> {
        self.leads()
            .await?
            .into_iter()
            .max_by_key(|lead| lead.number)
            .ok_or_else(|| "there is no lead".to_owned())
    }

    /// Every message to a person: its text, where it stands and its provider's id.
    pub(super) async fn outbox(&self) -> Result<Vec<(String, DeliveryState, Option<String>)>, String> {
        let business = self.business().await?;
        let rows = self
            .app
            .store
            .outbox_of_business(&business.id, 10_000)
            .await
            .map_err(|error| error.to_string())?;
        Ok(rows.into_iter().map(|row| (row.message.text, row.state, row.provider_id)).collect())
    }

    async fn human_reasons(&self) -> Result<Vec<String>, String> {
        let business = self.business().await?;
        let chats = self
            .app
            .store
            .conversations_of_business(&business.id, 10_000)
            .await
            .map_err(|error| error.to_string())?;
        let of_leads = self.leads().await?.into_iter().filter_map(|lead| lead.needs_human);
        let of_chats = chats.into_iter().filter_map(|stored| stored.value.needs_human);
        Ok(of_leads.chain(of_chats).map(|concern| concern.key().to_owned()).collect())
    }
}

fn key(status: agents::lead::Status) -> String {
    serde_json::to_value(status).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The stored word of a value.
fn word_of(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether a stored value holds these words.
fn held(field: &str, found: &serde_json::Value, wanted: &str) -> Result<(), String> {
    let shown = match found {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if shown.contains(wanted) { Ok(()) } else { Err(format!("{field} is `{shown}`, not `{wanted}`")) }
}

/// A field of a stored document, also inside: `address.street`.
fn lookup<'a>(stored: &'a serde_json::Value, path: &str) -> Option<&'a serde_json::Value> {
    path.split('.').try_fold(stored, |value, field| value.get(field))
}

fn same(what: &str, found: &str, wanted: &str) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{what} is `{found}`, not `{wanted}`")) }
}
