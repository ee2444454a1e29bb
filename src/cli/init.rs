//! `glasshouse init`: a new site.

use crate::diagnostic::Message;
use crate::load;
use crate::scaffold;
use crate::write::content::{self, ContentError, ContentFile};

use super::args::Init;
use super::failure::UsageError;
use super::names::Exit;
use super::terminal::{Stream, Terminal};

/// Makes a site in a folder; files that are there already stop it before anything is written.
pub(crate) fn run(args: &Init, terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let lang = terminal.options.lang.clone();
    let (catalog, _) = load::catalog(&[]);
    let files: Vec<ContentFile> = scaffold::site(&lang, &catalog)
        .into_iter()
        .map(|file| ContentFile { path: file.path.to_owned(), text: file.text, replaces: false })
        .collect();
    match content::put(&args.dir, &files) {
        Ok(()) => {}
        Err(ContentError::Exists(path)) => {
            let message = Message::new("new-exists").arg("path", path.display().to_string());
            return Err(UsageError { message, help: Some(Message::new("help-init-exists")) }.into());
        }
        Err(error) => return Err(error.into()),
    }
    let dir = args.dir.display().to_string();
    terminal.say(Stream::Out, &Message::new("init-done").arg("dir", &*dir).arg("files", files.len()))?;
    terminal.say(Stream::Out, &Message::new("init-next").arg("dir", dir))?;
    Ok(Exit::Done)
}
