//! From facts to files: which pages there are, what each shows, and how templates say it.

mod engine;
mod links;
mod locale;
