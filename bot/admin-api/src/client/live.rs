//! Live events: reads the stream, asks for what was missed, and connects again with growing pauses. It ends only when the
//! session does.

use super::{Client, Failure, read};
use crate::error::Problem;
use crate::event::Event;
use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Method, Response};
use std::time::Duration;

/// The first pause before connecting again; every further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest.
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// A stream on which nothing comes for so long, not even the server's sign of life, is dead.
const SILENCE: Duration = Duration::from_secs(60);
/// A frame longer than this is not ours.
const LONGEST_FRAME: usize = 64 * 1024;

/// What the stream says.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// Connected, again after a loss too.
    Up,
    /// Something changed.
    Event(Event),
    /// Not connected; it tries again by itself.
    Down(Failure),
    /// It will not come back: the session ended, or the server cannot do it.
    Ended(Failure),
}

/// The stream of live events.
#[derive(Debug)]
pub struct Live {
    client: Client,
    response: Option<Response>,
    frames: Frames,
    last_id: Option<String>,
    pause: Duration,
    wait_first: bool,
}

impl Client {
    /// Live events of the business that is looked at.
    #[must_use]
    pub fn live(&self) -> Live {
        Live {
            client: self.clone(),
            response: None,
            frames: Frames::default(),
            last_id: None,
            pause: FIRST_PAUSE,
            wait_first: false,
        }
    }
}

impl Live {
    /// Waits for the next signal. After [`Signal::Ended`] it must not be asked again.
    pub async fn next(&mut self) -> Signal {
        loop {
            if let Some(frame) = self.frames.next() {
                if let Some(id) = frame.id {
                    self.last_id = Some(id);
                }
                if frame.data.is_empty() {
                    continue;
                }
                // An event that this version does not know may concern anything that is shown.
                let event = serde_json::from_str(&frame.data).unwrap_or(Event::Resync);
                return Signal::Event(event);
            }
            let Some(response) = &mut self.response else {
                match self.connect().await {
                    Ok(()) => return Signal::Up,
                    Err(failure) => return self.down(failure),
                }
            };
            match tokio::time::timeout(SILENCE, response.chunk()).await {
                Ok(Ok(Some(piece))) => {
                    // Only what arrives shows that the server is well; a connection alone may be a proxy's.
                    self.pause = FIRST_PAUSE;
                    if !self.frames.take(&piece) {
                        return self.down(Failure::Unreadable);
                    }
                }
                Ok(Ok(None) | Err(_)) => return self.down(Failure::Lost),
                Err(_) => return self.down(Failure::Timeout),
            }
        }
    }

    async fn connect(&mut self) -> Result<(), Failure> {
        if self.wait_first {
            tokio::time::sleep(self.pause).await;
            self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        }
        self.wait_first = true;
        self.frames = Frames::default();
        let mut request = self
            .client
            .request(Method::GET, self.client.url(&["events"]))
            .header(ACCEPT, "text/event-stream");
        if let Some(id) = self.last_id.as_deref().and_then(|id| HeaderValue::from_str(id).ok()) {
            request = request.header("Last-Event-ID", id);
        }
        let sent =
            tokio::time::timeout(super::TIMEOUT, request.send()).await.map_err(|_| Failure::Timeout)?;
        let response = sent.map_err(|error| Failure::of(&error))?;
        if !response.status().is_success() {
            return Err(read(response).await.err().unwrap_or(Failure::Lost));
        }
        self.response = Some(response);
        Ok(())
    }

    fn down(&mut self, failure: Failure) -> Signal {
        self.response = None;
        let ended = match &failure {
            Failure::Refused(refused) => matches!(refused.problem, Problem::SignInAgain | Problem::Forbidden),
            Failure::Certificate | Failure::NoTls => true,
            _ => false,
        };
        if ended { Signal::Ended(failure) } else { Signal::Down(failure) }
    }
}

/// One event of the stream as it is written.
#[derive(Debug, PartialEq)]
struct Frame {
    id: Option<String>,
    data: String,
}

/// Puts the pieces of a stream together into frames.
#[derive(Debug, Default)]
struct Frames {
    bytes: Vec<u8>,
}

impl Frames {
    /// Takes a piece. False when what comes is no such stream.
    fn take(&mut self, piece: &[u8]) -> bool {
        self.bytes.extend(piece.iter().copied().filter(|byte| *byte != b'\r'));
        self.bytes.len() <= LONGEST_FRAME || self.bytes.windows(2).any(|pair| pair == b"\n\n")
    }

    /// The next whole frame with data or an id. Comments, which are signs of life, are skipped.
    fn next(&mut self) -> Option<Frame> {
        loop {
            let end = self.bytes.windows(2).position(|pair| pair == b"\n\n")?;
            let text = String::from_utf8_lossy(&self.bytes[..end]).into_owned();
            self.bytes.drain(..end + 2);
            let mut frame = Frame { id: None, data: String::new() };
            for line in text.lines() {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                let value = value.strip_prefix(' ').unwrap_or(value);
                match name {
                    "id" => frame.id = Some(value.to_owned()),
                    "data" => {
                        if !frame.data.is_empty() {
                            frame.data.push('\n');
                        }
                        frame.data.push_str(value);
                    }
                    _ => {}
                }
            }
            // An id alone says where one is before the first event.
            if !frame.data.is_empty() || frame.id.is_some() {
                return Some(frame);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(pieces: &[&str]) -> Vec<(Option<String>, String)> {
        let mut frames = Frames::default();
        let mut found = Vec::new();
        for piece in pieces {
            assert!(frames.take(piece.as_bytes()));
            while let Some(frame) = frames.next() {
                found.push((frame.id, frame.data));
            }
        }
        found
    }

    #[test]
    fn frames_are_put_together_from_any_pieces() {
        let whole = ": hello\n\nid: 6\n\nid: 7\ndata: {\"a\":1}\n\n: alive\n\nid: 8\r\ndata: x\r\ndata: y\r\n\r\ndata: z";
        let expected = vec![
            (Some("6".into()), String::new()),
            (Some("7".into()), "{\"a\":1}".into()),
            (Some("8".into()), "x\ny".into()),
        ];
        assert_eq!(frames(&[whole]), expected);
        let letters: Vec<String> = whole.chars().map(String::from).collect();
        assert_eq!(frames(&letters.iter().map(String::as_str).collect::<Vec<_>>()), expected);
    }

    #[test]
    fn a_stream_without_frames_is_not_kept() {
        let mut frames = Frames::default();
        assert!(!frames.take(&vec![b'x'; LONGEST_FRAME + 1]));
    }
}
