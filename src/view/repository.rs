//! Links into the repository that holds a site: a file's source, and a report of a mistake.

use std::fmt::Write;

/// The page of a file in a repository at a web address.
pub(crate) fn source(repository: &str, file: &str) -> String {
    let root = repository.trim_end_matches('/');
    let between = if is_gitlab(root) { "/-/blob/HEAD/" } else { "/blob/HEAD/" };
    let mut url = format!("{root}{between}");
    encode(file, "/", &mut url);
    url
}

/// The page on which a mistake is reported, its title and text filled in.
pub(crate) fn problem(repository: &str, title: &str, text: &str) -> String {
    let root = repository.trim_end_matches('/');
    let (path, title_key, text_key) = if is_gitlab(root) {
        ("/-/issues/new", "issue[title]", "issue[description]")
    } else {
        ("/issues/new", "title", "body")
    };
    let mut url = format!("{root}{path}?");
    encode(title_key, "", &mut url);
    url.push('=');
    encode(title, "", &mut url);
    url.push('&');
    encode(text_key, "", &mut url);
    url.push('=');
    encode(text, "", &mut url);
    url
}

fn is_gitlab(root: &str) -> bool {
    let host = root.split("://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or("");
    host.contains("gitlab") || host == "jihulab.com"
}

fn encode(text: &str, plain: &str, into: &mut String) {
    for byte in text.bytes() {
        let letter = char::from(byte);
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || plain.contains(letter) {
            into.push(letter);
        } else {
            let _ = write!(into, "%{byte:02X}");
        }
    }
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
