//! The server over Convex's HTTP API, in the name of whoever is signed in.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::{sync::watch, task::JoinHandle};

use super::{
    ahead::Ahead,
    live,
    remote::{Remote, RemoteError, Reply},
    wire::{PULL_ROWS, Page, Tail, parse_hello, parse_page, parse_pushed, push_row},
};
use crate::{
    account::{
        Account, AccountError,
        convex_api::ConvexApiError,
        frontend_error::FrontendError,
        tokens::{Freshness, MintError},
    },
    http::HttpError,
    todo::Todo,
    words::Reason,
};

/// `convex/sync.ts`, called by the account's connection.
pub(crate) struct Server {
    account: Arc<Account>,
    heard: watch::Sender<Option<Tail>>,
    /// Ends with this.
    following: Mutex<Option<JoinHandle<()>>>,
    ahead: Ahead,
}

impl Server {
    pub(crate) fn new(account: Arc<Account>) -> Self {
        let (heard, following, ahead) = Default::default();
        Self { account, heard, following, ahead }
    }

    async fn mutate(&self, function: &str, args: Value) -> Result<Value, RemoteError> {
        self.ahead.give_up();
        let (convex, token) = self.account.convex(Freshness::Cached).await.map_err(meaning)?;
        Ok(convex.convex.mutation(function, args, &token.jwt).await?)
    }
}

impl Remote for Server {
    fn hello(&self) -> Reply<'_, super::wire::Hello> {
        Box::pin(async {
            let answer = self.mutate("sync:hello", json!({})).await?;
            Ok(parse_hello(&answer)?)
        })
    }

    fn push<'a>(&'a self, todos: &'a [Todo]) -> Reply<'a, super::wire::Pushed> {
        Box::pin(async {
            let rows: Vec<Value> = todos.iter().map(push_row).collect();
            let answer = self.mutate("sync:push", json!({ "rows": rows })).await?;
            Ok(parse_pushed(&answer, todos)?)
        })
    }

    fn pull(&self, epoch: i64, since: i64) -> Reply<'_, Page> {
        Box::pin(async move {
            let page = match self.ahead.take(epoch, since).await {
                Some(page) => page,
                None => pull(self.account.clone(), epoch, since).await?,
            };
            if page.more {
                let next = pull(self.account.clone(), epoch, page.cursor);
                self.ahead.begin(epoch, page.cursor, next);
            }
            Ok(page)
        })
    }

    fn renew(&self) -> Reply<'_, ()> {
        Box::pin(async { self.account.token(Freshness::Forced).await.map(drop).map_err(meaning) })
    }

    fn listen(&self, wanted: bool) {
        self.ahead.give_up();
        let follow = || tokio::spawn(live::follow(self.account.clone(), self.heard.clone()));
        let mut following = self.following.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(before) = std::mem::replace(&mut *following, wanted.then(follow)) {
            before.abort();
        }
    }

    fn tails(&self) -> watch::Receiver<Option<Tail>> {
        self.heard.subscribe()
    }
}

async fn pull(account: Arc<Account>, epoch: i64, since: i64) -> Result<Page, RemoteError> {
    let (convex, token) = account.convex(Freshness::Cached).await.map_err(meaning)?;
    let args = json!({ "epoch": epoch, "since": since, "limit": PULL_ROWS });
    let answer: Value = convex.convex.query("sync:pull", args, &token.jwt).await?;
    Ok(parse_page(&answer, since)?)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.listen(false);
    }
}

impl From<ConvexApiError> for RemoteError {
    fn from(error: ConvexApiError) -> Self {
        let reason = match &error {
            ConvexApiError::Http(error) => unanswered(error),
            ConvexApiError::Unavailable => Reason::say("sync-trouble"),
            error => Reason::of(error),
        };
        match error {
            ConvexApiError::Unauthorized => Self::Auth,
            ConvexApiError::Refused { code, .. } if code == "unauthenticated" => Self::Auth,
            ConvexApiError::Refused { code, message } => Self::Permanent { code, message },
            ConvexApiError::RateLimited { retry_after_seconds } => {
                let retry_after = Some(Duration::from_secs(retry_after_seconds));
                Self::Transient { reason, retry_after }
            }
            _ => Self::Transient { reason, retry_after: None },
        }
    }
}

/// Why there is no token: because nobody is signed in any more, or because Clerk can't be asked now.
fn meaning(error: AccountError) -> RemoteError {
    let reason = match &error {
        AccountError::Token(MintError::Frontend(FrontendError::Http(error))) => unanswered(error),
        AccountError::Token(MintError::Frontend(FrontendError::Unavailable)) => {
            Reason::say("sync-trouble")
        }
        error => Reason::of(error),
    };
    let retry_after = match &error {
        AccountError::SignedOut
        | AccountError::NotConnected
        | AccountError::Token(
            MintError::NoTemplate
            | MintError::Token(_)
            | MintError::Frontend(FrontendError::SignedOut | FrontendError::SessionGone { .. }),
        ) => return RemoteError::Auth,
        AccountError::Token(MintError::Frontend(FrontendError::RateLimited {
            retry_after_seconds,
        })) => Some(Duration::from_secs(*retry_after_seconds)),
        _ => None,
    };
    RemoteError::Transient { reason, retry_after }
}

/// Why there is no answer. Elsewhere the person is asked to try again; sync does that by itself.
fn unanswered(error: &HttpError) -> Reason {
    match error {
        HttpError::Offline => Reason::say("sync-unreachable"),
        HttpError::Timeout => Reason::say("sync-no-answer"),
        error => Reason::of(error),
    }
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
