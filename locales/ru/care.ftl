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
operator-emergency = 🚨 Срочная заявка: { $issue }. Место: { $address }.
operator-human-wanted = Клиент просит человека (заявка { $lead }).
operator-models-down = Модели не отвечают уже минуту. Бот работает только по правилам.
operator-report-failed =
    Не удалось отправить отчёт в WhatsApp:
    { $report }
owner-budget-used = Дневной бюджет моделей исчерпан. До полуночи бот работает только по правилам; то, что они не понимают, ждёт человека.
operator-account-stopped = 🚨 Через { $channel } ничего не уходит: { $reason }. Сообщения ждут и уйдут, когда аккаунт снова заработает.
