//! A logo from whatever somebody sends: read as a picture, drawn anew, and small. What is no picture, or would be a huge one,
//! is refused; what hides behind or inside a picture does not come along, nor does what a camera wrote into it.

use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Largest side that is read, and largest room it may take while it is.
pub const MOST_SIDE: u32 = 4_096;
const MOST_ROOM: u64 = 96 * 1024 * 1024;
/// Largest side of a logo.
const SIDE: u32 = 256;

/// The logo as PNG; `None` for what is none.
pub fn drawn(bytes: &[u8]) -> Option<Vec<u8>> {
    let format = match bytes {
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ImageFormat::WebP,
        _ => return None,
    };
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(MOST_SIDE), Some(MOST_SIDE));
    limits.max_alloc = Some(MOST_ROOM);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let large = picture.width().max(picture.height()) > SIDE;
    let picture = if large { picture.resize(SIDE, SIDE, FilterType::CatmullRom) } else { picture };
    let mut png = Vec::new();
    picture.to_rgba8().write_with_encoder(PngEncoder::new(&mut png)).ok()?;
    Some(png)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, RgbaImage};

    fn written(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
        let picture = DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, |x, y| {
            image::Rgba([(x % 256) as u8, (y % 256) as u8, 120, 255])
        }));
        let picture = if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(picture.to_rgb8()) } else { picture };
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn pictures_are_drawn_anew_and_small() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let small = image::load_from_memory(&drawn(&written(format, 600, 300)).unwrap()).unwrap();
            assert_eq!((small.width(), small.height()), (256, 128), "{format:?}");
        }
        let tiny = image::load_from_memory(&drawn(&written(ImageFormat::Png, 40, 20)).unwrap()).unwrap();
        assert_eq!((tiny.width(), tiny.height()), (40, 20));
    }

    #[test]
    fn nothing_hides_in_a_logo() {
        let mut both = written(ImageFormat::Png, 64, 64);
        both.extend_from_slice(b"<script>alert('canary')</script>");
        let logo = drawn(&both).unwrap();
        assert!(!logo.windows(6).any(|part| part == b"canary"));
    }

    #[test]
    fn what_is_no_picture_or_a_huge_one_is_refused() {
        let wide = written(ImageFormat::Png, MOST_SIDE + 1, 1);
        // A header that promises more than it brings.
        let mut bomb = written(ImageFormat::Png, 8, 8);
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        let cut = &written(ImageFormat::Jpeg, 64, 64)[..200];
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
        for bad in [&b""[..], svg, b"GIF89a", b"\x89PNG\r\n\x1a\n", &wide, &bomb, cut, b"RIFF\0\0\0\0WEBPVP8 "] {
            assert!(drawn(bad).is_none(), "{:?}", &bad[..bad.len().min(12)]);
        }
    }
}
