//! What the tray's menu says, before any system draws it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tallykey_core::{CopyFormat, ErrorCode};

use crate::texts::{Texts, fill};
use crate::views::{Overview, SiteState, SiteView, StoreView};

/// A row of the menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Only to be read.
    Line(String),
    /// Does something.
    Do(Act, String),
    /// Opens a menu of its own; named, so that it is told from others that say the same.
    Sub(String, String, Vec<Entry>),
    /// A line between groups.
    Rule,
}

/// What a row does. Its wire form is the row's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    Open,
    Settings,
    AddSite,
    About,
    Quit,
    RefreshAll,
    Pause,
    GoOn,
    ClearClipboard,
    Unlock,
    ShowSite(String),
    SignIn(String),
    Copy(String, CopyFormat),
    OpenSite(String),
    OpenAssigned(String),
    Refresh(String),
}

/// The two counts the totals tell, by the ids every definition gives them.
pub const ASSIGNED: &str = "assigned_open";
const OVERDUE: &str = "overdue";

/// What fits a small screen; the window has the rest.
const SITES_SHOWN: usize = 12;

/// The menu, from top to bottom.
pub fn entries(overview: &Overview, texts: &Texts, now: Timestamp) -> Vec<Entry> {
    let mut menu = Vec::new();
    if let Some(assigned) = total(overview, ASSIGNED) {
        let overdue = total(overview, OVERDUE).map_or_else(|| "–".to_owned(), |sum| sum.to_string());
        let words = [("assigned", assigned.to_string()), ("overdue", overdue)];
        menu.push(Entry::Do(Act::Open, filled(&texts.totals, &words)));
    }
    menu.extend(needs(overview, texts));
    menu.push(Entry::Rule);
    menu.extend(overview.sites.iter().take(SITES_SHOWN).map(|site| sub_menu(site, texts, now)));
    if let Some(more) = overview.sites.len().checked_sub(SITES_SHOWN).filter(|more| *more > 0) {
        menu.push(Entry::Do(Act::Open, filled(&texts.more, &[("count", more.to_string())])));
    }
    menu.push(Entry::Rule);
    if let Some(left) = overview.clipboard.as_ref().and_then(|held| until(&held.clears_at, now)) {
        let seconds = left.as_secs().to_string();
        menu.push(Entry::Do(Act::ClearClipboard, filled(&texts.clear_clipboard, &[("seconds", seconds)])));
    }
    if overview.sites.is_empty() {
        menu.push(Entry::Do(Act::AddSite, texts.add_site.clone()));
    } else {
        menu.push(Entry::Do(Act::RefreshAll, texts.refresh_all.clone()));
        menu.push(match overview.paused_until {
            None => Entry::Do(Act::Pause, texts.pause.clone()),
            Some(_) => Entry::Do(Act::GoOn, texts.go_on.clone()),
        });
    }
    menu.push(Entry::Rule);
    menu.push(Entry::Do(Act::Open, texts.open.clone()));
    menu.push(Entry::Do(Act::Settings, texts.settings.clone()));
    menu.push(Entry::Do(Act::Quit, texts.quit.clone()));
    // No line above nothing, nor one above another.
    menu.dedup_by(|next, before| *next == Entry::Rule && *before == Entry::Rule);
    if menu.first() == Some(&Entry::Rule) {
        menu.remove(0);
    }
    menu
}

/// The number beside the icon, where the desktop shows one.
pub fn title(overview: &Overview) -> Option<String> {
    total(overview, ASSIGNED).map(|sum| sum.to_string())
}

/// The sum over all sites that have a number; `None` when none has.
fn total(overview: &Overview, id: &str) -> Option<u64> {
    let numbers: Vec<u64> = overview.sites.iter().filter_map(|site| count(site, id)).map(u64::from).collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum())
}

fn count(site: &SiteView, id: &str) -> Option<u32> {
    site.counts.iter().find(|count| count.id == id)?.value
}

/// What a person has to do.
fn needs(overview: &Overview, texts: &Texts) -> Vec<Entry> {
    let mut needs = Vec::new();
    let locked = match &overview.store {
        StoreView { error: Some(ErrorCode::KeychainLocked | ErrorCode::KeychainWaiting), name, .. } => Some(name),
        StoreView { error: Some(ErrorCode::VaultLocked), .. } => Some(&texts.vault),
        _ => None,
    };
    if let Some(store) = locked {
        needs.push(Entry::Do(Act::Unlock, filled(&texts.store_locked, &[("store", store.clone())])));
    }
    let ended = overview.sites.iter().filter(|site| matches!(site.state, SiteState::NeedsSignIn));
    needs.extend(
        ended.take(SITES_SHOWN).map(|site| {
            Entry::Do(Act::SignIn(site.id.clone()), filled(&texts.sign_in, &[("site", site.name.clone())]))
        }),
    );
    needs
}

fn sub_menu(site: &SiteView, texts: &Texts, now: Timestamp) -> Entry {
    let label = match count(site, ASSIGNED) {
        Some(number) => filled(&texts.site_count, &[("site", site.name.clone()), ("count", number.to_string())]),
        None => site.name.clone(),
    };
    let id = || site.id.clone();
    let mut rows = Vec::new();
    if site.problem.is_none() {
        let connected = matches!(site.state, SiteState::Connected);
        let end = site.token.as_ref().and_then(|token| token.expires_at.as_deref());
        if let Some(left) = end.filter(|_| connected).and_then(|end| until(end, now)) {
            rows.push(Entry::Line(filled(&texts.token_left, &[("duration", duration(left, texts))])));
        }
        if connected {
            rows.push(Entry::Do(Act::Copy(id(), CopyFormat::Raw), texts.copy_token.clone()));
            rows.push(Entry::Do(Act::Copy(id(), CopyFormat::Curl), texts.copy_curl.clone()));
        }
        rows.push(Entry::Do(Act::OpenSite(id()), texts.open_site.clone()));
        if site.counts.iter().any(|count| count.id == ASSIGNED) {
            rows.push(Entry::Do(Act::OpenAssigned(id()), texts.open_assigned.clone()));
        }
        if connected {
            rows.push(Entry::Do(Act::Refresh(id()), texts.refresh.clone()));
        }
    }
    rows.push(Entry::Do(Act::ShowSite(id()), texts.show_site.clone()));
    Entry::Sub(id(), label, rows)
}

/// What is left until then; `None` when it is over.
fn until(end: &str, now: Timestamp) -> Option<SignedDuration> {
    let left = end.parse::<Timestamp>().ok()?.duration_since(now);
    left.is_positive().then_some(left)
}

fn duration(left: SignedDuration, texts: &Texts) -> String {
    let (hours, minutes) = (left.as_hours(), left.as_mins() % 60);
    let words = [("hours", hours.to_string()), ("minutes", minutes.to_string())];
    match (hours, minutes) {
        (0, 0) => texts.less_than_a_minute.clone(),
        (0, _) => filled(&texts.minutes, &words),
        _ => filled(&texts.hours, &words),
    }
}

fn filled(text: &str, words: &[(&str, String)]) -> String {
    fill(text, &words.iter().map(|(name, word)| (*name, word.as_str())).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
