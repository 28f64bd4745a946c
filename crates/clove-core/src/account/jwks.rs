//! The keys that Clerk signs tokens with, and the verifying of tokens.
//!
//! This is the one file that knows the JWT library.

use std::{collections::BTreeMap, sync::Arc};

use jsonwebtoken::{
    Algorithm, DecodingKey, DecodingKeyKind, Validation,
    crypto::{CryptoProvider, JwtVerifier, KeyUtils},
    decode, decode_header,
    errors::ErrorKind,
    signature,
};
use serde::Deserialize;
use tokio::sync::Mutex;
use url::Url;

use super::{
    claims::{Claims, TokenError},
    ids::UserId,
};
use crate::{
    clock::{Clock, Millis},
    http::{Body, Http, HttpError, Request},
    secret::Secret,
};

/// How long a key that is not in the set is not looked for again, in milliseconds.
const REFETCH_AFTER: i64 = 60_000;

/// The keys of one instance, fetched when they are needed.
pub struct Jwks {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
    url: Url,
    issuer: String,
    cached: Mutex<Option<Cached>>,
}

struct Cached {
    keys: KeySet,
    /// When the set was last asked for, with or without success.
    asked_at: Millis,
}

impl Jwks {
    /// The keys at `url`, of tokens whose `iss` is `issuer`.
    #[must_use]
    pub fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, url: Url, issuer: String) -> Self {
        Self { http, clock, url, issuer, cached: Mutex::new(None) }
    }

    /// Verifies a token's signature, issuer and, where one is given, audience. Its times are the
    /// caller's to check, by [`Claims::check`].
    ///
    /// # Errors
    /// [`TokenError`] says what is wrong with it.
    pub async fn verify(&self, jwt: &Secret, audience: Option<&str>) -> Result<Claims, TokenError> {
        let kid = kid_of(jwt)?;
        let mut cached = self.cached.lock().await;
        let knows = cached.as_ref().is_some_and(|cached| cached.keys.0.contains_key(&kid));
        let now = self.clock.now();
        if !knows && may_ask(cached.as_ref().map(|cached| cached.asked_at), now) {
            if let Some(cached) = &mut *cached {
                cached.asked_at = now;
            }
            let keys = self.fetch().await?;
            *cached = Some(Cached { keys, asked_at: now });
        }
        let keys = cached.as_ref().map(|cached| &cached.keys);
        keys.ok_or(TokenError::UnknownKey)?.verify(jwt, &kid, &self.issuer, audience)
    }

    /// Looks whether the keys can be had.
    ///
    /// # Errors
    /// [`TokenError::NoKeys`], or why they could not be fetched.
    pub async fn look(&self) -> Result<(), TokenError> {
        self.fetch().await.map(drop)
    }

    async fn fetch(&self) -> Result<KeySet, TokenError> {
        let request = Request { url: self.url.clone(), authorization: None, body: Body::Get };
        let response = self.http.send(request).await?;
        match response.status {
            200 => KeySet::parse(&response.body).ok_or(TokenError::NoKeys),
            429 | 500.. => Err(HttpError::Offline.into()),
            _ => Err(TokenError::NoKeys),
        }
    }
}

/// Whether the keys may be asked for: at first, and then once a minute, whatever tokens come. A clock
/// that was set back says nothing about how long ago it was.
fn may_ask(asked_at: Option<Millis>, now: Millis) -> bool {
    asked_at.is_none_or(|asked| !(asked..asked.shifted(REFETCH_AFTER)).contains(&now))
}

/// Keys for RS256 by their ids (RFC 7517).
struct KeySet(BTreeMap<String, DecodingKey>);

impl KeySet {
    /// Reads a set. Keys for anything but RS256 signatures are left out; `None` where none is left.
    fn parse(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct RawSet {
            keys: Vec<serde_json::Value>,
        }
        #[derive(Deserialize)]
        struct RawKey {
            kty: String,
            kid: String,
            n: String,
            e: String,
            alg: Option<String>,
            #[serde(rename = "use")]
            usage: Option<String>,
        }
        let RawSet { keys } = serde_json::from_slice(body).ok()?;
        let keys = keys.into_iter().filter_map(|key| {
            let key: RawKey = serde_json::from_value(key).ok()?;
            let is_ours = key.kty == "RSA"
                && key.alg.is_none_or(|alg| alg == "RS256")
                && key.usage.is_none_or(|usage| usage == "sig");
            let decoding = DecodingKey::from_rsa_components(&key.n, &key.e).ok()?;
            is_ours.then_some((key.kid, decoding))
        });
        Some(Self(keys.collect())).filter(|keys: &Self| !keys.0.is_empty())
    }

    fn verify(
        &self,
        jwt: &Secret,
        kid: &str,
        issuer: &str,
        audience: Option<&str>,
    ) -> Result<Claims, TokenError> {
        use_ring();
        let key = self.0.get(kid).ok_or(TokenError::UnknownKey)?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[issuer]);
        validation.set_required_spec_claims(&["iss", "exp", "sub"]);
        // The library knows the device's clock alone, which is not to be trusted.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        match audience {
            Some(audience) => {
                validation.set_audience(&[audience]);
                validation.required_spec_claims.insert("aud".to_owned());
            }
            None => validation.validate_aud = false,
        }
        let token = decode::<RawClaims>(jwt.reveal(), key, &validation);
        let claims = token.map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature => TokenError::Signature,
            ErrorKind::InvalidIssuer => TokenError::Issuer,
            ErrorKind::InvalidAudience => TokenError::Audience,
            ErrorKind::MissingRequiredClaim(claim) if claim == "aud" => TokenError::Audience,
            _ => TokenError::NotToken,
        })?;
        claims.claims.try_into()
    }
}

/// The id of the key that a token says it is signed with.
fn kid_of(jwt: &Secret) -> Result<String, TokenError> {
    let header = decode_header(jwt.reveal()).map_err(|_| TokenError::NotToken)?;
    // Extensions that have to be understood (RFC 7515, section 4.1.11) are not.
    if header.alg != Algorithm::RS256 || header.crit.is_some() {
        return Err(TokenError::Algorithm);
    }
    header.kid.ok_or(TokenError::UnknownKey)
}

#[derive(Deserialize)]
struct RawClaims {
    sub: UserId,
    iat: u64,
    exp: u64,
    nbf: Option<u64>,
    aud: Option<OneOrMany>,
}

/// An audience is a text or a list of them (RFC 7519, section 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<RawClaims> for Claims {
    type Error = TokenError;

    fn try_from(raw: RawClaims) -> Result<Self, TokenError> {
        let moment = |seconds: u64| {
            let millis = i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1000));
            millis.and_then(|millis| Millis::try_from(millis).ok()).ok_or(TokenError::NotToken)
        };
        Ok(Self {
            user: raw.sub,
            issued_at: moment(raw.iat)?,
            expires_at: moment(raw.exp)?,
            not_before: raw.nbf.map(moment).transpose()?,
            audiences: match raw.aud {
                None => Vec::new(),
                Some(OneOrMany::One(audience)) => vec![audience],
                Some(OneOrMany::Many(audiences)) => audiences,
            },
        })
    }
}

/// Has the JWT library verify by ring, which TLS uses too, so that Clove holds one such library.
fn use_ring() {
    static RING: CryptoProvider = CryptoProvider {
        signer_factory: |_, _| Err(ErrorKind::InvalidAlgorithm.into()),
        verifier_factory: |algorithm, key| match algorithm {
            Algorithm::RS256 => Ok(Box::new(Rs256(key.clone()))),
            _ => Err(ErrorKind::InvalidAlgorithm.into()),
        },
        key_utils: KeyUtils::new_unimplemented(),
    };
    // Once is enough; that it is there already is no error.
    let _ = RING.install_default();
}

struct Rs256(DecodingKey);

impl JwtVerifier for Rs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}

impl signature::Verifier<Vec<u8>> for Rs256 {
    fn verify(&self, message: &[u8], signed: &Vec<u8>) -> Result<(), signature::Error> {
        let DecodingKeyKind::RsaModulusExponent { n, e } = self.0.kind() else {
            return Err(signature::Error::new());
        };
        let key = ring::signature::RsaPublicKeyComponents { n, e };
        let algorithm = &ring::signature::RSA_PKCS1_2048_8192_SHA256;
        key.verify(algorithm, message, signed).map_err(|_| signature::Error::new())
    }
}

#[cfg(test)]
#[path = "jwks_tests.rs"]
mod tests;
