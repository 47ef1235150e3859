//! Messages of the protocol as bytes: a header with a length, and JSON.
//!
//! Goes in: the input stream. Comes out: one message after the other, those that are no JSON told as
//! such. Knows no method.

use std::io::{self, BufRead, Read, Write};

use serde_json::{Value, json};

/// Bytes of the longest message that is read; a longer one ends the run.
const LONGEST: usize = 64 << 20;

/// Bytes of the longest line of a header.
const LONGEST_LINE: u64 = 4096;

/// Numbers of errors, as the protocol has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Parse = -32700,
    Request = -32600,
    Method = -32601,
    Parameters = -32602,
    NotInitialized = -32002,
    Cancelled = -32800,
    Refused = -32803,
}

/// What came in.
pub(super) enum Incoming {
    Message(Value),
    /// A message that is no JSON.
    Garbled,
}

/// Reads one message; nothing at the end of the stream.
///
/// # Errors
///
/// A stream that breaks off inside a message, or a header that says no length.
pub(super) fn read(from: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = header(from)? else {
        return Ok(None);
    };
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(Some(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(_) => Incoming::Garbled,
    }))
}

/// The length that a header says.
fn header(from: &mut impl BufRead) -> io::Result<Option<usize>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let n = from
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)?;
        if n == 0 {
            return match length {
                None => Ok(None),
                Some(_) => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            let known = length.filter(|length| *length <= LONGEST);
            return known.map(Some).ok_or(io::ErrorKind::InvalidData.into());
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

/// Writes one message.
///
/// # Errors
///
/// Those of the stream.
pub(super) fn write(to: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(to, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    to.flush()
}

/// The answer to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The answer to a request that went wrong.
pub(super) fn refusal(id: &Value, fault: Fault, message: &str) -> Value {
    let error = json!({ "code": fault as i32, "message": message });
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}

/// Something said without being asked.
pub(super) fn notice(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}
