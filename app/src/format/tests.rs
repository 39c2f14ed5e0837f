//! Formats in both languages, on the edges of days, units and signs.

use super::*;

const NSK: i32 = 420;

fn ru() -> Format {
    Format::new(texts::load(Language::Ru), Language::Ru, NSK)
}
fn en() -> Format {
    Format::new(texts::load(Language::En), Language::En, NSK)
}
fn plain(text: String) -> String {
    text.replace(NBSP, " ").replace('\u{2011}', "-")
}
fn at(day: u32, hour: u32, minute: u32) -> i64 {
    epoch_ms(2026, 11, day, hour, minute, NSK)
}

#[test]
fn dates() {
    let ms = at(21, 15, 58);
    assert_eq!(ru().date(ms), "21.11.2026");
    assert_eq!(plain(ru().date_long(ms)), "21 ноября 2026 г.");
    assert_eq!(plain(en().date_long(ms)), "21 November 2026");
    assert_eq!(ru().exact(ms + 7_000), "21.11.2026, 15:58:07");
    assert_eq!(civil(ms, NSK).weekday, 6);
    // Late evening in UTC is already tomorrow in Novosibirsk.
    assert_eq!(ru().date(epoch_ms(2026, 11, 20, 20, 0, 0)), "21.11.2026");
}

#[test]
fn times_in_lists() {
    let now = at(21, 15, 58);
    assert_eq!(ru().list_time(at(21, 9, 5), now), "09:05");
    assert_eq!(ru().list_time(at(20, 23, 59), now), "Вчера");
    assert_eq!(ru().list_time(at(1, 0, 0), now), "01.11");
    assert_eq!(ru().list_time(epoch_ms(2024, 6, 14, 1, 0, NSK), now), "14.06.2024");
    assert_eq!(plain(ru().day(epoch_ms(2024, 6, 14, 1, 0, NSK), now)), "14 июня 2024 г.");
    assert_eq!(ru().day(now, now), "Сегодня");
    assert_eq!(ru().day_time(at(22, 10, 0), now), "завтра в 10:00");
}

#[test]
fn relative_time() {
    let now = at(21, 15, 58);
    let cases = [
        (0, "только что"),
        (15_000, "15 секунд назад"),
        (5 * MINUTE, "5 минут назад"),
        (21 * HOUR, "21 час назад"),
        (2 * DAY, "2 дня назад"),
        (9 * DAY, "12 ноября"),
        (-30_000, "сейчас"),
        (-2 * HOUR, "через 2 часа"),
        (-3 * DAY, "через 3 дня"),
    ];
    for (ago, expected) in cases {
        assert_eq!(plain(ru().relative(now - ago, now)), expected);
    }
    assert_eq!(plain(en().relative(now - MINUTE, now)), "1 minute ago");
}

#[test]
fn money() {
    assert_eq!(ru().money(123_400, "RUB"), "1\u{a0}234\u{a0}₽");
    assert_eq!(plain(ru().money(123_450, "RUB")), "1 234,50 ₽");
    assert_eq!(plain(ru().money(-5, "RUB")), "−0,05 ₽");
    assert_eq!(plain(ru().money(1_234, "JPY")), "1 234 JPY");
    assert_eq!(plain(ru().money(i64::MIN, "RUB")), "−92 233 720 368 547 758,08 ₽");
    assert_eq!(en().money(123_450, "USD"), "$1,234.50");
    assert_eq!(plain(en().money(123_450, "RUB")), "1,234.50 ₽");
    assert_eq!(ru().money_plain(123_450, "RUB"), "1234,50");
}

#[test]
fn numbers() {
    assert_eq!(plain(ru().decimal(1_234_567.89, 2)), "1 234 567,89");
    assert_eq!(ru().decimal(-0.001, 2), "0");
    assert_eq!(en().decimal(1234.5, 2), "1,234.5");
    assert_eq!(plain(ru().integer(-1_286)), "−1 286");
    assert_eq!(ru().quantity(1_500), "1,5");
    assert_eq!(ru().quantity(2_000), "2");
    assert_eq!(plain(ru().percent(12.0, 0)), "12 %");
}

#[test]
fn durations_and_sizes() {
    assert_eq!(plain(ru().duration(108_000)), "1 мин 48 с");
    assert_eq!(plain(ru().duration(2 * HOUR + 10 * MINUTE)), "2 ч 10 мин");
    assert_eq!(plain(ru().duration(3 * DAY)), "3 дн.");
    assert_eq!(plain(ru().duration(340)), "340 мс");
    assert_eq!(plain(ru().file_size(1_468_006)), "1,4 МБ");
    assert_eq!(plain(ru().file_size(512)), "512 Б");
    assert_eq!(plain(en().file_size(25 << 20)), "25 MB");
}
