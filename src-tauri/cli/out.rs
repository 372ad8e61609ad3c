//! The two streams: the answer on stdout, everything else on stderr.
//!
//! What comes from a server or a file is shown without control characters, so that nobody else
//! moves the cursor or colors the terminal.

use std::io::{self, IsTerminal, Write};

use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Style};
use serde_json::{Value, json};
use tallykey_core::model::provider::Text;
use tallykey_core::{Error, Language, sentence};

use crate::{advice, language};

/// Where a command says what it has to say.
pub struct Out {
    stdout: Box<dyn Write>,
    stderr: Box<dyn Write>,
    language: Language,
    json: bool,
    paints: bool,
    is_live: bool,
}

impl Out {
    /// The process's own streams.
    pub fn new(color: ColorChoice, json: bool) -> Self {
        let is_live = io::stderr().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            language: language::of_environment(),
            json,
            paints: match color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => is_live && wanted,
            },
            is_live,
        }
    }

    /// Whether stderr is colored.
    pub fn paints(&self) -> bool {
        self.paints
    }

    /// Whether the answer is to be JSON.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// The person's language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// One of two texts.
    pub fn pick(&self, en: &'static str, ja: &'static str) -> &'static str {
        match self.language {
            // The terminal speaks no German.
            Language::En | Language::De => en,
            Language::Ja => ja,
        }
    }

    /// A definition's text.
    pub fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.pick("en", "ja")).map_or("", String::as_str)
    }

    /// A line of the answer.
    ///
    /// # Errors
    /// What the pipe says.
    pub fn answer(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.stdout, "{line}")?;
        self.stdout.flush()
    }

    /// An answer that is not ours to change.
    ///
    /// # Errors
    /// What the pipe says.
    pub fn answer_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)?;
        self.stdout.flush()
    }

    /// The answer as JSON.
    ///
    /// # Errors
    /// What the pipe says.
    pub fn answer_json(&mut self, value: &Value) -> io::Result<()> {
        self.answer(&value.to_string())
    }

    /// Lines on stderr.
    pub fn note(&mut self, text: &str) {
        for line in text.split('\n') {
            self.line(&clean(line));
        }
    }

    /// A question on stderr, the cursor left behind it.
    pub fn prompt(&mut self, text: &str) {
        self.raw(&clean(text));
    }

    /// A passing line for whoever watches; the next [`done`](Self::done) takes it away.
    pub fn progress(&mut self, text: &str) {
        if self.is_live {
            self.raw(&clean(text));
        }
    }

    /// Takes the passing line away.
    pub fn done(&mut self) {
        if self.is_live {
            self.raw("\r\x1b[K");
        }
    }

    /// An error: what happened, what it means, what to do next.
    pub fn error(&mut self, error: &Error) {
        let text = sentence(error, self.language);
        let command = advice::command(error);
        if self.json {
            let hint = command.iter().fold(text.next.clone(), |next, command| format!("{next} ({command})"));
            let object = json!({
                "code": error.name(), "message": text.what, "hint": hint,
                "means": text.means, "site": error.site, "detail": error.detail,
            });
            return self.line(&json!({ "error": object }).to_string());
        }
        let title = self.painted(AnsiColor::Red.on_default().bold(), self.pick("error:", "エラー:"));
        self.line(&format!("{title} {}", clean(&text.what)));
        self.note(&format!("{}\n{}", text.means, text.next));
        if let Some(command) = command {
            self.note(&format!("  {command}"));
        }
        let name = error.name();
        let words: Vec<&str> = [Some(name.as_str()), error.site.as_deref(), error.detail.as_deref()]
            .into_iter()
            .flatten()
            .filter(|word| !word.is_empty())
            .collect();
        let small = self.painted(Style::new().dimmed(), &format!("[{}]", clean(&words.join(" · "))));
        self.line(&small);
    }

    /// What is wrong with the command line.
    pub fn usage(&mut self, text: &str) {
        if self.json {
            self.line(&json!({ "error": { "code": "usage", "message": text, "hint": null } }).to_string());
        } else {
            self.note(text);
        }
    }

    fn painted(&self, style: Style, text: &str) -> String {
        if self.paints { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn line(&mut self, text: &str) {
        self.raw(&format!("{text}\n"));
    }

    fn raw(&mut self, text: &str) {
        // Nowhere is left to say that stderr is gone.
        let _ = self.stderr.write_all(text.as_bytes()).and_then(|()| self.stderr.flush());
    }
}

/// A text without control characters.
pub fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
