//! Texts in the language of the person, columns that line up in it.

use crate::support::{Computer, Tracker, need_keychain};

#[test]
fn errors_are_told_in_japanese() {
    for name in ["LANG", "LC_MESSAGES", "LC_ALL"] {
        let done = Computer::without_keychain().with(name, "ja_JP.UTF-8").run(&["token", "x"]);
        let done = done.refused(3, "no_such_site");
        assert!(done.stderr.contains("エラー: この名前のサイトはありません"), "{name}: {done:?}");
        assert!(done.stderr.contains("一覧からサイトを選んでください。"), "{name}: {done:?}");
    }
}

#[test]
fn the_more_general_variable_decides() {
    let computer = Computer::without_keychain().with("LANG", "ja_JP.UTF-8").with("LC_ALL", "en_US.UTF-8");
    assert!(computer.run(&["token", "x"]).stderr.contains("No site has this name"));
    let computer = Computer::without_keychain().with("LANG", "ja_JP.UTF-8").with("LC_ALL", "");
    assert!(computer.run(&["token", "x"]).stderr.contains("この名前のサイトはありません"));
}

#[test]
fn json_errors_are_told_in_japanese_under_the_same_code() {
    let computer = Computer::without_keychain().with("LANG", "ja_JP.UTF-8");
    let done = computer.run(&["counts", "x", "--json"]).refused(3, "no_such_site");
    let error: serde_json::Value = serde_json::from_str(&done.stderr).unwrap();
    assert_eq!(error["error"]["message"], "この名前のサイトはありません");
}

#[test]
fn columns_line_up_under_japanese_names() {
    let (tracker, computer) = (Tracker::start(), Computer::forgetful());
    computer.add("開発", &tracker).ok();
    computer.add("Desk", &tracker).ok();
    let list = computer.run(&["list"]).ok().stdout;
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].starts_with("開発  Redmine  not connected  "), "{list}");
    assert!(lines[1].starts_with("Desk  Redmine  not connected  "), "{list}");
}

#[test]
fn counts_are_a_table_with_the_names_of_the_sites() {
    need_keychain!();
    let tracker = Tracker::start();
    let computer = Computer::connected("開発", &tracker);
    let english = computer.run(&["counts"]).ok().stdout;
    let lines: Vec<&str> = english.lines().collect();
    assert_eq!(lines[0], "                  開発");
    assert_eq!(lines[1], "Assigned to me      15");
    assert_eq!(lines[7], "Closed in 7 days     3");
    let japanese = computer.command(&["counts"]).env("LANG", "ja_JP.UTF-8").output().unwrap();
    let japanese = String::from_utf8(japanese.stdout).unwrap();
    assert_eq!(japanese.lines().nth(1), Some("自分の担当        15"), "{japanese}");
}

#[test]
fn colors_come_only_when_wanted() {
    let colored = |computer: &Computer, arguments: &[&str]| computer.run(arguments).stderr.contains('\x1b');
    let computer = Computer::without_keychain();
    assert!(!colored(&computer, &["token", "x"]));
    assert!(colored(&computer, &["token", "x", "--color", "always"]));
    assert!(!colored(&computer, &["token", "x", "--color", "never"]));
}
