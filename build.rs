//! Tells Cargo that the embedded theme is part of the program.

fn main() {
    println!("cargo:rerun-if-changed=themes/default");
}
