//! The one live subscription: where the server stands, as a hint to pull. It is never data.
//!
//! This is the one file that knows Convex's own client. That client hides a refused token and a peer
//! that never answers, so it is thrown away and made anew: at each new token, and whenever it is quiet
//! for too long. The engine's slow poll covers its silence.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use convex::{ConvexClient, FunctionResult, Value};
use futures_util::StreamExt;
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use super::remote::Head;
use crate::account::{
    Account,
    tokens::{ConvexToken, Freshness},
};

/// How long it may take to connect and to hear where the server stands.
const CONNECTING: Duration = Duration::from_secs(20);
/// How long to wait after the first failure in a row, the second and so on, in seconds.
const PAUSES: [u64; 6] = [1, 2, 5, 10, 30, 60];

/// Hears where the server stands for as long as it is awaited.
pub(super) async fn follow(account: Arc<Account>, hints: watch::Sender<Option<Head>>) {
    let mut failures = 0;
    loop {
        let mut heard = false;
        match listen(&account, &hints, &mut heard).await {
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
    hints: &watch::Sender<Option<Head>>,
    heard: &mut bool,
) -> Result<(), &'static str> {
    let (services, token) =
        account.convex(Freshness::Cached).await.map_err(|_| "there is no token")?;
    let url = services.connection.convex_url.origin();
    let life = life_of(&token, account.device_now().get());
    timeout(life, subscribe(&url, &token, hints, heard)).await.unwrap_or(Ok(()))
}

async fn subscribe(
    url: &str,
    token: &ConvexToken,
    hints: &watch::Sender<Option<Head>>,
    heard: &mut bool,
) -> Result<(), &'static str> {
    crate::http::provide_cryptography();
    let mut client = ConvexClient::new(url).await.map_err(|_| "the address is none")?;
    client.set_auth(Some(token.jwt.reveal().to_owned())).await;
    let subscribing = client.subscribe("sync:head", BTreeMap::new());
    let mut heads = timeout(CONNECTING, subscribing)
        .await
        .map_err(|_| "it does not connect")?
        .map_err(|_| "it does not subscribe")?;
    let mut wait = Some(CONNECTING);
    loop {
        let next = heads.next();
        let next = match wait.take() {
            Some(bound) => timeout(bound, next).await.map_err(|_| "it hears nothing")?,
            None => next.await,
        };
        match next {
            Some(FunctionResult::Value(value)) => {
                let head = head_of(&value).ok_or("a head makes no sense")?;
                *heard = true;
                hints.send_if_modified(|known| known.replace(head) != Some(head));
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

/// Convex's numbers are floating point; whole ones up to 2^53 are exact in it.
fn head_of(value: &Value) -> Option<Head> {
    let Value::Object(fields) = value else { return None };
    let whole = |name: &str| match fields.get(name) {
        Some(Value::Float64(number)) if number.fract() == 0.0 && number.abs() < 9.1e15 => {
            Some(*number as i64)
        }
        _ => None,
    };
    Some(Head { epoch: whole("epoch")?, rev: whole("rev")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_two_whole_numbers() {
        let value = |epoch: f64, rev: Value| {
            Value::Object(BTreeMap::from([
                ("epoch".to_owned(), Value::from(epoch)),
                ("rev".to_owned(), rev),
            ]))
        };
        let head = Head { epoch: 7, rev: 12 };
        assert_eq!(head_of(&value(7.0, Value::from(12.0))), Some(head));
        let hostile = [
            value(7.5, Value::from(12.0)),
            value(f64::NAN, Value::from(12.0)),
            value(1e300, Value::from(12.0)),
            value(7.0, Value::Null),
            Value::from("head"),
        ];
        for value in hostile {
            assert_eq!(head_of(&value), None, "{value:?}");
        }
    }
}
