//! The load: webhooks over keep-alive connections, each timed from its first byte to the last of its answer. It speaks
//! just enough HTTP to take little of the processor that it shares with what it measures.

use anyhow::{Context, bail, ensure};
use emulator::WebhookPost;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What became of a load.
#[derive(Debug)]
pub(crate) struct Load {
    /// How long each webhook took, shortest first.
    pub(crate) took: Vec<Duration>,
    /// How long all took.
    pub(crate) whole: Duration,
}

impl Load {
    /// How many were answered per second.
    pub(crate) fn per_second(&self) -> f64 {
        rate(self.took.len(), self.whole)
    }
}

/// How many per second.
pub(crate) fn rate(count: usize, within: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / within.as_secs_f64().max(f64::EPSILON)
}

/// The value that this share of the sorted values do not exceed.
pub(crate) fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    let last = sorted.len().saturating_sub(1);
    sorted.get((sorted.len() * percent / 100).min(last)).copied().unwrap_or_default()
}

/// The bytes of a webhook on the wire.
pub(crate) fn wire(post: &WebhookPost) -> Vec<u8> {
    let mut head = format!("{} {} HTTP/1.1\r\nhost: fixi\r\n", post.method, post.path);
    for (name, value) in &post.headers {
        head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap_or_default()));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", post.body.len()));
    let mut bytes = head.into_bytes();
    bytes.extend_from_slice(&post.body);
    bytes
}

/// One connection.
pub(crate) struct Line {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Line {
    pub(crate) async fn open(to: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 64 * 1024] })
    }

    /// Sends a request and returns status and body of its answer.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> anyhow::Result<(u16, Vec<u8>)> {
        self.stream.write_all(request).await?;
        let mut held = 0;
        loop {
            ensure!(held < self.buffer.len(), "an answer is too long");
            let read = self.stream.read(&mut self.buffer[held..]).await?;
            if read == 0 {
                bail!("the connection was closed");
            }
            held += read;
            if let Some(answer) = whole(&self.buffer[..held])? {
                return Ok(answer);
            }
        }
    }
}

/// Status and body, once all of it is there.
fn whole(bytes: &[u8]) -> anyhow::Result<Option<(u16, Vec<u8>)>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&bytes[..end])?.to_lowercase();
    let status = head.split(' ').nth(1).context("a status line")?.parse()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let length: usize = length.context("the length of the answer")?.trim().parse()?;
    let body = &bytes[end + 4..];
    Ok((body.len() >= length).then(|| (status, body[..length].to_vec())))
}

/// Posts all webhooks over so many connections, as fast as they are answered.
pub(crate) async fn post_all(
    to: SocketAddr,
    posts: Arc<Vec<Vec<u8>>>,
    connections: usize,
) -> anyhow::Result<Load> {
    let mut lines = Vec::new();
    for _ in 0..connections {
        lines.push(Line::open(to).await?);
    }
    let next = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let callers: Vec<_> = lines
        .into_iter()
        .map(|mut line| {
            let (posts, next) = (posts.clone(), next.clone());
            tokio::spawn(async move {
                let mut took = Vec::new();
                while let Some(post) = posts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let asked = Instant::now();
                    let (status, _) = line.ask(post).await?;
                    ensure!(status == 200, "a webhook was answered {status}");
                    took.push(asked.elapsed());
                }
                Ok(took)
            })
        })
        .collect();
    let mut took = Vec::new();
    for caller in callers {
        took.extend(caller.await??);
    }
    let whole = begun.elapsed();
    took.sort_unstable();
    Ok(Load { took, whole })
}
