//! `glasshouse init`: a new site, or a theme for one.

use crate::base::diagnostic::Message;
use crate::load;
use crate::publish::content::{self, ContentError, ContentFile};
use crate::scaffold::{self, ThemeError};

use super::args::InitArgs;
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::terminal::{Stream, Terminal};

/// Makes a site in a folder; files that are there already stop it before anything is written.
pub(crate) fn run(args: &InitArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    if let Some(name) = &args.theme {
        return theme(name, args, terminal);
    }
    let lang = terminal.options.lang.clone();
    let (catalog, _) = load::catalog(&[]);
    let files: Vec<ContentFile> = scaffold::site(&lang, &catalog)
        .into_iter()
        .map(|file| ContentFile { path: file.path.to_owned(), text: file.text, replaces: false })
        .collect();
    put(args, &files, Some(Message::new("help-init-exists")))?;
    let dir = args.dir.display().to_string();
    terminal.say(Stream::Out, &Message::new("init-done").arg("dir", &*dir).arg("files", files.len()))?;
    terminal.say(Stream::Out, &Message::new("init-next").arg("dir", dir))?;
    Ok(Exit::Done)
}

/// Begins a theme in a site that is there.
fn theme(name: &str, args: &InitArgs, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let lang = terminal.options.lang.clone();
    let files = scaffold::theme(name, &lang, &args.copy).map_err(|error| {
        let (message, help) = match &error {
            ThemeError::Name(name) => (Message::new("theme-bad-name").arg("name", &**name), None),
            ThemeError::Copy(path) => {
                (Message::new("theme-no-file").arg("path", &**path), Some(Message::new("help-theme-no-file")))
            }
        };
        UsageError { message, help }
    })?;
    let files: Vec<ContentFile> =
        files.into_iter().map(|(path, text)| ContentFile { path, text, replaces: false }).collect();
    put(args, &files, None)?;
    let done = Message::new("theme-begun").arg("name", name).arg("files", files.len());
    terminal.say(Stream::Out, &done)?;
    Ok(Exit::Done)
}

fn put(args: &InitArgs, files: &[ContentFile], help: Option<Message>) -> anyhow::Result<()> {
    match content::put(&args.dir, files) {
        Err(ContentError::Exists(path)) => {
            let message = Message::new("new-exists").arg("path", path.display().to_string());
            Err(UsageError { message, help }.into())
        }
        other => Ok(other?),
    }
}
