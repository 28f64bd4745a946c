//! What Clove needs of a Linux system, and what each family of distributions calls it.

use crate::os_release::Family;

/// What a need is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    /// To compile the app.
    Build,
    /// To have links and menus registered when the app runs.
    Run,
    /// To run it where there is no display.
    VirtualDisplay,
    /// To run the end-to-end tests.
    Test,
    /// To measure other todo apps beside Clove.
    Peers,
}

/// How to see, without a package manager, that a need is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Probe {
    Program(&'static str),
    PkgConfig(&'static str),
    PythonModule(&'static str),
    /// Nothing to ask: named in the command, never a reason to stop.
    None,
}

/// One thing, and its package in each family ("" where this table knows no name).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    pub(crate) purpose: For,
    pub(crate) probe: Probe,
    debian: &'static str,
    fedora: &'static str,
    arch: &'static str,
    suse: &'static str,
}

const fn need(purpose: For, probe: Probe, names: [&'static str; 4]) -> Need {
    let [debian, fedora, arch, suse] = names;
    Need { purpose, probe, debian, fedora, arch, suse }
}

#[rustfmt::skip]
const NEEDS: &[Need] = &{
    use For::{Build, Peers, Run, Test, VirtualDisplay};
    use Probe::{None, PkgConfig, Program, PythonModule};
    [
        //                                             Debian, Ubuntu           Fedora                      Arch                     openSUSE
        need(Build, Program("cc"),                    ["build-essential",       "gcc",                      "base-devel",            "gcc"]),
        need(Build, Program("pkg-config"),            ["pkg-config",            "pkgconf-pkg-config",       "pkgconf",               "pkgconf-pkg-config"]),
        need(Build, PkgConfig("webkit2gtk-4.1"),      ["libwebkit2gtk-4.1-dev", "webkit2gtk4.1-devel",      "webkit2gtk-4.1",        "webkit2gtk3-devel"]),
        need(Build, PkgConfig("dbus-1"),              ["libdbus-1-dev",         "dbus-devel",               "dbus",                  "dbus-1-devel"]),
        need(Run, Program("xdg-mime"),                ["xdg-utils",             "xdg-utils",                "xdg-utils",             "xdg-utils"]),
        need(Run, Program("update-desktop-database"), ["desktop-file-utils",    "desktop-file-utils",       "desktop-file-utils",    "desktop-file-utils"]),
        need(VirtualDisplay, Program("Xvfb"),         ["xvfb",                  "xorg-x11-server-Xvfb",     "xorg-server-xvfb",      "xorg-x11-server-Xvfb"]),
        need(VirtualDisplay, Program("dbus-daemon"),  ["dbus",                  "dbus-daemon",              "dbus",                  "dbus-1"]),
        need(VirtualDisplay, Program("openbox"),      ["openbox",               "openbox",                  "openbox",               "openbox"]),
        need(VirtualDisplay, Program("import"),       ["imagemagick",           "ImageMagick",              "imagemagick",           "ImageMagick"]),
        need(VirtualDisplay, None,                    ["fonts-noto-core",       "google-noto-sans-fonts",   "noto-fonts",            "google-noto-sans-fonts"]),
        need(Test, None,                              ["fonts-noto-cjk",        "google-noto-sans-cjk-fonts", "noto-fonts-cjk",      "google-noto-sans-cjk-fonts"]),
        need(Test, None,                              ["fonts-noto-color-emoji", "google-noto-color-emoji-fonts", "noto-fonts-emoji", "google-noto-coloremoji-fonts"]),
        need(Test, Program("xauth"),                  ["xauth",                 "xorg-x11-xauth",           "xorg-xauth",            "xauth"]),
        need(Test, Program("dbus-launch"),            ["dbus-x11",              "dbus-x11",                 "dbus",                  "dbus-1-x11"]),
        need(Test, Program("gnome-keyring-daemon"),   ["gnome-keyring",         "gnome-keyring",            "gnome-keyring",         "gnome-keyring"]),
        need(Test, Program("WebKitWebDriver"),        ["webkit2gtk-driver",     "",                         "",                      ""]),
        need(Test, None,                              ["at-spi2-core",          "at-spi2-core",             "at-spi2-core",          "at-spi2-core"]),
        need(Test, Program("xdotool"),                ["xdotool",               "xdotool",                  "xdotool",               "xdotool"]),
        need(Test, Program("xwininfo"),               ["x11-utils",             "xwininfo",                 "xorg-xwininfo",         "xwininfo"]),
        need(Test, Program("xprop"),                  ["x11-utils",             "xprop",                    "xorg-xprop",            "xprop"]),
        need(Test, Program("chromium"),               ["chromium",              "chromium",                 "chromium",              "chromium"]),
        need(Test, Program("chromedriver"),           ["chromium-driver",       "chromedriver",             "chromium",              "chromedriver"]),
        need(Test, Program("bwrap"),                  ["bubblewrap",            "bubblewrap",               "bubblewrap",            "bubblewrap"]),
        need(Test, Program("dpkg-deb"),               ["dpkg",                  "dpkg",                     "dpkg",                  "dpkg"]),
        need(Test, PythonModule("dbus"),              ["python3-dbus",          "python3-dbus",             "python-dbus",           "python3-dbus-python"]),
        need(Test, PythonModule("gi"),                ["python3-gi",            "python3-gobject",          "python-gobject",        "python3-gobject"]),
        need(Test, Program("gdbus"),                  ["libglib2.0-bin",        "glib2",                    "glib2",                 "glib2-tools"]),
        need(Peers, Program("endeavour"),             ["endeavour",             "endeavour",                "endeavour",             "endeavour"]),
        need(Peers, Program("gtg"),                   ["gtg",                   "gtg",                      "gtg",                   "gtg"]),
        need(Peers, Program("zanshin"),               ["zanshin",               "zanshin",                  "zanshin",               "zanshin"]),
        need(Peers, Program("akonadictl"),            ["akonadi-server",        "kf5-akonadi-server",       "akonadi",               "akonadi"]),
        need(Peers, None,                             ["akonadi-backend-sqlite", "kf5-akonadi-server",      "akonadi",               "akonadi"]),
    ]
};

/// All needs for these purposes, in the table's order.
pub(crate) fn needs(purposes: &[For]) -> Vec<Need> {
    NEEDS.iter().filter(|need| purposes.contains(&need.purpose)).copied().collect()
}

/// The packages that meet `needs`, each once, and what has no known name in this family.
pub(crate) fn names(family: Family, needs: &[Need]) -> (Vec<&'static str>, Vec<Probe>) {
    let (mut named, mut unnamed) = (Vec::new(), Vec::new());
    for need in needs {
        let name = match family {
            Family::Debian => need.debian,
            Family::Fedora => need.fedora,
            Family::Arch => need.arch,
            Family::Suse => need.suse,
            Family::Other => "",
        };
        if name.is_empty() {
            unnamed.push(need.probe);
        } else if !named.contains(&name) {
            named.push(name);
        }
    }
    (named, unnamed)
}

/// The command that installs packages, without its names; nothing for an unknown family.
pub(crate) fn install_command(family: Family) -> Option<&'static str> {
    match family {
        Family::Debian => Some("apt-get install -y --no-install-recommends"),
        Family::Fedora => Some("dnf install"),
        Family::Arch => Some("pacman -S --needed"),
        Family::Suse => Some("zypper install"),
        Family::Other => None,
    }
}

/// The packages of `wanted` that dpkg does not call installed, given the output of
/// `dpkg-query -W -f='${Package} ${Status}\n'`, which leaves out those it never heard of.
pub(crate) fn not_installed<'a>(wanted: &[&'a str], dpkg_query: &str) -> Vec<&'a str> {
    let installed = |package: &str| {
        dpkg_query.lines().any(|line| line == format!("{package} install ok installed"))
    };
    wanted.iter().copied().filter(|package| !installed(package)).collect()
}

/// The packages of `wanted` that this release cannot install, given `apt-cache policy`'s output.
pub(crate) fn without_candidate<'a>(wanted: &[&'a str], apt_cache_policy: &str) -> Vec<&'a str> {
    let mut available = Vec::new();
    let mut package = "";
    for line in apt_cache_policy.lines() {
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            package = name;
        }
        if line.trim().strip_prefix("Candidate: ").is_some_and(|version| version != "(none)") {
            available.push(package);
        }
    }
    wanted.iter().copied().filter(|package| !available.contains(package)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &[For] = &[For::Build, For::Run, For::VirtualDisplay, For::Test, For::Peers];

    #[test]
    fn every_need_has_a_debian_package() {
        let (_, unnamed) = names(Family::Debian, &needs(ALL));
        assert_eq!(unnamed, []);
    }

    #[test]
    fn a_package_that_meets_two_needs_is_named_once() {
        let (named, _) = names(Family::Debian, &needs(&[For::Test]));
        assert_eq!(named.iter().filter(|name| **name == "x11-utils").count(), 1);
    }

    #[test]
    fn a_build_asks_for_no_test_package() {
        let (named, _) = names(Family::Debian, &needs(&[For::Build]));
        assert!(named.contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!named.contains(&"xvfb"));
    }

    #[test]
    fn what_has_no_name_is_listed_by_what_it_provides() {
        let (named, unnamed) = names(Family::Fedora, &needs(&[For::Test]));
        assert!(named.contains(&"xdotool"));
        assert_eq!(unnamed, [Probe::Program("WebKitWebDriver")]);
        assert_eq!(names(Family::Other, &needs(ALL)).0, [""; 0]);
    }

    #[test]
    fn only_ok_installed_counts() {
        let output = "xvfb install ok installed\nxauth deinstall ok config-files\n";
        assert_eq!(not_installed(&["xvfb", "xauth", "xdotool"], output), ["xauth", "xdotool"]);
    }

    #[test]
    fn a_package_of_another_release_has_no_candidate() {
        let policy = "xvfb:\n  Installed: (none)\n  Candidate: 2:21.1.7-3\n  Version table:\n     \
                      2:21.1.7-3 500\nold-name:\n  Installed: (none)\n  Candidate: (none)\n";
        assert_eq!(
            without_candidate(&["xvfb", "old-name", "unheard-of"], policy),
            ["old-name", "unheard-of"]
        );
    }
}
