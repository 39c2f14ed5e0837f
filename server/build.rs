//! Link options of the released program.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    // Generic code leaves many functions with the same machine code behind; the linker (lld, see .cargo/config.toml) keeps one.
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=safe");
    }
}
