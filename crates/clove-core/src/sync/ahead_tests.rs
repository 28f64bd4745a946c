use std::future::ready;

use tokio::sync::oneshot;

use super::*;

fn page(cursor: i64) -> Page {
    Page { rows: Vec::new(), cursor, more: true }
}

#[tokio::test]
async fn a_page_is_given_once_to_whoever_asks_for_the_very_same() {
    let ahead = Ahead::default();
    ahead.begin(7, 500, ready(Ok(page(1_000))));
    assert_eq!(ahead.take(7, 500).await, Some(page(1_000)));
    assert_eq!(ahead.take(7, 500).await, None, "it may be out of date by now");
}

#[tokio::test]
async fn a_page_of_another_life_or_another_place_is_given_to_nobody() {
    for (epoch, since) in [(8, 500), (7, 0), (7, 501), (8, 0)] {
        let ahead = Ahead::default();
        ahead.begin(7, 500, ready(Ok(page(1_000))));
        assert_eq!(ahead.take(epoch, since).await, None, "epoch {epoch}, since {since}");
        assert_eq!(ahead.take(7, 500).await, None, "and nothing is kept of it");
    }
}

#[tokio::test]
async fn an_error_is_no_answer_to_what_nobody_had_asked() {
    let ahead = Ahead::default();
    ahead.begin(7, 500, ready(Err(RemoteError::Auth)));
    assert_eq!(ahead.take(7, 500).await, None);
}

#[tokio::test]
async fn a_pull_that_is_given_up_ends() {
    let ends: [fn(&Ahead); 2] =
        [Ahead::give_up, |ahead| ahead.begin(7, 1_000, ready(Ok(page(1_500))))];
    for end in ends {
        let (held, ended) = oneshot::channel::<()>();
        let ahead = Ahead::default();
        ahead.begin(7, 500, async move {
            let _held = held;
            std::future::pending().await
        });
        end(&ahead);
        assert!(ended.await.is_err(), "what it held is gone");
        assert_eq!(ahead.take(7, 500).await, None);
    }
}
