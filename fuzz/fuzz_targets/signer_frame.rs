//! What comes to the signer's socket: a frame is as long as it says and no longer than a question may be, and a question is
//! written as it was read.

#![no_main]

use libfuzzer_sys::fuzz_target;

// The module itself, so that nothing but it and what it reads into is built with the fuzzer.
#[path = "../../crates/qyzmet/src/signer/frame.rs"]
#[expect(dead_code, reason = "the client's half is not asked here")]
mod frame;

use frame::{QUESTION, Question};

fuzz_target!(|bytes: &[u8]| {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut from = bytes;
    let Ok(Some(text)) = runtime.block_on(frame::read(&mut from, QUESTION)) else { return };
    assert_eq!(bytes.len(), 4 + text.len() + from.len());
    assert_eq!(bytes[..4], u32::try_from(text.len()).expect("a length").to_be_bytes());
    let Ok(question) = serde_json::from_slice::<Question>(&text) else { return };
    let written = serde_json::to_vec(&question).expect("JSON");
    let again: Question = serde_json::from_slice(&written).expect("what was written is read");
    assert_eq!(serde_json::to_vec(&again).expect("JSON"), written);
    if let Question::List(wish) = question {
        // A series that does not exist is nothing, never a panic.
        let _order = wish.order();
    }
});
