//! An editor as the server meets it: a process, its streams, messages with headers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

/// How long an answer may take before the test gives up; a server that works needs a fraction.
const PATIENCE: Duration = Duration::from_secs(120);

/// A folder that is empty at first, below that of the build.
pub(crate) fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("editor")
        .join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path.canonicalize().unwrap()
}

/// The address of a file.
pub(crate) fn uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    for byte in path.display().to_string().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// An editor with a server.
pub(crate) struct Editor {
    server: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    n_asked: u64,
    /// The last problems of each file.
    pub(crate) problems: BTreeMap<String, Vec<Value>>,
    /// The last lints of each file.
    pub(crate) lints: BTreeMap<String, Vec<Value>>,
    /// Sentences that were shown.
    pub(crate) shown: Vec<String>,
    /// Methods that the server called.
    pub(crate) called: Vec<String>,
    versions: BTreeMap<String, i64>,
}

impl Editor {
    /// A server that was started, and to which nothing was said yet.
    pub(crate) fn silent(folder: &Path, arguments: &[&str]) -> Editor {
        let mut server = Command::new(env!("CARGO_BIN_EXE_plumbrule"))
            .arg("lsp")
            .args(arguments)
            .current_dir(folder)
            .env_remove("PLUMBRULE_LANG")
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let to = server.stdin.take();
        let mut out = BufReader::new(server.stdout.take().unwrap());
        let (sender, from) = channel();
        std::thread::spawn(move || {
            while let Some(message) = read(&mut out) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Editor {
            server,
            to,
            from,
            n_asked: 0,
            problems: BTreeMap::new(),
            lints: BTreeMap::new(),
            shown: Vec::new(),
            called: Vec::new(),
            versions: BTreeMap::new(),
        }
    }

    /// A server with which everything was agreed on, columns in UTF-16.
    pub(crate) fn open(folder: &Path, arguments: &[&str]) -> Editor {
        Editor::with(folder, arguments, "en", &["utf-16"])
    }

    /// The same in a language, with encodings of columns.
    pub(crate) fn with(
        folder: &Path,
        arguments: &[&str],
        locale: &str,
        encodings: &[&str],
    ) -> Editor {
        let mut editor = Editor::silent(folder, arguments);
        let result = editor.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": uri(folder),
                "locale": locale,
                "capabilities": {
                    "general": { "positionEncodings": encodings },
                    "workspace": {
                        "workspaceEdit": { "documentChanges": true },
                        "codeLens": { "refreshSupport": true },
                    },
                    "textDocument": { "codeAction": { "codeActionLiteralSupport": {} } },
                },
            }),
        );
        assert_eq!(result["serverInfo"]["name"], "plumbrule");
        editor.tell("initialized", json!({}));
        editor
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().unwrap();
        to.write_all(bytes).unwrap();
        to.flush().unwrap();
    }

    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        let text = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.send_raw(text.as_bytes());
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks without waiting; the id.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> u64 {
        self.n_asked += 1;
        let id = self.n_asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request.
    pub(crate) fn answer(&mut self, id: u64) -> Value {
        loop {
            let message = self.next();
            if message.get("id") == Some(&json!(id)) && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// The result of a request that must succeed.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The error of a request that must not succeed: its number and sentence.
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        let code = error["code"].as_i64();
        let code = code.unwrap_or_else(|| panic!("{method} was answered: {answer}"));
        (code, error["message"].as_str().unwrap_or("").to_owned())
    }

    /// The next message, noted where it says something unasked.
    pub(crate) fn next(&mut self) -> Value {
        let message = self.from.recv_timeout(PATIENCE).unwrap();
        let params = &message["params"];
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                let list = params["diagnostics"].as_array().unwrap().clone();
                let uri = params["uri"].as_str().unwrap().to_owned();
                let is_lint = |one: &Value| one["source"] == "plumbrule lint";
                let (lints, problems) = list.into_iter().partition(is_lint);
                self.lints.insert(uri.clone(), lints);
                self.problems.insert(uri, problems);
            }
            Some("window/showMessage") => {
                self.shown
                    .push(params["message"].as_str().unwrap().to_owned());
            }
            _ => {}
        }
        if let Some(method) = message["method"].as_str() {
            self.called.push(method.to_owned());
        }
        message
    }

    /// Opens a file as it is on disk.
    pub(crate) fn open_file(&mut self, path: &Path) -> String {
        let text = fs::read_to_string(path).unwrap();
        self.open_text(&uri(path), &text)
    }

    pub(crate) fn open_text(&mut self, uri: &str, text: &str) -> String {
        self.versions.insert(uri.to_owned(), 1);
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": {
                "uri": uri, "languageId": "plumbrule", "version": 1, "text": text,
            } }),
        );
        uri.to_owned()
    }

    /// Types: each change has a range, or is the whole text.
    pub(crate) fn change(&mut self, uri: &str, changes: Value) {
        let version = self.versions.entry(uri.to_owned()).or_insert(1);
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": changes }),
        );
    }

    pub(crate) fn replace(&mut self, uri: &str, text: &str) {
        self.change(uri, json!([{ "text": text }]));
    }

    pub(crate) fn save(&mut self, uri: &str) {
        self.tell(
            "textDocument/didSave",
            json!({ "textDocument": { "uri": uri } }),
        );
    }

    /// The next problems of a file that are said.
    pub(crate) fn problems_of(&mut self, uri: &str) -> Vec<Value> {
        loop {
            let message = self.next();
            if message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == uri
            {
                return self.problems[uri].clone();
            }
        }
    }

    /// The codes of the next problems of a file.
    pub(crate) fn codes_of(&mut self, uri: &str) -> Vec<String> {
        let problems = self.problems_of(uri);
        let codes = problems
            .iter()
            .map(|one| one["code"].as_str().unwrap_or("").to_owned());
        codes.collect()
    }

    /// Says good-bye, and returns the exit status.
    pub(crate) fn close(mut self) -> i32 {
        let result = self.ask("shutdown", Value::Null);
        assert_eq!(result, Value::Null);
        self.leave()
    }

    /// Leaves without having said good-bye.
    pub(crate) fn leave(mut self) -> i32 {
        self.tell("exit", Value::Null);
        self.gone()
    }

    /// Goes away without a word.
    pub(crate) fn gone(mut self) -> i32 {
        self.to = None;
        self.server.wait().unwrap().code().unwrap()
    }
}

fn read(from: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if from.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(": ") {
            Some((_, value)) => length = value.parse().unwrap(),
            None => break,
        }
    }
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}

/// The place of the first `|` in a text, as lines and UTF-16 columns; and the text without it.
pub(crate) fn marked(text: &str) -> (String, Value) {
    let at = text.find('|').unwrap();
    let place = place(text, at);
    (text.replacen('|', "", 1), place)
}

/// The place of a byte, columns in UTF-16.
pub(crate) fn place(text: &str, byte: usize) -> Value {
    let before = &text[..byte];
    let line = before.matches('\n').count();
    let last = before.rsplit('\n').next().unwrap();
    json!({ "line": line, "character": last.encode_utf16().count() })
}

/// The place of the n-th time that a word stands in a text, one character inside it.
pub(crate) fn place_of(text: &str, word: &str, n: usize) -> Value {
    let (at, _) = text.match_indices(word).nth(n).unwrap();
    let first = word.chars().next().unwrap().len_utf8();
    place(text, at + first)
}

/// What stands in a range of a text, columns in UTF-16.
pub(crate) fn under(text: &str, range: &Value) -> String {
    let byte = |corner: &Value| {
        let (line, column) = (&corner["line"], &corner["character"]);
        let line = usize::try_from(line.as_u64().unwrap()).unwrap();
        let column = usize::try_from(column.as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut units = 0;
        for (at, c) in text[start..].char_indices() {
            if units >= column {
                return start + at;
            }
            units += c.len_utf16();
        }
        text.len()
    };
    text[byte(&range["start"])..byte(&range["end"])].to_owned()
}

/// A text with edits made.
pub(crate) fn edited(text: &str, edits: &[Value]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        let old = under(&text, &edit["range"]);
        let (line, column) = (
            &edit["range"]["start"]["line"],
            &edit["range"]["start"]["character"],
        );
        let line = usize::try_from(line.as_u64().unwrap()).unwrap();
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let column = usize::try_from(column.as_u64().unwrap()).unwrap();
        let mut units = 0;
        let mut at = text.len();
        for (offset, c) in text[start..].char_indices() {
            if units >= column {
                at = start + offset;
                break;
            }
            units += c.len_utf16();
        }
        text.replace_range(at..at + old.len(), edit["newText"].as_str().unwrap());
    }
    text
}
