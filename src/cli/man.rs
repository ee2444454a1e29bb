//! `glasshouse man`: writes the manual page, with a section for each command.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_mangen::Man;

use super::args::Cli;
use super::exit_codes::Exit;
use super::terminal::{Stream, Terminal};

/// Writes the page to standard output.
pub(crate) fn run(terminal: &mut Terminal) -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    render(&mut page)?;
    terminal.stream(Stream::Out).write_all(&page)?;
    Ok(Exit::Done)
}

fn render(page: &mut dyn Write) -> io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let man = Man::new(command.clone());
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        writeln!(page, ".SH \"GLASSHOUSE {}\"", sub.get_name().to_uppercase())?;
        let man = Man::new(sub.clone());
        for section in [
            Man::render_synopsis_section,
            Man::render_description_section,
            Man::render_options_section,
            Man::render_extra_section,
        ] {
            let mut text = Vec::new();
            section(&man, &mut text)?;
            let text = String::from_utf8_lossy(&text);
            write!(page, "{}", text.replace(".SH ", ".SS "))?;
        }
    }
    man.render_extra_section(page)?;
    man.render_version_section(page)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_command_has_its_section() {
        let mut page = Vec::new();
        super::render(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        for name in ["BUILD", "CHECK", "FORMS", "LIST", "COMPLETIONS", "MAN"] {
            assert!(page.contains(&format!(".SH \"GLASSHOUSE {name}\"")), "{name}");
        }
        assert!(page.contains("fail\\-on"), "{page}");
    }
}
