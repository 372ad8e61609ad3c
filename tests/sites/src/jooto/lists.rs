//! The lists of Jooto's API: their parameters, their order and their pages.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::params::Params;

/// Why a call fails. "`message`, and where there is one the resource and the field": so the vendor's error page.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) status: StatusCode,
    message: &'static str,
    field: Option<String>,
}

impl Failure {
    pub(super) fn new(status: StatusCode, message: &'static str) -> Self {
        Self { status, message, field: None }
    }

    pub(super) fn field(name: &str, message: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, message, field: Some(name.to_owned()) }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut error = json!({ "message": self.message });
        if let Some(field) = self.field {
            error["field"] = field.into();
        }
        (self.status, axum::Json(json!({ "errors": [error] }))).into_response()
    }
}

/// Refuses names that the description of a call does not have. Only those in brackets may be there several times.
pub(super) fn only(params: &Params, names: &[&str]) -> Result<(), Failure> {
    let mut seen = Vec::new();
    for (name, _) in params.pairs() {
        if !names.contains(&name) {
            return Err(Failure::field(name, "is not known"));
        }
        if seen.contains(&name) && !name.ends_with("[]") {
            return Err(Failure::field(name, "is repeated"));
        }
        seen.push(name);
    }
    Ok(())
}

/// A value that is true or false, if it is there.
pub(super) fn flag(params: &Params, name: &str) -> Result<Option<bool>, Failure> {
    let word = |text: &str| text.parse().map_err(|_| Failure::field(name, "is neither true nor false"));
    params.get(name).map(word).transpose()
}

/// The most that one page holds. The vendor does not tell; more than this is asked for in vain.
const MOST: usize = 100;

/// One page of a list, with the four members that every list has.
pub(super) fn page(params: &Params, name: &str, all: &[Value]) -> Result<Value, Failure> {
    let number = |name: &str, usual: usize| match params.get(name).map(str::parse) {
        None => Ok(usual),
        Some(Ok(number)) if number > 0 => Ok(number),
        Some(_) => Err(Failure::field(name, "is not a number above 0")),
    };
    let (page, per_page) = (number("page", 1)?, number("per_page", 20)?.min(MOST));
    let items: Vec<&Value> = all.iter().skip((page - 1).saturating_mul(per_page)).take(per_page).collect();
    Ok(json!({
        name: items,
        "page": page,
        "per_page": per_page,
        "total": all.len(),
        "total_pages": all.len().div_ceil(per_page),
    }))
}

/// "`asc` or `desc`; `desc` if left out", by one of these members; by the first one if left out.
pub(super) fn sort(params: &Params, members: &[&str], all: &mut [Value]) -> Result<(), Failure> {
    let by = params.get("order_by").unwrap_or(members[0]);
    if !members.contains(&by) {
        return Err(Failure::field("order_by", "is not one of the members to order by"));
    }
    // Every board's place is the one that its number gives it.
    let by = if by == "order_id" { "id" } else { by };
    all.sort_by_key(|item| (item[by].as_u64(), item[by].as_str().map(str::to_owned)));
    match params.get("order").unwrap_or("desc") {
        "asc" => {}
        "desc" => all.reverse(),
        _ => return Err(Failure::field("order", "is neither asc nor desc")),
    }
    Ok(())
}
