//! A person's tasks on the boards of an organization, and the filters of `GET /v1/boards/N/tasks`.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::lists::{Failure, flag};
use crate::params::Params;
use crate::tracker::Issue;
use crate::world::World;

/// The fixed words for a status; there are no others.
const STATUSES: [&str; 5] = ["to_do", "in_progress", "pending", "done", "cancel"];
/// The parameters that the description of this call has, besides those of every list: no creator and no closing time.
pub(super) const FILTERS: [&str; 7] =
    ["category_ids[]", "assignee_ids[]", "deadline_since", "deadline_until", "followed", "archived", "status[]"];

/// A task on a board.
#[derive(Debug)]
pub(super) struct Task {
    issue: Issue,
    board: u32,
    assignee: u32,
    status: &'static str,
    deadline: Option<i64>,
    archived: bool,
}

/// Tasks of one person go round the boards that are not archived. Besides, each board has an archived task that is
/// assigned, open and late: it counts unless archived ones are left out.
pub(super) fn on_board(world: &World, person: u32, board: u32) -> Vec<Task> {
    let open: Vec<u32> = world.jooto.organization.boards.iter().filter(|b| !b.archived).map(|b| b.id).collect();
    let somebody = world.people.iter().map(|other| other.id).find(|other| *other != person).unwrap_or(person + 1);
    let today = world.clock.now().div_euclid(86_400);
    let task = |issue: Issue, board: u32, archived: bool| Task {
        board,
        assignee: if issue.assigned { person } else { somebody },
        status: match (issue.closed.is_some(), issue.id % 3) {
            (true, 0) => "cancel",
            (true, _) => "done",
            (false, turn) => STATUSES[turn],
        },
        // The last second of the day, in UTC.
        deadline: issue.due.map(|days| (today + days + 1) * 86_400 - 1),
        archived,
        issue,
    };
    let all = world.issues_of(Some(person));
    let put_away = Issue {
        id: all.len() + 1,
        subject: "Put away".to_owned(),
        assigned: true,
        created: true,
        watched: true,
        due: Some(-3),
        closed: None,
    };
    let here = all.into_iter().filter(|issue| open[issue.id % open.len()] == board);
    here.map(|issue| task(issue, board, false)).chain([task(put_away, board, true)]).collect()
}

/// The tasks that the parameters leave. Several values of one name mean any of them.
pub(super) fn select(tasks: Vec<Task>, params: &Params) -> Result<Vec<Task>, Failure> {
    let values = |name: &str| -> Vec<&str> {
        params.pairs().filter(|(known, _)| *known == name).map(|(_, value)| value).collect()
    };
    let statuses = values("status[]");
    if !statuses.iter().all(|status| STATUSES.contains(status)) {
        return Err(Failure::field("status[]", "is not a status"));
    }
    let assignees: Vec<u32> = values("assignee_ids[]")
        .into_iter()
        .map(|id| id.parse().map_err(|_| Failure::field("assignee_ids[]", "is not a number")))
        .collect::<Result<_, _>>()?;
    let instant = |name: &str| {
        let read = |text: &str| text.parse::<Timestamp>().map_err(|_| Failure::field(name, "is not a date and time"));
        params.get(name).map(read).transpose()
    };
    let (since, until) = (instant("deadline_since")?, instant("deadline_until")?);
    let (followed, archived) = (flag(params, "followed")?, flag(params, "archived")?);
    // No task here has a label.
    let labelled = !values("category_ids[]").is_empty();
    let keep = |task: &Task| {
        !labelled
            && (statuses.is_empty() || statuses.contains(&task.status))
            && (assignees.is_empty() || assignees.contains(&task.assignee))
            && followed.is_none_or(|wanted| task.issue.watched == wanted)
            && archived.is_none_or(|wanted| task.archived == wanted)
            && since.is_none_or(|since| task.deadline.is_some_and(|deadline| deadline >= since.as_second()))
            && until.is_none_or(|until| task.deadline.is_some_and(|deadline| deadline <= until.as_second()))
    };
    Ok(tasks.into_iter().filter(keep).collect())
}

/// The members of a task that the description calls required, and those that the filters look at.
pub(super) fn as_json(world: &World, person: u32, task: &Task) -> Value {
    let instant = |seconds| Timestamp::from_second(seconds).map(|instant| instant.to_string()).ok();
    json!({
        "id": task.issue.id,
        "task_number": task.issue.id,
        "name": task.issue.subject,
        "assigned_user_ids": [task.assignee],
        "created_at": world.clock.iso(-100),
        "updated_at": world.clock.iso(-1),
        "deadline_date_time": task.deadline.and_then(instant),
        "board_id": task.board,
        "list_id": task.board * 10,
        "creator_id": if task.issue.created { person } else { person + 1 },
        "archived": task.archived,
        "followed": task.issue.watched,
        "status": task.status,
    })
}
