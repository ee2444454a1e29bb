//! `glasshouse init`: makes a new site, or a theme in an existing one.

use crate::base::diagnostic::Message;
use crate::load;
use crate::publish::content::ContentFile;
use crate::scaffold::{self, ThemeError};

use super::args::InitArgs;
use super::exit_codes::Exit;
use super::failure::UsageError;
use super::new::put;
use super::terminal::{Stream, Terminal};

/// Makes a site in a folder; writes nothing if one of its files exists.
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
    put(&args.dir, &files, Some(Message::new("help-init-exists")))?;
    let dir = args.dir.display().to_string();
    terminal.say(Stream::Out, &Message::new("init-done").arg("dir", &*dir).arg("files", files.len()))?;
    terminal.say(Stream::Out, &Message::new("init-next").arg("dir", dir))?;
    Ok(Exit::Done)
}

/// Makes a theme in an existing site.
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
    put(&args.dir, &files, None)?;
    let done = Message::new("theme-begun").arg("name", name).arg("files", files.len());
    terminal.say(Stream::Out, &done)?;
    Ok(Exit::Done)
}
