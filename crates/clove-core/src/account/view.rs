//! Who is signed in, as a window shows it. No secret is in any of these types.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// All that a window shows of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountView {
    /// Who is signed in, or how far a sign-in is.
    pub status: AccountStatus,
    /// What the last thing that was tried came to, in words; gone with the next try.
    pub problem: Option<String>,
    /// How many todos were made on this device before the sign-in, and wait for the word whether
    /// they move into the account; `null` where there is nothing to ask.
    pub todos_to_move: Option<usize>,
    /// Which Clerk and which Convex.
    pub connection: ConnectionView,
}

/// Who is signed in, or how far a sign-in is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
pub enum AccountStatus {
    /// Nobody: the todos are on this device alone.
    SignedOut,
    /// Somebody was signed in when Clove last ran, and the keyring has yet to hand the session over.
    Restoring {
        /// Whose todos are shown.
        profile: Profile,
        /// Whether the keyring waits for the person to unlock it.
        locked: bool,
    },
    /// A sign-in is under way. The todos on the screen are those of before.
    SigningIn {
        /// To an account that exists, or to a new one.
        mode: SignInMode,
        /// How far it is.
        stage: SignInStage,
    },
    /// Somebody.
    SignedIn {
        /// Who.
        profile: Profile,
        /// Where the session is kept.
        persistence: Persistence,
    },
    /// Somebody whose session ended: the todos are there, and can be edited.
    SessionLost {
        /// Whose todos are shown.
        profile: Profile,
        /// Why, and what to do.
        message: String,
    },
}

/// To an account that exists, or to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SignInMode {
    /// To one that exists.
    SignIn,
    /// To a new one.
    SignUp,
}

impl SignInMode {
    /// The name that Clerk gives it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SignUp => "sign-up",
        }
    }
}

/// How far a sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SignInStage {
    /// Clerk is asked for the page.
    Starting,
    /// The person is in the browser.
    InBrowser,
    /// The browser is back, and the session is fetched.
    Finishing,
}

/// What is known of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Profile {
    /// What they are called; their address where they gave no name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// "user" or "admin"; `null` until the backend has said so.
    pub role: Option<String>,
    /// When they joined, in milliseconds since the epoch.
    #[ts(type = "number | null")]
    pub joined: Option<i64>,
    /// Whether they have a picture.
    pub has_picture: bool,
}

/// Where a session is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "state")]
#[ts(export)]
pub enum Persistence {
    /// In the system's keyring.
    Keyring,
    /// In the keyring as soon as the person unlocks it.
    Waiting,
    /// In memory: it ends with Clove.
    Memory {
        /// Why, and what to do.
        message: String,
    },
}

/// Which Clerk and which Convex Clove talks to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionView {
    /// Clerk's publishable key, which is no secret; empty where there is none.
    pub publishable_key: String,
    /// The address of the Convex deployment; empty where there is none.
    pub convex_url: String,
    /// Whether they were typed into the settings, and can be taken back there.
    pub own: bool,
    /// Whether one can sign in with them.
    pub usable: bool,
}

/// What is wrong with each part of a connection, in words; `null` where nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ConnectionCheck {
    /// Of the publishable key.
    pub publishable_key: Option<String>,
    /// Of the address of the Convex deployment.
    pub convex_url: Option<String>,
}

/// What becomes of edits that the server has not seen when somebody signs out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum SignOutChoice {
    /// They stay on this device, out of sight, until the same person signs in again.
    Keep,
    /// They are written to a file, and go.
    Export,
    /// They go.
    Discard,
}

/// What a sign-out did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SignedOut {
    /// The file that was written.
    pub exported_to: Option<String>,
}

/// What the doctor found out about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Finding {
    /// What was looked at, in a few words.
    pub subject: String,
    /// How it stands.
    pub outcome: Outcome,
    /// What was found, in plain words.
    pub finding: String,
    /// What to do, where something is to be done.
    pub cure: Option<String>,
}

/// How a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum Outcome {
    /// As it should.
    Good,
    /// It works, but something is worth knowing.
    Notice,
    /// It does not work.
    Bad,
    /// It could not be looked at, because something else is missing.
    Skipped,
}
