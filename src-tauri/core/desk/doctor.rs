//! What the doctor says, of this computer and of each site.

use super::{Desk, SiteStatus};
use crate::error::{ErrorCode, Result};
use crate::flows::doctor::{self, Line};
use crate::model::site::SiteId;
use crate::texts::Words;

impl Desk {
    /// Looks at everything this program needs, and at all sites or one. Nothing is renewed, and nothing
    /// that is told is secret.
    ///
    /// # Errors
    /// [`ErrorCode::NoSuchSite`]; a list of sites that cannot be read is a line.
    pub async fn doctor(&self, only: Option<SiteId>) -> Result<Vec<Line>> {
        let config = self.definitions_folder();
        let config = config.parent().unwrap_or(&config).to_owned();
        let store = self.check_store().await.or_else(|error| match error.code {
            // Told with the list itself.
            ErrorCode::FileUnreadable => Ok(()),
            _ => Err(error),
        });
        let store_works = store.is_ok();
        let mut lines = vec![doctor::store(self.store_kind(), store)];
        if let Some(place) = self.left_behind() {
            let detail = format!("{place:?}").to_lowercase();
            lines.push(Line::warn("left_behind", Words::LeftBehind, Words::LeftBehindNext).with(detail));
        }
        lines.extend(doctor::computer(&self.outside, &config));
        for broken in self.definitions().broken {
            let detail = format!("{}: {}", broken.file.display(), broken.problem);
            lines.push(Line::warn("definitions", Words::BrokenDefinition, Words::BrokenNext).with(detail));
        }
        let sites = match (only, self.sites()) {
            (Some(id), _) => vec![self.status(id)?],
            (None, Ok(sites)) => {
                // An empty list is most likely not the one those secrets are of.
                if store_works && !sites.is_empty() && self.store_kind().lasts() {
                    lines.extend(self.left_over(&sites).await);
                }
                sites
            }
            (None, Err(error)) => {
                lines.push(Line::failed("config_folder", &error));
                Vec::new()
            }
        };
        // All at once: one that does not answer keeps no other waiting.
        let looks = sites.into_iter().map(|status| {
            let desk = self.clone();
            tokio::spawn(async move {
                match status.account {
                    Ok(account) => doctor::site(&desk.outside, &account, store_works).await,
                    Err(error) => vec![Line::failed("definition", &error).about(&status.site.name)],
                }
            })
        });
        let mut of_sites = Vec::new();
        for look in looks.collect::<Vec<_>>() {
            of_sites.extend(look.await.unwrap_or_default());
        }
        lines.push(doctor::clock(self.outside.was_told_the_time(), self.clock_ahead()));
        lines.extend(of_sites);
        Ok(lines)
    }

    /// Secrets of sites that somebody took out of the list by hand: nothing else would ever remove them.
    async fn left_over(&self, listed: &[SiteStatus]) -> Vec<Line> {
        let mut lines = Vec::new();
        for id in self.seen.sites() {
            let is_listed = listed.iter().any(|status| status.site.id == id);
            if !is_listed && self.outside.secrets.hold(id).await.is_ok_and(|holds| holds) {
                lines.push(Line::warn("left_over", Words::LeftOver, Words::LeftOverNext).with(id.to_string()));
            }
        }
        lines
    }
}
