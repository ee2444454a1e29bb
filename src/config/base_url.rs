//! The address of the portal: with a host, only a path, or nothing.

/// The address of the portal's home page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: Option<Box<str>>,
    path: Box<str>,
}

/// Why a text is not a [`BaseUrl`].
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum BaseUrlError {
    /// Neither `http://`, `https://` nor `/` at the start.
    #[error("it must start with https://, http:// or /")]
    Scheme,
    /// No host, or one with characters no host has.
    #[error("its host is not well-formed")]
    Host,
    /// A query, a fragment, a space or a dot segment in the path.
    #[error("its path must be plain: no query, fragment, spaces or dot segments")]
    Path,
}

impl BaseUrlError {
    /// Returns its stable name, an argument of the message `bad-base-url`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::Path => "path",
        }
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self { origin: None, path: "/".into() }
    }
}

impl BaseUrl {
    /// Parses an address: `https://example.org/portal/`, `/portal/`, or nothing.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        if text.starts_with('/') {
            return Ok(Self { origin: None, path: check_path(text)? });
        }
        let (scheme, rest) = text.split_once("://").ok_or(BaseUrlError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err(BaseUrlError::Scheme);
        }
        let (authority, path) = match rest.find(['/', '?', '#']) {
            Some(at) => rest.split_at(at),
            None => (rest, "/"),
        };
        let authority = check_authority(authority)?;
        Ok(Self { origin: Some(format!("{scheme}://{authority}").into()), path: check_path(path)? })
    }

    /// Returns scheme and host, without a slash at the end; `None` if only the path is known.
    pub fn origin(&self) -> Option<&str> {
        self.origin.as_deref()
    }

    /// Returns the path of the home page; it begins and ends with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the whole address of a page, for feeds and sitemaps; `None` if the host is not known.
    pub fn absolute(&self, page: &str) -> Option<String> {
        let origin = self.origin()?;
        Some(format!("{origin}{}{}", self.path, page.trim_start_matches('/')))
    }
}

fn check_authority(authority: &str) -> Result<String, BaseUrlError> {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err() || port.starts_with('+')) {
        return Err(BaseUrlError::Host);
    }
    let is_good = match host.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        Some(inner) => inner.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(is_host_label),
    };
    if is_good { Ok(authority.to_lowercase()) } else { Err(BaseUrlError::Host) }
}

fn is_host_label(label: &str) -> bool {
    !label.is_empty()
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.chars().all(|c| c.is_alphanumeric() || c == '-')
}

fn check_path(path: &str) -> Result<Box<str>, BaseUrlError> {
    let inner = path.strip_prefix('/').ok_or(BaseUrlError::Path)?;
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    if inner.is_empty() {
        return Ok("/".into());
    }
    let is_plain = |c: char| c.is_alphanumeric() || "-._~%!$&()*+,;=:@".contains(c);
    let is_good = |segment: &str| {
        !segment.is_empty() && segment != "." && segment != ".." && segment.chars().all(is_plain)
    };
    if inner.split('/').all(is_good) { Ok(format!("/{inner}/").into()) } else { Err(BaseUrlError::Path) }
}
