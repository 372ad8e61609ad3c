//! What an administrator registers at the provider, once for everybody.

use super::provider::Provider;
use super::site::Redirect;

impl Provider {
    /// The line to register for one way back.
    pub fn redirect_line(&self, redirect: Redirect) -> String {
        let any_port = self.oauth.redirects.contains(&Redirect::Loopback);
        // Where any port will do, the line for it covers the port nobody listens on.
        let redirect = if redirect == Redirect::Paste && any_port { Redirect::Loopback } else { redirect };
        redirect.line(self.oauth.redirect_port)
    }

    /// The lines to register so that every way back works.
    pub fn redirect_lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.oauth.redirects.iter().map(|redirect| self.redirect_line(*redirect)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}
