### What a customer reads. Formal address; names are not declined, so sentences are built around the nominative.

## First contact and consent

customer-disclosure = Здравствуйте 👋 Вам отвечает цифровой помощник { $business }. Чтобы связаться с живым сотрудником, в любой момент напишите *человек*.
customer-greeting = Здравствуйте! Это { $business } 👋 Чем можем помочь?
customer-consent-request =
    Здравствуйте! Это цифровой помощник { $business }.
    Чтобы заняться вашей заявкой, мы сохраним вашу переписку и передадим её мастеру. Вы согласны? Напишите *да* или *нет*.
    Связаться с сотрудником: *человек*.
customer-consent-refused = Хорошо, мы ничего не сохраняем и дальше не пишем. Если передумаете, просто напишите нам.
customer-help =
    Это { $business }: напишите, что случилось и где, и мы подберём мастера.
    Можно также написать: *статус* — узнать, как дела, *перенести* — другое время, *отмена* — отменить, *человек* — связаться с сотрудником, *стоп* — больше не получать сообщений.

## Questions

customer-ask-issue = Что случилось? Можно написать, записать голосовое или прислать фото.
customer-ask-issue-again = Пока не понятно, что нужно починить. Например: «течёт под раковиной» или «кондиционер не охлаждает».
customer-ask-city = В каком городе или посёлке?
customer-ask-city-again = Не удалось распознать место. Как оно называется полностью?
customer-ask-address = Какой адрес? Улица, номер дома, этаж и квартира.
customer-ask-address-again = Чтобы приехать, нужны улица и номер дома. Например: Герцль 10, этаж 2, квартира 5.
customer-ask-address-missing = Почти готово. Осталось указать: { $missing }.
customer-ask-street-number = Какой номер дома на улице { $street }?
customer-ask-floor-apartment = Какой этаж и какая квартира? Если это частный дом, напишите «частный дом».
customer-confirm-address = Приехать снова по адресу { $address }? Напишите *да* или новый адрес.
customer-ask-name = На чьё имя оформить заявку?
customer-ask-name-again = Как к вам обращаться? Достаточно имени.
customer-ask-time = Когда вам удобно? Например, «завтра после обеда».
customer-ask-time-again = Не удалось понять время. В какой день и примерно в котором часу?

## Names of the parts of an address, for lists

part-floor = этаж
part-apartment = квартира

## Slots and prices

customer-slots-header = Мастер { $pro } может приехать:
customer-slot-line = { $number }. { $slot }
customer-slots-footer = Пришлите номер или предложите другое удобное время.
customer-slot-number-invalid = Пожалуйста, пришлите один из номеров в списке.
customer-no-slots = Ближайшего свободного времени сейчас нет. Мы передали заявку сотруднику и свяжемся с вами.
customer-price-quote = { $item }: { $price }. Окончательная цена определяется на месте.
customer-price-after-visit = Цену такой работы можно назвать только после осмотра на месте.

## Waiting, booking, moving on

customer-waiting-for-pro = { $minutes ->
    [one] Отлично! Мы передали заявку мастеру ({ $pro }), время: { $slot }. Ответ придёт в течение { $minutes } минуты.
    [few] Отлично! Мы передали заявку мастеру ({ $pro }), время: { $slot }. Ответ придёт в течение { $minutes } минут.
    [many] Отлично! Мы передали заявку мастеру ({ $pro }), время: { $slot }. Ответ придёт в течение { $minutes } минут.
   *[other] Отлично! Мы передали заявку мастеру ({ $pro }), время: { $slot }. Ответ придёт в течение { $minutes } минуты.
    }
customer-still-waiting = Всё ещё ждём ответа мастера ({ $pro }). Сразу же сообщим.
customer-booked =
    Вы записаны! ✅
    { $pro }, { $trade }
    Время: { $slot }
    Адрес: { $address }
    Цена: { $price }
    Телефон: { $phone }
customer-next-pro = Мы нашли другого мастера: { $pro }, на то же время: { $slot }. Цена: { $price }. Напишем, как только придёт ответ. Не подходит? Напишите *отмена*.
customer-no-pro-left = Свободного мастера пока не нашли. Заявкой занимается наш сотрудник, с вами свяжутся.
customer-still-checking = Наш сотрудник ещё занимается вашей заявкой. Напишем, как только будут новости.
customer-confirmed = Спасибо, подтверждено: { $slot }.
customer-nothing-to-confirm = Записи, которая ждёт подтверждения, не нашли. Чем можем помочь?

## Status

customer-status-none = Открытых заявок сейчас нет. Чем можем помочь?
customer-status-contacted = Заявка «{ $issue }» открыта, не хватает нескольких данных, чтобы назначить время.
customer-status-new = Заявка у мастера ({ $pro }), ждём подтверждения времени: { $slot }.
customer-status-booked = Вы записаны. Мастер: { $pro }, время: { $slot }, телефон: { $phone }.
customer-status-completed = Работа «{ $issue }» выполнена. Спасибо!
customer-status-closed = Заявка «{ $issue }» закрыта. Для новой просто напишите, что нужно.
customer-status-rejected = Мастер занят, мы подбираем вам другого.
customer-status-cancelled = Заявка «{ $issue }» отменена.
customer-status-pending-admin-review = Заявкой занимается наш сотрудник, с вами свяжутся.

## Changing and cancelling

customer-cancel-question = Отменить запись ({ $slot })? Напишите *да* или *нет*.
customer-cancel-request-question = Отменить заявку «{ $issue }»? Напишите *да* или *нет*.
customer-cancelled = Отменено. Если что-то понадобится, мы на связи.
customer-already-cancelled = Это уже отменено.
customer-nothing-to-cancel = Сейчас нет записи или заявки, которую можно отменить.
customer-kept = Хорошо, запись остаётся: { $slot }.
customer-request-kept = Хорошо, продолжаем работать с заявкой.
customer-reschedule-header = Сейчас вы записаны на это время: { $slot }. Можно перенести:
customer-reschedule-none = Другого свободного времени сейчас нет. Запись остаётся, наш сотрудник свяжется с вами.
customer-nothing-to-reschedule = Сейчас нет записи, которую можно перенести.

## Rating

customer-rating-question = Как всё прошло? Мастер: { $pro }. Поставьте оценку от 1 до 5.
customer-rating-thanks = Спасибо за оценку: { $rating } из 5!
customer-review-question = Хотите добавить пару слов? Можно также написать *нет*.
customer-review-thanks = Спасибо, это очень помогает!

## People, limits, trouble

customer-human = Передаём вас сотруднику. Сообщение получено, скоро ответим.
customer-stopped = Вы отписаны. Первыми мы больше не пишем. Чтобы вернуться: *старт*.
customer-started = С возвращением! Чем можем помочь?
customer-reset-done = Начали заново. Чем можем помочь?
customer-apology = Извините, у нас произошёл сбой. Сообщение сохранено, мы вернёмся к вам. В экстренном случае звоните { $number }.
customer-emergency = Обратите внимание: мы не можем вызвать экстренные службы. Если есть опасность, сразу звоните { $number }.
customer-emergency-handled = Мы отметили заявку как срочную и сразу сообщили мастеру.
customer-please-write-text = Не удалось понять. Что нужно починить? Можно написать словами или записать голосовое.
customer-media-received = Получили, спасибо. Что здесь видно и что нужно починить?
customer-off-topic = С этим помочь не смогу, зато с радостью подберу мастера. Что нужно починить?
customer-area-not-served = У нас пока нет мастера здесь: { $city }. Мы проверяем и свяжемся с вами.
customer-ask-name-and-issue = Как вас зовут и что нужно починить?
customer-address-updated = Адрес изменён: { $address }. Мы передали его мастеру.
customer-anything-else = Что ещё нам важно знать?
customer-area-served = Да, у нас есть мастера: { $city }.
customer-human-will-look = Мы также попросили сотрудника посмотреть вашу заявку.
customer-later = Хорошо, ничего не назначено. Напишите, когда захотите продолжить.
customer-media-added = Получили и добавили к заявке.
customer-next-pro-times = Прежний мастер не сможет приехать. Может { $pro }, цена: { $price }. Свободное время:
customer-slot-single = { $pro } может в это время. Записать?
customer-slot-which = Отлично. Какое время? Напишите номер.
customer-slots-instead = В это время { $pro } не может. Ближайшее свободное:
customer-slots-taken = Извините, это время только что заняли. Вот когда свободен { $pro }:
persona-introduction = Нашли для вас мастера: { $pro }.
persona-introduction-rated = Нашли для вас мастера: { $pro }, { $rating }.
customer-request-understood = Поняли: { $issue }. С радостью поможем.
customer-request-received = Поняли, с радостью поможем.
customer-nice-to-meet = Очень приятно, { $name }!
customer-ask-floor-apartment-again = Чтобы вас не искали: какой этаж и какая квартира? Например «этаж 3, квартира 12» или «частный дом».
customer-ask-address-for-times = Чтобы найти время, нужен адрес: улица и номер дома.
customer-slot-noted = Отлично, { $slot }.
customer-agreed-price = Цена, которую мы назвали: { $price }. Окончательная цена определяется на месте.
customer-you-are-welcome = Пожалуйста! Мы на связи, если понадобится что-то ещё.
customer-you-are-welcome-waiting = Пожалуйста! Сообщим сразу, как только мастер ответит ({ $pro }).
customer-voice-unheard = Не получилось прослушать запись. Напишите, пожалуйста, что нужно починить?
customer-location-received = Получили ваше местоположение, спасибо. Что нужно починить и в каком городе?
customer-what-we-do = { $business } подбирает мастеров: { $trades }. Напишите, что случилось и где, а мы найдём, кто приедет и по какой цене. Что нужно починить?
customer-trade-not-served = К сожалению, у нас пока нет мастера по этой части ({ $trade }). Сотрудник проверит и ответит вам.
customer-issue-added = Это тоже записали.
customer-area-not-yet = Мастера в этом месте у нас пока нет: { $city }.
customer-emergency-understood = Поняли, занимаемся этим немедленно.
customer-price-depends = Цена зависит от работы, назовём её, как только узнаем, что нужно.
customer-i-am-an-assistant = Да, вам отвечает цифровой помощник 🙂 Чтобы связаться с сотрудником, напишите *человек*.
customer-ask-the-pro = Об этом лучше спросить у мастера ({ $pro }): телефон пришлём, когда визит будет назначен.

## Choices between few answers

customer-slow-down = Минутку, пришло много сообщений сразу 🙂 Продолжим через минуту. Всё написанное сохранено.
customer-new-or-existing =
    У вас уже назначен визит: «{ $issue }». О чём речь?
    1. Новая проблема
    2. Назначенный визит
customer-new-or-existing-again = Отправьте *1*, если проблема новая, или *2*, если о назначенном визите.
customer-added-to-visit = Добавили к визиту и передали: { $pro }.
customer-same-pro =
    Снова { $pro }, как в прошлый раз?
    1. Да
    2. Другой мастер
customer-same-pro-again = Отправьте *1* — тот же мастер, или *2* — другой.
customer-emergency-question = Это срочный случай, который не может ждать? Напишите *да* или *нет*.
customer-another-pro-again = Отправьте *1*, и мы передадим другому мастеру, или *2*, чтобы ждать дальше.
customer-call-again = Позвонить вам? Напишите *да* или *нет*.
customer-call-noted = Записали, вам позвонят. Пока можно писать здесь.
customer-call-declined = Хорошо, продолжаем здесь. Чем помочь?
customer-complaint = Нам очень жаль. Сотрудник разберётся и свяжется с вами.
customer-no-change = Визит и так назначен на это время, { $slot }. Ничего не меняется.
customer-rating-invalid = Отправьте число от 1 до 5.
customer-person-will-read = Спасибо, сотрудник прочитает это и ответит вам. А пока можно написать, что сломалось, город и адрес.
