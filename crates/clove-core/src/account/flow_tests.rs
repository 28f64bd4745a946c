use std::sync::Arc;

use super::{
    super::{
        MemoryVault, Outside, Vault,
        connection::check,
        scripted::{Scripted, SetClock, answer},
        view::AccountStatus,
    },
    *,
};
use crate::{
    environment::Environment,
    http::{HttpError, Response},
    random::SystemRandom,
};

const KEY: &str = "pk_test_Y2xlcmsuZXhhbXBsZS5jb20k";
const ATTEMPT: &str = "attempt clerk.example.com";

struct Scene {
    http: Arc<Scripted>,
    vault: Arc<MemoryVault>,
    account: Account,
}

fn scene(answers: Vec<Result<Response, HttpError>>) -> Scene {
    let (http, vault) = (Scripted::new(answers), Arc::new(MemoryVault::default()));
    let clock = SetClock::new(1_700_000_000_000);
    let environment = Environment { clock, random: Arc::new(SystemRandom) };
    let outside = Outside { http: http.clone(), vault: vault.clone() };
    let connection = check(KEY, "https://happy-otter-123.convex.cloud").connection();
    let account = Account::new(environment, outside, connection, None);
    Scene { http, vault, account }
}

impl Scene {
    /// The attempt that the keyring has, after all that it was asked before.
    async fn kept(&self) -> Option<Attempt> {
        let settled = self.account.keeper.read(ATTEMPT).await.expect("a keyring that works");
        assert_eq!(self.vault.read(ATTEMPT).expect("a keyring that works"), settled);
        Attempt::from_json(&settled?)
    }

    /// The states that Clerk was told, in order.
    fn states(&self) -> Vec<String> {
        let state = |body: String| body.split("state=").nth(1).map(str::to_owned);
        self.http.asked().into_iter().filter_map(|(_, _, body)| state(body)).collect()
    }

    fn status(&self) -> AccountStatus {
        self.account.view().status
    }
}

fn page(number: u32) -> Result<Response, HttpError> {
    let page = format!("https://accounts.example.com/{number}");
    let body = format!(r#"{{"response":{{"object":"hosted_auth","url":"{page}"}}}}"#);
    answer(200, &[("authorization", "the next token")], body)
}

#[tokio::test]
async fn of_two_attempts_at_once_the_second_counts_here_and_in_the_keyring() {
    let scene = scene(vec![page(1), page(2)]);
    let begin = || scene.account.begin(SignInMode::SignIn);
    let (first, second) = tokio::join!(begin(), begin());
    assert!(matches!(first, Err(AccountError::Superseded)), "{first:?}");
    assert_eq!(second.expect("a page").path(), "/2");
    let kept = scene.kept().await.expect("an attempt");
    assert_eq!(scene.states()[1], kept.state.reveal(), "it is the second's");
}

#[tokio::test]
async fn an_attempt_that_is_cancelled_before_its_page_is_there_leaves_nothing_behind() {
    let scene = scene(vec![page(1)]);
    let cancel = async { scene.account.cancel() };
    let (begun, ()) = tokio::join!(scene.account.begin(SignInMode::SignIn), cancel);
    assert!(matches!(begun, Err(AccountError::Superseded)), "no browser opens: {begun:?}");
    assert_eq!((scene.status(), scene.kept().await), (AccountStatus::SignedOut, None));
}

#[tokio::test]
async fn an_attempt_that_fails_voids_the_one_before_in_the_keyring_too() {
    let scene = scene(vec![page(1), Err(HttpError::Offline)]);
    scene.account.begin(SignInMode::SignIn).await.expect("a page");
    assert!(scene.kept().await.is_some());
    scene.account.begin(SignInMode::SignIn).await.expect_err("no network");
    assert_eq!((scene.status(), scene.kept().await), (AccountStatus::SignedOut, None));
}

#[tokio::test(start_paused = true)]
async fn an_attempt_whose_browser_does_not_come_back_is_given_up() {
    let scene = scene(vec![page(1), page(2)]);
    scene.account.begin(SignInMode::SignIn).await.expect("a page");
    let begun = tokio::time::Instant::now();
    scene.account.give_up_in_time().await;
    assert_eq!(begun.elapsed(), Duration::from_secs(600), "ten minutes");
    let told = "This sign-in took longer than ten minutes and has ended. Choose Sign in again.";
    assert_eq!(scene.account.view().problem.as_deref(), Some(told));
    assert_eq!((scene.status(), scene.kept().await), (AccountStatus::SignedOut, None));

    scene.account.begin(SignInMode::SignIn).await.expect("a page");
    let waiting = scene.account.give_up_in_time();
    let renew = async {
        tokio::time::sleep(Duration::from_secs(300)).await;
        scene.http.add(page(3));
        scene.account.begin(SignInMode::SignUp).await.expect("a page");
    };
    tokio::join!(waiting, renew);
    assert!(matches!(scene.status(), AccountStatus::SigningIn { .. }), "another has its own time");
    assert!(scene.kept().await.is_some());
}
