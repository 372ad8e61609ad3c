//! What an administrator registers at the provider, once for everybody.

use super::provider::{Application, Provider};
use super::site::Redirect;

impl Provider {
    /// The ways back that are open to a kind of application, best first.
    pub fn ways<'a>(&'a self, application: &'a Application) -> &'a [Redirect] {
        application.redirects.as_deref().unwrap_or(&self.oauth.redirects)
    }

    /// The line to register for one way back.
    pub fn redirect_line(&self, application: &Application, redirect: Redirect) -> String {
        let any_port = self.ways(application).contains(&Redirect::Loopback);
        // Where any port will do, the line for it covers the port nobody listens on.
        let redirect = if redirect == Redirect::Paste && any_port { Redirect::Loopback } else { redirect };
        redirect.line(self.oauth.redirect_port)
    }

    /// The lines to register so that every way back works.
    pub fn redirect_lines(&self, application: &Application) -> Vec<String> {
        let mut lines = Vec::new();
        for line in self.ways(application).iter().map(|redirect| self.redirect_line(application, *redirect)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }
}
