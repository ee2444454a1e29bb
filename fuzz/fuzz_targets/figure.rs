//! The text of a cell: any text is a figure or an error, and a plain number survives being written.
#![no_main]

use glasshouse::figure::{Value, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(parsed) = parse(text) {
        if let Value::Number(number) = parsed.value {
            let again = parse(&number.to_string()).expect("a plain number");
            assert_eq!(again.value, Value::Number(number), "{text:?}");
        }
    }
});
