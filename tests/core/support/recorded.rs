//! A server that answers what a vendor documents, and nothing else. Method, path, query, credentials
//! and body of a request must be exactly what was said; whatever else is asked fails the test.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request};

use super::answer::{Answer, answer};
use super::seen::Asked;

/// What stands for a value that is new every time.
pub const ANY: &str = "*";

/// A server on a loopback port of its own.
pub struct Recorded {
    server: MockServer,
    talk: Arc<Mutex<Talk>>,
}

struct Talk {
    rules: Vec<(Ask, Answer)>,
    /// The access tokens that are good.
    living: Vec<String>,
    /// What every other one is told.
    refusal: Answer,
    asked: Vec<Asked>,
    strange: Vec<String>,
}

/// A request, part by part.
pub struct Ask {
    method: &'static str,
    path: String,
    query: Pairs,
    headers: Vec<(&'static str, String)>,
    body: Sent,
    /// Whether it carries an access token.
    by_token: bool,
}

type Pairs = Vec<(String, String)>;

enum Sent {
    Nothing,
    Form(Pairs),
    Json(Value),
}

fn pairs(pairs: &[(&str, &str)]) -> Pairs {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

impl Ask {
    fn new(method: &'static str, path: &str, body: Sent) -> Self {
        Self { method, path: path.to_owned(), query: Vec::new(), headers: Vec::new(), body, by_token: false }
    }

    /// A GET of the API with a bearer token.
    pub fn api(path: &str, query: &[(&str, &str)]) -> Self {
        Self { query: pairs(query), by_token: true, ..Self::new("GET", path, Sent::Nothing) }
    }

    /// A GET without credentials.
    pub fn look(path: &str) -> Self {
        Self::new("GET", path, Sent::Nothing)
    }

    /// A form for the token endpoint, whose answer is wanted as JSON.
    pub fn tokens(path: &str, fields: &[(&str, &str)]) -> Self {
        Self::form(path, fields).with("accept", "application/json")
    }

    /// A form.
    pub fn form(path: &str, fields: &[(&str, &str)]) -> Self {
        Self::new("POST", path, Sent::Form(pairs(fields)))
    }

    /// A DELETE with a JSON body.
    pub fn delete(path: &str, body: Value) -> Self {
        Self::new("DELETE", path, Sent::Json(body))
    }

    /// A header must say this.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    fn fits(&self, asked: &Asked) -> bool {
        let authorized = self.headers.iter().any(|(name, _)| *name == "authorization");
        let query = asked.url.query_pairs().into_owned().collect();
        self.method == asked.method
            && self.path == asked.path()
            && same(&self.query, query)
            && self.headers.iter().all(|(name, value)| asked.header(name) == value)
            && match (self.by_token, authorized) {
                (true, _) => !asked.bearer().is_empty(),
                (false, authorized) => authorized || asked.header("authorization").is_empty(),
            }
            && self.body.is(asked)
    }
}

impl Sent {
    fn is(&self, asked: &Asked) -> bool {
        let kind = asked.header("content-type");
        match self {
            Self::Nothing => asked.body.is_empty(),
            Self::Form(fields) => {
                let sent = url::form_urlencoded::parse(asked.body.as_bytes()).into_owned().collect();
                kind == "application/x-www-form-urlencoded" && same(fields, sent)
            }
            Self::Json(body) => {
                kind == "application/json" && serde_json::from_str::<Value>(&asked.body).is_ok_and(|sent| sent == *body)
            }
        }
    }
}

/// Each name once for each of its values, in whatever order.
fn same(wanted: &Pairs, mut sent: Pairs) -> bool {
    let mut wanted = wanted.clone();
    wanted.sort();
    sent.sort();
    let fits = |((name, wanted), (key, value)): (&(String, String), &(String, String))| {
        name == key && (wanted == value || (wanted == ANY && !value.is_empty()))
    };
    wanted.len() == sent.len() && wanted.iter().zip(&sent).all(fits)
}

impl Recorded {
    pub async fn new() -> Self {
        let talk = Arc::new(Mutex::new(Talk {
            rules: Vec::new(),
            living: Vec::new(),
            refusal: answer(401),
            asked: Vec::new(),
            strange: Vec::new(),
        }));
        let server = MockServer::builder().disable_request_recording().start().await;
        let heard = talk.clone();
        let answers = move |request: &Request| locked(&heard).answer(Asked::of(request));
        Mock::given(any()).respond_with(answers).mount(&server).await;
        Self { server, talk }
    }

    pub fn base(&self) -> String {
        self.server.uri()
    }

    /// A request gets this answer from now on.
    pub fn answers(&self, ask: Ask, answer: Answer) {
        locked(&self.talk).rules.insert(0, (ask, answer));
    }

    /// What the API says to a token it does not know.
    pub fn refuses_tokens_with(&self, refusal: Answer) {
        locked(&self.talk).refusal = refusal;
    }

    /// These access tokens are good, and no other.
    pub fn knows_only(&self, tokens: &[&str]) {
        locked(&self.talk).living = tokens.iter().map(|token| (*token).to_owned()).collect();
    }

    /// All requests since the last time this was asked.
    pub fn take_asked(&self) -> Vec<Asked> {
        std::mem::take(&mut locked(&self.talk).asked)
    }
}

impl Talk {
    fn answer(&mut self, asked: Asked) -> Answer {
        let rule = self.rules.iter().find(|(ask, _)| ask.fits(&asked));
        let answer = match rule {
            Some((ask, _)) if ask.by_token && !self.living.iter().any(|token| token == asked.bearer()) => {
                self.refusal.clone()
            }
            Some((_, answer)) => answer.clone(),
            None => {
                self.strange.push(format!("{} {}\n{:#?}\n{}", asked.method, asked.url, asked.headers, asked.body));
                answer(501)
            }
        };
        self.asked.push(asked);
        answer
    }
}

impl Drop for Recorded {
    /// What nobody documents is not asked for.
    fn drop(&mut self) {
        let strange = locked(&self.talk).strange.join("\n\n");
        if !std::thread::panicking() {
            assert!(strange.is_empty(), "asked beside what is documented: {strange}");
        }
    }
}

fn locked(talk: &Mutex<Talk>) -> MutexGuard<'_, Talk> {
    talk.lock().unwrap_or_else(PoisonError::into_inner)
}
