//! Installs, or names, what this machine lacks. Says nothing when nothing is missing.

use crate::cmd::{Cmd, Result, fail};
use crate::os_release::{Family, family};
use crate::packages::{
    For, Need, Probe, install_command, names, needs, not_installed, without_candidate,
};
use std::io::IsTerminal;

/// Makes sure that the system has what `purposes` need.
pub(crate) fn system(purposes: &[For]) -> Result<()> {
    match std::env::consts::OS {
        "linux" => match family() {
            Family::Debian => debian(purposes),
            other => other_linux(other, purposes),
        },
        "macos" => macos(),
        "windows" => windows(),
        _ => Ok(()),
    }
}

fn debian(purposes: &[For]) -> Result<()> {
    let (wanted, _) = names(Family::Debian, &needs(purposes));
    let missing = missing_debian_packages(&wanted)?;
    if missing.is_empty() {
        return Ok(());
    }
    println!("Missing packages: {}", missing.join(" "));
    let become_root = become_root(&missing)?;
    apt_get(become_root, &["update"]).run()?;
    let policy = [&["policy"], missing.as_slice()].concat();
    let policy = Cmd::new("apt-cache", &policy).env("LC_ALL", "C").read()?;
    let unknown = without_candidate(&missing, &policy);
    if !unknown.is_empty() {
        return fail(format!(
            "This release of the system offers no package named {}. Install what replaces it by \
             hand, then add the new name to xtask/src/packages.rs.",
            unknown.join(", ")
        ));
    }
    let install = ["install", "-y", "--no-install-recommends"];
    apt_get(become_root, &[&install, missing.as_slice()].concat()).run()?;
    match missing_debian_packages(&missing)?.as_slice() {
        [] => Ok(()),
        still => fail(format!("apt-get succeeded, but did not install {}.", still.join(", "))),
    }
}

fn missing_debian_packages<'a>(wanted: &[&'a str]) -> Result<Vec<&'a str>> {
    let query = [&["-W", "-f=${Package} ${Status}\\n"], wanted].concat();
    // Its exit status is 1 as soon as one package is unknown.
    let output = Cmd::new("dpkg-query", &query).read_whatever_status()?;
    Ok(not_installed(wanted, &output))
}

/// Whether `sudo` is needed, or an error with the command to type where it cannot be used.
fn become_root(missing: &[&str]) -> Result<bool> {
    if Cmd::new("id", &["-u"]).read()?.trim() == "0" {
        return Ok(false);
    }
    if Cmd::new("sudo", &["-n", "true"]).succeeds() {
        return Ok(true);
    }
    if Cmd::new("sudo", &["-V"]).succeeds() && std::io::stdin().is_terminal() {
        return Ok(true);
    }
    fail(format!(
        "Installing packages needs root, and sudo cannot be asked here. Run this, then try again:\n\
         \n    sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
        missing.join(" ")
    ))
}

fn apt_get(as_root: bool, arguments: &[&str]) -> Cmd {
    let command = [&["DEBIAN_FRONTEND=noninteractive", "apt-get"], arguments].concat();
    if as_root {
        Cmd::new("sudo", &[&["env"], command.as_slice()].concat())
    } else {
        Cmd::new("env", &command)
    }
}

/// Elsewhere the names are less certain, so a person runs the command.
fn other_linux(family: Family, purposes: &[For]) -> Result<()> {
    let wanted = needs(purposes);
    if wanted.iter().all(is_met) {
        return Ok(());
    }
    let lacking: Vec<Need> =
        wanted.into_iter().filter(|need| need.probe == Probe::None || !is_met(need)).collect();
    fail(instructions(family, &lacking))
}

fn instructions(family: Family, lacking: &[Need]) -> String {
    let (named, unnamed) = names(family, lacking);
    let mut text = "Some things that Clove needs are not installed.".to_owned();
    if let Some(install) = install_command(family) {
        text += " Run this, then try again (a name may differ in your release):\n";
        text += &format!("\n    sudo {install} {}\n", named.join(" "));
    }
    let unnamed: Vec<String> = unnamed.into_iter().filter_map(described).collect();
    if !unnamed.is_empty() {
        text += &format!("\nInstall the packages that provide {}.", unnamed.join(", "));
    }
    text
}

fn described(probe: Probe) -> Option<String> {
    match probe {
        Probe::Program(name) => Some(format!("the program {name}")),
        Probe::PkgConfig(name) => Some(format!("the development files of {name}")),
        Probe::PythonModule(name) => Some(format!("the Python 3 module {name}")),
        Probe::None => None,
    }
}

fn is_met(need: &Need) -> bool {
    match need.probe {
        Probe::Program(name) => on_path(name),
        Probe::PkgConfig(name) => Cmd::new("pkg-config", &["--exists", name]).succeeds(),
        Probe::PythonModule(name) => {
            Cmd::new("/usr/bin/python3", &["-c", &format!("import {name}")]).succeeds()
        }
        Probe::None => true,
    }
}

/// Whether a program of this name lies in a folder of PATH.
pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let suffix = std::env::consts::EXE_SUFFIX;
    std::env::split_paths(&path).any(|folder| folder.join(format!("{program}{suffix}")).is_file())
}

fn macos() -> Result<()> {
    if Cmd::new("xcode-select", &["-p"]).succeeds() {
        return Ok(());
    }
    Cmd::new("xcode-select", &["--install"]).run()?;
    fail(
        "Apple's command line tools are being installed in a window of their own. Try again when that is done.",
    )
}

/// Rust itself needs the MSVC build tools, so they are there; WebView2 comes with Windows 11.
fn windows() -> Result<()> {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let places = [r"HKLM\SOFTWARE\WOW6432Node", r"HKLM\SOFTWARE", r"HKCU\Software"];
    let found = |place: &&str| {
        Cmd::new("reg", &["query", &format!(r"{place}\{CLIENT}"), "/v", "pv"]).succeeds()
    };
    if !places.iter().any(found) {
        println!(
            "WebView2 was not found. If Clove's window stays away, install the Evergreen Runtime \
             from https://developer.microsoft.com/microsoft-edge/webview2"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_family_gets_the_command_to_type() {
        let text = instructions(Family::Arch, &needs(&[For::Build, For::Test]));
        assert!(
            text.contains("sudo pacman -S --needed base-devel pkgconf webkit2gtk-4.1"),
            "{text}"
        );
        assert!(text.contains("provide the program WebKitWebDriver."), "{text}");
    }

    #[test]
    fn an_unknown_family_gets_the_list() {
        let text = instructions(Family::Other, &needs(&[For::Build]));
        assert!(!text.contains("sudo"), "{text}");
        assert!(text.contains("the development files of webkit2gtk-4.1"), "{text}");
    }
}
