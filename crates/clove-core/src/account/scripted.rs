//! A network that answers as a test has written down, and remembers what it was asked.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use crate::{
    clock::{Clock, Millis},
    http::{Answering, Body, Http, HttpError, Request, Response},
};

#[derive(Default)]
pub(super) struct Scripted {
    answers: Mutex<VecDeque<Result<Response, HttpError>>>,
    asked: Mutex<Vec<Request>>,
}

impl Scripted {
    pub(super) fn new(answers: Vec<Result<Response, HttpError>>) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.into()), asked: Mutex::default() })
    }

    pub(super) fn add(&self, answer: Result<Response, HttpError>) {
        self.answers.lock().expect("not poisoned").push_back(answer);
    }

    /// Every request since the last call: the path, the token and the form or JSON.
    pub(super) fn asked(&self) -> Vec<(String, Option<String>, String)> {
        let asked = std::mem::take(&mut *self.asked.lock().expect("not poisoned"));
        let told = asked.into_iter().map(|Request { url, authorization, body }| {
            let body = match body {
                Body::Get => "GET".to_owned(),
                Body::Json(text) => text.reveal().to_owned(),
                Body::Form(fields) => {
                    let fields =
                        fields.iter().map(|(name, value)| [name, "=", value.reveal()].concat());
                    fields.collect::<Vec<_>>().join("&")
                }
            };
            let token = authorization.map(|token| token.reveal().to_owned());
            let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
            (format!("{}{query}", url.path()), token, body)
        });
        told.collect()
    }
}

impl Http for Scripted {
    fn send(&self, request: Request) -> Answering<'_> {
        self.asked.lock().expect("not poisoned").push(request);
        let answer = self.answers.lock().expect("not poisoned").pop_front();
        Box::pin(async move {
            // Others get their turn, as they would while a request is on its way.
            tokio::task::yield_now().await;
            answer.expect("the test has written an answer down")
        })
    }
}

/// An answer with a status, headers and a body.
pub(super) fn answer(
    status: u16,
    headers: &[(&str, &str)],
    body: impl Into<Vec<u8>>,
) -> Result<Response, HttpError> {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Ok(Response { status, headers: headers.collect(), body: body.into() })
}

/// A clock that stands still until it is set.
pub(super) struct SetClock(pub(super) AtomicI64);

impl SetClock {
    pub(super) fn new(now: i64) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now)))
    }

    pub(super) fn advance(&self, by: i64) {
        self.0.fetch_add(by, Ordering::Relaxed);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Millis {
        Millis::clamped(self.0.load(Ordering::Relaxed))
    }
}

pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(future)
}
