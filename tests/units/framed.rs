//! Messages of an editor, framed.

use serde_json::{Value, json};

#[expect(dead_code, reason = "the program uses the rest")]
#[path = "../../src/cli/lsp/wire.rs"]
mod wire;

use wire::{Incoming, notice, read, write};

fn all(mut bytes: &[u8]) -> Vec<Option<Value>> {
    let mut found = Vec::new();
    while let Ok(Some(one)) = read(&mut bytes) {
        found.push(match one {
            Incoming::Message(message) => Some(message),
            Incoming::Garbled => None,
        });
    }
    found
}

#[test]
fn messages_follow_each_other_and_one_that_is_no_json_is_told() {
    let bytes = b"Content-Length: 2\r\n\r\n{}content-length: 3\r\nContent-Type: x\r\n\r\n{]}Content-Length: 4\r\n\r\nnull";
    assert_eq!(all(bytes), [Some(json!({})), None, Some(Value::Null)]);
}

#[test]
fn a_header_without_a_length_and_a_stream_that_breaks_off_are_errors() {
    assert!(read(&mut &b"Content-Type: x\r\n\r\n{}"[..]).is_err());
    assert!(read(&mut &b"Content-Length: 999999999999\r\n\r\n{}"[..]).is_err());
    assert!(read(&mut &b"Content-Length: 9\r\n\r\n{}"[..]).is_err());
    assert!(matches!(read(&mut &b""[..]), Ok(None)));
}

#[test]
fn what_is_written_is_read_again() {
    let message = notice("window/logMessage", &json!({ "message": "\u{1F600}" }));
    let mut bytes = Vec::new();
    assert!(write(&mut bytes, &message).is_ok());
    assert_eq!(all(&bytes), [Some(message)]);
}
