### What is said unasked: reminders, questions after a visit, a word to who fell silent, and what operators are told.

## While a pro is silent

pro-offer-nudge = Напоминание: заявка { $lead } ({ $slot }, цена: { $price }) ждёт ответа. Ответьте *принять { $lead }* или *отклонить { $lead }*.
customer-another-pro-question = { $pro } пока не отвечает. Попробовать другого мастера? Напишите *1*, чтобы искать другого, *2*, чтобы подождать ещё.
button-another-pro = Другой мастер
button-keep-waiting = Подождать ещё
customer-callback-promised = Мы обратились к нескольким мастерам, но ответа пока нет. Сотрудник взял это на себя и позвонит вам.

## Reminders and the day

customer-reminder = Напоминание о визите, { $pro }: { $slot }, { $address }. Всё в силе?
button-confirm = Подтвердить
button-move = Другое время
button-cancel = Отменить
button-yes = Да
button-no = Нет
customer-visit-gone = Этот визит уже не действует, ничего не изменилось.
pro-agenda-header =
    { $count ->
        [one] Доброе утро! Сегодня { $count } визит:
        [few] Доброе утро! Сегодня { $count } визита:
        [many] Доброе утро! Сегодня { $count } визитов:
       *[other] Доброе утро! Сегодня { $count } визита:
    }
pro-agenda-line = { $slot } · { $lead } · { $name } · { $address } · { $issue }

## A time that became free

customer-wait-noted = Записали. Если у { $pro } освободится время пораньше, сразу сообщим вам здесь.
customer-wait-nothing = Чтобы сообщить об освободившемся времени, сначала нужна открытая заявка с адресом. Что нужно починить?
customer-wait-hint = Сообщить, если освободится более удобное время? Напишите *сообщите мне*.
button-tell-if-free = Сообщите мне
customer-earlier-instead =
    { $minutes ->
        [one] У { $pro } освободилось время пораньше: { $slot } вместо { $previous }. Перенести? Держим его для вас { $minutes } минуту.
        [few] У { $pro } освободилось время пораньше: { $slot } вместо { $previous }. Перенести? Держим его для вас { $minutes } минуты.
        [many] У { $pro } освободилось время пораньше: { $slot } вместо { $previous }. Перенести? Держим его для вас { $minutes } минут.
       *[other] У { $pro } освободилось время пораньше: { $slot } вместо { $previous }. Перенести? Держим его для вас { $minutes } минут.
    }
customer-earlier-free =
    { $minutes ->
        [one] У { $pro } освободилось время: { $slot }. Записать? Держим его для вас { $minutes } минуту.
        [few] У { $pro } освободилось время: { $slot }. Записать? Держим его для вас { $minutes } минуты.
        [many] У { $pro } освободилось время: { $slot }. Записать? Держим его для вас { $minutes } минут.
       *[other] У { $pro } освободилось время: { $slot }. Записать? Держим его для вас { $minutes } минут.
    }
button-take-earlier = Да, беру
button-leave-earlier = Нет, спасибо
customer-earlier-again = Берёте освободившееся время? Напишите *да* или *нет*.
customer-earlier-gone = Это время уже занято, ничего не изменилось.
customer-earlier-taken = Отлично, перенесли пораньше: { $pro }, { $slot } вместо { $previous }.

## Another visit

pro-another-visit-how = Для ещё одного визита напишите время, не дальше двух недель. Например: ещё визит завтра 10:00
pro-another-visit-not-free = { $slot } в вашем календаре не свободно для ещё одного визита по работе { $lead }. Свободно рядом:
pro-another-visit-asked = Мы спросили клиента работы { $lead }, подходит ли ещё один визит: { $slot }. Время держится до ответа.
pro-another-visit-unreachable = Клиенту работы { $lead } сейчас нельзя написать. Телефон: { $phone }. Время не занято.
pro-another-visit-agreed = Ещё один визит назначен ✅ работа { $lead }, { $slot }.
pro-another-visit-refused = Клиенту работы { $lead } не подходит { $slot }. Другое время: ещё визит { $lead } завтра 10:00
pro-another-visit-silent = Клиент работы { $lead } не ответил про ещё один визит ({ $slot }). Время освобождено.
pro-visit-done-next = Визит по работе { $lead } отмечен как выполненный. Следующий: { $slot }.
pro-visit-cancelled = Клиент отменил один визит по работе { $lead }: { $slot }. Время свободно.
pro-visit-missed = Записано: на визите по работе { $lead } никого не было. Сотрудник разберётся.
customer-another-visit-question = { $pro } предлагает ещё один визит по «{ $issue }»: { $slot }. Подходит?
customer-another-visit-agreed = Ещё один визит назначен ✅ { $pro }, { $slot }. Телефон: { $phone }.
customer-another-visit-refused = Хорошо, мы передали, что время не подходит: { $pro }.
customer-another-visit-again = Подходит ли ещё один визит? Напишите *да* или *нет*.
customer-further-visit = Ещё один визит: { $slot }.
customer-visit-cancelled = Визит ({ $slot }) отменён.
customer-visit-moved = Визит перенесён: { $pro }, { $slot } вместо { $previous }.

## After the visit

pro-visit-done-question = Заявка { $lead } ({ $slot }): работа закончена?
button-visit-done = Готово
button-visit-not-yet = Ещё нет
button-visit-not-there = Клиента не было
pro-visit-not-yet = Хорошо. Когда заявка { $lead } будет закончена: *готово*.
pro-customer-not-there = Записано: по заявке { $lead } никого не было. Мы предложили клиенту другое время.
customer-was-not-there = Визит не состоялся ({ $pro }): никого не было. Записать снова? Цена: { $price }. Свободное время:
customer-visit-done-again = Чтобы мы знали: работа сделана? Напишите *да* или *нет*.
customer-visit-done-question = Визит { $pro } ({ $slot }): работа выполнена?
customer-visit-settled = Спасибо, что сообщили.
customer-visit-not-done = Спасибо, что сказали. Сотрудник выяснит, что произошло, и свяжется с вами.

## Silence

customer-follow-up = Просто проверяем: ваша заявка «{ $issue }» ещё открыта. Продолжим? Просто ответьте здесь.
customer-follow-up-plain = Просто проверяем: ваша заявка ещё открыта. Продолжим? Просто ответьте здесь.
customer-call-offer = Вам здесь пока не ответили. Позвонить вам? Ответьте *да* или *нет*, или продолжайте со мной.

## What the operator reads

operator-escalated =
    { $count ->
        [one] Заявку { $lead } передавали { $count } раз, никто не ответил. Клиенту обещан звонок.
        [few] Заявку { $lead } передавали { $count } раза, никто не ответил. Клиенту обещан звонок.
        [many] Заявку { $lead } передавали { $count } раз, никто не ответил. Клиенту обещан звонок.
       *[other] Заявку { $lead } передавали { $count } раза, никто не ответил. Клиенту обещан звонок.
    }
operator-report-header =
    { $count ->
        [one] { $count } заявка ждёт человека:
        [few] { $count } заявки ждут человека:
        [many] { $count } заявок ждут человека:
       *[other] { $count } заявки ждут человека:
    }
operator-report-line = { $reason }: { $numbers }
operator-report-chats = { $reason }: чатов без заявки: { $count }
operator-emergency = 🚨 Срочная заявка: { $issue }. Место: { $address }.
operator-human-wanted = Клиент просит человека (заявка { $lead }).
operator-models-down = Модели не отвечают уже минуту. Бот работает только по правилам.
operator-report-failed =
    Не удалось отправить отчёт в WhatsApp:
    { $report }
owner-budget-used = Дневной бюджет моделей исчерпан. До полуночи бот работает только по правилам; то, что они не понимают, ждёт человека.
operator-account-stopped = 🚨 Через { $channel } ничего не уходит: { $reason }. Сообщения ждут и уйдут, когда аккаунт снова заработает.

## Why a person must look
concern-all_busy = все поблизости заняты
concern-all_declined = все поблизости отказались
concern-asked_by_team = просьба команды
concern-asked_for_human = просит человека
concern-budget_used = бюджет моделей исчерпан
concern-business_paused = бизнес на паузе
concern-call_wanted = просит позвонить
concern-chat_is_gone = чата больше нет
concern-complaint = жалоба
concern-customer_not_there = клиента не было
concern-delivery_failed = не доставлено
concern-delivery_unknown = доставка неизвестна
concern-left_rejected = осталась без мастера
concern-moved_too_often = мастера один за другим не отвечали
concern-new_times_needed = нужно новое время
concern-no_free_slots = нет свободного времени
concern-no_pro_in_area = нет мастера в районе
concern-no_pro_left = мастеров не осталось
concern-no_pro_of_trade = нет мастера этой специальности
concern-no_time_fits = время не подходит
concern-nobody_is_asked = никого не спросили
concern-not_understood = не понято
concern-opted_out = просил не писать, а было что сообщить
concern-partial_intake = не все данные
concern-place_unknown = место неизвестно
concern-pro_is_gone = мастер ушёл
concern-reminder_held = напоминание задержано
concern-stuck = застряла
concern-timer_failed = сбой таймера
concern-turn_failed = бот не справился
concern-visit_unclear = визит неясен
concern-work_not_done = работа не сделана
