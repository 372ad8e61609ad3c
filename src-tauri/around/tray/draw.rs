//! The menu as the system draws it. Where only words changed, only words are changed: a menu that is
//! open stays open.

use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Runtime};

use super::ID;
use super::entries::Entry;
use crate::around::act::id;

/// The tray as it is shown.
pub struct Drawn<R: Runtime> {
    icon: TrayIcon<R>,
    rows: Vec<Row<R>>,
    entries: Vec<Entry>,
    title: Option<String>,
}

enum Row<R: Runtime> {
    Item(MenuItem<R>),
    Sub(Submenu<R>, Vec<Self>),
    Rule(PredefinedMenuItem<R>),
}

impl<R: Runtime> Drawn<R> {
    /// Puts the icon into the tray.
    pub fn new(app: &AppHandle<R>, entries: Vec<Entry>, title: Option<String>) -> tauri::Result<Self> {
        let rows = rows(app, &entries)?;
        let mut builder = TrayIconBuilder::with_id(ID)
            .menu(&menu(app, &rows)?)
            .tooltip(tooltip(title.as_deref()))
            // On Windows a click shows the window and the other button the menu.
            .show_menu_on_left_click(!cfg!(windows));
        if let Some(icon) = app.default_window_icon() {
            builder = builder.icon(icon.clone());
        }
        if let Some(title) = &title {
            builder = builder.title(title);
        }
        Ok(Self { icon: builder.build(app)?, rows, entries, title })
    }

    /// Shows what is known now.
    pub fn update(&mut self, app: &AppHandle<R>, entries: Vec<Entry>, title: Option<String>) -> tauri::Result<()> {
        if self.title != title {
            self.icon.set_title(Some(title.as_deref().unwrap_or_default()))?;
            self.icon.set_tooltip(Some(tooltip(title.as_deref())))?;
            self.title = title;
        }
        if self.entries == entries {
            return Ok(());
        }
        if is_same_shape(&self.entries, &entries) {
            relabel(&self.rows, &self.entries, &entries)?;
        } else {
            self.rows = rows(app, &entries)?;
            self.icon.set_menu(Some(menu(app, &self.rows)?))?;
        }
        self.entries = entries;
        Ok(())
    }
}

fn tooltip(title: Option<&str>) -> String {
    title.map_or_else(|| "Tallykey".to_owned(), |title| format!("Tallykey · {title}"))
}

/// A name may hold what menus take for the key that chooses a row.
fn plain(label: &str) -> String {
    label.replace('&', "&&")
}

fn rows<R: Runtime>(app: &AppHandle<R>, entries: &[Entry]) -> tauri::Result<Vec<Row<R>>> {
    let row = |entry: &Entry| {
        Ok(match entry {
            Entry::Line(label) => Row::Item(MenuItem::new(app, plain(label), false, None::<&str>)?),
            Entry::Do(act, label) => Row::Item(MenuItem::with_id(app, id(act), plain(label), true, None::<&str>)?),
            Entry::Sub(_, label, below) => {
                let (sub, below) = (Submenu::new(app, plain(label), true)?, rows(app, below)?);
                for row in &below {
                    sub.append(row.item())?;
                }
                Row::Sub(sub, below)
            }
            Entry::Rule => Row::Rule(PredefinedMenuItem::separator(app)?),
        })
    };
    entries.iter().map(row).collect()
}

fn menu<R: Runtime>(app: &AppHandle<R>, rows: &[Row<R>]) -> tauri::Result<Menu<R>> {
    let items: Vec<&dyn IsMenuItem<R>> = rows.iter().map(Row::item).collect();
    Menu::with_items(app, &items)
}

impl<R: Runtime> Row<R> {
    fn item(&self) -> &dyn IsMenuItem<R> {
        match self {
            Self::Item(item) => item,
            Self::Sub(sub, _) => sub,
            Self::Rule(rule) => rule,
        }
    }
}

/// Whether the same rows do the same.
fn is_same_shape(before: &[Entry], now: &[Entry]) -> bool {
    before.len() == now.len()
        && before.iter().zip(now).all(|pair| match pair {
            (Entry::Line(_), Entry::Line(_)) | (Entry::Rule, Entry::Rule) => true,
            (Entry::Do(before, _), Entry::Do(now, _)) => before == now,
            (Entry::Sub(before, _, below), Entry::Sub(now, _, below_now)) => {
                before == now && is_same_shape(below, below_now)
            }
            _ => false,
        })
}

fn relabel<R: Runtime>(rows: &[Row<R>], before: &[Entry], now: &[Entry]) -> tauri::Result<()> {
    for (row, (before, now)) in rows.iter().zip(before.iter().zip(now)) {
        if before == now {
            continue;
        }
        match (row, before, now) {
            (Row::Item(item), _, Entry::Line(label) | Entry::Do(_, label)) => item.set_text(plain(label))?,
            (Row::Sub(sub, rows), Entry::Sub(_, _, below), Entry::Sub(_, label, below_now)) => {
                sub.set_text(plain(label))?;
                relabel(rows, below, below_now)?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::entries::Act;
    use super::*;

    #[test]
    fn words_may_change_in_an_open_menu_and_rows_may_not() {
        let open = |label: &str| Entry::Do(Act::Open, label.to_owned());
        let sub = |id: &str, below| Entry::Sub(id.to_owned(), id.to_owned(), below);
        assert!(is_same_shape(&[open("4"), Entry::Rule], &[open("5"), Entry::Rule]));
        assert!(is_same_shape(&[sub("a", vec![open("4")])], &[sub("a", vec![open("5")])]));
        assert!(!is_same_shape(&[open("4")], &[open("4"), Entry::Rule]));
        assert!(!is_same_shape(&[open("4")], &[Entry::Do(Act::Quit, "4".to_owned())]));
        assert!(!is_same_shape(&[sub("a", Vec::new())], &[sub("b", Vec::new())]));
        assert!(!is_same_shape(&[sub("a", vec![open("4")])], &[sub("a", Vec::new())]));
    }

    #[test]
    fn a_name_chooses_no_key() {
        assert_eq!(plain("R&D"), "R&&D");
    }
}
