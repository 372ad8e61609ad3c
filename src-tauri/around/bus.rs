//! What the desktop of a Linux says on its buses. A bus that is not there says nothing.

use std::thread;

use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};
use zbus::names::BusName;
use zbus::{MatchRule, Result};

/// Something the desktop said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Whether anybody shows trays.
    Tray(bool),
    /// The screen was locked.
    Locked,
}

/// Whoever shows trays has this name.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";
/// Desktops have one each (`org.gnome.`, `org.freedesktop.`, `org.mate.`), with the same signal.
const SCREEN_SAVER: &str = ".ScreenSaver";
const SESSION: &str = "org.freedesktop.login1.Session";

/// Tells what the buses say, for the whole run. A thread each: there is little to do, and waiting is free.
pub fn listen(tell: impl Fn(Said) + Clone + Send + 'static) {
    let tell_too = tell.clone();
    let watched = [
        thread::Builder::new().name("session-bus".to_owned()).spawn(move || report(session(&tell))),
        thread::Builder::new().name("system-bus".to_owned()).spawn(move || report(system(&tell_too))),
    ];
    for error in watched.into_iter().filter_map(std::result::Result::err) {
        tracing::warn!(%error, "a bus is not listened to");
    }
}

fn report(ended: Result<()>) {
    if let Err(error) = ended {
        tracing::info!(%error, "a bus is not listened to");
    }
}

fn session(tell: &impl Fn(Said)) -> Result<()> {
    let bus = Connection::session()?;
    let names = DBusProxy::new(&bus)?;
    let signal = || MatchRule::builder().msg_type(Type::Signal);
    let owner = signal().interface("org.freedesktop.DBus")?.member("NameOwnerChanged")?.arg(0, WATCHER)?.build();
    names.add_match_rule(owner)?;
    names.add_match_rule(signal().member("ActiveChanged")?.build())?;
    // Listened to before it is asked, so that nothing falls between.
    let messages = MessageIterator::from(&bus);
    tell(Said::Tray(names.name_has_owner(BusName::try_from(WATCHER)?)?));
    for message in messages {
        if let Some(said) = meaning(&message?) {
            tell(said);
        }
    }
    Ok(())
}

/// Another person's lock on this computer is told too; nothing is lost by that.
fn system(tell: &impl Fn(Said)) -> Result<()> {
    let bus = Connection::system()?;
    let lock = MatchRule::builder().msg_type(Type::Signal).interface(SESSION)?.member("Lock")?.build();
    for message in MessageIterator::for_match_rule(lock, &bus, None)? {
        message?;
        tell(Said::Locked);
    }
    Ok(())
}

fn meaning(message: &Message) -> Option<Said> {
    let header = message.header();
    match header.member()?.as_str() {
        "NameOwnerChanged" => {
            let (name, _, new): (String, String, String) = message.body().deserialize().ok()?;
            (name == WATCHER).then_some(Said::Tray(!new.is_empty()))
        }
        "ActiveChanged" if header.interface()?.as_str().ends_with(SCREEN_SAVER) => {
            let active: bool = message.body().deserialize().ok()?;
            active.then_some(Said::Locked)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<B: serde::Serialize + zbus::zvariant::DynamicType>(
        interface: &str,
        member: &str,
        body: &B,
    ) -> Option<Said> {
        let message = Message::signal("/", interface, member).unwrap().build(body).unwrap();
        meaning(&message)
    }

    #[test]
    fn every_desktops_lock_is_understood() {
        for desktop in ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver"] {
            assert_eq!(said(desktop, "ActiveChanged", &true), Some(Said::Locked));
            assert_eq!(said(desktop, "ActiveChanged", &false), None, "unlocking is nothing to us");
        }
        assert_eq!(said("org.example.Other", "ActiveChanged", &true), None);
        assert_eq!(said("org.gnome.ScreenSaver", "ActiveChanged", &"yes"), None);
    }

    #[test]
    fn trays_come_and_go() {
        let bus = "org.freedesktop.DBus";
        assert_eq!(said(bus, "NameOwnerChanged", &(WATCHER, "", ":1.7")), Some(Said::Tray(true)));
        assert_eq!(said(bus, "NameOwnerChanged", &(WATCHER, ":1.7", "")), Some(Said::Tray(false)));
        assert_eq!(said(bus, "NameOwnerChanged", &("org.example.Other", "", ":1.7")), None);
    }
}
