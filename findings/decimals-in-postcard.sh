#!/usr/bin/env bash
# rust_decimal 1.43.0 with its `serde` feature, written and read by postcard 1.2.0.
#
# Guess:     what derives Serialize and Deserialize comes back from any serde format.
# Behaviour: a Decimal is written as a string, but read through `deserialize_any`, which a format that does not
#            describe itself cannot do: writing succeeds, reading the very same bytes fails with "This is a
#            feature that PostCard will never implement". Only the features `serde-str` (as a string) and friends,
#            or a `with` module over the 16 bytes of `Decimal::serialize`, come back.
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
rust_decimal = { version = "=1.43.0", default-features = false, features = ["std", "serde"] }
postcard = { version = "=1.2.0", default-features = false, features = ["use-std"] }
TOML
cat >src/main.rs <<'RUST'
use rust_decimal::Decimal;

fn main() {
    let amount: Decimal = "59237.2449".parse().unwrap();
    let bytes = postcard::to_stdvec(&amount).unwrap();
    println!("written: {} bytes", bytes.len());
    match postcard::from_bytes::<Decimal>(&bytes) {
        Ok(read) => println!("read: {read}"),
        Err(error) => println!("not read: {error:?}"),
    }
    println!("by its own bytes: {}", Decimal::deserialize(amount.serialize()));
}
RUST
cargo run --quiet | tee seen
grep -q '^not read: WontImplement' seen
grep -qx 'by its own bytes: 59237.2449' seen
echo "as described"
