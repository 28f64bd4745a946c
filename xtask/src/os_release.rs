//! Which family of Linux distribution this is, from /etc/os-release.

use std::fs;

/// Distributions that share a package manager and, mostly, package names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Debian,
    Fedora,
    Arch,
    Suse,
    Other,
}

/// The family of the machine this runs on.
pub(crate) fn family() -> Family {
    let text = fs::read_to_string("/etc/os-release")
        .or_else(|_| fs::read_to_string("/usr/lib/os-release"))
        .unwrap_or_default();
    parse(&text)
}

/// `ID` decides, then each word of `ID_LIKE` in its order.
fn parse(os_release: &str) -> Family {
    let words = value(os_release, "ID")
        .into_iter()
        .chain(value(os_release, "ID_LIKE").into_iter().flat_map(|like| like.split_whitespace()));
    words
        .filter_map(|word| match word {
            "debian" | "ubuntu" | "linuxmint" | "pop" | "raspbian" => Some(Family::Debian),
            "fedora" | "rhel" | "centos" => Some(Family::Fedora),
            "arch" | "archlinux" | "manjaro" => Some(Family::Arch),
            "suse" | "opensuse" | "opensuse-leap" | "opensuse-tumbleweed" => Some(Family::Suse),
            _ => None,
        })
        .next()
        .unwrap_or(Family::Other)
}

fn value<'a>(os_release: &'a str, key: &str) -> Option<&'a str> {
    os_release
        .lines()
        .filter_map(|line| line.trim().split_once('='))
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value.trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_distribution_finds_its_family() {
        let cases = [
            ("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n", Family::Debian),
            ("NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n", Family::Debian),
            ("ID=zorin\nID_LIKE=\"ubuntu debian\"\n", Family::Debian),
            ("ID=fedora\n", Family::Fedora),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Family::Fedora),
            ("ID=endeavouros\nID_LIKE=arch\n", Family::Arch),
            ("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", Family::Suse),
            ("ID=nixos\n", Family::Other),
            ("", Family::Other),
        ];
        for (text, family) in cases {
            assert_eq!(parse(text), family, "{text}");
        }
    }

    #[test]
    fn version_id_is_not_taken_for_the_id() {
        assert_eq!(parse("VERSION_ID=\"fedora\"\nID=debian\n"), Family::Debian);
    }
}
