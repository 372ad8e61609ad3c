//! The objects of a Workfront that one person sees: tasks, issues, projects and users.

use crate::world::World;

/// A type of object. "Case-insensitive, and either the abbreviated code or the name."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Task,
    Issue,
    Project,
    User,
}

impl Kind {
    pub(super) fn read(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "task" => Some(Self::Task),
            "optask" | "issue" => Some(Self::Issue),
            "proj" | "project" => Some(Self::Project),
            "user" => Some(Self::User),
            _ => None,
        }
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Task => "TASK",
            Self::Issue => "OPTASK",
            Self::Project => "PROJ",
            Self::User => "USER",
        }
    }

    /// The fields that may be asked for and filtered by; names are case-sensitive.
    pub(super) fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Task => &[
                "ID",
                "name",
                "status",
                "assignedToID",
                "assignments:assignedToID",
                "enteredByID",
                "percentComplete",
                "plannedCompletionDate",
                "actualCompletionDate",
            ],
            Self::Issue => &[
                "ID",
                "name",
                "status",
                "assignedToID",
                "assignments:assignedToID",
                "enteredByID",
                "plannedCompletionDate",
                "actualCompletionDate",
            ],
            Self::Project => &["ID", "name", "status"],
            Self::User => &["ID", "name", "username"],
        }
    }
}

/// The value of a field. Days count from the site's today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Text(String),
    Number(i64),
    Day(Option<i64>),
}

impl Field {
    /// Some value of the field's own sort.
    pub(super) fn sample(name: &str) -> Self {
        match name {
            "percentComplete" => Self::Number(0),
            _ if name.ends_with("Date") => Self::Day(Some(0)),
            _ => Self::Text(String::new()),
        }
    }
}

/// One object, by its fields' names.
pub(super) type Object = Vec<(&'static str, Field)>;

/// IDs are 32 hexadecimal digits.
pub(super) fn id(kind: Kind, number: usize) -> String {
    format!("4c78821c0000d6fa8d5e{:04x}{number:08x}", kind.code().len() * 257)
}

pub(super) fn user_id(person: u32) -> String {
    id(Kind::User, usize::try_from(person).expect("32 bits fit"))
}

/// All objects of a type. A person's issues are told apart by their numbers: the even ones are tasks, the odd ones are
/// issues; so both together give the person's counts.
pub(super) fn all(world: &World, person: u32, kind: Kind) -> Vec<Object> {
    match kind {
        Kind::Task | Kind::Issue => work(world, person, kind),
        Kind::Project => projects(),
        Kind::User => world.people.iter().map(user).collect(),
    }
}

fn user(person: &crate::Person) -> Object {
    vec![
        ("ID", Field::Text(user_id(person.id))),
        ("name", Field::Text(person.name())),
        ("username", Field::Text(person.login.clone())),
    ]
}

/// Three current projects, one in planning, one complete.
fn projects() -> Vec<Object> {
    let named = [("Website", "CUR"), ("Support", "CUR"), ("Reports", "CUR"), ("Mobile", "PLN"), ("Old website", "CPL")];
    let project = |(n, (name, status)): (usize, (&str, &str))| {
        vec![
            ("ID", Field::Text(id(Kind::Project, n + 1))),
            ("name", Field::Text(name.to_owned())),
            ("status", Field::Text(status.to_owned())),
        ]
    };
    named.into_iter().enumerate().map(project).collect()
}

/// `assignments:assignedToID` has all who are assigned, `assignedToID` only the first of them: for every fifth object
/// that is somebody else. A task is complete by its percentage; its status may be one that an organization made up.
fn work(world: &World, person: u32, kind: Kind) -> Vec<Object> {
    let me = user_id(person);
    let other = || "ffffffffffffffffffffffffffffffff".to_owned();
    let parity = usize::from(kind == Kind::Issue);
    let issues = world.issues_of(Some(person)).into_iter().filter(|issue| issue.id % 2 == parity);
    issues
        .map(|issue| {
            let by = |mine: bool| Field::Text(if mine { me.clone() } else { other() });
            let done = issue.closed.is_some();
            let status = match (done, issue.id % 4) {
                (true, 0 | 1) => "DON",
                (true, _) => "CPL",
                (false, _) => "NEW",
            };
            let mut object = vec![
                ("ID", Field::Text(id(kind, issue.id))),
                ("name", Field::Text(issue.subject)),
                ("status", Field::Text(status.to_owned())),
                ("assignedToID", by(issue.assigned && issue.id % 5 != 0)),
                ("assignments:assignedToID", by(issue.assigned)),
                ("enteredByID", by(issue.created)),
                ("plannedCompletionDate", Field::Day(issue.due)),
                ("actualCompletionDate", Field::Day(issue.closed)),
            ];
            if kind == Kind::Task {
                let complete = i64::try_from(issue.id % 10).expect("one digit") * 10;
                object.push(("percentComplete", Field::Number(if done { 100 } else { complete })));
            }
            object
        })
        .collect()
}
