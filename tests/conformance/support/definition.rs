//! The server's definition, as a person brings it along: a file in the configuration folder, whose
//! hosts they accept.

use tallykey_core::Desk;

const DEFINITION: &str = include_str!("../../oidc/oidc.toml");

/// Its `id`.
pub const PROVIDER: &str = "oidc";

/// Puts the definition where a desk looks for a person's own, and accepts it.
pub fn bring(desk: &Desk) {
    let folder = desk.definitions_folder();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("oidc.toml"), DEFINITION).unwrap();
    desk.accept(&desk.definition(PROVIDER).unwrap()).unwrap();
}
