//! Tables, in frames that scroll.

use pulldown_cmark::Alignment;

use super::nesting::OpenItem;
use super::options::MarkdownWords;
use super::output::Separator;
use super::state::RenderState;

#[derive(Default)]
pub(super) struct Tables {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// How many tables there are so far.
    count: usize,
}

impl Tables {
    pub(super) fn start(&mut self, state: &mut RenderState<'_>, alignments: Vec<Alignment>) {
        state.out.separate(Separator::Line);
        self.alignments = alignments;
        self.open_frame(state);
        state.out.push_html("<table>\n");
        state.nesting.push(OpenItem::Tag("</tbody></table></section>\n"));
    }

    /// Opens the frame in which a wide table scrolls. Each has a name of its own, because screen
    /// readers list regions by name.
    pub(super) fn open_frame(&mut self, state: &mut RenderState<'_>) {
        self.count += 1;
        state.out.push_html("<section class=\"table-scroll\" tabindex=\"0\"");
        let label = MarkdownWords::fill(state.options.words.table, &self.count.to_string());
        state.out.push_attribute("aria-label", &label);
        state.out.push_html(">");
    }

    pub(super) fn start_head(&mut self, state: &mut RenderState<'_>) {
        self.in_head = true;
        self.column = 0;
        state.out.push_html("<thead><tr>");
        state.nesting.push(OpenItem::Tag("</tr></thead>\n<tbody>\n"));
    }

    pub(super) fn start_row(&mut self, state: &mut RenderState<'_>) {
        self.in_head = false;
        self.column = 0;
        state.out.push_html("<tr>");
        state.nesting.push(OpenItem::Tag("</tr>\n"));
    }

    /// Ends the cell that began at byte `start` of the HTML.
    pub(super) fn end_cell(&mut self, state: &mut RenderState<'_>, start: usize) {
        // A header cell without text would be a header that says nothing.
        let is_header = self.in_head && state.out.html().len() > start;
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " class=\"left\"",
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let (open, close) = if is_header { ("<th scope=\"col\"", "</th>") } else { ("<td", "</td>") };
        state.out.insert_html(start, &format!("{open}{class}>"));
        state.out.push_html(close);
        self.column += 1;
        state.out.separate(Separator::Space);
    }
}
