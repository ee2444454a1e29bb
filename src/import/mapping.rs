//! A labels file: what an editor says that labels mean.
//!
//! ```yaml
//! 其他主动公开文件: x_other_documents   # kept under this code
//! 公开数: proactive_total               # an indicator or a row of the form
//! 审核人:                               # set aside
//! ```

use std::collections::BTreeMap;

use crate::load;

use super::fold;

/// What a label means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A line of the form, by code.
    Code(String),
    /// A figure of the report's own.
    Local(String),
    /// Nothing; it is set aside.
    Skip,
}

/// The labels of a labels file, folded.
#[derive(Clone, Debug, Default)]
pub struct Mapping(BTreeMap<String, Target>);

/// A labels file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mapping of labels to codes: {0}")]
pub struct MappingError(String);

impl Mapping {
    /// Reads a labels file.
    pub fn parse(yaml: &str) -> Result<Self, MappingError> {
        let map: BTreeMap<String, Option<String>> =
            load::typed_yaml(yaml).map_err(|error| MappingError(error.detail))?;
        let target = |code: Option<String>| match code.as_deref().map(str::trim) {
            None | Some("" | "~") => Target::Skip,
            Some(code) if code.starts_with("x_") || code.starts_with("n_") => Target::Local(code.to_owned()),
            Some(code) => Target::Code(code.to_owned()),
        };
        Ok(Self(map.into_iter().map(|(label, code)| (fold::key(&label), target(code))).collect()))
    }

    /// The codes it names, to be checked against a form.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter_map(|target| match target {
            Target::Code(code) => Some(&**code),
            _ => None,
        })
    }

    /// What a label means.
    pub(super) fn target(&self, label: &str) -> Option<&Target> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&fold::key(label)).or_else(|| self.0.get(&fold::bare_key(label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_however_they_are_printed() {
        let mapping = Mapping::parse("（一）公开数: proactive_total\n其他文件: x_other\n审核人:\n").unwrap();
        assert_eq!(mapping.target("公开数（条）"), Some(&Target::Code("proactive_total".into())));
        assert_eq!(mapping.target("其他 文件"), Some(&Target::Local("x_other".into())));
        assert_eq!(mapping.target("审核人："), Some(&Target::Skip));
        assert_eq!(mapping.target("公开"), None);
        assert_eq!(mapping.codes().collect::<Vec<_>>(), ["proactive_total"]);
        assert!(Mapping::parse("[a, b]").is_err());
    }
}
