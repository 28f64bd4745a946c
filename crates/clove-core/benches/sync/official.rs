//! Convex's official npm client, in an account of its own (`local-cloud/tests/official-client.ts`).

use std::{io::Write, time::Duration};

use crate::{
    Result,
    cloud::{Cloud, Node},
};

pub(crate) struct Official(Node);

impl Official {
    pub(crate) fn start(cloud: &Cloud) -> Result<Self> {
        let program = "local-cloud/tests/official-client.ts";
        Ok(Self(Node::start(&[program, &cloud.convex, &cloud.clerk])?))
    }

    /// Has both clients connect, and the reader hear of all todos.
    pub(crate) fn connect(&mut self) -> Result<()> {
        self.ask("connect").map(drop)
    }

    pub(crate) fn disconnect(&mut self) -> Result<()> {
        self.ask("disconnect").map(drop)
    }

    /// How long it takes from a mutation of one client until the other's subscription shows it.
    pub(crate) fn change(&mut self, title: &str) -> Result<Duration> {
        Ok(Duration::from_secs_f64(self.ask(title)?.parse::<f64>()? / 1e3))
    }

    fn ask(&mut self, line: &str) -> Result<String> {
        let input = self.0.process.stdin.as_mut().ok_or("there is no pipe")?;
        writeln!(input, "{line}")?;
        self.0.hear()
    }
}
