//! A running site and the handle to it.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::fault::Faults;
use crate::jooto::{Jooto, Organization};
use crate::people::{App, Person};
use crate::provider::Provider;
use crate::record::{Record, Request};
use crate::routes::{self, authorize::Approval};
use crate::traffic::Traffic;
use crate::wire::{Cord, Wires};
use crate::workfront::Workfront;
use crate::world::World;
use crate::{Change, Fault};

/// How a site starts.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name on its pages.
    pub name: String,
    /// The product.
    pub provider: Provider,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The registered applications.
    pub apps: Vec<App>,
    /// The users; the first one is signed in to the browser.
    pub people: Vec<Person>,
    /// How many of the first user's open issues anonymous visitors see.
    pub anonymous_open: usize,
    /// Jooto's organization; other products have none.
    pub organization: Organization,
}

impl Options {
    /// As the real Redmine of `tests/redmine/up` is seeded, on a free port. Other products have the same users with the
    /// same counts, and applications that are redirected to [`REDIRECT`](crate::REDIRECT) only.
    pub fn new(provider: Provider) -> Self {
        Self {
            name: provider.title().to_owned(),
            provider,
            port: 0,
            apps: App::usual(provider),
            people: Person::usual(),
            anonymous_open: 19,
            organization: Organization::default(),
        }
    }
}

/// Shared by the handle and the answering side.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) base_url: Arc<str>,
    world: Arc<Mutex<World>>,
}

impl Shared {
    /// Never held across an await. A test that failed while it held the lock left the state whole.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running site. It stops answering when this is dropped.
pub struct Site {
    shared: Shared,
    port: u16,
    running: Option<Running>,
}

/// A site that answers.
struct Running {
    // Nothing is ever sent: the sender's end is the signal.
    until: oneshot::Sender<()>,
    ended: JoinHandle<io::Result<()>>,
}

impl Site {
    /// Starts a site in the current Tokio runtime; when this returns, it answers.
    pub async fn start(options: Options) -> io::Result<Self> {
        let invalid = |reason: &str| io::Error::new(io::ErrorKind::InvalidInput, reason.to_owned());
        let first = options.people.first().ok_or_else(|| invalid("a site needs a user"))?;
        if !options.people.iter().all(|person| person.counts.are_possible()) {
            return Err(invalid("no issues can give these counts"));
        }
        options.organization.check().map_err(invalid)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let address = listener.local_addr()?;
        let base_url = format!("http://{address}");
        let world = World {
            browser_user: first.id,
            signed_in: options.provider != Provider::Workfront,
            name: options.name,
            provider: options.provider,
            product: crate::Product::default(),
            apps: options.apps,
            people: options.people,
            anonymous_open: options.anonymous_open,
            clock: Clock::default(),
            grants: options.provider.grants(),
            access_life: options.provider.access_life(),
            rest: true,
            login_required: false,
            latency: Duration::ZERO,
            faults: Faults::default(),
            traffic: Traffic::default(),
            record: Record::default(),
            token_requests: 0,
            jooto: Jooto::new(options.organization),
            workfront: Workfront::at(&base_url),
        };
        let shared = Shared { base_url: base_url.into(), world: Arc::new(Mutex::new(world)) };
        let running = Some(answer(&shared, listener));
        Ok(Self { shared, port: address.port(), running })
    }

    /// Stops answering: whoever comes is refused a connection. What it knows is kept. When this returns, requests that
    /// were under way have their answers.
    pub async fn stop(&mut self) {
        if let Some(Running { until, ended }) = self.running.take() {
            drop(until);
            // How serving ended says nothing about the site.
            let _ = ended.await;
        }
    }

    /// Answers again, at the same address.
    pub async fn start_again(&mut self) -> io::Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        self.running = Some(answer(&self.shared, listener));
        Ok(())
    }

    /// Such as `http://127.0.0.1:40123`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.shared.base_url
    }

    /// Changes the site; the reason if something named is not there.
    pub fn change(&self, change: Change) -> Result<(), String> {
        self.shared.world().apply(change)
    }

    /// Lets the next token requests go wrong.
    pub fn fail_tokens(&self, fault: Fault, times: u32) {
        self.shared.world().faults.add(crate::Spot::Token, fault, times);
    }

    /// Moves the site's clock by so many seconds.
    pub fn advance(&self, seconds: i64) {
        self.shared.world().clock.advance(seconds);
    }

    /// What a person does who is sent to this address and clicks "Authorize".
    pub fn approve(&self, authorize_url: &str) -> Approval {
        routes::authorize::answer(&mut self.shared.world(), authorize_url, true)
    }

    /// What a person does who is sent to this address and clicks "Deny".
    pub fn deny(&self, authorize_url: &str) -> Approval {
        routes::authorize::answer(&mut self.shared.world(), authorize_url, false)
    }

    /// What was asked so far.
    pub fn traffic(&self) -> Traffic {
        let world = self.shared.world();
        world.traffic()
    }

    /// The last requests as they came, the oldest first, with the secrets in them.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.world().record.all()
    }
}

fn answer(shared: &Shared, listener: TcpListener) -> Running {
    let service = routes::router(shared.clone()).into_make_service_with_connect_info::<Cord>();
    let (until, stopped) = oneshot::channel::<()>();
    let stop = async {
        let _ = stopped.await;
    };
    let serving = axum::serve(Wires(listener), service).with_graceful_shutdown(stop);
    Running { until, ended: tokio::spawn(serving.into_future()) }
}
