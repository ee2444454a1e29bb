//! Maps the path of a request to what it asks for.

use crate::base::percent;

/// The prefix of the server's own files. No page of a portal has a colon in its address.
pub(super) const OWN: &str = "/glasshouse:preview/";

/// What a path asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route {
    /// One of the server's own files, by name.
    Own(String),
    /// A path within the portal, without its base, decoded.
    Portal(String),
    /// The portal begins at another path, which is given.
    Moved(String),
    /// A path outside the portal.
    Outside,
    /// Not a well-formed path.
    Malformed,
}

/// Maps a path; `base` is the path of the home page.
pub(super) fn route(path: &str, base: &str) -> Route {
    if let Some(name) = path.strip_prefix(OWN) {
        return Route::Own(name.to_owned());
    }
    let (Some(decoded), Some(home)) = (percent::request_path(path), percent::request_path(base)) else {
        return Route::Malformed;
    };
    if let Some(rest) = decoded.strip_prefix(&*home) {
        Route::Portal(rest.to_owned())
    } else if decoded == "/" || format!("{decoded}/") == home {
        Route::Moved(percent::location(&home).to_string())
    } else {
        Route::Outside
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::artifact::SitePath;

    fn portal(path: &str) -> Route {
        Route::Portal(path.to_owned())
    }

    #[test]
    fn a_portal_lies_below_its_base() {
        for (path, base, expected) in [
            ("/", "/", portal("")),
            ("/years/2012/", "/", portal("years/2012/")),
            ("/%E6%B5%99%E6%B1%9F/2012/", "/", portal("浙江/2012/")),
            ("/p/years/", "/p/", portal("years/")),
            ("/p/", "/p/", portal("")),
            ("/p", "/p/", Route::Moved("/p/".into())),
            ("/", "/p/q/", Route::Moved("/p/q/".into())),
            ("/years/", "/p/", Route::Outside),
            ("/pp/", "/p/", Route::Outside),
            ("/%E5%B9%B4/a", "/年/", portal("a")),
            ("/", "/年/", Route::Moved("/%E5%B9%B4/".into())),
            ("/a%2", "/", Route::Malformed),
            ("/a%zz", "/", Route::Malformed),
            ("/%ff", "/", Route::Malformed),
            ("/a%2Fb", "/", Route::Malformed),
            ("*", "/", Route::Outside),
        ] {
            assert_eq!(route(path, base), expected, "{path} below {base}");
        }
        assert_eq!(route(&format!("{OWN}preview.js"), "/p/"), Route::Own("preview.js".into()));
    }

    #[test]
    fn no_path_leads_out() {
        for path in
            ["/../etc/passwd", "/%2e%2e/etc/passwd", "/a/..%5cb", "/a/%2e%2e/b", "//etc/passwd", "/a%00b"]
        {
            if let Route::Portal(inside) = route(path, "/") {
                assert!(SitePath::new(&inside).is_err(), "{path} became {inside}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn every_path_of_a_portal_is_reached(path in "[a-z年报/. %\"<]{0,30}") {
            let address = format!("/p/{}", percent::location(&path));
            proptest::prop_assert_eq!(route(&address, "/p/"), portal(&path));
        }

        #[test]
        fn anything_may_be_asked(path in "\\PC{0,40}") {
            let _ = route(&path, "/p/");
        }
    }
}
