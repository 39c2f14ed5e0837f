//! The style sheet: `style/main.css` with everything it imports, as one small file whose links point at the hashed names.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::values::url::Url;
use lightningcss::visit_types;
use lightningcss::visitor::{Visit, VisitTypes, Visitor};

use super::site::PublicFile;
use crate::workspace::Workspace;

/// The oldest browsers served, all with nesting, layers and OKLCH.
const BROWSERS: Browsers = Browsers {
    chrome: Some(120 << 16),
    edge: Some(120 << 16),
    firefox: Some(121 << 16),
    safari: Some(17 << 16 | 2 << 8),
    ios_saf: Some(17 << 16 | 2 << 8),
    android: None,
    ie: None,
    opera: None,
    samsung: None,
};

/// Bundles and shrinks.
pub fn bundle(workspace: &Workspace, public: &BTreeMap<String, PublicFile>) -> Result<String> {
    let main = workspace.root.join("style/main.css");
    let provider = FileProvider::new();
    let mut bundler = Bundler::new(&provider, None, ParserOptions::default());
    let mut sheet = bundler.bundle(&main).map_err(|error| anyhow!("style: {error}"))?;
    sheet.visit(&mut Links { public }).map_err(|name| anyhow!("style: no public/{name}"))?;
    let targets = Targets::from(BROWSERS);
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|error| anyhow!("style: {error}"))?;
    let printed = sheet.to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })?;
    if printed.code.is_empty() {
        bail!("style: {} is empty", main.display());
    }
    Ok(printed.code)
}

/// Replaces `url(/fonts/name.woff2)` by the served name of `public/fonts/name.woff2`.
struct Links<'a> {
    public: &'a BTreeMap<String, PublicFile>,
}

impl<'i> Visitor<'i> for Links<'_> {
    type Error = String;

    fn visit_types(&self) -> VisitTypes {
        visit_types!(URLS)
    }

    fn visit_url(&mut self, url: &mut Url<'i>) -> Result<(), String> {
        if let Some(name) = url.url.strip_prefix('/') {
            let file = self.public.get(name).ok_or_else(|| name.to_owned())?;
            url.url = file.served.clone().into();
        }
        Ok(())
    }
}
