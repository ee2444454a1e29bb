#!/usr/bin/env bash
# jiff 1.0.1 with its `serde` feature, written by postcard 1.2.0.
#
# Guess:     a civil date in a binary format is a few integers: four bytes at the most, as year, month and day are.
# Behaviour: jiff writes every civil type as its text, whatever the format says of itself (`is_human_readable`):
#            a date takes 11 bytes in postcard, a length and ten characters, and is parsed again when it is read.
#            A cache of many dates grows threefold and spends its time in a date parser, unless a field names a
#            `with` module of its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
jiff = { version = "=1.0.1", default-features = false, features = ["std", "serde"] }
postcard = { version = "=1.2.0", default-features = false, features = ["use-std"] }
TOML
cat >src/main.rs <<'RUST'
fn main() {
    let date = jiff::civil::date(2013, 3, 18);
    let bytes = postcard::to_stdvec(&date).unwrap();
    println!("{} bytes: {:?}", bytes.len(), String::from_utf8_lossy(&bytes[1..]));
    let parts = postcard::to_stdvec(&(date.year(), date.month(), date.day())).unwrap();
    println!("{} bytes as three integers", parts.len());
}
RUST
cargo run --quiet | tee seen
grep -qx '11 bytes: "2013-03-18"' seen
grep -qx '4 bytes as three integers' seen
echo "as described"
