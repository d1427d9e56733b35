//! `fixi doctor`: checks what must be right before customers write, and says what to do about what is not.

use crate::channels;
use crate::config::Config;
use crate::outside::Outside;
use crate::store::Store;
use clap::Args;
use serde_json::json;

#[derive(Args, Debug)]
pub(super) struct Options {
    /// Print for machines.
    #[arg(long)]
    json: bool,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grade {
    Good,
    Note,
    Error,
}

struct Finding {
    grade: Grade,
    subject: &'static str,
    says: String,
}

pub(super) async fn run(config: Config, options: Options) -> anyhow::Result<()> {
    let findings = examine(&config).await;
    let errors = findings.iter().filter(|finding| finding.grade == Grade::Error).count();
    if options.json {
        let findings: Vec<_> = findings
            .iter()
            .map(|finding| {
                let grade = match finding.grade {
                    Grade::Good => "ok",
                    Grade::Note => "note",
                    Grade::Error => "error",
                };
                json!({ "grade": grade, "subject": finding.subject, "says": finding.says })
            })
            .collect();
        super::print(&json!({ "errors": errors, "findings": findings }).to_string());
    } else {
        for finding in &findings {
            let mark = match finding.grade {
                Grade::Good => "ok   ",
                Grade::Note => "note ",
                Grade::Error => "ERROR",
            };
            super::print(&format!("{mark} {:10} {}", finding.subject, finding.says));
        }
    }
    anyhow::ensure!(errors == 0, "{errors} of {} checks failed", findings.len());
    Ok(())
}

async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings =
        vec![Finding { grade: Grade::Good, subject: "settings", says: "all values can be read".to_owned() }];
    let mut add = |grade, subject, says: String| findings.push(Finding { grade, subject, says });
    match Store::open(config).await {
        Err(error) if config.mongo_uri.is_some() => add(Grade::Error, "store", error.to_string()),
        Err(error) => add(Grade::Error, "store", format!("{error}; check FIXI_DATA_DIR and its permissions")),
        Ok(store) => {
            match store.ping().await {
                Ok(()) => {
                    let place = match &config.mongo_uri {
                        Some(_) => "the database of MONGO_URI".to_owned(),
                        None => config.data_dir.display().to_string(),
                    };
                    add(Grade::Good, "store", format!("{place} can be read and written"));
                }
                Err(error) => add(Grade::Error, "store", error.to_string()),
            }
            match store.businesses().await {
                Err(error) => add(Grade::Error, "business", error.to_string()),
                Ok(all) if all.is_empty() => {
                    add(
                        Grade::Error,
                        "business",
                        "none yet: run `fixi business import FILE.toml`".to_owned(),
                    );
                }
                Ok(all) => {
                    for business in all {
                        let pros = store.pros(&business.value.id).await.map(|pros| pros.len()).unwrap_or(0);
                        let grade = if pros == 0 { Grade::Error } else { Grade::Good };
                        add(grade, "business", format!("{} with {pros} pros", business.value.name));
                        if business.value.sending_stopped_at.is_some() {
                            let says = "stopped by hand, `fixi resume` lets messages leave again";
                            add(Grade::Error, "sending", says.to_owned());
                        }
                    }
                }
            }
            for account in store.accounts().await.unwrap_or_default() {
                if let Some(stopped) = account.value.stopped {
                    let since = stopped.since.format("%Y-%m-%d %H:%M");
                    let says = format!(
                        "nothing leaves since {since} UTC ({}); what is to be said waits until the account works again",
                        stopped.reason
                    );
                    add(Grade::Error, account.value.channel.key(), says);
                }
            }
            if let Ok(jobs) = store.jobs(0).await {
                let grade = if jobs.dead > 0 { Grade::Note } else { Grade::Good };
                add(
                    grade,
                    "jobs",
                    format!("{} waiting, {} given up (`fixi jobs list`)", jobs.ready, jobs.dead),
                );
            }
            // A store that does not close now closes with the process.
            let _ = store.close().await;
        }
    }
    if config.accounts.is_empty() {
        add(
            Grade::Error,
            "channels",
            "no account is set: GREEN_API_ID or META_WA_PHONE_NUMBER_ID".to_owned(),
        );
    }
    if let Ok(outside) = Outside::real() {
        for account in &config.accounts {
            match channels::standing(account, &outside).await {
                Ok(Some((standing, reason))) => {
                    let grade =
                        if standing == channels::Standing::Works { Grade::Good } else { Grade::Error };
                    add(grade, account.channel().key(), format!("the account is {reason}"));
                }
                Ok(None) => add(
                    Grade::Note,
                    account.channel().key(),
                    "set; the provider tells its state by webhook only".to_owned(),
                ),
                Err(error) => add(
                    Grade::Error,
                    account.channel().key(),
                    format!("{error}; check token, id and base URL"),
                ),
            }
        }
    }
    match &config.public_url {
        Some(url) if url.starts_with("https://") => {
            add(Grade::Good, "webhooks", format!("providers call {url}/webhook/…"))
        }
        Some(_) => {
            add(Grade::Note, "webhooks", "FIXI_PUBLIC_URL is not https; Meta calls https only".to_owned())
        }
        None => add(
            Grade::Note,
            "webhooks",
            "FIXI_PUBLIC_URL is not set; set it to check the address that providers call".to_owned(),
        ),
    }
    match &config.gemini {
        Some(_) => add(Grade::Good, "models", format!("{} in the chain, then the rules", config.chain.len())),
        None => {
            add(Grade::Note, "models", "GEMINI_API_KEY is not set: the rules alone understand".to_owned())
        }
    }
    let problems = locales::check();
    match problems.first() {
        None => add(
            Grade::Good,
            "texts",
            format!("{} texts in {} languages", locales::keys().count(), locales::Locale::ALL.len()),
        ),
        Some(problem) => add(Grade::Error, "texts", problem.to_string()),
    }
    let prompts: Vec<String> =
        prompts::versions().iter().map(|(id, version)| format!("{id} {version}")).collect();
    add(Grade::Good, "prompts", prompts.join(", "));
    findings
}
