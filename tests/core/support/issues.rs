//! The issues of the fake Redmine, as far as they are counted.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::answer::{Answer, answer, json as json_answer};

/// Filters it knows with the words of its errors; `category_id` only within a project.
const KNOWN: [(&str, &str); 6] = [
    ("assigned_to_id", "Assignee"),
    ("cf_3", "Weight"),
    ("due_date", "Due date"),
    ("priority_id", "Priority"),
    ("project_id", "Project"),
    ("status_id", "Status"),
];

/// What is saved: a query for all projects and one of project 3.
pub fn queries(page: Option<&String>) -> Answer {
    let all = [
        json!({ "id": 1, "name": "Issues assigned to me", "is_public": true, "project_id": null }),
        json!({ "id": 7, "name": "Release blockers", "is_public": false, "project_id": 3 }),
    ];
    let page: usize = page.and_then(|page| page.parse().ok()).unwrap_or(1);
    let items: Vec<Value> = all.iter().skip(page - 1).take(1).cloned().collect();
    json_answer(200, json!({ "queries": items, "total_count": all.len(), "offset": page - 1, "limit": 1 }))
}

/// The number of issues for a query; what it does not know is ignored.
pub fn counted(query: &BTreeMap<String, String>, is_person: bool) -> Answer {
    let has = |key: &str, value: &str| query.get(key).is_some_and(|given| given == value);
    let is_blank = |key: &str| has(key, "");
    let in_project = query.get("project_id").is_some_and(|project| !project.is_empty());
    let known = KNOWN.into_iter().chain(in_project.then_some(("category_id", "Category")));
    let errors: Vec<String> =
        known.filter(|(key, _)| is_blank(key)).map(|(_, label)| format!("{label} cannot be blank")).collect();
    if !errors.is_empty() {
        return json_answer(422, json!({ "errors": errors }));
    }
    if has("due_date", "garbage") {
        return json_answer(422, json!({ "errors": ["Due date is invalid"] }));
    }
    let unknown_query = query.get("query_id").is_some_and(|id| {
        !matches!((id.as_str(), query.get("project_id").map(String::as_str)), ("1", _) | ("7", Some("3")))
    });
    if unknown_query || has("project_id", "99") {
        return answer(404);
    }
    let total = match () {
        () if !is_person => 19,
        () if has("query_id", "7") => 5,
        () if has("query_id", "1") => 15,
        () if has("priority_id", "5") => 8,
        () if has("project_id", "2") => 3,
        () if has("due_date", "<t-1") => 6,
        () if has("due_date", "t") => 2,
        () if has("assigned_to_id", "me") => 15,
        () if has("author_id", "me") => 14,
        () if has("watcher_id", "me") => 4,
        () if has("status_id", "closed") => 3,
        () => 22,
    };
    json_answer(200, json!({ "issues": [], "total_count": total, "offset": 0, "limit": 1 }))
}
