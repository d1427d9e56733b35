//! Recorded bodies, posted to the routes as their provider would post them, or as somebody who forges one.

use super::World;
use super::script::Proof;
use axum::body::Body;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tower::ServiceExt;

impl World {
    /// Posts a recorded body and expects this status.
    pub(super) async fn post(
        &mut self,
        provider: &str,
        file: &str,
        proof: Proof,
        status: u16,
    ) -> Result<(), String> {
        let body = std::fs::read(self.folder.join(file)).map_err(|error| format!("{file}: {error}"))?;
        let mut settings = emulator::Settings::default();
        if proof == Proof::Forged {
            settings.meta.app_secret = "a guess".to_owned();
            settings.green.webhook_token = "a guess".to_owned();
        }
        let (path, name, value) = match provider {
            "meta" => {
                let mut mac = Hmac::<Sha256>::new_from_slice(settings.meta.app_secret.as_bytes())
                    .map_err(|error| error.to_string())?;
                mac.update(&body);
                let digits: String =
                    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
                (settings.meta.webhook_path, "x-hub-signature-256", format!("sha256={digits}"))
            }
            "green" => {
                let token = format!("Bearer {}", settings.green.webhook_token);
                (settings.green.webhook_path, "authorization", token)
            }
            other => return Err(format!("no provider is called {other}")),
        };
        let request = http::Request::post(path)
            .header(name, value)
            .header("content-type", "application/json")
            .body(Body::from(body))
            .map_err(|error| error.to_string())?;
        let router = self.router().ok_or("nobody listens")?;
        let answer = router.oneshot(request).await.map_err(|error| error.to_string())?;
        if answer.status().as_u16() != status {
            return Err(format!("{file} was answered with {}, not {status}", answer.status()));
        }
        self.settle().await
    }
}
