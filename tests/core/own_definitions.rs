//! A person's own definition files: what is hostile or broken is refused with its reason, alone.

use std::fs;
use std::path::{Path, PathBuf};

use tallykey_core::providers::built_in;
use tallykey_core::{Broken, Definitions, ErrorCode};

use crate::support::{Here, code, own_redmine};

fn folder(here: &Here) -> PathBuf {
    let folder = here.desk.definitions_folder();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The one file that is refused, beside a good one and what came with the program.
fn refused_beside_a_good_one(here: &Here) -> Broken {
    fs::write(folder(here).join("good.toml"), own_redmine("good")).unwrap();
    let Definitions { sound, mut broken } = here.desk.definitions();
    assert_eq!(sound.len(), built_in().len() + 1, "the others stay");
    assert_eq!(sound.last().unwrap().provider.id, "good");
    assert_eq!(broken.len(), 1);
    broken.remove(0)
}

#[tokio::test]
async fn a_hostile_address_is_refused_with_file_line_and_reason() {
    let here = Here::new().await;
    let file = folder(&here).join("evil.toml");
    let authorize = r#"authorize = "{base}/oauth/authorize""#;
    let no_address = "does not begin with https:// and a host";
    for (what, by, words) in [
        (authorize, r#"authorize = "javascript:alert(1)""#, no_address),
        (authorize, r#"authorize = "data:text/html,<script>""#, no_address),
        (authorize, r#"authorize = "file:///etc/passwd""#, no_address),
        (authorize, r#"authorize = "http://evil.example/authorize""#, no_address),
        (authorize, r#"authorize = "https://user:pass@evil.example/authorize""#, no_address),
        (authorize, r#"authorize = "https://{base}/authorize""#, no_address),
        (authorize, r#"authorize = "https://tracker.example.jp:{base}/authorize""#, no_address),
        (authorize, r#"authorize = "{client_id}/authorize""#, "`client_id` is not an input for an address"),
        (r#"token = "{base}/oauth/token""#, r#"token = "{base}@evil.example/token""#, "needs a slash"),
        (r#"token = "{base}/oauth/token""#, r#"token = "{base}.evil.example/token""#, "needs a slash"),
        (authorize, r#"authorize = "https://evil.example/authorize""#, "another host than the sign-in page"),
        (r#"token = "{base}/oauth/token""#, r#"token = "https://evil.example/token""#, "another host"),
        (r#"url = "{base}/oauth/revoke""#, r#"url = "https://evil.example/revoke""#, "revoked at another host"),
        (r#"home = "{base}/my/page""#, r#"home = "javascript:alert(1)""#, no_address),
        (r#""https://www.redmine.org/issues/24808""#, r#""file:///etc/passwd""#, no_address),
        (r#""https://www.redmine.org/issues/24808""#, r#""smb://evil.example/share""#, no_address),
    ] {
        let text = own_redmine("evil");
        assert!(text.contains(what), "{what}");
        fs::write(&file, text.replace(what, by)).unwrap();

        let Broken { file: refused, problem } = refused_beside_a_good_one(&here);

        assert_eq!(refused, file);
        assert!(problem.reason.contains(words), "{by}: {problem}");
        let line =
            fs::read_to_string(&file).unwrap().lines().nth(problem.line.expect("a line") - 1).unwrap().to_owned();
        // Where two addresses do not fit together, either may be the wrong one.
        assert!(line.contains(by) || words.contains("another host"), "{by}: not {line}");
    }
}

#[tokio::test]
async fn a_broken_definition_is_refused_with_file_line_and_reason() {
    let here = Here::new().await;
    let file = folder(&here).join("broken.toml");
    let name = r#"name = "Redmine""#;
    for (what, by, line, words) in [
        ("schema = 1", "schema = 99", Some(1), "schema 99 is not known"),
        ("schema = 1", "schema = 1\nfuture = true", Some(2), "unknown field `future`"),
        (name, "name = \"Redmine\"\nname = \"Again\"", Some(4), "duplicate key"),
        (name, "name = \"Redmine", Some(3), "string"),
        (name, "", None, "missing field `name`"),
        (r#"mark = "Rm""#, "mark = 7", Some(4), "expected a string"),
        (r#"en = "View issues", ja = "#, "en = ", None, "missing in `ja`"),
        (r#"id = "overdue""#, r#"id = "due_today""#, None, "two counts are called `due_today`"),
        (r#"id = "oauth""#, r#"id = "product""#, None, "two checks are called `product`"),
        ("{base}/my/page", "{bsae}/my/page", None, "`bsae` is not an input for an address"),
        ("{base}/my/page", "{base}/{bsae}", None, "`{bsae}` means nothing here"),
        ("{base}/my/page", "{base/my/page", None, "has a { without a }"),
    ] {
        let text = own_redmine("broken");
        assert!(text.contains(what), "{what}");
        fs::write(&file, text.replacen(what, by, 1)).unwrap();

        let Broken { file: refused, problem } = refused_beside_a_good_one(&here);

        assert_eq!(refused, file);
        assert!(problem.reason.contains(words), "{by}: {problem}");
        assert!(line.is_none() || line == problem.line, "{by}: {problem}");
    }
}

#[tokio::test]
async fn an_id_that_is_taken_is_refused_and_the_first_keeps_it() {
    let here = Here::new().await;
    fs::write(folder(&here).join("again.toml"), own_redmine("redmine")).unwrap();

    let Broken { problem, .. } = refused_beside_a_good_one(&here);
    assert_eq!(problem.reason, "another definition is called `redmine`");
    assert_eq!(code(here.accept("redmine")), ErrorCode::NoSuchProvider, "it is nobody's own");
    assert!(here.desk.definition("redmine").unwrap().file.is_none(), "what came with the program stays");

    fs::write(folder(&here).join("again.toml"), own_redmine("twin")).unwrap();
    fs::write(folder(&here).join("twin.toml"), own_redmine("twin").replace("Redmine", "Other")).unwrap();
    let Definitions { sound, broken } = here.desk.definitions();
    assert_eq!(broken[0].problem.reason, "another definition is called `twin`");
    assert_eq!(broken[0].file, folder(&here).join("twin.toml"));
    assert!(sound.iter().any(|one| one.file.as_deref() == Some(&folder(&here).join("again.toml"))));
}

/// Why a file is refused that `make` makes.
async fn why(make: impl FnOnce(&Path)) -> String {
    let here = Here::new().await;
    make(&folder(&here).join("x.toml"));
    refused_beside_a_good_one(&here).problem.to_string()
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_without_reading_it() {
    // A hole on the disk; reading it to its end would take minutes.
    let huge = why(|path| fs::File::create(path).unwrap().set_len(1 << 36).unwrap()).await;
    assert_eq!(huge, "larger than 64 KiB");
    let cut = why(|path| fs::write(path, format!("#{}", "あ".repeat(30_000))).unwrap()).await;
    assert_eq!(cut, "larger than 64 KiB", "wherever the cut falls");
}

#[tokio::test]
async fn what_holds_no_definition_is_refused() {
    assert_eq!(why(|path| fs::create_dir(path).unwrap()).await, "not a file");
    assert_eq!(why(|path| fs::write(path, b"schema = 1\nid = \"\xff\"").unwrap()).await, "line 2: not UTF-8");
    assert!(why(|path| fs::write(path, "").unwrap()).await.contains("missing field `schema`"));
    assert!(why(|path| fs::write(path, "schema = 1\n[[[").unwrap()).await.starts_with("line 2: "));
}

#[cfg(unix)]
#[tokio::test]
async fn what_is_no_file_is_refused_and_nobody_waits_for_it() {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    let pipe = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    assert_eq!(why(pipe).await, "not a file");
    assert_eq!(why(|path| symlink("/dev/zero", path).unwrap()).await, "not a file");
    assert!(why(|path| symlink(path, path).unwrap()).await.contains("symbolic links"));
    assert!(why(|path| symlink("nowhere.toml", path).unwrap()).await.contains("No such file"));
}

#[tokio::test]
async fn the_folder_is_shown_and_made_where_it_is_not_there() {
    let here = Here::new().await;
    let folder = here.desk.definitions_folder();
    assert!(!folder.exists());

    here.desk.show_definitions_folder().await.unwrap();

    assert!(folder.is_dir());
    assert_eq!(here.browser.opened()[0].to_file_path().unwrap(), folder);
}
