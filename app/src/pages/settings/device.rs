//! What a `User-Agent` says in two words. Pure; names of products are the same in every language.

use texts::Texts;

/// «Chrome на Windows».
pub fn device_text(t: Texts, user_agent: &str) -> String {
    match device(user_agent) {
        (Some(browser), Some(system)) => t.settings_session_device(browser, system),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t.settings_session_unknown(),
    }
}

/// Browser and system, as far as they can be told.
pub fn device(user_agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    (browser(user_agent), system(user_agent))
}

/// The special ones come first: nearly all say «Chrome» and «Safari» too.
fn browser(user_agent: &str) -> Option<&'static str> {
    let signs = [
        ("YaBrowser/", "Yandex Browser"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Vivaldi/", "Vivaldi"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    first(user_agent, &signs)
}

fn system(user_agent: &str) -> Option<&'static str> {
    let signs = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ];
    first(user_agent, &signs)
}

fn first(text: &str, signs: &[(&str, &'static str)]) -> Option<&'static str> {
    signs.iter().find(|(sign, _)| text.contains(sign)).map(|(_, name)| *name)
}

/// Whether it fits into a pocket.
pub fn is_phone(system: Option<&str>) -> bool {
    matches!(system, Some("iPhone" | "Android"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_browsers_are_told_apart() {
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
                "Chrome",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/128.0 YaBrowser/24.10.0 Safari/537.36",
                "Yandex Browser",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0",
                "Edge",
                "Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
                "Safari",
                "macOS",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox", "Linux"),
            (
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
                "Chrome",
                "Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/130.0 Mobile/15E148 Safari/604.1",
                "Chrome",
                "iPhone",
            ),
        ];
        for (user_agent, browser, system) in cases {
            assert_eq!(device(user_agent), (Some(browser), Some(system)), "{user_agent}");
        }
        assert_eq!(device(""), (None, None));
    }
}
