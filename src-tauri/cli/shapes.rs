//! The shapes of JSON answers, as `--help` shows them. They only ever grow.

pub const PROVIDERS: &str = r#"JSON:
  [{"id","name","evidence":"live-server|documentation","file":PATH|null,
    "accepted":BOOL,"hosts":[],
    "applications":[{"id","label","client_secret":BOOL,"redirects":[{"kind","uri"}]}],
    "inputs":[{"key","label","hint","default"}],
    "scopes":[{"id","label"}],
    "choices":[{"key","label","many":BOOL,"me":BOOL,"optional":BOOL}]}]
  a file that cannot be used: {"file","line":N|null,"problem"}"#;

pub const CONNECT: &str = r#"JSON:
  {"site","identity":{"id","text"}|null,"scopes":[],"missing_scopes":[],
   "expires_at":RFC3339|null,"secrets":"keychain|vault|memory","saved":BOOL,
   "ended_tokens":[LAST_FOUR],"open_choices":[KEY]}"#;

pub const CHOOSE: &str = r#"JSON:
  [{"key","label","many":BOOL,"me":BOOL,"optional":BOOL,
    "chosen":[{"value","text"}],"items":[{"value","text"}],"cut":BOOL}]
  with --set: the same without "items" and "cut""#;

pub const LIST: &str = r#"JSON:
  [{"name","provider","base",
    "state":"not_connected|connected|needs_sign_in|revoke_pending",
    "identity":{"id","text"}|null,"expires_at":RFC3339|null,"scopes":[],
    "secrets":"keychain|vault|memory"}]"#;

pub const TOKEN: &str = r#"JSON:
  {"access_token","expires_at":RFC3339|null,"scopes":[],"header":{"name","value"}}"#;

pub const REQUEST: &str = "Exit code: 0 for a status of 2xx, 7 for 4xx, 5 for 5xx or no answer, 1 for any other.";

pub const EXEC: &str = r#"Examples:
  tallykey exec work -- sh -c 'curl -H "$TALLYKEY_AUTHORIZATION" "$TALLYKEY_BASE/issues.json"'

Exit code: the command's own; 127 where it was not found, 126 where it cannot be run."#;

pub const COUNTS: &str = r#"JSON:
  [{"site","identity":{"id","text"}|null,"at":RFC3339|null,
    "counts":[{"id","label","value":N|null,"error":CODE|null}]}]
  with --history each count has also, in the order of time:
    "history":[{"at":RFC3339,"value":N}]
  each number of the last two days, of sixty days the last of each hour, before
  that the last of each day
  with --try: {"site","filter","value":N}"#;

pub const REVOKE: &str = r#"JSON:
  {"site","provider":"confirmed|already_gone|unsupported|access_only|unreachable_queued|still_accepted",
   "here":"forgotten|kept_for_retry","page":URL|null}"#;

pub const DOCTOR: &str = r#"JSON:
  [{"id","site":NAME|null,"state":"ok|warn|fail","text","code":CODE|null,"advice":TEXT|null}]
  ids: keychain, config_folder, data_folder, proxy, browser, definitions,
  left_over, left_behind, clock;
  of a site: definition, authority, reach, the checks of its definition, client_secret, token

Exit code: 0 if nothing fails, else that of the first failure."#;

pub const EXIT_CODES: &str = r#"Exit codes:
  0  done
  1  anything else
  2  wrong usage
  3  no such site
  4  not connected, or the site needs a new login
  5  network or server trouble; nothing is lost, try again
  6  the keychain or the encrypted file cannot be used
  7  refused by the server
  129, 130, 143  ended by a signal: terminal closed, Ctrl-C, asked to end

The passphrase of the encrypted file is asked for at the terminal, or is the first line that the command
in TALLYKEY_PASSPHRASE_COMMAND prints.

With --json (and token --format json) errors are one JSON object a line on stderr:
  {"error":{"code","message","hint","means","site","detail"}}"#;
