//! The Clerk and the Convex that a development build of Clove talks to.

use crate::children::{Guarded, command};
use crate::cmd::Result;
use crate::workspace::root;
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::Duration;

/// What Clove reads: Clerk's publishable key and the address of the Convex deployment.
const VARIABLES: [&str; 2] = ["CLERK_PUBLISHABLE_KEY", "CONVEX_URL"];
/// Where a local cloud that runs already is controlled (local-cloud/README.md).
const CONTROL: ([u8; 4], u16) = ([127, 0, 0, 1], 3213);
/// Both are the same in every run, since the local cloud's ports are: see its `publishableKey`.
const OF_RUNNING_CLOUD: [&str; 2] = ["pk_test_MTI3LjAuMC4xOjMyMTIk", "http://127.0.0.1:3210"];

/// Values for the variables, and the local cloud where it was started for them.
pub(crate) struct Backend {
    values: [String; 2],
    cloud: Option<Guarded>,
}

impl Backend {
    /// The one that the environment or `.env.local` names; otherwise the local cloud, which is started
    /// unless it runs. Call from the main thread, as [`Guarded::spawn`].
    pub(crate) fn choose() -> Result<Backend> {
        let file = std::fs::read_to_string(root().join(".env.local")).unwrap_or_default();
        let named =
            VARIABLES.map(|name| std::env::var(name).ok().or_else(|| value_in(&file, name)));
        if let [Some(key), Some(url)] = named {
            println!("\nClove talks to {url}, as the environment or .env.local says.\n");
            return Ok(Backend { values: [key, url], cloud: None });
        }
        if TcpStream::connect_timeout(&SocketAddr::from(CONTROL), Duration::from_secs(1)).is_ok() {
            println!("\nClove talks to the local cloud that runs already.\n");
            return Ok(Backend { values: OF_RUNNING_CLOUD.map(str::to_owned), cloud: None });
        }
        Self::start_cloud()
    }

    /// Gives the variables to a program.
    pub(crate) fn serve(&self, program: &mut Command) {
        program.envs(VARIABLES.into_iter().zip(&self.values));
    }

    /// Whether it ends when this value does.
    pub(crate) fn is_ours(&self) -> bool {
        self.cloud.is_some()
    }

    fn start_cloud() -> Result<Backend> {
        let arguments = ["--import", "tsx", "local-cloud/main.ts", "--while-stdin-is-open"];
        let mut node = command("node", &arguments);
        // However this process ends, its end of the pipe goes with it, and the cloud hears so.
        node.current_dir(root()).stdin(Stdio::piped());
        let is_last = |line: &str| value_in(line, VARIABLES[1]).is_some();
        let (cloud, said) = Guarded::spawn_and_hear_until(node, is_last)?;
        println!("\n{said}\n");
        let values = VARIABLES.map(|name| value_in(&said, name).unwrap_or_default());
        Ok(Backend { values, cloud: Some(cloud) })
    }
}

/// The value of a variable in lines of `NAME=value`, as a shell or a tool writes them.
fn value_in(lines: &str, name: &str) -> Option<String> {
    let value = lines.lines().find_map(|line| {
        let line = line.trim();
        line.strip_prefix("export ")
            .unwrap_or(line)
            .strip_prefix(name)?
            .trim_start()
            .strip_prefix('=')
    })?;
    // The tool of Convex writes remarks behind its values.
    let value = value.split(" #").next().unwrap_or_default().trim();
    let value = value.trim_matches(|quote| quote == '"' || quote == '\'');
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_tools_write_it() {
        let file = "# a remark\nCONVEX_DEPLOYMENT=dev:x # team: y\n\
                    CONVEX_URL=\"https://x.convex.cloud\"\nexport CLERK_PUBLISHABLE_KEY = pk_test_a\nEMPTY=\n";
        let value = |name| value_in(file, name);
        assert_eq!(value("CONVEX_URL").as_deref(), Some("https://x.convex.cloud"));
        assert_eq!(value("CLERK_PUBLISHABLE_KEY").as_deref(), Some("pk_test_a"));
        assert_eq!(value("CONVEX_DEPLOYMENT").as_deref(), Some("dev:x"));
        assert_eq!(value("EMPTY"), None, "an empty value is none");
        assert_eq!(value("CONVEX"), None, "a name is a whole name");
    }
}
