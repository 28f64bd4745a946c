//! HTTP as an effect: [`Http`], and [`SystemHttp`], which talks to the network.
//!
//! This is the one file that knows the HTTP library.

use std::{
    collections::BTreeMap, error::Error, future::Future, net::IpAddr, pin::Pin, sync::LazyLock,
    time::Duration,
};

use url::{Host, Url};

use crate::{
    secret::Secret,
    words::{Language, Spoken, said_in_english},
};

/// Where Clove sends its requests.
pub trait Http: Send + Sync + 'static {
    /// Sends a request and waits for its answer, whatever the status. Redirects are answers too.
    fn send(&self, request: Request) -> Answering<'_>;
}

/// The answer to a request, on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Result<Response, HttpError>> + Send + 'a>>;

/// What is asked of a server.
#[derive(Clone)]
pub struct Request {
    /// Where to. `https`, or `http` on a loopback address.
    pub url: Url,
    /// The whole value of the header `Authorization`.
    pub authorization: Option<Secret>,
    /// What is sent along.
    pub body: Body,
}

/// What a request sends along, which also decides its method.
#[derive(Clone)]
pub enum Body {
    /// Nothing: the request is a GET.
    Get,
    /// A form (`application/x-www-form-urlencoded`), by POST.
    Form(Vec<(&'static str, Secret)>),
    /// JSON, by POST.
    Json(Secret),
}

/// What a server said.
#[derive(Clone)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers, by their names in small letters; of one that is repeated, the last.
    pub headers: BTreeMap<String, String>,
    /// The bytes of the body.
    pub body: Vec<u8>,
}

/// Why there is no answer. Holds neither parameters of the URL nor values of headers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// No connection was made, or it ended before the answer was there.
    Offline,
    /// The answer took too long.
    Timeout,
    /// The answer is longer than anything that Clove asks for.
    TooLarge,
    /// The address would send secrets in the clear.
    Insecure,
    /// Anything else, such as a certificate that this system does not trust.
    Other(String),
}

impl Spoken for HttpError {
    fn say_in(&self, language: Language) -> String {
        match self {
            Self::Offline => language.say("http-offline", &[]),
            Self::Timeout => language.say("http-timeout", &[]),
            Self::TooLarge => language.say("http-too-large", &[]),
            Self::Insecure => language.say("http-insecure", &[]),
            Self::Other(reason) => language.say("http-other", &[("reason", reason.into())]),
        }
    }
}
said_in_english!(HttpError);

/// The bounds of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take to connect.
    pub connect: Duration,
    /// How long it may take from the first byte sent to the last received.
    pub total: Duration,
    /// The longest body of an answer, in bytes. A page of todos has about 2 MiB by itself, and more as JSON.
    pub body: usize,
}

impl Default for Limits {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { connect: seconds(10), total: seconds(20), body: 8 << 20 }
    }
}

/// Whether secrets may be sent to an address: by TLS, or without leaving this machine.
///
/// Only loopback IP addresses count as this machine: a name resolves to whatever somebody says.
#[must_use]
pub fn is_secure(url: &Url) -> bool {
    let is_bare = url.username().is_empty() && url.password().is_none();
    is_bare && (url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url)))
}

/// Whether the host of an address is a loopback IP address.
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Domain(_)) | None => false,
    }
}

/// The network, through the system's proxies and with the certificates that the system trusts.
///
/// It follows no redirect, keeps no cookies and unpacks no compressed answers.
pub struct SystemHttp {
    /// `Err` where the system has no certificates that could be trusted.
    secure: Lazy,
    /// Without proxies: what is for this machine stays on it.
    loopback: Lazy,
    body_max: usize,
}

/// A client that is made for the first request: a verb in a terminal sends none, and does not wait for
/// certificates to be read.
type Lazy = LazyLock<Result<reqwest::Client, HttpError>, Make>;
type Make = Box<dyn FnOnce() -> Result<reqwest::Client, HttpError> + Send>;

impl SystemHttp {
    /// A network with these bounds.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let client = move || {
            provide_cryptography();
            reqwest::Client::builder()
                .user_agent(concat!("Clove/", env!("CARGO_PKG_VERSION")))
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(limits.connect)
                .timeout(limits.total)
        };
        Self {
            secure: Lazy::new(Box::new(move || {
                client().https_only(true).build().map_err(error_of)
            })),
            loopback: Lazy::new(Box::new(move || client().no_proxy().build().map_err(error_of))),
            body_max: limits.body,
        }
    }

    async fn exchange(&self, request: Request) -> Result<Response, HttpError> {
        if !is_secure(&request.url) {
            return Err(HttpError::Insecure);
        }
        let client = if is_loopback(&request.url) { &self.loopback } else { &self.secure };
        let client = client.as_ref().map_err(Clone::clone)?;
        let post = |kind, body: Secret| {
            let builder = client.post(request.url.clone()).header("content-type", kind);
            builder.body(body.reveal().to_owned())
        };
        let mut builder = match request.body {
            Body::Get => client.get(request.url),
            Body::Form(fields) => post("application/x-www-form-urlencoded", form(&fields)),
            Body::Json(text) => post("application/json", text),
        };
        if let Some(value) = request.authorization {
            let value = reqwest::header::HeaderValue::from_str(value.reveal());
            let mut value = value.map_err(|_| HttpError::Other("a token that is none".into()))?;
            value.set_sensitive(true);
            builder = builder.header("authorization", value);
        }
        self.read(builder.send().await.map_err(error_of)?).await
    }

    /// Reads an answer up to the bound, and not a chunk further.
    async fn read(&self, mut response: reqwest::Response) -> Result<Response, HttpError> {
        let status = response.status().as_u16();
        let text =
            |(name, value): (&reqwest::header::HeaderName, &reqwest::header::HeaderValue)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            };
        let headers = response.headers().iter().filter_map(text).collect();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(error_of)? {
            if body.len() + chunk.len() > self.body_max {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Response { status, headers, body })
    }
}

impl Default for SystemHttp {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Http for SystemHttp {
    fn send(&self, request: Request) -> Answering<'_> {
        Box::pin(self.exchange(request))
    }
}

/// Chooses the library that does TLS's arithmetic, for whoever makes a connection in this process.
pub(crate) fn provide_cryptography() {
    // A provider that is there already, as the first one set, is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

fn form(fields: &[(&'static str, Secret)]) -> Secret {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        form.append_pair(name, value.reveal());
    }
    Secret::new(form.finish())
}

/// What the library says, without the address, which may hold secrets.
fn error_of(error: reqwest::Error) -> HttpError {
    let error = error.without_url();
    match tls_error(&error) {
        Some(reason) => HttpError::Other(reason.to_string()),
        None if error.is_timeout() => HttpError::Timeout,
        None if error.is_builder() => HttpError::Other(error.to_string()),
        None => HttpError::Offline,
    }
}

/// The reason why no secure connection was made, from below the errors of the layers above it.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    if let Some(found) = error.downcast_ref() {
        return Some(found);
    }
    // An I/O error does not count the error inside it as its source.
    let inside = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    let inside = inside.map(|inside| -> &'a (dyn Error + 'static) { inside });
    tls_error(inside.or_else(|| error.source())?)
}

impl Response {
    /// The value of a header; `name` in small letters.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }
}

impl std::fmt::Debug for Request {
    /// Shows where it goes, and none of the parameters, headers and fields, which may be secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Request({}{})", self.url.origin().ascii_serialization(), self.url.path())
    }
}

impl std::fmt::Debug for Response {
    /// Shows no more than the status: headers and body may be secret.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Response({})", self.status)
    }
}

#[cfg(test)]
#[path = "http_tests.rs"]
mod tests;
