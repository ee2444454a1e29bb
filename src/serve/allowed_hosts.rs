//! Decides which host names the server answers to.
//!
//! Otherwise a foreign page whose name resolves to this machine could read the preview through the
//! browser of its visitor (DNS rebinding).

use std::net::{IpAddr, SocketAddr};

/// The host names a server answers to.
#[derive(Clone, Debug)]
pub(super) struct AllowedHosts {
    /// The host given on the command line, in lower case.
    requested: String,
    /// Whether any IP address is allowed, because the server listens on all of them.
    any_address: bool,
}

impl AllowedHosts {
    /// Allows the names of a server that was told to listen on `host` and is bound to `address`.
    pub(super) fn new(host: &str, address: SocketAddr) -> Self {
        Self {
            requested: host.trim_matches(['[', ']']).to_ascii_lowercase(),
            any_address: address.ip().is_unspecified(),
        }
    }

    /// Whether a `Host` header names this server, on any port.
    pub(super) fn allow(&self, header: &str) -> bool {
        let Some(name) = name(header) else { return false };
        let name = name.to_ascii_lowercase();
        let address: Option<IpAddr> = name.parse().ok();
        name == "localhost"
            || name == self.requested
            || address.is_some_and(|address| address.is_loopback() || self.any_address)
    }
}

/// Returns the host of a `Host` header without port and brackets; `None` if malformed.
fn name(header: &str) -> Option<&str> {
    let is_port = |port: &str| port.parse::<u16>().is_ok() && port.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(rest) = header.strip_prefix('[') {
        let (name, port) = rest.split_once(']')?;
        let is_sound = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return (is_sound && name.contains(':')).then_some(name);
    }
    let name = match header.split_once(':') {
        Some((name, port)) => Some(name).filter(|_| is_port(port))?,
        None => header,
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(host: &str, address: &str) -> AllowedHosts {
        AllowedHosts::new(host, address.parse().unwrap())
    }

    #[test]
    fn a_server_on_the_loopback_answers_to_its_names_only() {
        let hosts = hosts("127.0.0.1", "127.0.0.1:8000");
        for good in [
            "localhost",
            "LOCALHOST:8000",
            "127.0.0.1:8000",
            "127.0.0.1",
            "[::1]:8000",
            "[::1]",
            "127.0.0.2:1",
        ] {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in [
            "",
            "example.org",
            "example.org:8000",
            "localhost.example.org",
            "127.0.0.1.example.org",
            "10.0.0.1:8000",
            "localhost:",
            "localhost:x",
            "localhost:+80",
            "localhost:8000:1",
            "::1",
            "[::1",
            "[localhost]",
            "[::1]x",
            "user@localhost",
            "localhost/",
            " localhost",
        ] {
            assert!(!hosts.allow(bad), "{bad}");
        }
    }

    #[test]
    fn another_host_is_allowed_when_it_was_asked_for() {
        assert!(hosts("portal.test", "127.0.0.1:80").allow("Portal.test:80"));
        assert!(hosts("[::]", "[::]:80").allow("10.0.0.1"));
        assert!(hosts("0.0.0.0", "0.0.0.0:80").allow("[2001:db8::1]:80"));
        assert!(!hosts("0.0.0.0", "0.0.0.0:80").allow("example.org"));
        assert!(hosts("10.0.0.1", "10.0.0.1:80").allow("10.0.0.1:80"));
        assert!(!hosts("10.0.0.1", "10.0.0.1:80").allow("10.0.0.2"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_but_its_names(header in "[a-z0-9.:\\[\\]-]{0,24}") {
            let hosts = hosts("127.0.0.1", "127.0.0.1:8000");
            if hosts.allow(&header) {
                let name = name(&header).unwrap();
                proptest::prop_assert!(name == "localhost" || name.parse::<IpAddr>().unwrap().is_loopback());
            }
        }
    }
}
