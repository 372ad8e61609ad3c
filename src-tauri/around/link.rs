//! `tallykey://import` links: sites somebody passes on. A link is somebody else's, so it only ever shows
//! what it holds; a person adds it. Links are never logged.

use base64::Engine;
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use tallykey_core::model::site_file;
use tallykey_core::{Error, ErrorCode, Result, Url};
use tauri::{AppHandle, Runtime};

use super::go;
use crate::views::{ErrorView, Goto, ImportedSite};

const SCHEME: &str = "tallykey";

/// Of the alphabet for addresses (RFC 4648 §5), with or without the padding some tools leave on.
const BASE64: GeneralPurpose =
    GeneralPurpose::new(&base64::alphabet::URL_SAFE, GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent));

/// Shows what the links hold, and why not where they hold nothing.
pub fn follow<R: Runtime>(app: &AppHandle<R>, links: &[Url]) {
    for link in links {
        go(
            app,
            match text(link).and_then(|text| site_file::read(&text)) {
                Ok(sites) => Goto::Import { sites: sites.into_iter().map(ImportedSite::from).collect() },
                Err(error) => Goto::Refused { site: None, error: ErrorView::from(error) },
            },
        );
    }
}

/// The text of the site file in a link: `tallykey://import#TEXT` or `tallykey://import?file=TEXT`, encoded in
/// base64url.
///
/// # Errors
/// [`ErrorCode::NotASiteFile`].
fn text(link: &Url) -> Result<String> {
    let refused = |why: &str| Error::new(ErrorCode::NotASiteFile).detail(why);
    let is_import = link.scheme() == SCHEME
        && link.host_str() == Some("import")
        && link.port().is_none()
        && link.username().is_empty()
        && matches!(link.path(), "" | "/");
    if !is_import {
        return Err(refused("not a link to import sites"));
    }
    let asked: Vec<(String, String)> = link.query_pairs().into_owned().collect();
    let encoded = match (link.fragment(), &asked[..]) {
        (Some(encoded), []) => encoded,
        (None, [(name, encoded)]) if name == "file" => encoded,
        _ => return Err(refused("no file in the link")),
    };
    // Four characters carry three bytes; what is larger is not decoded to find out.
    if encoded.len() > site_file::LARGEST.div_ceil(3) * 4 {
        return Err(refused("larger than 64 KiB"));
    }
    let bytes = BASE64.decode(encoded).map_err(|_| refused("the link was cut or changed"))?;
    String::from_utf8(bytes).map_err(|_| refused("the link was cut or changed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "schema = 1\n[[site]]\nprovider = \"redmine\"\nname = \"港?>\"\nclient_id = \"abc\"\n";

    fn link(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_link_carries_the_text_of_a_site_file() {
        let encoded = BASE64.encode(FILE);
        let bare = encoded.trim_end_matches('=');
        for carried in [format!("#{encoded}"), format!("#{bare}"), format!("?file={bare}"), format!("/?file={bare}")] {
            assert_eq!(text(&link(&format!("tallykey://import{carried}"))).unwrap(), FILE, "{carried}");
        }
        assert_eq!(site_file::read(FILE).unwrap()[0].name, "港?>");
    }

    #[test]
    fn anything_else_is_refused() {
        let large = format!("tallykey://import#{}", "A".repeat(site_file::LARGEST * 2));
        for refused in [
            "tallykey://import",
            "tallykey://import#%%%",
            "tallykey://import#_w",
            "tallykey://import?file=YQ&file=YQ",
            "tallykey://import?other=YQ",
            "tallykey://import?file=YQ#YQ",
            "tallykey://import/deeper#YQ",
            "tallykey://connect#YQ",
            "tallykey://user@import#YQ",
            "https://import#YQ",
            &large,
        ] {
            assert_eq!(text(&link(refused)).unwrap_err().code, ErrorCode::NotASiteFile, "{refused:.40}");
        }
    }
}
