//! Links into the GitHub or GitLab repository of a site: the source of a file, and the form for a new issue.

use crate::base::percent::{component, segments};

/// Returns the page of a file in a repository.
pub(crate) fn source(repository: &str, file: &str) -> String {
    let root = repository.trim_end_matches('/');
    let between = if is_gitlab(root) { "/-/blob/HEAD/" } else { "/blob/HEAD/" };
    format!("{root}{between}{}", segments(file))
}

/// Returns the page for a new issue, with title and text filled in.
pub(crate) fn problem(repository: &str, title: &str, text: &str) -> String {
    let root = repository.trim_end_matches('/');
    let (path, title_key, text_key) = if is_gitlab(root) {
        ("/-/issues/new", "issue[title]", "issue[description]")
    } else {
        ("/issues/new", "title", "body")
    };
    let [title_key, title, text_key, text] = [title_key, title, text_key, text].map(component);
    format!("{root}{path}?{title_key}={title}&{text_key}={text}")
}

fn is_gitlab(root: &str) -> bool {
    let host = root.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("");
    host.contains("gitlab") || host == "jihulab.com"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_host_has_its_own_addresses() {
        let file = "content/浙江/2012.md";
        assert_eq!(
            source("https://github.com/a/b/", file),
            "https://github.com/a/b/blob/HEAD/content/%E6%B5%99%E6%B1%9F/2012.md"
        );
        assert_eq!(
            problem("https://gitlab.com/a/b", "a&b", "x y"),
            "https://gitlab.com/a/b/-/issues/new?issue%5Btitle%5D=a%26b&issue%5Bdescription%5D=x%20y"
        );
        assert!(problem("https://git.example/gitlab/b", "t", "").ends_with("/issues/new?title=t&body="));
    }
}
