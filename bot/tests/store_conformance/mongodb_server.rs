//! The MongoDB server of the tests: the one of `MONGO_TEST_URI`, else one that `scripts/mongod` starts for this
//! process and that ends with it. A test never goes without: where there is no server, it fails and says what to do.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

/// A database of its own for one test.
pub(crate) struct Database {
    pub(crate) uri: String,
    name: String,
}

struct Server {
    uri: String,
    /// The script ends when its input does, which is at the latest when this process ends.
    _script: Option<Child>,
}

static SERVER: LazyLock<Result<Server, String>> = LazyLock::new(|| {
    if let Ok(uri) = std::env::var("MONGO_TEST_URI") {
        return Ok(Server { uri, _script: None });
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/mongod");
    let mut child = Command::new(&script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", script.display()))?;
    let mut uri = String::new();
    let output = child.stdout.take().expect("it is piped");
    BufReader::new(output).read_line(&mut uri).map_err(|error| error.to_string())?;
    if uri.trim().is_empty() {
        return Err("scripts/mongod started no server, see above".to_owned());
    }
    Ok(Server { uri: uri.trim().to_owned(), _script: Some(child) })
});

/// The address of the server of the tests, without a database.
pub(crate) fn server() -> &'static str {
    match &*SERVER {
        Ok(server) => &server.uri,
        Err(problem) => panic!("the tests need MongoDB: {problem}; set MONGO_TEST_URI or run scripts/mongod"),
    }
}

/// An empty database for a test. Names of databases are short, so long ones are cut and told apart by a number.
pub(crate) async fn database(test: &str) -> Database {
    let unique = format!("{:x}", rand::random::<u32>());
    let name = format!("fixi_test_{}_{unique}", &test[..test.len().min(40)]);
    let (hosts, options) = server().split_once("/?").unwrap_or((server(), ""));
    Database { uri: format!("{}/{name}?{options}", hosts.trim_end_matches('/')), name }
}

impl Database {
    /// The database itself, to look behind the store.
    pub(crate) async fn inside(&self) -> mongodb::Database {
        mongodb::Client::with_uri_str(&self.uri).await.unwrap().database(&self.name)
    }

    /// Drops it. That of a failed test stays, to be looked at, until its server ends.
    pub(crate) async fn forget(&self) {
        self.inside().await.drop().await.unwrap();
    }
}
