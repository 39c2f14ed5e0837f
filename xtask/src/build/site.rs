//! The site directory: every file under the name it is served by, its compressed copies, and the manifest the server reads.
//!
//! A name that carries a hash is kept by browsers for ever. What lies directly in `public/` keeps its name, because browsers
//! and crawlers ask for it (`favicon.ico`, `robots.txt`); what lies in a folder of `public/` gets a hashed one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::compress;
use super::hash::hash;
use super::manifest::{Manifest, Published};
use super::wasm::Package;
use crate::workspace::{Workspace, files_below, write_if_changed};

/// A file of `public/`.
pub struct PublicFile {
    /// Its address.
    pub served: String,
    content: Vec<u8>,
}

/// What goes into the site.
pub struct Parts {
    /// The application.
    pub package: Package,
    /// The style sheet.
    pub style: String,
    /// The files of `public/` by their names.
    pub public: BTreeMap<String, PublicFile>,
}

/// Reads `public/` and decides the addresses.
pub fn public(workspace: &Workspace) -> Result<BTreeMap<String, PublicFile>> {
    let folder = workspace.root.join("public");
    let mut files = BTreeMap::new();
    for name in files_below(&folder)? {
        let mut content = fs::read(folder.join(&name))?;
        if name.ends_with(".js") {
            content = spoken(std::str::from_utf8(&content)?).into_bytes();
        }
        let served = if name.contains('/') { format!("/pkg/{}", hashed(&name, &content)) } else { format!("/{name}") };
        files.insert(name, PublicFile { served, content });
    }
    Ok(files)
}

/// A script without what it says to people: lines that are nothing but a comment.
fn spoken(script: &str) -> String {
    let comment = |line: &str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    script.lines().map(str::trim).filter(|line| !comment(line)).map(|line| format!("{line}\n")).collect()
}

/// `fonts/name.woff2` → `fonts/name.<hash>.woff2`.
fn hashed(name: &str, content: &[u8]) -> String {
    let hash = hash([content]);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{hash}.{ending}"),
        None => format!("{name}.{hash}"),
    }
}

/// Writes the site; files whose content is there already are left alone.
pub fn publish(workspace: &Workspace, mut parts: Parts, compress: bool) -> Result<Manifest> {
    for (_, content) in parts.package.files.iter_mut().filter(|(name, _)| name.ends_with(".js")) {
        *content = spoken(std::str::from_utf8(content)?).into_bytes();
    }
    // One folder per build of the application: its files name each other relatively, so no file needs rewriting.
    let build = hash(parts.package.files.iter().flat_map(|(name, content)| [name.as_bytes(), content]));
    let address = |name: &str| format!("/pkg/{build}/{name}");
    let mut manifest = Manifest {
        style: format!("/pkg/{}", hashed("pult.css", parts.style.as_bytes())),
        script: address(Package::SCRIPT),
        wasm: address(Package::PROGRAM),
        parts: parts
            .package
            .parts
            .iter()
            .map(|(page, files)| (page.clone(), files.iter().map(|file| address(&format!("{file}.wasm"))).collect()))
            .collect(),
        public: parts.public.iter().map(|(name, file)| (name.clone(), file.served.clone())).collect(),
        files: Vec::new(),
    };
    let mut contents: Vec<(String, Vec<u8>)> = vec![(manifest.style.clone(), parts.style.into_bytes())];
    contents.extend(parts.package.files.into_iter().map(|(name, content)| (address(&name), content)));
    contents.extend(parts.public.into_values().map(|file| (file.served, file.content)));

    let site = workspace.site();
    let before = Manifest::read(workspace).unwrap_or_default();
    for (path, content) in contents {
        manifest.files.push(store(&site, &before, path, &content, compress)?);
    }
    manifest.files.sort_by(|left, right| left.path.cmp(&right.path));

    write_if_changed(&site.join("embedded.rs"), manifest.embedded().as_bytes())?;
    write_if_changed(&site.join("manifest.json"), serde_json::to_string_pretty(&manifest)?.as_bytes())?;
    remove_strangers(&site, &manifest)?;
    Ok(manifest)
}

fn store(site: &Path, before: &Manifest, path: String, content: &[u8], compress: bool) -> Result<Published> {
    let mime = mime(&path)?;
    let compress = compress && compress::pays(mime, content);
    let mut published = Published {
        mime: mime.into(),
        hash: hash([content]),
        immutable: path.starts_with("/pkg/"),
        size: content.len() as u64,
        brotli: None,
        gzip: None,
        path,
    };
    let file = site.join("files").join(&published.path[1..]);
    let same = before.files.iter().find(|old| old.path == published.path && old.hash == published.hash);
    if let Some(old) = same
        && file.exists()
        && old.brotli.is_some() == compress
    {
        (published.brotli, published.gzip) = (old.brotli, old.gzip);
        return Ok(published);
    }
    write_if_changed(&file, content)?;
    if compress {
        let copies = compress::copies(content)?;
        for (ending, copy, size) in
            [("br", copies.brotli, &mut published.brotli), ("gz", copies.gzip, &mut published.gzip)]
        {
            write_if_changed(&PathBuf::from(format!("{}.{ending}", file.display())), &copy)?;
            *size = Some(copy.len() as u64);
        }
    }
    Ok(published)
}

/// The types the site may hold; a new one is added here knowingly.
fn mime(path: &str) -> Result<&'static str> {
    Ok(match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "mp3" => "audio/mpeg",
        "ogg" => "audio/ogg",
        "txt" => "text/plain; charset=utf-8",
        _ => bail!("no content type known for {path}; add it to `mime` in xtask/src/build/site.rs"),
    })
}

/// Removes what an earlier build left.
fn remove_strangers(site: &Path, manifest: &Manifest) -> Result<()> {
    let known: BTreeSet<&str> = manifest.files.iter().map(|file| &file.path[1..]).collect();
    let files = site.join("files");
    for name in files_below(&files)? {
        let plain = name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz")).unwrap_or(&name);
        if !known.contains(plain) {
            fs::remove_file(files.join(&name))?;
        }
    }
    Ok(())
}
