//! The backup file: text, one JSON object a line.
//!
//! 1. The header: `{"fixi_backup":{"format":1,"schema":1,"source":"embedded","made_at":"…"}}`.
//! 2. A line per row, `{"leads":{…}}`, collection after collection in the order of
//!    [`crate::store::records::COLLECTIONS`]; the shapes are those of [`crate::store::records::Record`].
//! 3. The trailer: `{"end":{"collections":{"leads":{"rows":3,"sha256":"…"},…},"sha256":"…"}}`, where a collection's
//!    digest is over its lines and the last one over every line before the trailer, each with its line feed.
//!
//! A file is read twice: once to check all of it, and only then to use it. It can be compressed and read by any tool.

use super::tally::{Sum, Tally, hexadecimal};
use crate::store::documents::SCHEMA_VERSION;
use crate::store::records::{COLLECTIONS, Record};
use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// The version of the form of the file.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct First {
    fixi_backup: Header,
}

#[derive(Serialize, Deserialize)]
struct Header {
    format: u32,
    schema: u32,
    source: String,
    made_at: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    end: Trailer,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Trailer {
    collections: BTreeMap<String, Sum>,
    sha256: String,
}

/// A backup that is being written, under another name until it is whole.
pub(super) struct Writer {
    path: PathBuf,
    file: BufWriter<File>,
    lines: Sha256,
    tally: Tally,
}

impl Writer {
    /// Begins a file that only this user may read: it holds phones and words of people.
    pub(super) fn begin(path: &Path, source: &str) -> anyhow::Result<Self> {
        ensure!(!path.exists(), "{} is there already: name another file, or remove it first", path.display());
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let part = part(path);
        let file = options.open(&part).with_context(|| format!("{} cannot be written", part.display()))?;
        let mut writer = Self {
            path: path.to_owned(),
            file: BufWriter::new(file),
            lines: Sha256::new(),
            tally: Tally::default(),
        };
        let header =
            Header { format: FORMAT, schema: SCHEMA_VERSION, source: source.to_owned(), made_at: Utc::now() };
        writer.line(&serde_json::to_string(&First { fixi_backup: header })?)?;
        Ok(writer)
    }

    pub(super) fn write(&mut self, record: &Record) -> anyhow::Result<()> {
        let line = record.line()?;
        self.tally.add(record.collection(), &line);
        self.line(&line)
    }

    /// Writes the last line and makes all of it durable.
    pub(super) fn end(&mut self) -> anyhow::Result<Tally> {
        let end = Trailer { collections: self.tally.sums(), sha256: hexadecimal(&self.lines) };
        self.line(&serde_json::to_string(&Last { end })?)?;
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        Ok(self.tally.clone())
    }

    /// Where it is until it is kept.
    pub(super) fn part(&self) -> PathBuf {
        part(&self.path)
    }

    /// Gives the file its name.
    pub(super) fn keep(&self) -> anyhow::Result<()> {
        std::fs::rename(self.part(), &self.path)
            .with_context(|| format!("{} cannot be given its name", self.path.display()))?;
        #[cfg(unix)]
        if let Some(folder) = self.path.canonicalize()?.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    fn line(&mut self, line: &str) -> anyhow::Result<()> {
        for part in [line.as_bytes(), b"\n"] {
            self.lines.update(part);
            self.file
                .write_all(part)
                .with_context(|| format!("{} cannot be written", self.part().display()))?;
        }
        Ok(())
    }
}

fn part(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Reads all of a file and says what is in it.
///
/// # Errors
/// When it is no backup, comes from a newer program, or is not as it was written: with the line or the collection.
pub(super) fn check(path: &Path) -> anyhow::Result<Tally> {
    read(path, |_| true)
}

/// Hands over each row while it is taken, and checks all that was read.
pub(super) fn read(path: &Path, mut take: impl FnMut(Record) -> bool) -> anyhow::Result<Tally> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut lines =
        Lines { file: BufReader::new(file), number: 0, digest: Sha256::new(), text: String::new() };
    ensure!(lines.next()?, "it is empty: it is no backup");
    check_header(&lines.text)?;
    let mut tally = Tally::default();
    let mut latest = 0;
    loop {
        let before = hexadecimal(&lines.digest);
        ensure!(
            lines.next()?,
            "it was cut off after line {}: there is no last line with the counts. Take another backup",
            lines.number
        );
        let number = lines.number;
        if lines.text.starts_with("{\"end\":") {
            let last: Last = serde_json::from_str(&lines.text).map_err(|error| {
                anyhow::anyhow!("line {number}: it ends badly, at column {}", error.column())
            })?;
            ensure!(!lines.next()?, "line {}: something was added after the end", number + 1);
            check_sums(&tally, &last.end, &before)?;
            return Ok(tally);
        }
        let record = Record::of_line(&lines.text).map_err(|problem| {
            anyhow::anyhow!("line {number}: {problem}; the file was changed or damaged")
        })?;
        let place = COLLECTIONS.iter().position(|it| *it == record.collection()).unwrap_or_default();
        ensure!(place >= latest, "line {number}: {} come earlier; the file was changed", record.collection());
        latest = place;
        tally.add(record.collection(), &lines.text);
        if !take(record) {
            return Ok(tally);
        }
    }
}

fn check_header(line: &str) -> anyhow::Result<()> {
    let Ok(First { fixi_backup: header }) = serde_json::from_str(line) else {
        bail!("line 1: it is no backup of fixi");
    };
    ensure!(
        header.format <= FORMAT && header.schema <= SCHEMA_VERSION,
        "line 1: a newer fixi made it (format {}, schema {}), this one knows format {FORMAT} and schema \
         {SCHEMA_VERSION}: use the newer program",
        header.format,
        header.schema
    );
    Ok(())
}

/// A changed line is told by its collection, for which there is a digest.
fn check_sums(tally: &Tally, end: &Trailer, digest: &str) -> anyhow::Result<()> {
    let found = tally.sums();
    for (collection, sum) in &found {
        let none = Tally::default().sums().remove(collection);
        let written = end.collections.get(collection).or(none.as_ref());
        let rows = written.map_or(0, |sum| sum.rows);
        ensure!(
            rows == sum.rows,
            "{collection}: {} rows, but {rows} were written; the file was changed or damaged",
            sum.rows
        );
        ensure!(
            written == Some(sum),
            "{collection}: a row is not as it was written (its sha256 differs); the file was changed or damaged"
        );
    }
    ensure!(end.sha256 == digest, "line 1: the header is not as it was written (its sha256 differs)");
    Ok(())
}

struct Lines {
    file: BufReader<File>,
    number: u64,
    digest: Sha256,
    text: String,
}

impl Lines {
    /// Reads the next line. False at the end; a line without its line feed was cut off.
    fn next(&mut self) -> anyhow::Result<bool> {
        self.text.clear();
        let number = self.number + 1;
        let read = self.file.read_line(&mut self.text);
        read.with_context(|| format!("line {number} cannot be read"))?;
        if self.text.is_empty() {
            return Ok(false);
        }
        self.number = number;
        self.digest.update(self.text.as_bytes());
        ensure!(self.text.ends_with('\n'), "line {number}: it is cut off. Take another backup");
        self.text.pop();
        Ok(true)
    }
}
