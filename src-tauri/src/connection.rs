//! Which Clerk and which Convex: those of the settings, else of the environment, else built in.

use clove_core::account::{Connection, connection, view::ConnectionView};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::settings::Settings;

/// The two texts, as somebody wrote them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(export)]
pub(crate) struct ConnectionText {
    /// Clerk's publishable key.
    pub publishable_key: String,
    /// The address of the Convex deployment.
    pub convex_url: String,
}

/// The connection to use, where there is one.
pub(crate) fn chosen(settings: &Settings) -> Option<Connection> {
    text(settings).parse()
}

/// What the settings show of it.
pub(crate) fn view(settings: &Settings) -> ConnectionView {
    let text = text(settings);
    ConnectionView {
        own: settings.connection.is_some(),
        usable: text.parse().is_some(),
        publishable_key: text.publishable_key,
        convex_url: text.convex_url,
    }
}

impl ConnectionText {
    /// The connection, where both texts are right.
    pub(crate) fn parse(&self) -> Option<Connection> {
        connection::check(&self.publishable_key, &self.convex_url).connection()
    }

    /// Whether nothing was typed.
    pub(crate) fn is_empty(&self) -> bool {
        self.publishable_key.is_empty() && self.convex_url.is_empty()
    }
}

fn text(settings: &Settings) -> ConnectionText {
    let variable = |name, built_in: Option<&str>| {
        let set = std::env::var(name).ok().filter(|value| !value.is_empty());
        set.or_else(|| built_in.map(str::to_owned)).unwrap_or_default()
    };
    settings.connection.clone().unwrap_or_else(|| ConnectionText {
        publishable_key: variable("CLERK_PUBLISHABLE_KEY", option_env!("CLERK_PUBLISHABLE_KEY")),
        convex_url: variable("CONVEX_URL", option_env!("CONVEX_URL")),
    })
}
