//! Notices on the desktop of a Linux: one connection to whoever shows them, and one thread that hears what
//! becomes of them. It hears before anything is shown, so no click is missed.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use zbus::blocking::{self, MessageIterator};
use zbus::fdo::DBusProxy;
use zbus::message::{Message, Type};
use zbus::zvariant::Value;
use zbus::{Connection, MatchRule, Result};

use super::super::go;
use super::{Notice, Target};
use crate::commands::pages;
use crate::shell::Shell;
use crate::views::Goto;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// What a click on the notice itself is called.
const CLICK: &str = "default";
/// Of how many notices a click is followed. Nobody looks further back, and not every desktop says when it
/// drops one.
const FOLLOWED: usize = 50;

/// Whoever shows notices.
pub struct Desktop<R: Runtime> {
    app: AppHandle<R>,
    bus: Option<Connection>,
    shown: Arc<Mutex<Shown>>,
}

impl<R: Runtime> Desktop<R> {
    /// It is looked for when there is something to show.
    pub fn new(app: AppHandle<R>) -> Self {
        Self { app, bus: None, shown: Arc::default() }
    }

    /// Shows a notice; whoever calls this has asked whether the person wants it. Whether there was an answer
    /// in time.
    pub async fn show(&mut self, notice: Notice, patience: Duration) -> bool {
        let shown = self.shown.clone();
        lock(&shown).ask();
        let number = tokio::time::timeout(patience, self.notify(&notice)).await;
        let in_time = number.is_ok();
        let number = number.unwrap_or_else(|_| Err(zbus::Error::Failure("no answer".to_owned())));
        let clicked = lock(&shown).answered(number.as_ref().ok().copied(), notice.target);
        if let Some(target) = clicked {
            follow_click(&self.app, target);
        }
        if let Err(error) = number {
            tracing::info!(%error, "the desktop shows no notices");
            if matches!(error, zbus::Error::InputOutput(_)) {
                // The session's bus went; there may be another one next time.
                self.bus = None;
            }
        }
        in_time
    }

    async fn notify(&mut self, notice: &Notice) -> Result<u32> {
        let bus = if let Some(bus) = &self.bus {
            bus
        } else {
            let bus = connect(self.app.clone(), self.shown.clone()).await?;
            self.bus.insert(bus)
        };
        let can = bus.call_method(Some(NAME), PATH, Some(NAME), "GetCapabilities", &()).await?;
        let can: Vec<String> = can.body().deserialize()?;
        let body = if can.iter().any(|can| can == "body-markup") { escaped(&notice.body) } else { notice.body.clone() };
        let (replaces, life) = (0_u32, -1_i32);
        let hints = HashMap::<&str, Value<'_>>::new();
        let icon = "tallykey-desktop";
        let words = ("Tallykey", replaces, icon, &notice.title, &body, [CLICK, "Tallykey"].as_slice(), hints, life);
        let number = bus.call_method(Some(NAME), PATH, Some(NAME), "Notify", &words).await?;
        number.body().deserialize()
    }
}

/// A connection on which clicks are heard from now on.
async fn connect<R: Runtime>(app: AppHandle<R>, shown: Arc<Mutex<Shown>>) -> Result<Connection> {
    let bus = Connection::session().await?;
    let names = DBusProxy::new(&bus).await?;
    let signal = || MatchRule::builder().msg_type(Type::Signal);
    for member in ["ActionInvoked", "NotificationClosed"] {
        names.add_match_rule(signal().interface(NAME)?.member(member)?.build()).await?;
    }
    let owner = signal().interface("org.freedesktop.DBus")?.member("NameOwnerChanged")?.arg(0, NAME)?.build();
    names.add_match_rule(owner).await?;
    let messages = MessageIterator::from(&blocking::Connection::from(bus.clone()));
    lock(&shown).begin_anew();
    let listen = move || {
        for message in messages.map_while(Result::ok) {
            let clicked = meaning(&message).and_then(|said| lock(&shown).hear(said));
            if let Some(target) = clicked {
                follow_click(&app, target);
            }
        }
    };
    thread::Builder::new().name("notices".to_owned()).spawn(listen)?;
    Ok(bus)
}

/// Where a click on a notice leads. A page that does not open is told in the window.
fn follow_click<R: Runtime>(app: &AppHandle<R>, target: Target) {
    match target {
        Target::Window(place) => go(app, place),
        Target::Page(page) => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                if let Err(error) = pages::open(&app.state::<Shell>(), page).await {
                    go(&app, Goto::Refused { site: None, error: error.into() });
                }
            });
        }
    }
}

fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What became of a notice, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Clicked(u32),
    Closed(u32),
    /// Another program shows notices now, and counts from the beginning.
    Anew,
}

fn meaning(message: &Message) -> Option<Said> {
    let header = message.header();
    let body = message.body();
    match (header.interface()?.as_str(), header.member()?.as_str()) {
        (NAME, "ActionInvoked") => {
            let (number, action): (u32, String) = body.deserialize().ok()?;
            (action == CLICK).then_some(Said::Clicked(number))
        }
        (NAME, "NotificationClosed") => {
            let (number, _reason): (u32, u32) = body.deserialize().ok()?;
            Some(Said::Closed(number))
        }
        ("org.freedesktop.DBus", "NameOwnerChanged") => Some(Said::Anew),
        _ => None,
    }
}

/// What is shown, and where a click on it leads.
#[derive(Default)]
struct Shown {
    /// The oldest first.
    targets: VecDeque<(u32, Target)>,
    /// While a notice waits for its number: clicks on numbers nobody here knows. One of them may be its own, for
    /// the click and the number come to two threads.
    early: Option<Vec<u32>>,
}

impl Shown {
    /// A notice is about to be shown.
    fn ask(&mut self) {
        self.early = Some(Vec::new());
    }

    /// It has this number, if it is shown. Where to go if it was clicked already.
    fn answered(&mut self, number: Option<u32>, target: Target) -> Option<Target> {
        let early = self.early.take().unwrap_or_default();
        let number = number?;
        if early.contains(&number) {
            return Some(target);
        }
        self.targets.push_back((number, target));
        if self.targets.len() > FOLLOWED {
            self.targets.pop_front();
        }
        None
    }

    /// Where to go now.
    fn hear(&mut self, said: Said) -> Option<Target> {
        match said {
            Said::Clicked(number) => {
                let clicked = self.take(number);
                if let (None, Some(early)) = (&clicked, &mut self.early) {
                    early.push(number);
                }
                clicked
            }
            Said::Closed(number) => {
                self.take(number);
                None
            }
            Said::Anew => {
                self.begin_anew();
                None
            }
        }
    }

    fn take(&mut self, number: u32) -> Option<Target> {
        let index = self.targets.iter().position(|(shown, _)| *shown == number)?;
        self.targets.remove(index).map(|(_, target)| target)
    }

    fn begin_anew(&mut self) {
        self.targets.clear();
        self.early.as_mut().map(Vec::clear);
    }
}

/// A name is shown, never interpreted.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests;
