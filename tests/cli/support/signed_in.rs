//! A person's own browser, signed in at the real Redmine.

use tempfile::TempDir;

use super::{Redmine, curl};

pub struct SignedIn {
    jar: TempDir,
}

impl SignedIn {
    /// A person of the seed.
    pub fn at(redmine: &Redmine, login: &str) -> Self {
        let browser = Self { jar: TempDir::new().unwrap() };
        let password = format!("{login}-pass-1");
        browser.submit(
            &redmine.url("/login"),
            &redmine.url("/login"),
            &[("username", login), ("password", &password), ("login", "Login")],
        );
        assert!(browser.page(&redmine.url("/my/account"), &[]).contains("id=\"my_account_form\""), "not signed in");
        browser
    }

    pub fn page(&self, url: &str, more: &[&str]) -> String {
        let jar = self.jar.path().join("cookies");
        let jar = jar.to_str().unwrap();
        curl(&[&["-b", jar, "-c", jar, url], more].concat())
    }

    /// Fills in the form of a page; what the server answers.
    pub fn submit(&self, form: &str, to: &str, fields: &[(&str, &str)]) -> String {
        let page = self.page(form, &[]);
        let after = page.split("name=\"authenticity_token\" value=\"").nth(1).expect("a form");
        let token = ("authenticity_token", after.split('"').next().unwrap());
        let fields: Vec<String> =
            fields.iter().chain([&token]).map(|(name, value)| format!("{name}={value}")).collect();
        let fields: Vec<&str> = fields.iter().flat_map(|field| ["--data-urlencode", field.as_str()]).collect();
        self.page(to, &fields)
    }

    /// How many issues a page lists.
    pub fn rows(&self, page: &str) -> u64 {
        let html = self.page(&format!("{page}&per_page=100"), &[]);
        assert!(html.contains("id=\"content\"") && !html.contains("id=\"errorExplanation\""), "{page}: {html}");
        html.matches("<tr id=\"issue-").count().try_into().unwrap()
    }
}
