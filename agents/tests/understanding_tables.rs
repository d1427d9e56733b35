//! Messages and what they say: one readable row each. It checks the reader through its front door only.

use agents::understanding::{Context, EmergencyLevel, Expecting, Reading, Trade, YesNo, read};

/// The value of a field in words, as the tables write it; `-` when there is none.
fn field(reading: &Reading, key: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    match key {
        "lang" => reading.language.map_or("-", |language| language.code()).to_owned(),
        "city" => reading.city.as_ref().map_or("-".to_owned(), |city| city.key.clone()),
        "street" => text(&reading.street),
        "no" => text(&reading.street_number),
        "floor" => text(&reading.floor),
        "apt" => text(&reading.apartment),
        "entrance" => text(&reading.entrance),
        "private" => reading.private_house.to_string(),
        "name" => text(&reading.name),
        "trade" => reading.trade.map_or("-", Trade::key).to_owned(),
        "item" => text(&reading.item),
        "issue" => text(&reading.issue),
        "emergency" => match reading.emergency.level {
            EmergencyLevel::No => "no",
            EmergencyLevel::Ambiguous => "ask",
            EmergencyLevel::Yes => "yes",
        }
        .to_owned(),
        "reasons" => reading.emergency.reasons.join("+"),
        "answer" => match reading.answer {
            None => "-",
            Some(YesNo::Yes) => "yes",
            Some(YesNo::No) => "no",
            Some(YesNo::Later) => "later",
        }
        .to_owned(),
        "number" => reading.number.map_or("-".to_owned(), |number| number.to_string()),
        "intents" => reading.intents.keys().join("+"),
        "moved" => reading.moved.to_string(),
        other => panic!("no field {other}"),
    }
}

/// Rows of `[question] message => field=value; field=value`.
fn check(rows: &str) {
    let mut failures = Vec::new();
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty() && !row.starts_with("//")) {
        let (message, expected) = row.split_once(" => ").expect("a row has =>");
        let (expecting, message) = match message.strip_prefix('[') {
            Some(rest) => {
                let (question, message) = rest.split_once("] ").expect("a question ends with ]");
                let question: Expecting =
                    serde_json::from_str(&format!("\"{question}\"")).expect("a known question");
                (Some(question), message)
            }
            None => (None, message),
        };
        let trades = [
            Trade::Plumbing,
            Trade::Electricity,
            Trade::AirConditioning,
            Trade::Locksmith,
            Trade::Appliances,
        ];
        let reading = read(message, &Context { trades: &trades, city: None, expecting });
        for pair in expected.split(';') {
            let (key, value) = pair.trim().split_once('=').expect("field=value");
            let found = field(&reading, key);
            if found != value {
                failures.push(format!("{message}\n    {key}: expected {value}, found {found}"));
            }
        }
    }
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn hebrew_problems() {
    check(
        "
        יש לי נזילה במטבח => lang=he; trade=plumbing; item=leak_repair; issue=נזילה במטבח; emergency=no
        הברז מטפטף כל הלילה => trade=plumbing; item=leak_repair
        צריך להחליף ברז במטבח => trade=plumbing; item=faucet_replacement
        יש סתימה בכיור => trade=plumbing; item=clog_opening
        השירותים סתומים => trade=plumbing; item=clog_opening
        המים לא יורדים במקלחת => trade=plumbing; item=clog_opening
        סתימה בכיור ליד מכונת הכביסה => trade=plumbing; item=clog_opening
        אין מים חמים, הדוד שמש לא עובד => trade=plumbing; item=boiler_repair
        הדוד נוזל => item=boiler_repair
        אני צריך אינסטלטור => trade=plumbing; name=-
        המזגן לא מקרר => trade=air_conditioning; item=ac_repair
        המזגן מטפטף בסלון => trade=air_conditioning
        לא עובד המזגן => trade=air_conditioning; answer=-
        ניקוי מזגן ומילוי גז => trade=air_conditioning; item=ac_service
        התקנת מזגן חדש => item=ac_installation
        אין חשמל בסלון => trade=electricity; item=power_outage
        קפץ הפקק ולא חוזר => trade=electricity; item=power_outage
        הממסר קופץ כל הזמן => trade=electricity; item=power_outage
        השקע לא עובד => trade=electricity; item=outlet_repair
        צריך חשמלאי להתקין מנורה => trade=electricity; item=fixture_installation
        ננעלתי בחוץ => trade=locksmith; item=lock_opening; emergency=ask
        הדלת נטרקה והמפתח בפנים => trade=locksmith; item=lock_opening
        רוצה להחליף מנעול => trade=locksmith; item=lock_replacement
        מכונת כביסה לא סוחטת => trade=appliances; item=washing_machine_repair
        המקרר לא מקרר => trade=appliances; item=refrigerator_repair
        התנור לא מתחמם => trade=appliances; item=appliance_diagnosis
        להרכיב ארון מאיקאה => trade=handyman; item=furniture_assembly
        לתלות טלוויזיה על הקיר => trade=handyman; item=wall_mounting
        צריך לצבוע חדר => trade=painting; item=room_painting
        יש ג'וקים בבית => trade=pest_control; item=other
        זה לא נזילה, זה סתימה => item=clog_opening
        התריס נתקע => trade=aluminium
        שלום, יש לי נזילה מתחת לכיור => issue=נזילה מתחת לכיור; intents=greeting
        מה נשמע => trade=-; issue=-
        ",
    );
}

#[test]
fn hebrew_addresses() {
    check(
        "
        הרצל 10, תל אביב, קומה 3 דירה 12 => street=הרצל; no=10; city=tel_aviv; floor=3; apt=12
        רחוב ביאליק 5/7 => street=ביאליק; no=5; apt=7
        ביאליק 5 ד' 7 ק' 2 => street=ביאליק; no=5; apt=7; floor=2
        ביאליק 5 ד׳ 7 ק׳ 2 => apt=7; floor=2
        יש לי נזילה במטבח בתל אביב, הרצל 10 => city=tel_aviv; street=הרצל; no=10; issue=נזילה במטבח
        רחוב ירושלים 5 בחיפה => street=ירושלים; no=5; city=haifa
        ירושלים 5, חיפה => street=ירושלים; no=5; city=haifa
        דרך יפו 12 חיפה => street=דרך יפו; no=12; city=haifa
        יפו 97 ירושלים => street=יפו; no=97; city=jerusalem
        שדרות ירושלים 10 יפו => street=שדרות ירושלים; no=10; city=jaffa
        שדרות רוטשילד 22 תל אביב => street=שדרות רוטשילד; no=22; city=tel_aviv
        אני גר בהרצל 10 בהרצליה => street=הרצל; no=10; city=herzliya
        הרצל 10א ראשון לציון => street=הרצל; no=10א; city=rishon_lezion
        הרצל 12-14 חולון => no=12-14; city=holon
        ברחוב הרצל בתל אביב => street=הרצל; no=-; city=tel_aviv
        רח' סוקולוב 33 ת״א => street=סוקולוב; no=33; city=tel_aviv
        גר בשמעוני 5 באר שבע => street=שמעוני; no=5; city=beer_sheva
        כתובת: החבצלת 8, פ״ת => street=החבצלת; no=8; city=petah_tikva
        השקמה 4 ראשל״צ קומת קרקע => street=השקמה; no=4; city=rishon_lezion; floor=0
        הרצל 10 כניסה ב קומה שלישית => entrance=ב; floor=3
        קומה -1 => floor=-1
        בית פרטי, הגפן 3 כפר סבא => private=true; street=הגפן; no=3; city=kfar_saba
        [address] הזמיר 17 => street=הזמיר; no=17
        [address] הרצל => street=הרצל; no=-
        [floor_apartment] 3, 12 => floor=3; apt=12
        [floor_apartment] 5 => apt=5; floor=-
        [floor_apartment] קומה 2 => floor=2; apt=-
        [floor_apartment] בית פרטי => private=true; apt=-
        [floor] קרקע => floor=0
        מחר ב-10 => street=-; no=-; city=-
        מחר בשעה 10 => street=-; no=-
        מחר ב-10:30 בתל אביב => street=-; no=-; city=tel_aviv
        050-000-0123 => street=-; no=-; number=-
        דירה של 2 חדרים בחיפה => apt=-; no=-; city=haifa
        זה עולה 300 שקל => no=-; street=-
        בת 5 => no=-
        [time] 10 => number=10; no=-
        לא, עברתי לויצמן 9 בחולון => moved=true; street=ויצמן; no=9; city=holon; answer=no
        עברתי מחולון לבת ים => moved=true; city=bat_yam
        ",
    );
}

#[test]
fn hebrew_places() {
    check(
        "
        אתם מגיעים לחולון? => city=holon; intents=asks_area
        אני מלוד => city=lod
        יש ילוד בבית => city=-
        היה עיכוב בעכו => city=akko
        אני גרה בנס ציונה => city=nes_ziona
        אני מאילת => city=eilat
        בערד => city=arad
        באיזה אזור אתם עובדים => city=-
        קוראים לי עומר => city=-; name=עומר
        בעומר => city=omer
        קדימה, סגרנו => city=-; answer=yes
        [city] אזור => city=azor
        [city] ראשון => city=rishon_lezion
        ביום ראשון בבוקר => city=-
        המזגן על 16 מעלות => city=-
        ב״ש => city=beer_sheva
        פתח תקוה => city=petah_tikva
        תל-אביב => city=tel_aviv
        בקרית מוצקין => city=kiryat_motzkin
        לא תל אביב, רמת גן => city=ramat_gan
        הרצליה פיתוח => city=herzliya
        במודיעין עילית => city=modiin_illit
        אופס => city=-
        ",
    );
}

#[test]
fn hebrew_names_answers_and_hints() {
    check(
        "
        קוראים לי דנה כהן => name=דנה כהן
        אני דנה => name=דנה
        שמי יוסי לוי, יש לי סתימה => name=יוסי לוי; item=clog_opening; issue=סתימה
        זה יוסי => name=יוסי
        אני צריך עזרה => name=-
        אני דנה מתל אביב ויש לי נזילה => name=דנה; city=tel_aviv; item=leak_repair
        אני גר בחיפה => name=-; city=haifa
        [name] דנה => name=דנה
        [name] דנה כהן => name=דנה כהן
        [name] אבי => name=אבי
        [name] שלום => name=-
        [name] כן => name=-; answer=yes
        [name] נזילה במטבח => name=-; item=leak_repair
        [name] אריאל => name=אריאל; city=-
        [name] למה אתה צריך? => name=-
        כן => answer=yes
        כן אבל רק מחר => answer=-
        מעולה => answer=yes
        סבבה => answer=yes
        יאללה => answer=yes
        בסדר גמור => answer=yes
        👍 => answer=yes; lang=-
        👎 => answer=no
        לא => answer=no
        לא תודה => answer=no
        לא משנה לי מתי => answer=-; intents=
        אולי אחר כך => answer=later
        לא עכשיו, אולי מחר => answer=later
        אחשוב על זה => answer=later
        מחר בצהריים מתאים => answer=yes
        לא מתאים לי => answer=no
        אני לא יכול לפתוח את הדלת => answer=-
        כן, הרצל 10 => answer=yes; street=הרצל; no=10
        נשמע מעולה תודה => answer=yes
        5 => number=5
        אופציה 2 => number=2
        השני => number=2
        הראשונה בבקשה => number=1
        2️⃣ => number=2
        כמה זה עולה? => intents=asks_price
        מתי אפשר להגיע => intents=asks_slots
        איפה הטכנאי? => intents=asks_status
        אני רוצה לדבר עם נציג => intents=wants_human
        אני רוצה לבטל את התור => intents=wants_cancel
        לא רוצה לבטל => intents=
        ביטול => intents=wants_cancel
        אפשר לשנות את השעה? => intents=wants_reschedule
        שירות גרוע, אף אחד לא הגיע => intents=complaint
        מה מזג האוויר מחר => intents=off_topic; trade=-
        תודה רבה => intents=thanks; answer=-
        בוקר טוב => intents=greeting; answer=-
        ",
    );
}

#[test]
fn hebrew_emergencies() {
    check(
        "
        הצינור התפוצץ ויש הצפה => emergency=yes; trade=plumbing
        ריח גז חזק במטבח => emergency=yes; reasons=gas; trade=gas
        יש ניצוצות מהשקע => emergency=yes; trade=electricity
        תינוק ננעל בחדר => emergency=yes; reasons=trapped
        אין הצפה, רק טפטוף => emergency=no; item=leak_repair
        זה לא דליפת גז => emergency=no
        לא דחוף, יש נזילה קטנה => emergency=no; item=leak_repair
        נזילה, לא דחוף => emergency=no
        דחוף! => emergency=ask; reasons=urgent
        קצר חשמלי בבית => emergency=ask; reasons=short_circuit; trade=electricity
        שלחתי סרטון קצר => emergency=no; trade=-
        לזמן קצר => emergency=no
        ריח של ביוב במרתף => emergency=ask
        אין לי חשמל והכל מוצף => emergency=yes
        גלאי עשן מצפצף => emergency=no
        בלי עשן ובלי ריח שרוף => emergency=no
        מקרה חירום => emergency=yes
        זה לא חירום => emergency=no
        ",
    );
}

#[test]
fn english() {
    check(
        "
        My pipe burst, help => lang=en; trade=plumbing; name=-; emergency=yes; reasons=burst_pipe
        [name] My pipe burst, help => name=-; trade=plumbing
        burst pipe and flooding => emergency=yes; reasons=burst_pipe+flooding
        basement is flooding and sewage backing up => emergency=yes
        sewer smell in the basement => emergency=ask; reasons=sewage_smell
        no flooding, just a slow drip => emergency=no; item=leak_repair
        not a gas leak => emergency=no
        I smell gas => emergency=yes; trade=gas
        not urgent, the tap drips => emergency=no; item=leak_repair
        my smoke detector beeps => emergency=no
        AC not cooling => trade=air_conditioning; item=ac_repair
        how much is a new faucet? => item=faucet_replacement; intents=asks_price
        the toilet is clogged => item=clog_opening
        I'm locked out => trade=locksmith; item=lock_opening; name=-
        the breaker keeps tripping => item=power_outage
        my washing machine won't spin => item=washing_machine_repair
        fridge is warm => item=refrigerator_repair
        need to assemble an IKEA wardrobe => item=furniture_assembly
        hang a tv on the wall => item=wall_mounting
        no hot water since yesterday => item=boiler_repair
        outlet in the bedroom is dead => item=outlet_repair
        10 Herzl St, apt 5, 3rd floor => street=Herzl St; no=10; apt=5; floor=3
        456 Oak Avenue => street=Oak Avenue; no=456
        Herzl 10, Tel Aviv => street=Herzl; no=10; city=tel_aviv
        10 Herzl, Haifa => street=Herzl; no=10; city=haifa
        floor 2 unit 8 => floor=2; apt=8
        no, I moved to 9 Elm St => moved=true; street=Elm St; no=9; answer=no
        tomorrow at 10 am in Ashdod => city=ashdod; no=-
        I have 3 rooms => no=-; street=-
        private house in Ra'anana => private=true; city=raanana
        do you serve Olathe? => intents=asks_area; city=-
        do you come to Holon? => intents=asks_area; city=holon
        my name is Dana Cohen => name=Dana Cohen
        I'm Dana => name=Dana
        I'm Priya, my sink leaks => name=Priya; item=leak_repair
        I'm looking for a plumber => name=-; trade=plumbing
        [name] Dana => name=Dana
        [name] no idea? => name=-
        yes => answer=yes
        Yes! => answer=yes
        yes please => answer=yes
        yes but later => answer=-
        sounds good => answer=yes
        I know, go ahead => answer=yes
        now please => answer=yes
        tomorrow at noon works => answer=yes
        maybe later => answer=later
        no thanks => answer=no
        no => answer=no
        no hot water => answer=-; item=boiler_repair
        nothing works => answer=-
        don't cancel my appointment => intents=
        cancel my appointment please => intents=wants_cancel
        what is your cancellation policy? => intents=
        can I talk to a human => intents=wants_human
        the second one => number=2
        option 3 => number=3
        tell me a joke => intents=off_topic
        thanks! => intents=thanks
        where is the technician => intents=asks_status
        when are you available? => intents=asks_slots
        nobody came, I want a refund => intents=complaint
        half an acre of lawn => city=-
        ",
    );
}

#[test]
fn arabic() {
    check(
        "
        عندي تسريب مياه في المطبخ => lang=ar; trade=plumbing; item=leak_repair
        المغسلة مسدودة => item=clog_opening
        انفجرت الماسورة => emergency=yes; trade=plumbing
        المكيف لا يبرد => trade=air_conditioning; item=ac_repair
        لا يعمل المكيف => trade=air_conditioning; answer=-
        لا يوجد كهرباء في البيت => item=power_outage
        الغسالة لا تعمل => item=washing_machine_repair
        الثلاجة خربانة => item=refrigerator_repair
        ضاع المفتاح => item=lock_opening
        رائحة غاز => emergency=yes; trade=gas
        لا يوجد تسرب غاز => emergency=no
        مش مستعجل => emergency=no
        شارع هرتسل 10، حيفا => street=هرتسل; no=10; city=haifa
        شارع هرتسل ١٠ => no=10
        الطابق الثالث شقة 5 => floor=3; apt=5
        أنا من الناصرة => city=nazareth
        بتل أبيب => city=tel_aviv
        اسمي أحمد => name=أحمد
        نعم => answer=yes
        لا => answer=no
        لا شكرا => answer=no
        تمام => answer=yes
        ربما لاحقا => answer=later
        كم السعر؟ => intents=asks_price
        مرحبا => intents=greeting
        اريد الغاء الموعد => intents=wants_cancel
        الثاني => number=2
        غدا الساعة 10 => no=-; street=-
        ",
    );
}

#[test]
fn russian() {
    check(
        "
        Труба течёт на кухне => lang=ru; trade=plumbing; item=leak_repair
        Прорвало трубу, затопило => emergency=yes; trade=plumbing
        Забилась раковина => trade=plumbing; item=clog_opening
        Кондиционер не охлаждает => trade=air_conditioning; item=ac_repair
        Не работает кондиционер => trade=air_conditioning
        Нет света, выбивает пробки => item=power_outage; trade=electricity
        Розетка не работает => item=outlet_repair
        Захлопнулась дверь => item=lock_opening
        Стиральная машина не отжимает => item=washing_machine_repair
        Холодильник не морозит => item=refrigerator_repair
        Запах газа => emergency=yes; trade=gas
        Нет запаха гари, не срочно => emergency=no
        Потопа нет => emergency=no
        ул. Герцль 10 кв 5 этаж 3 => street=Герцль; no=10; apt=5; floor=3
        улица Бялика, дом 7, Хайфа => street=Бялика; no=7; city=haifa
        Я живу в Хайфе => city=haifa; name=-
        из Ашдода => city=ashdod
        в Тель-Авиве => city=tel_aviv
        третий этаж, подъезд 2 => floor=3; entrance=2
        Меня зовут Анна Иванова => name=Анна Иванова
        [name] Сергей => name=Сергей
        Да => answer=yes
        Нет => answer=no
        нет, спасибо => answer=no
        да, но позже => answer=-
        может быть позже => answer=later
        Сколько стоит? => intents=asks_price
        Здравствуйте => intents=greeting
        хочу отменить запись => intents=wants_cancel
        позовите оператора => intents=wants_human
        второй => number=2
        завтра в 10 => no=-; street=-
        частный дом => private=true
        ",
    );
}

#[test]
fn whole_messages_as_people_write_them() {
    check(
        "
        היי, יש לי פיצוץ בצינור בבית בהרצל 15 רמת גן, דחוף!! => street=הרצל; no=15; city=ramat_gan; emergency=yes; issue=פיצוץ בצינור בבית, דחוף
        אפשר להזמין חשמלאי למחר ב-10 בבוקר לרחוב ויצמן 20 חולון קומה 2 דירה 5? => street=ויצמן; no=20; city=holon; floor=2; apt=5; issue=חשמלאי
        שלום אני צריך אינסטלטור דחוף לתל אביב רחוב דיזנגוף 100 דירה 4 קומה 1, שמי רונית => name=רונית; street=דיזנגוף; no=100; apt=4; floor=1; emergency=ask
        כתובת: בן גוריון 7 גבעתיים. שם: משה לוי => street=בן גוריון; no=7; city=givatayim; name=משה לוי
        יש לי דוד שגר בחיפה => trade=-; city=haifa
        דוד כהן => trade=-
        שלום רב, ברצוני להזמין טכנאי למקרר סמסונג בן 5 שנים. הכתובת היא רחוב הנשיא 8 דירה 14, חיפה => item=refrigerator_repair; street=הנשיא; no=8; apt=14; city=haifa
        היתה הצפה בשבוע שעבר וצריך לצבוע => item=room_painting; emergency=ask
        הילדה שלי נעולה באמבטיה => emergency=yes; reasons=trapped
        אני לא צריך אינסטלטור אני צריך חשמלאי => trade=electricity
        רחוב השושנים 4, אור יהודה, קומה ב' => street=השושנים; no=4; floor=2; city=or_yehuda
        שלום, קוראים לי אבי ואני צריך מנעולן ברעננה ברחוב אחוזה 120 דירה 9 => name=אבי; trade=locksmith; street=אחוזה; no=120; apt=9; city=raanana
        מחר ב-9 בבוקר מעולה => answer=yes; no=-
        Hi, my kitchen sink is leaking, I'm at 25 Rothschild Blvd, Tel Aviv, 2nd floor apt 7. My name is John Smith => name=John Smith; street=Rothschild Blvd; no=25; floor=2; apt=7; city=tel_aviv; issue=my kitchen sink is leaking
        There's water all over the floor => emergency=yes; floor=-
        It's not an emergency but my toilet is clogged => emergency=no; item=clog_opening
        the lights went out in the whole house => item=power_outage
        no not really => answer=no
        is this a bot? => intents=asks_bot
        Здравствуйте, меня зовут Ольга, у меня течет кран, Бат-Ям, ул. Бальфур 12 кв 8 => name=Ольга; city=bat_yam; street=Бальфур; no=12; apt=8; item=leak_repair
        я живу на улице Герцль 15, Нетания, этаж 2, квартира 6 => street=Герцль; no=15; city=netanya; floor=2; apt=6
        مرحبا، عندي مشكلة في الحنفية، أنا ساكن في حيفا شارع الجلاء 15 الطابق 2 => city=haifa; street=الجلاء; no=15; floor=2; trade=plumbing
        نعم، غدا الساعة 5 مناسب => answer=yes; no=-
        ",
    );
}

#[test]
fn bare_answers_are_read_by_the_question() {
    check(
        "
        [yes_no] כן בבקשה => answer=yes
        [yes_no] אין בעיה => answer=yes
        [yes_no] לא, זה לא חירום => answer=no; emergency=no
        [choice] 2 => number=2; no=-
        [address] ויצמן 20 => street=ויצמן; no=20; city=-
        [address] הפרחים 3, קומה 1, דירה 4 => street=הפרחים; no=3; floor=1; apt=4
        [address] 9 Elm => street=Elm; no=9
        [city] תל אביב => city=tel_aviv; name=-
        [city] הרצליה => city=herzliya
        [city] אני בחיפה => city=haifa
        [issue] המכונה עושה רעש מוזר => issue=המכונה עושה רעש מוזר
        [issue] שלום => issue=-
        [name] Dana Cohen => name=Dana Cohen
        [name] השם שלי הוא רון => name=רון
        [name] אני רון => name=רון
        [name] yes => name=-
        [name] 5 => name=-
        [name] лена => name=лена
        [name] محمد علي => name=محمد علي
        [floor_apartment] דירה 7 קומה 3 => floor=3; apt=7
        [floor_apartment] קומה 3, 12 => floor=3; apt=12
        [floor_apartment] אין, בית פרטי => private=true
        אני פה => name=-
        זה דחוף לי => emergency=ask; name=-
        אני בבית => name=-; city=-
        stop by at 5 => answer=-; no=-; street=-
        הגעתי ל-10 => street=-
        יש לי 3 מזגנים => no=-; street=-; trade=air_conditioning
        ב-12.5 בשעה 9 => no=-; street=-
        לא הצלחתי להתקשר => answer=-
        זה לא עובד => answer=-
        אין חשמל => answer=-; emergency=no
        ",
    );
}

/// B51: the words of one business alone, as people write them, and neither denied nor in the past.
#[test]
fn a_business_has_words_of_danger_of_its_own() {
    use agents::understanding::{EmergencyLevel, emergency_by};
    let own = ["צינור .. התפוצץ".to_owned(), "gas leak*".to_owned(), "אזעקת עשן".to_owned()];
    for (text, level) in [
        ("יש הצפה בכל הבית", EmergencyLevel::No),
        ("הצינור במטבח התפוצץ", EmergencyLevel::Yes),
        ("there is a gas leak here", EmergencyLevel::Yes),
        ("אין שום צינור שהתפוצץ", EmergencyLevel::No),
        ("no gas leak, only a slow drip", EmergencyLevel::No),
        ("last year we had a gas leak", EmergencyLevel::No),
        ("", EmergencyLevel::No),
    ] {
        assert_eq!(emergency_by(text, &own).level, level, "{text}");
    }
    assert!(emergency_by("gas leaking", &own).confidence >= 0.8);
}
