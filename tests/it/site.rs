//! Small sites in temporary folders, and the program run on them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A site that is gone when the test is.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// What the program said, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Site {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A site with settings, one region and one agency: `content/county/office`.
    pub(crate) fn new() -> Self {
        Self::empty()
            .file("site.toml", "title = \"年报\"\n")
            .file("content/county/_index.md", "---\nkind: region\nname: {zh: 某县, en: A county}\n---\n")
            .file(
                "content/county/office/_index.md",
                "---\nkind: agency\nname: {zh: 某局, en: An office}\n---\n",
            )
    }

    /// Adds a file, or exchanges one.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text.as_bytes());
        self
    }

    /// Adds a report on the form `zj-2012` with the given figures, one `key: value` a line.
    pub(crate) fn report(self, path: &str, figures: &str) -> Self {
        let mut text = "---\ntitle: 年报\nform: zj-2012\nstatistics:\n".to_owned();
        for figure in figures.lines() {
            text.push_str("  ");
            text.push_str(figure.trim());
            text.push('\n');
        }
        text.push_str("---\n正文\n");
        self.file(path, &text)
    }

    /// Writes a file in the site.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Reads a file of the site.
    pub(crate) fn read(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.path(path)).ok()
    }

    /// The site's folder.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the site.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Runs the program in the site's folder, speaking English.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        run(self.command(args))
    }

    /// The program with its arguments, not yet started: no environment, no input.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_glasshouse"));
        command.args(args).current_dir(self.root()).env_clear().stdin(Stdio::null());
        command
    }
}

/// Runs a command to its end.
pub(crate) fn run(mut command: Command) -> Run {
    let Output { status, stdout, stderr } = command.output().unwrap();
    Run {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

impl Run {
    /// Everything that was said.
    pub(crate) fn all(&self) -> String {
        format!("{}{}", self.out, self.err)
    }

    /// Asserts the exit code, and shows what was said where it is another.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}", self.all());
        self
    }

    /// Asserts that something was said, on either stream.
    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Self {
        assert!(self.all().contains(text), "{text:?} is not in:\n{}", self.all());
        self
    }
}
