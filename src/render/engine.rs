//! Templates. Only this file and its crate `tera` know how they are filled in.
//!
//! A template sees the view of its page and a few pure functions, none of which knows the site. So
//! `chart(…)` only writes down its arguments, and `template_charts` draws the chart afterwards. Each language
//! has an engine of its own, so that strings need no look-up of the language.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::Serialize;
use tera::value::Key;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

use crate::base::diagnostic::{At, Diagnostic, Message};
use crate::base::escape::push_html;
use crate::figure;
use crate::plan::links::Roots;
use crate::render::no_break;
use crate::theme::{StaticFiles, Template, Theme};
use crate::view::chart::ChartView;
use crate::view::locale::Locale;
use crate::view::page::Slot;

/// The byte before and after a chart request. No text of a page contains it.
pub(crate) const CHART_MARK: u8 = 0;

/// The templates of a theme in one language.
pub(crate) struct Engine {
    tera: Tera,
}

impl Engine {
    /// Parses every template. `site` is what all pages share.
    pub(crate) fn new(
        theme: &Theme,
        locale: &Locale,
        roots: &Roots,
        site: &impl Serialize,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut tera =
            bare(theme, locale, roots).map_err(|error| vec![diagnose(&error, &theme.templates)])?;
        let templates = theme.templates.iter().map(|template| (&*template.name, &*template.text));
        if let Err(error) = tera.add_raw_templates(templates) {
            return Err(every_fault(theme, locale, roots, &error));
        }
        tera.global_context().insert("site", site);
        Ok(Self { tera })
    }

    /// Fills in a template with `page`, and with `view` under the name `name`.
    pub(crate) fn render(
        &self,
        template: &str,
        page: &impl Serialize,
        name: &'static str,
        view: &impl Serialize,
        templates: &[Template],
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut context = Context::new();
        let mut output = Vec::with_capacity(64 * 1024);
        let filled = Value::try_from_serializable(page)
            .map(|page| context.insert_value("page", page))
            .and_then(|()| Value::try_from_serializable(view))
            .map(|view| context.insert_value(name, view))
            .and_then(|()| self.tera.render_to(template, &context, &mut output));
        match filled {
            Ok(()) => Ok(output),
            Err(error) => Err(Box::new(diagnose(&error, templates))),
        }
    }

    /// Writes a chart as HTML.
    pub(super) fn chart(
        &self,
        chart: &ChartView<'_>,
        slot: Slot<'_>,
        templates: &[Template],
    ) -> Result<String, Message> {
        let html =
            self.render("chart.html", &slot, "figure", chart, templates).map_err(|fault| fault.message)?;
        String::from_utf8(html)
            .map_err(|error| Message::new("template-fault").arg("detail", error.to_string()))
    }
}

/// Creates an engine with all filters and functions, but without templates.
fn bare(theme: &Theme, locale: &Locale, roots: &Roots) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.set_fallback_prefixes(theme.prefixes.iter().map(|prefix| String::from(&**prefix)))?;
    tera.autoescape_on(vec![".html", ".xml"]);
    let strings = Translator {
        plain: locale.plain.iter().map(|(id, text)| (id.clone(), Value::normal_string(text))).collect(),
        lang: locale.lang.clone(),
        strings: locale.strings.clone(),
    };
    tera.register_filter("t", move |id: &str, args: Kwargs, _: &State<'_>| strings.translate(id, &args));
    tera.register_filter("number", |value: &Value, _: Kwargs, _: &State<'_>| match decimal(value) {
        Some(number) => Ok(figure::grouped(number)),
        None => Err(tera::Error::message(format!("`number` takes a whole number, not {value}"))),
    });
    tera.register_function("chart", |args: Kwargs, _: &State<'_>| chart_request(&args));
    tera.register_filter("say", |text: &Value, _: Kwargs, _: &State<'_>| say(text));
    let units = locale.text("unbroken-units").to_owned();
    tera.register_filter("unbroken", move |text: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&no_break::unbroken(text, &units))
    });
    let assets: Arc<StaticFiles> = theme.assets.clone();
    let base = roots.base.clone();
    tera.register_filter("asset", move |name: &str, _: Kwargs, _: &State<'_>| match assets.url(name) {
        Some(path) => Ok(format!("{base}/{path}")),
        None => Err(tera::Error::message(format!("there is no `static/{name}`"))),
    });
    let root = format!("{}/{}", roots.base, locale.prefix);
    tera.register_filter("url", move |path: &str, _: Kwargs, _: &State<'_>| {
        format!("{root}{}", path.trim_start_matches('/'))
    });
    Ok(tera)
}

/// Returns whether any template may call `chart(…)`. The definition of the component `chart` is no call.
pub(crate) fn draw_charts(templates: &[Template]) -> bool {
    let asks = |text: &str| {
        text.match_indices("chart").any(|(at, word)| {
            let (before, after) = (text.get(..at).unwrap_or(""), text.get(at + word.len()..).unwrap_or(""));
            after.trim_start().starts_with('(') && !before.trim_end().ends_with("component")
        })
    };
    templates.iter().any(|template| asks(&template.text))
}

/// Writes down the arguments of `chart(…)` between two marks.
fn chart_request(args: &Kwargs) -> Result<Value, tera::Error> {
    let named = args.iter().filter_map(|(key, value)| Some((key.as_str()?, value)));
    let asked = serde_json::to_string(&named.collect::<BTreeMap<_, _>>());
    let asked = asked.map_err(|error| tera::Error::message(error.to_string()))?;
    let mark = char::from(CHART_MARK);
    Ok(Value::safe_string(&format!("{mark}{asked}{mark}")))
}

/// Writes a text as HTML, marked with its language if that is not the language of the page.
fn say(value: &Value) -> Result<Value, tera::Error> {
    let part =
        |name: &'static str| value.as_map().and_then(|map| map.get(&Key::from(name))).and_then(Value::as_str);
    let text =
        part("text").ok_or_else(|| tera::Error::message(format!("`say` takes a text, not {value}")))?;
    let mut html = String::with_capacity(text.len() + 32);
    match part("lang") {
        None => push_html(&mut html, text),
        Some(lang) => {
            html.push_str("<span lang=\"");
            push_html(&mut html, lang);
            html.push_str("\">");
            push_html(&mut html, text);
            html.push_str("</span>");
        }
    }
    Ok(Value::safe_string(&html))
}

struct Translator {
    plain: rustc_hash::FxHashMap<Box<str>, Value>,
    lang: crate::base::text::Lang,
    strings: Arc<crate::theme::Strings>,
}

impl Translator {
    /// Returns the string of an id. Whole numbers among the arguments select plural forms.
    fn translate(&self, id: &str, args: &Kwargs) -> Result<Value, tera::Error> {
        if let Some(text) = self.plain.get(id) {
            return Ok(text.clone());
        }
        if !self.strings.contains(id) {
            return Err(tera::Error::message(format!("there is no string `{id}`")));
        }
        let mut arguments = Vec::new();
        for (key, value) in args.iter() {
            let Some(key) = key.as_str() else { continue };
            let arg =
                decimal(value).map_or_else(|| value.to_string().into(), crate::base::diagnostic::Arg::from);
            arguments.push((key, arg));
        }
        let named = arguments.iter().map(|(name, arg)| (*name, arg));
        Ok(self.strings.format_with(&self.lang, id, named).into())
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_i64().map(Decimal::from)
}

/// Returns the syntax errors of all templates, which the engine would report one at a time; if there are none,
/// the error of all templates together.
fn every_fault(theme: &Theme, locale: &Locale, roots: &Roots, all: &tera::Error) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for template in &theme.templates {
        let Ok(mut alone) = bare(theme, locale, roots) else { continue };
        if let Err(error) = alone.add_raw_template(&template.name, &template.text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            faults.push(diagnose(&error, &theme.templates));
        }
    }
    if faults.is_empty() {
        faults.push(diagnose(all, &theme.templates));
    }
    faults
}

fn diagnose(error: &tera::Error, templates: &[Template]) -> Diagnostic {
    let file_of = |name: &str| templates.iter().find(|template| &*template.name == name).map(|t| &t.file);
    let placed = |code, report: &tera::ReportError| {
        let fault = Diagnostic::error(code).arg("detail", report.message());
        let place = || At::Span(report.span().range.clone());
        file_of(report.filename()).into_iter().fold(fault, |fault, file| fault.at(file, place()))
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) => placed("template-syntax", report),
        ErrorKind::RenderingError(report) => placed("template-fault", report),
        ErrorKind::MissingParent { current, parent } => {
            let fault = Diagnostic::error("template-missing").arg("template", &**parent);
            file_of(current).into_iter().fold(fault, |fault, file| fault.at(file, At::File))
        }
        ErrorKind::TemplateNotFound(name) => Diagnostic::error("template-missing")
            .arg("template", &**name)
            .help(Message::new("help-theme-complete")),
        other => Diagnostic::error("template-fault").arg("detail", other.to_string()),
    }
}
