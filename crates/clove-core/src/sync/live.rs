//! The one live subscription: the newest rows, as soon as there are new ones.
//!
//! This is the one file that knows Convex's own client. That client hides a refused token and a peer
//! that never answers, so it is thrown away and made anew: at each new token, and whenever it is quiet
//! for too long. The engine's slow poll covers its silence.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use convex::{ConvexClient, FunctionResult};
use futures_util::StreamExt;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::wire::{Tail, parse_tail};
use crate::account::{
    Account,
    tokens::{ConvexToken, Freshness},
};

/// How long it may take to connect and to hear the first rows.
const CONNECTING: Duration = Duration::from_secs(20);
/// How long to wait after the first failure in a row, the second and so on, in seconds.
const PAUSES: [u64; 6] = [1, 2, 5, 10, 30, 60];

/// Hears the newest rows for as long as it is awaited.
pub(super) async fn follow(account: Arc<Account>, tails: watch::Sender<Option<Tail>>) {
    let mut failures = 0;
    loop {
        let mut heard = false;
        match listen(&account, &tails, &mut heard).await {
            // Its token is to be replaced: the next one listens at once.
            Ok(()) => failures = 0,
            Err(reason) => {
                tracing::debug!(reason, "the live subscription ended");
                failures = if heard { 0 } else { failures };
                sleep(Duration::from_secs(PAUSES[failures.min(PAUSES.len() - 1)])).await;
                failures += 1;
            }
        }
    }
}

/// One life of the client: until its token is to be replaced, or it fails.
async fn listen(
    account: &Account,
    tails: &watch::Sender<Option<Tail>>,
    heard: &mut bool,
) -> Result<(), &'static str> {
    let (services, token) =
        account.convex(Freshness::Cached).await.map_err(|_| "there is no token")?;
    let url = services.connection.convex_url.origin();
    let life = life_of(&token, account.device_now().get());
    timeout(life, subscribe(&url, &token, tails, heard)).await.unwrap_or(Ok(()))
}

async fn subscribe(
    url: &str,
    token: &ConvexToken,
    tails: &watch::Sender<Option<Tail>>,
    heard: &mut bool,
) -> Result<(), &'static str> {
    crate::http::provide_cryptography();
    let mut client = ConvexClient::new(url).await.map_err(|_| "the address is none")?;
    client.set_auth(Some(token.jwt.reveal().to_owned())).await;
    let subscribing = client.subscribe("sync:tail", BTreeMap::new());
    let mut told = timeout(CONNECTING, subscribing)
        .await
        .map_err(|_| "it does not connect")?
        .map_err(|_| "it does not subscribe")?;
    let mut wait = Some(CONNECTING);
    loop {
        let next = told.next();
        let next = match wait.take() {
            Some(bound) => timeout(bound, next).await.map_err(|_| "it hears nothing")?,
            None => next.await,
        };
        match next {
            Some(FunctionResult::Value(value)) => {
                let tail = parse_tail(&value.into()).map_err(|_| "a tail makes no sense")?;
                *heard = true;
                tails.send_if_modified(|known| known.replace(tail.clone()) != Some(tail));
            }
            // The user is not known before the first hello, and the answer changes then.
            Some(FunctionResult::ConvexError(_)) => {}
            Some(FunctionResult::ErrorMessage(_)) => return Err("the function failed"),
            None => return Err("the server hung up"),
        }
    }
}

/// How long a client with this token may live.
fn life_of(token: &ConvexToken, now: i64) -> Duration {
    let left = token.refresh_at.get().saturating_sub(now);
    Duration::from_millis(u64::try_from(left).unwrap_or(0)).max(Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use convex::Value;

    use super::*;

    #[test]
    fn a_tail_is_read_as_convex_writes_it() {
        let told = |rev: Value| {
            let rows = ("rows".to_owned(), Value::Array(Vec::new()));
            let numbers = [("epoch", Value::from(7.0)), ("since", Value::from(12.0)), ("rev", rev)];
            let numbers = numbers.map(|(name, number)| (name.to_owned(), number));
            parse_tail(&Value::Object(numbers.into_iter().chain([rows]).collect()).into())
        };
        let tail = told(Value::from(12.0)).expect("its numbers are whole");
        assert_eq!((tail.epoch, tail.since, tail.page.cursor), (7, 12, 12), "floating as they are");
        for rev in [Value::from(12.5), Value::from(f64::NAN), Value::from(12), Value::Null] {
            assert!(told(rev.clone()).is_err(), "{rev:?} is no rev");
        }
    }
}
