//! The colour an organisation gives to what can be pressed, and whether it can be read on our surfaces. Pure: the server
//! refuses with it, the form says with it what is wrong while somebody still chooses.

/// Red, green, blue.
pub type Rgb = [u8; 3];

/// Contrast that text needs (WCAG 2.2, 1.4.3). The colour is text itself on links and badges, so it needs as much against the
/// surfaces as what stands on it.
pub const NEEDED: f64 = 4.5;
/// Text on the colour. Whatever is light enough for our dark surfaces bears dark text.
pub const ON_ACCENT: Rgb = [0x17, 0x11, 0x07];

/// The surfaces of `style/tokens.css`: lightness, chroma, hue.
const SURFACES: [[f64; 3]; 4] =
    [[0.16, 0.012, 262.0], [0.19, 0.013, 262.0], [0.225, 0.014, 262.0], [0.27, 0.016, 262.0]];
/// Strongest tint of the colour that it stands on itself, and the surface below.
const TINT: (f64, usize) = (0.18, 2);

/// Reads `#rrggbb`.
pub fn parse(text: &str) -> Option<Rgb> {
    let hex = text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// Writes `#rrggbb`.
pub fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn curved(part: f64) -> f64 {
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
}

/// Oklab: lightness, green to red, blue to yellow.
fn lab(rgb: Rgb) -> [f64; 3] {
    let [r, g, b] = rgb.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

/// The colour, unless no screen shows it.
fn rgb([l, a, b]: [f64; 3]) -> Option<Rgb> {
    let cube = |part: f64| part * part * part;
    let long = cube(l + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let middle = cube(l - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let short = cube(l - 0.089_484_177_5 * a - 1.291_485_548_0 * b);
    let parts = [
        4.076_741_662_1 * long - 3.307_711_591_3 * middle + 0.230_969_929_2 * short,
        -1.268_438_004_6 * long + 2.609_757_401_1 * middle - 0.341_319_396_5 * short,
        -0.004_196_086_3 * long - 0.703_418_614_7 * middle + 1.707_614_701_0 * short,
    ];
    let shown = parts.iter().all(|part| (-0.000_1..=1.000_1).contains(part));
    shown.then(|| parts.map(|part| (curved(part.clamp(0.0, 1.0)) * 255.0).round() as u8))
}

fn surface(at: usize) -> Rgb {
    let [l, c, h] = SURFACES[at];
    let angle = h.to_radians();
    rgb([l, c * angle.cos(), c * angle.sin()]).unwrap_or_default()
}

fn mixed(over: Rgb, share: f64, under: Rgb) -> Rgb {
    let (over, under) = (lab(over), lab(under));
    rgb([0, 1, 2].map(|at| over[at] * share + under[at] * (1.0 - share))).unwrap_or_default()
}

/// Contrast of two colours by WCAG: 1 to 21.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let light = |[r, g, b]: Rgb| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05;
    let (one, other) = (light(one), light(other));
    if one > other { one / other } else { other / one }
}

/// Contrast of the text on a colour, and the least of the colour on whatever it stands on.
pub fn contrasts(accent: Rgb) -> (f64, f64) {
    let (share, below) = TINT;
    let grounds = (0..SURFACES.len()).map(surface).chain([mixed(accent, share, surface(below))]);
    let least = grounds.map(|ground| contrast(accent, ground)).fold(f64::INFINITY, f64::min);
    (contrast(accent, ON_ACCENT), least)
}

/// Whether a colour can be read wherever it is used.
pub fn is_readable(accent: Rgb) -> bool {
    let (on_it, against) = contrasts(accent);
    on_it >= NEEDED && against >= NEEDED
}

/// The colour itself, or the nearest lighter one of its hue that can be read.
pub fn readable(accent: Rgb) -> Rgb {
    if is_readable(accent) {
        return accent;
    }
    let [mut l, a, b] = lab(accent);
    while l < 1.0 {
        l += 0.005;
        // What no screen shows loses some of its colour.
        let shown = (0..=20).find_map(|step| rgb([l, a, b].paler(1.0 - f64::from(step) / 20.0)));
        if let Some(shown) = shown.filter(|shown| is_readable(*shown)) {
            return shown;
        }
    }
    [0xff; 3]
}

trait Paler {
    fn paler(self, share: f64) -> Self;
}

impl Paler for [f64; 3] {
    fn paler(self, share: f64) -> Self {
        [self[0], self[1] * share, self[2] * share]
    }
}

/// What a page says on its root for a colour; "" for the usual one.
pub fn style(accent: &str) -> String {
    match parse(accent).filter(|accent| is_readable(*accent)) {
        Some(accent) => format!("--accent:{};--on-accent:{}", hex(accent), hex(ON_ACCENT)),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
        assert!((contrast([0x77; 3], [255; 3]) - 4.48).abs() < 0.01);
        assert_eq!(contrast([1, 2, 3], [1, 2, 3]), 1.0);
    }

    #[test]
    fn the_surfaces_are_those_of_the_style() {
        let style = include_str!("../../../style/tokens.css");
        for (at, [l, c, h]) in SURFACES.iter().enumerate() {
            let token = format!("--surface-{at}: oklch({}% {c} {h});", (l * 1000.0).round() / 10.0);
            assert!(style.contains(&token), "{token}");
        }
        // As a browser paints the first of them, near enough.
        assert_eq!(hex(surface(0)), "#0a0d13");
    }

    #[test]
    fn colours_come_back_from_oklab() {
        for colour in [[0, 0, 0], [255, 255, 255], [12, 200, 99], [0x3b, 0x82, 0xf6]] {
            let back = rgb(lab(colour)).unwrap();
            assert!(colour.iter().zip(back).all(|(one, other)| one.abs_diff(other) <= 1), "{colour:?} {back:?}");
        }
    }

    #[test]
    fn a_colour_that_cannot_be_read_gets_a_lighter_one_of_its_hue() {
        for usual in ["#f0b04b", "#7dd3fc", "#86efac", "#f9a8d4"] {
            let usual = parse(usual).unwrap();
            assert!(is_readable(usual) && readable(usual) == usual, "{usual:?} {:?}", contrasts(usual));
        }
        for dark in ["#000000", "#1d4ed8", "#7f1d1d", "#14532d", "#3b82f6", "#ff0000", "#0000ff"] {
            let dark = parse(dark).unwrap();
            assert!(!is_readable(dark), "{dark:?}");
            let better = readable(dark);
            assert!(is_readable(better), "{dark:?} {better:?}");
        }
        let blue = readable(parse("#1d4ed8").unwrap());
        assert!(blue[2] > blue[0], "still blue: {}", hex(blue));
    }

    #[test]
    fn only_whole_colours_reach_a_page() {
        for bad in ["", "#fff", "red", "#12345g", "#f0b04b;--x:1", "#000000", "f0b04b"] {
            assert_eq!(style(bad), "", "{bad}");
        }
        assert_eq!(style("#F0B04B"), "--accent:#f0b04b;--on-accent:#171107");
    }
}
