//! The search syntax that `search` and `count` share.

use jiff::civil::Date;

use super::objects::{Field, Kind, Object};
use crate::params::Params;

/// Why a query is refused: names and modifiers are case-sensitive, and only what the vendor's page of search modifiers
/// has for these fields is known here.
pub(super) type Wrong = String;

/// One field's condition.
#[derive(Debug)]
struct Condition {
    field: String,
    modifier: String,
    value: Option<String>,
    range: Option<String>,
}

/// What `$$` names in a value stand for.
pub(super) struct Now {
    pub(super) user: String,
    pub(super) today: Date,
}

/// A query as it was asked.
#[derive(Debug, Default)]
pub(super) struct Query {
    conditions: Vec<Condition>,
    /// The fields that a search shall answer with.
    pub(super) fields: Vec<String>,
    pub(super) first: usize,
    /// "Default 100, and not more than 2000."
    pub(super) limit: Option<usize>,
}

impl Query {
    /// `searching`: a count has no fields, no first and no limit.
    pub(super) fn read(kind: Kind, params: &Params, searching: bool) -> Result<Self, Wrong> {
        let mut query = Self::default();
        let mut seen = Vec::new();
        for (name, value) in params.pairs() {
            if seen.contains(&name) {
                return Err(format!("{name} is repeated"));
            }
            seen.push(name);
            let number = || value.parse().map_err(|_| format!("{name} is not a number"));
            match name {
                "fields" if searching => {
                    for field in value.split(',') {
                        known(kind, field)?;
                        query.fields.push(field.to_owned());
                    }
                }
                "$$FIRST" if searching => query.first = number()?,
                "$$LIMIT" if searching => query.limit = Some(number()?),
                _ => query.add(kind, name, value)?,
            }
        }
        match query.limit {
            Some(limit) if limit > 2000 => Err("IllegalArgumentException: the limit is 2000".to_owned()),
            _ => Ok(query),
        }
    }

    fn add(&mut self, kind: Kind, name: &str, value: &str) -> Result<(), Wrong> {
        let (field, suffix) = ["_Mod", "_Range"]
            .into_iter()
            .find_map(|suffix| Some((name.strip_suffix(suffix)?, suffix)))
            .unwrap_or((name, ""));
        known(kind, field)?;
        let place = self.conditions.iter().position(|condition| condition.field == field).unwrap_or_else(|| {
            let field = field.to_owned();
            self.conditions.push(Condition { field, modifier: "eq".to_owned(), value: None, range: None });
            self.conditions.len() - 1
        });
        let condition = &mut self.conditions[place];
        match suffix {
            "_Mod" => value.clone_into(&mut condition.modifier),
            "_Range" => condition.range = Some(value.to_owned()),
            _ => condition.value = Some(value.to_owned()),
        }
        Ok(())
    }

    /// The objects for which every condition holds.
    pub(super) fn select(&self, objects: Vec<Object>, now: &Now) -> Result<Vec<Object>, Wrong> {
        let mut left = objects;
        for condition in &self.conditions {
            // What is wrong is wrong without objects, too.
            condition.holds(&Field::sample(&condition.field), now)?;
            let mut kept = Vec::new();
            for object in left {
                let field = object.iter().find(|(name, _)| *name == condition.field).map(|(_, field)| field);
                if condition.holds(field.ok_or("no such field")?, now)? {
                    kept.push(object);
                }
            }
            left = kept;
        }
        Ok(left)
    }
}

fn known(kind: Kind, field: &str) -> Result<(), Wrong> {
    let refused = || format!("APIModel does not support field {field} ({})", kind.code());
    kind.fields().contains(&field).then_some(()).ok_or_else(refused)
}

impl Condition {
    fn holds(&self, field: &Field, now: &Now) -> Result<bool, Wrong> {
        let modifier = self.modifier.as_str();
        match (modifier, field) {
            ("isnull", field) => return Ok(*field == Field::Day(None)),
            ("notnull", field) => return Ok(*field != Field::Day(None)),
            _ => {}
        }
        let value = self.value.as_deref().ok_or_else(|| format!("{} has no value", self.field))?;
        match field {
            Field::Text(text) => {
                let wanted = if value == "$$USER.ID" { now.user.as_str() } else { value };
                match modifier {
                    "eq" => Ok(text == wanted),
                    "ne" => Ok(text != wanted),
                    _ => Err(format!("the modifier {modifier} is not known")),
                }
            }
            Field::Number(number) => {
                let wanted = value.parse().map_err(|_| format!("{value} is not a number"))?;
                compare(modifier, *number, wanted, None)
            }
            Field::Day(day) => {
                let wanted = days(value, now.today)?;
                let range = self.range.as_deref().map(|range| days(range, now.today)).transpose()?;
                day.map_or(Ok(modifier == "ne"), |day| compare(modifier, day, wanted, range))
            }
        }
    }
}

fn compare(modifier: &str, number: i64, wanted: i64, range: Option<i64>) -> Result<bool, Wrong> {
    match (modifier, range) {
        ("eq", _) => Ok(number == wanted),
        ("ne", _) => Ok(number != wanted),
        ("lt", _) => Ok(number < wanted),
        ("lte", _) => Ok(number <= wanted),
        ("gt", _) => Ok(number > wanted),
        ("gte", _) => Ok(number >= wanted),
        ("between", Some(end)) => Ok((wanted..=end).contains(&number)),
        _ => Err(format!("the modifier {modifier} is not known")),
    }
}

/// `$$TODAY`, `$$TODAY-7d`, `$$TODAY+2w` or a date, in days from today.
fn days(text: &str, today: Date) -> Result<i64, Wrong> {
    let wrong = || format!("{text} is not a date");
    let Some(rest) = text.strip_prefix("$$TODAY") else {
        let date: Date = text.get(..10).unwrap_or(text).parse().map_err(|_| wrong())?;
        return Ok(today.until(date).map_err(|_| wrong())?.get_days().into());
    };
    if rest.is_empty() {
        return Ok(0);
    }
    let (number, unit) = rest.split_at_checked(rest.len() - 1).ok_or_else(wrong)?;
    let number: i64 = number.parse().map_err(|_| wrong())?;
    match unit {
        "d" if rest.starts_with(['+', '-']) => Ok(number),
        "w" if rest.starts_with(['+', '-']) => Ok(number * 7),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::{days, known};
    use crate::workfront::objects::Kind;
    use jiff::civil::date;

    #[test]
    fn days_are_told_from_today() {
        let today = date(2026, 3, 1);
        for (text, expected) in
            [("$$TODAY", 0), ("$$TODAY-7d", -7), ("$$TODAY+2w", 14), ("2026-02-27", -2), ("2026-05-01T00:00:00", 61)]
        {
            assert_eq!(days(text, today), Ok(expected), "{text}");
        }
        for text in ["", "$$TODAYd", "$$TODAY7d", "$$TODAY-7x", "$$TODAY-é", "tomorrow"] {
            assert!(days(text, today).is_err(), "{text}");
        }
    }

    #[test]
    fn names_are_case_sensitive() {
        assert!(known(Kind::Task, "percentComplete").is_ok());
        assert!(known(Kind::Task, "percentcomplete").is_err());
        assert!(known(Kind::Issue, "percentComplete").is_err());
    }
}
