//! What a person wishes of the counts of a site, and counts of their own.

use super::Desk;
use crate::error::{Error, ErrorCode, Result};
use crate::flows::outside::Account;
use crate::flows::{choose, count};
use crate::model::known::{Known, State};
use crate::model::site::Chosen;
use crate::model::wishes::{CountWish, CountsSetup, OwnCount};

impl Desk {
    /// The wishes for every count that can be shown, in the order in which they are shown.
    pub fn counts_setup(&self, account: &Account) -> CountsSetup {
        let wishes = account.counts().into_iter().map(|count| count.wish).collect();
        CountsSetup { wishes, own: account.site.own_counts.clone() }
    }

    /// Keeps wishes. Those for counts that the definition does not have now stay as they are.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidInput`] or [`ErrorCode::FilterUnknown`] with what cannot be kept,
    /// [`ErrorCode::NoSuchSite`], or those of the list of sites.
    pub async fn set_counts(&self, account: &Account, setup: CountsSetup) -> Result<Account> {
        if !setup.is_sound() {
            return Err(Error::new(ErrorCode::InvalidInput).about(&account.site.name).detail("counts"));
        }
        setup.own.iter().try_for_each(|own| account.own_pairs(own).map(drop))?;
        let of_nothing: Vec<CountWish> = {
            let there: Vec<_> = account.counts().into_iter().map(|count| count.wish.id).collect();
            let asked = |id: &String| there.contains(id) || setup.wishes.iter().any(|wish| wish.id == *id);
            account.site.wishes.iter().filter(|wish| !asked(&wish.id)).cloned().collect()
        };
        let before = account.site.own_counts.clone();
        let CountsSetup { wishes, own } = setup;
        let change = |site: &mut crate::model::site::Site| {
            site.wishes = wishes.into_iter().chain(of_nothing).collect();
            site.own_counts = own;
        };
        let site = self.change_site(account.site.id, change).await?;
        // A round under way would bring back what is hidden now, or the number of another filter.
        let epoch = self.counts_anew(site.id);
        let account = self.account(site)?;
        let is_same = |id: &str| {
            let (was, is) =
                (before.iter().find(|own| own.id == id), account.site.own_counts.iter().find(|own| own.id == id));
            was.zip(is).is_none_or(|(was, is)| was.counts_as(is))
        };
        self.see(&account, epoch, |known, _| known.counts.retain(|count| is_same(&count.id)));
        Ok(account)
    }

    /// The number of a count that a person is about to make.
    ///
    /// # Errors
    /// As [`count::try_own`].
    pub async fn try_count(&self, account: &Account, own: &OwnCount) -> Result<u64> {
        count::try_own(&self.outside, account, own).await
    }

    /// The queries that are saved at the site.
    ///
    /// # Errors
    /// As [`choose::saved_queries`].
    pub async fn saved_queries(&self, account: &Account) -> Result<Vec<Chosen>> {
        choose::saved_queries(&self.outside, account).await
    }

    /// Whether a shown count of a connected site has neither a number nor a reason for none.
    pub fn is_owed_counts(&self, account: &Account) -> bool {
        let Known { state, counts, .. } = self.seen.read(account.site.id, self.store_kind());
        let is_missing = |id: &str| !counts.iter().any(|count| count.id == id);
        state == State::Connected && account.shown_counts().iter().any(|count| is_missing(count.what.id()))
    }
}
