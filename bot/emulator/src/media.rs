//! Files that phones sent, and their download addresses. It never opens a file: bytes in, bytes out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A kept file.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Media {
    pub(crate) mime: String,
    pub(crate) file_name: String,
    pub(crate) at_ms: i64,
    base64: String,
}

impl Media {
    pub(crate) fn new(mime: &str, file_name: &str, bytes: &[u8], at_ms: i64) -> Media {
        let (mime, file_name) = (mime.to_owned(), file_name.to_owned());
        Media { mime, file_name, at_ms, base64: STANDARD.encode(bytes) }
    }

    pub(crate) fn bytes(&self) -> Bytes {
        Bytes::from(STANDARD.decode(&self.base64).unwrap_or_default())
    }

    /// As webhooks give it.
    pub(crate) fn sha256_base64(&self) -> String {
        STANDARD.encode(Sha256::digest(self.bytes()))
    }

    /// As Graph's media object gives it.
    pub(crate) fn sha256_hex(&self) -> String {
        hex(&Sha256::digest(self.bytes()))
    }

    /// The ending that goes with the type, for a file without a name.
    pub(crate) fn extension(&self) -> &'static str {
        let mime = self.mime.split(';').next().unwrap_or_default().trim();
        match mime {
            "image/jpeg" => "jpg",
            "image/png" => "png",
            "image/webp" => "webp",
            "audio/ogg" => "oga",
            "audio/mpeg" => "mp3",
            "video/mp4" => "mp4",
            "application/pdf" => "pdf",
            _ => "bin",
        }
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
