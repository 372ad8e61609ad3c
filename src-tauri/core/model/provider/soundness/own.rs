//! Whether counts of a person's own can be asked for as a definition says, and lead nowhere else.

use super::{Problem, Sound, asks, uses};
use crate::model::provider::{Filters, Next, OwnCounts, Provider};

/// Parameters that carry credentials or change what an answer is, in one product or another. None of
/// them filters, so none is for a person to type.
const RESERVED: [&str; 16] = [
    "access_token",
    "api_key",
    "apikey",
    "callback",
    "client_id",
    "client_secret",
    "format",
    "key",
    "limit",
    "offset",
    "page",
    "per_page",
    "sessionid",
    "set_filter",
    "sort",
    "token",
];

impl Provider {
    pub(super) fn check_own_counts(&self) -> Sound {
        let Some(own) = &self.own_counts else { return Ok(()) };
        if own.filter.is_none() && own.saved.is_none() {
            return Err(Problem::new("`own_count` has neither `filter` nor `saved`").near("[own_count]"));
        }
        let inputs: Vec<&str> = self.inputs.iter().map(|input| input.key.as_str()).collect();
        uses(own.page.template(), &inputs)?;
        asks(super::Request { path: &own.path, query: &own.query }, &inputs)?;
        if let Some(saved) = &own.saved {
            asks(saved.request(), &inputs)?;
            saved.next.as_ref().map_or(Ok(()), knows_its_end)?;
        }
        own.filter.as_ref().map_or(Ok(()), |filter| names_only_filter(filter, own))
    }
}

/// A name that a person may type changes nothing of the request but its filters.
fn names_only_filter(filter: &Filters, own: &OwnCounts) -> Sound {
    for name in &filter.names {
        is_filter(name.strip_suffix('*').unwrap_or(name))?;
        if own.query.keys().any(|key| key.eq_ignore_ascii_case(name)) {
            return Err(Problem::new(format!("`{name}` is the definition's own")).near(format!("\"{name}\"")));
        }
    }
    Ok(())
}

/// A name that can do nothing but filter.
pub(super) fn is_filter(name: &str) -> Sound {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let is_reserved = RESERVED.contains(&name.to_ascii_lowercase().as_str());
    if name.is_empty() || !name.chars().all(is_name) || is_reserved {
        return Err(Problem::new(format!("`{name}` is no name of a filter")).near(format!("\"{name}")));
    }
    Ok(())
}

/// Whether a list in pages says how many there are.
pub(super) fn knows_its_end(next: &Next) -> Sound {
    if next.pages.is_some() == next.total.is_some() {
        return Err(Problem::new("`next` has either `pages` or `total`").near(format!("\"{}\"", next.page)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::model::provider::Provider;

    const REDMINE: &str = include_str!("../../../providers/redmine.toml");

    fn reason(what: &str, by: &str) -> String {
        assert_eq!(REDMINE.matches(what).count(), 1, "{what}");
        Provider::parse(&REDMINE.replace(what, by)).map(|provider| provider.id).unwrap_err().reason
    }

    #[test]
    fn what_a_person_may_type_only_filters() {
        for name in ["limit", "Access_Token", "key", "format", "f[]", "a&b", "", "*"] {
            let reason = reason("\"any_searchable\",", &format!("\"{name}\","));
            assert!(reason.contains("no name of a filter"), "{name}: {reason}");
        }
        let own = "[own_count]\npath = \"/issues.json\"\nquery = { limit = \"1\"";
        assert!(reason(own, &format!("{own}, status_id = \"*\"")).contains("`status_id` is the definition's own"));
    }

    #[test]
    fn a_choice_that_may_be_left_open_only_narrows() {
        let narrows = "narrows = \"project_id\"";
        assert!(reason(narrows, "narrows = \"key\"").contains("no name of a filter"));
        assert!(reason(narrows, &format!("{narrows}\nmany = true")).contains("`project` narrows counts"));
        let page = "page = \"{base}/issues?set_filter=1&status_id=o\"";
        let in_page = "page = \"{base}/projects/{project}/issues?set_filter=1&status_id=o\"";
        assert!(reason(page, in_page).contains("`{project}` means nothing here"));
    }

    #[test]
    fn own_counts_are_of_some_kind_and_lead_where_the_site_is() {
        let page = "page = \"{base}/issues?set_filter=1\"";
        assert!(reason(page, "page = \"javascript:alert(1)\"").contains("does not begin with"));
        assert!(reason(page, "page = \"{base}/{me.id}\"").contains("`{me.id}` means nothing here"));
        let start = REDMINE.find("[own_count.filter]").unwrap();
        let end = REDMINE.find("[pages]").unwrap();
        let bare = format!("{}{}", &REDMINE[..start], &REDMINE[end..]);
        assert!(Provider::parse(&bare).unwrap_err().reason.contains("neither `filter` nor `saved`"));
    }

    #[test]
    fn a_list_in_pages_says_how_many_there_are() {
        let text =
            REDMINE.replace("next = { page = \"page\", total = \"/total_count\" }", "next = { page = \"page\" }");
        assert!(Provider::parse(&text).unwrap_err().reason.contains("either `pages` or `total`"));
    }
}
