//! The invented conversations and reviews of the demo.

/// A conversation that is closed. `member` is a place in the team, `rating` 0 when the client gave none, `by` who closed it.
#[derive(Debug)]
pub struct Case {
    pub name: &'static str,
    pub email: &'static str,
    pub member: usize,
    pub rating: i64,
    pub by: &'static str,
    pub unsubscribed: bool,
}

/// A review: after which conversation, how long after it, what it says, what the team answered.
#[derive(Debug)]
pub struct Written {
    pub of: usize,
    pub after_minutes: i64,
    pub stars: i64,
    pub title: &'static str,
    pub text: &'static str,
    pub answer: Option<&'static str>,
}

const fn case(name: &'static str, email: &'static str, member: usize, rating: i64) -> Case {
    Case { name, email, member, rating, by: "admin", unsubscribed: false }
}
/// The client does not want letters.
const fn unsubscribed(case: Case) -> Case {
    Case { unsubscribed: true, ..case }
}
/// Nobody answered but the robot.
const fn by_robot(case: Case) -> Case {
    Case { by: "bot", ..case }
}

/// Conversations in the order of their closing.
#[rustfmt::skip]
pub const CASES: &[Case] = &[
    case("Ольга Ветрова", "olga.vetrova@example.com", 0, 5),
    case("Степан Ильин", "stepan.ilin@example.com", 1, 0),
    case("Мария Кольцова", "m.koltsova@example.com", 0, 4),
    case("Денис Чернов", "d.chernov@example.com", 2, 5),
    case("Алина Гусева", "alina.guseva@example.com", 1, 0),
    case("Павел Рощин", "p.roschin@example.com", 0, 5),
    unsubscribed(case("Нина Аркадьевна", "nina.arkadevna@example.com", 0, 0)),
    case("Тимур Ахметов", "t.ahmetov@example.com", 1, 2),
    case("Екатерина Соболева", "e.soboleva@example.com", 2, 5),
    case("Виктор Лапин", "v.lapin@example.com", 0, 0),
    by_robot(case("Светлана Юдина", "s.yudina@example.com", 1, 4)),
    case("Георгий Панов", "g.panov@example.com", 0, 5),
    case("Марина Лебедева", "marina.lebedeva@example.com", 1, 0),
    case("Антон Зуев", "a.zuev@example.com", 0, 0),
    case("Лариса Белова", "l.belova@example.com", 2, 5),
    case("Игорь Пак", "igor.pak@example.com", 1, 0),
    case("Юлия Дорохова", "y.dorohova@example.com", 0, 5),
    case("Роман Сухов", "r.suhov@example.com", 0, 1),
    case("Кафе «Полдень»", "kafe@example.com", 1, 0),
    unsubscribed(case("Елена Мороз", "e.moroz@example.com", 0, 5)),
    case("Артём Никитин", "a.nikitin@example.com", 2, 0),
    case("Ксения Фомина", "k.fomina@example.com", 0, 4),
    case("Борис Левашов", "b.levashov@example.com", 1, 0),
    case("Дарья Ершова", "d.ershova@example.com", 1, 5),
    case("Олег Пахомов", "o.pahomov@example.com", 0, 0),
    case("Инна Карпова", "i.karpova@example.com", 0, 5),
    by_robot(case("Константин Ржевский", "k.rzhevsky@example.com", 1, 0)),
    case("Полина Седова", "p.sedova@example.com", 2, 0),
    case("Людмила Сергеевна", "l.sergeevna@example.com", 0, 3),
    case("Максим Тарасов", "m.tarasov@example.com", 1, 5),
    case("Вероника Шилова", "v.shilova@example.com", 0, 0),
    case("Глеб Орлов", "g.orlov@example.com", 0, 4),
    case("Анастасия Рябова", "a.ryabova@example.com", 1, 0),
    unsubscribed(case("Евгений Крюков", "e.kryukov@example.com", 0, 5)),
    case("Жанна Волкова", "zh.volkova@example.com", 1, 0),
    case("Семён Дубов", "s.dubov@example.com", 2, 0),
    case("Ольга Ветрова", "olga.vetrova@example.com", 0, 5),
    case("Тамара Ивлева", "t.ivleva@example.com", 1, 0),
    case("Руслан Хамитов", "r.hamitov@example.com", 0, 4),
    case("Вадим Ежов", "v.ezhov@example.com", 0, 0),
    case("Яна Колесова", "y.kolesova@example.com", 1, 5),
    case("Филипп Громов", "f.gromov@example.com", 0, 0),
];

/// Reviews in the order of their conversations.
pub const REVIEWS: &[Written] = &[
    Written {
        of: 0,
        after_minutes: 190,
        stars: 5,
        title: "Приехали в тот же день",
        text: "Стиральная машина встала в субботу утром, к вечеру уже работала. Мастер Олег всё объяснил и убрал за собой.",
        answer: None,
    },
    Written {
        of: 2,
        after_minutes: 400,
        stars: 4,
        title: "Хорошо, но пришлось ждать деталь",
        text: "Холодильник починили, морозит отлично. Минус звезда за три дня ожидания компрессора, хотя предупредили честно.",
        answer: Some("Мария, спасибо! Этот компрессор теперь держим на складе, следующий ремонт займёт день."),
    },
    Written {
        of: 3,
        after_minutes: 95,
        stars: 5,
        title: "Вежливо и быстро",
        text: "Ответили в чате за пару минут, назвали цену сразу, она не изменилась.",
        answer: None,
    },
    Written {
        of: 5,
        after_minutes: 1300,
        stars: 5,
        title: "Спасибо за кофемашину",
        text: "Почистили и настроили помол. Кофе снова как в первый год.",
        answer: None,
    },
    Written {
        of: 8,
        after_minutes: 260,
        stars: 5,
        title: "Рекомендую",
        text: "Второй раз обращаюсь, второй раз всё чётко.",
        answer: None,
    },
    Written {
        of: 9,
        after_minutes: 620,
        stars: 2,
        title: "Мастер опоздал на два часа",
        text: "Обещали приехать к двум, приехали к четырём, и никто не позвонил. Починили нормально, но полдня потеряно.",
        answer: Some(
            "Виктор, вы правы: мы должны были позвонить. Вернули вам стоимость выезда, а диспетчер теперь предупреждает об опоздании за час.",
        ),
    },
    Written {
        of: 11,
        after_minutes: 150,
        stars: 5,
        title: "",
        text: "Кондиционер поставили аккуратно, трассу спрятали. Работает тихо.",
        answer: None,
    },
    Written {
        of: 13,
        after_minutes: 900,
        stars: 4,
        title: "Нормальный сервис",
        text: "Починили, гарантию дали, документы в порядке.",
        answer: None,
    },
    Written {
        of: 14,
        after_minutes: 75,
        stars: 5,
        title: "Отличная консультация",
        text: "Подсказали по телефону, что сбросить, и деньги за выезд не взяли. Так сейчас мало кто делает.",
        answer: Some("Лариса, спасибо за добрые слова! Звоните, если ошибка вернётся."),
    },
    Written {
        of: 18,
        after_minutes: 500,
        stars: 5,
        title: "Обслуживают все наши кофемашины",
        text: "Три машины, договор, приезжают по графику. Довольны.",
        answer: None,
    },
    Written {
        of: 20,
        after_minutes: 2000,
        stars: 3,
        title: "Дороговато",
        text: "Сделали хорошо, но помпа у них дороже, чем в магазине.",
        answer: None,
    },
    Written {
        of: 23,
        after_minutes: 340,
        stars: 5,
        title: "Быстро нашли причину",
        text: "Другой мастер не понял, что с посудомойкой, здесь нашли за двадцать минут.",
        answer: None,
    },
    Written {
        of: 29,
        after_minutes: 120,
        stars: 5,
        title: "Всё вовремя",
        text: "Приехали минута в минуту.",
        answer: None,
    },
    Written {
        of: 31,
        after_minutes: 410,
        stars: 1,
        title: "Сломалось через неделю",
        text: "Заменили реле, через неделю холодильник опять не включается. Пишу второй день, ответа нет. Очень разочарован.",
        answer: None,
    },
    Written {
        of: 34,
        after_minutes: 230,
        stars: 4,
        title: "Хороший мастер",
        text: "Руслан терпеливо отвечал на все вопросы.",
        answer: None,
    },
    Written {
        of: 36,
        after_minutes: 60,
        stars: 5,
        title: "Опять выручили",
        text: "Постоянный клиент, всегда помогают.",
        answer: None,
    },
];
