//! The accounts that the emulated providers know: keys, numbers, addresses. Debug never prints a key.

use std::fmt;

/// Everything a world is made from.
#[derive(Clone)]
pub struct Settings {
    /// Seed of ids and of everything else that looks random.
    pub seed: u64,
    /// The account at Meta.
    pub meta: MetaSettings,
    /// The instance at Green API.
    pub green: GreenSettings,
    /// The key for Gemini.
    pub gemini: GeminiSettings,
    /// The token of the operator's bot on Telegram, part of every path.
    pub telegram_token: String,
}

/// A WhatsApp Business account at Meta.
#[derive(Clone)]
pub struct MetaSettings {
    /// Id of the business phone number, part of every path.
    pub phone_number_id: String,
    /// Id of the WhatsApp Business account, `entry[].id` of webhooks.
    pub waba_id: String,
    /// Expected after `Bearer `.
    pub access_token: String,
    /// Key of the webhook signature.
    pub app_secret: String,
    /// Sent in the handshake.
    pub verify_token: String,
    /// The business's number, digits only.
    pub display_phone: String,
    /// Path on the bot that webhooks go to.
    pub webhook_path: String,
    /// Start of media addresses: where a request for `/whatsapp_business/attachments/` reaches this world.
    pub media_base: String,
}

/// An instance at Green API.
#[derive(Clone)]
pub struct GreenSettings {
    /// Instance number, part of every path.
    pub id_instance: u64,
    /// Instance token, part of every path.
    pub token: String,
    /// Sent as `Authorization: Bearer ...` with every notification; empty: no header.
    pub webhook_token: String,
    /// The business's number, digits only.
    pub own_phone: String,
    /// Path on the bot that notifications go to.
    pub webhook_path: String,
    /// Start of download addresses: where a request for `/files/` reaches this world.
    pub media_base: String,
}

/// Access to Gemini.
#[derive(Clone)]
pub struct GeminiSettings {
    /// Expected in `x-goog-api-key`.
    pub api_key: String,
    /// Models that exist; any other is 404.
    pub models: Vec<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            seed: 1,
            meta: MetaSettings::default(),
            green: GreenSettings::default(),
            gemini: GeminiSettings::default(),
            telegram_token: "100001:emulated-telegram-token".to_owned(),
        }
    }
}

impl Default for MetaSettings {
    fn default() -> MetaSettings {
        MetaSettings {
            phone_number_id: "200000000000001".to_owned(),
            waba_id: "100000000000001".to_owned(),
            access_token: "emulated-meta-access-token".to_owned(),
            app_secret: "emulated-meta-app-secret".to_owned(),
            verify_token: "emulated-meta-verify-token".to_owned(),
            display_phone: "972500009999".to_owned(),
            webhook_path: "/webhook/meta".to_owned(),
            media_base: "https://lookaside.fbsbx.com".to_owned(),
        }
    }
}

impl Default for GreenSettings {
    fn default() -> GreenSettings {
        GreenSettings {
            id_instance: 7_103_000_001,
            token: "emulated-green-instance-token".to_owned(),
            webhook_token: "emulated-green-webhook-token".to_owned(),
            own_phone: "972500009998".to_owned(),
            webhook_path: "/webhook/green-api".to_owned(),
            media_base: "https://7103.media.greenapi.com".to_owned(),
        }
    }
}

impl Default for GeminiSettings {
    fn default() -> GeminiSettings {
        let models = [
            "gemini-2.5-flash-lite",
            "gemini-2.5-flash",
            "gemini-3.1-flash-lite",
            "gemini-3.5-flash-lite",
            "gemini-3.5-flash",
            "gemini-3.6-flash",
        ];
        GeminiSettings {
            api_key: "emulated-gemini-key".to_owned(),
            models: models.iter().map(|model| (*model).to_owned()).collect(),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Settings")
            .field("seed", &self.seed)
            .field("meta", &self.meta)
            .field("green", &self.green)
            .field("gemini", &self.gemini)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for MetaSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("MetaSettings")
            .field("phone_number_id", &self.phone_number_id)
            .field("webhook_path", &self.webhook_path)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for GreenSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("GreenSettings")
            .field("id_instance", &self.id_instance)
            .field("webhook_path", &self.webhook_path)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for GeminiSettings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("GeminiSettings").field("models", &self.models).finish_non_exhaustive()
    }
}
