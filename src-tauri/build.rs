//! Tells Tauri where the reviewed lists of what the page may call live.

fn main() {
    const CAPABILITIES: &str = "./src-tauri/capabilities/**/*";
    const PERMISSIONS: &str = "./src-tauri/permissions/**/*";

    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=src-tauri/permissions");
    let manifest = tauri_build::AppManifest::new().permissions_path_pattern(PERMISSIONS);
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern(CAPABILITIES).app_manifest(manifest);
    tauri_build::try_build(attributes).expect("tauri.conf.json, capabilities and permissions agree");
}
