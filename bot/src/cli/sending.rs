//! `fixi pause` and `fixi resume`: the switch with which everything that would leave is stopped at once.

use crate::config::Config;
use crate::outside::Outside;
use crate::pipeline::accounts;
use crate::server;
use anyhow::ensure;

/// Stops everything.
pub(super) async fn pause(config: Config) -> anyhow::Result<()> {
    let app = server::open(config, Outside::real()?).await?;
    ensure!(
        app.business().await?.is_some(),
        "there is no business yet: run `fixi business import FILE.toml`"
    );
    let changed = accounts::stop_sending(&app).await?;
    super::print(match changed {
        true => "Nothing is sent any more. What is to be said waits; `fixi resume` lets it go.",
        false => "Nothing was being sent: it was stopped before.",
    });
    Ok(app.store.close().await?)
}

/// Lets everything go on.
pub(super) async fn resume(config: Config) -> anyhow::Result<()> {
    let app = server::open(config, Outside::real()?).await?;
    let changed = accounts::resume_sending(&app).await?;
    super::print(match changed {
        true => "Messages leave again. What waited goes in its order, as far as it is still true.",
        false => "Nothing was stopped.",
    });
    Ok(app.store.close().await?)
}
