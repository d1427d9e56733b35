### What a professional reads. See the Hebrew file for the meaning of variables.

## Leads and offers

pro-new-lead =
    У вас новая заявка { $lead }: { $issue }, { $city }.
    Пока ничего делать не нужно. Сообщим, когда назначат время.
pro-offer =
    Новая заявка { $lead } 🔔
    Проблема: { $issue }
    Клиент: { $name }
    Адрес: { $address }
    Время: { $slot }
    Названная цена: { $price }
    Навигация: { $link }
    Ответьте *принять* или *отклонить* (или *1* / *2*). Если заявок несколько: принять { $lead }.
pro-offer-address-changed = Заявка { $lead }: новый адрес — { $address }.
pro-offer-moved = Работа { $lead } ушла другому мастеру: ответ не пришёл вовремя. Отвечать не нужно.
pro-approved =
    Отлично, работа { $lead } назначена ✅
    { $name }, { $phone }
    { $address }
    { $slot }
pro-rejected = Принято, работы { $lead } больше нет в вашем списке.
pro-slot-taken = Время работы { $lead } уже занято в вашем календаре, поэтому она не назначена.
pro-no-open-offers = Сейчас нет предложений, которые ждут ответа.
pro-no-such-offer = Нет открытого предложения с номером { $lead }.
pro-emergency = 🚨 Срочная заявка { $lead }: { $issue }. Место: { $address }.

## Jobs

pro-done = Работа { $lead } отмечена как выполненная. Отличная работа!
pro-ask-price = Сколько в итоге заплатили за работу { $lead }? Только цифры.
pro-price-saved = Сохранено: работа { $lead }, { $price }.
pro-price-invalid = Не удалось прочитать сумму. Только число, например 450.
pro-which-job-header = О какой работе речь? Пришлите номер:
pro-no-open-jobs = Открытых работ сейчас нет.
pro-customer-cancelled = Клиент отменил работу { $lead }: { $address }, { $slot }. Время в календаре освободилось.
pro-customer-rescheduled = Клиент перенёс работу { $lead }: { $previous } → { $slot }.
pro-team-moved = Команда перенесла работу { $lead }: { $previous } → { $slot }.
pro-team-cancelled = Команда отменила работу { $lead } ({ $slot }). Время в календаре освободилось.
pro-customer-needs-human = Клиент по работе { $lead } просит связаться с человеком: { $name }, { $phone }.
pro-customer-added = Работа { $lead }, клиент добавил: { $added }.

## Menu and state

pro-menu-header = Здравствуйте, { $name }! Вот как обстоят дела:
pro-menu-offers = { $count ->
    [one] { $count } предложение ждёт ответа
    [few] { $count } предложения ждут ответа
    [many] { $count } предложений ждут ответа
   *[other] { $count } предложения ждут ответа
    }
pro-menu-jobs = { $count ->
    [one] { $count } назначенная работа
    [few] { $count } назначенные работы
    [many] { $count } назначенных работ
   *[other] { $count } назначенной работы
    }
pro-menu-rating = Рейтинг: { $rating } (отзывов: { $count })
pro-menu-state-available = 🟢 Вы получаете новые работы
pro-menu-state-vacation = 🔴 Вы не получаете новых работ
pro-menu-commands = *принять* · *отклонить* · *готово* · *предложения* · *сегодня* · *работы* · *перенести* · *отмена* · *не было* · *история* · *статистика* · *отзывы* · *часы* · *заблокировать* · *найти* · *отпуск* · *доступен* · *пауза* · *продолжить* · *клиент*
pro-vacation = Записали: новых работ не будет. Чтобы вернуться: *доступен*.
pro-available = С возвращением! Новые работы снова будут приходить.
pro-paused = Помощник молчит в чате с клиентом ({ $name }). Чтобы вернуть его: *продолжить*.
pro-resumed = Помощник снова отвечает в чате с клиентом ({ $name }).
pro-booked-notice =
    Вам назначена работа { $lead } ✅
    Проблема: { $issue }
    Клиент: { $name }, { $phone }
    Адрес: { $address }
    Время: { $slot }
    Названная цена: { $price }
    Навигация: { $link }
pro-media-count =
    { $count ->
        [one] { $count } файл от клиента
        [few] { $count } файла от клиента
        [many] { $count } файлов от клиента
       *[other] { $count } файла от клиента
    }
pro-offer-gone = Это предложение уже закрыто, ничего не изменилось.
pro-which-line = { $lead }: { $issue }
button-approve = Принять
button-reject = Отклонить
pro-menu-no-rating = Оценок пока нет

## At the desk

pro-left-as-it-was = Хорошо, ничего не изменилось.
pro-ask-intent = Вам самим нужен мастер? *1*: да, открыть заявку. *2*: нет, остаться мастером.
pro-ask-intent-again = Не удалось понять. *1*: ваша заявка как клиента. *2*: остаться мастером.
pro-stays-pro = Хорошо, работаем дальше. Все команды: *меню*.
pro-customer-mode = Теперь вас обслуживают как клиента. Что нужно починить и где? Вернуться: *готово*.
pro-back-at-desk = Вы снова в режиме мастера.
pro-no-begun-jobs = Нет назначенной работы, время которой уже наступило.
pro-ask-cancel-reason = Отменить работу { $lead } ({ $slot })? По какой причине? Её сообщат клиенту. Без причины: *пропустить*. Оставить: *нет*.
pro-job-cancelled = Работа { $lead } отменена, время свободно. Клиент предупреждён и получит другое предложение.
pro-no-other-times = В вашем календаре нет другого времени для работы { $lead }. Время остаётся прежним.
pro-move-header = На какое время перенести работу { $lead }? Пришлите номер или *нет*, чтобы оставить.
pro-job-moved = Работа { $lead } перенесена: { $slot }. Клиент предупреждён.
pro-find-wait = Искать снова можно через { $minutes } мин.
pro-found-lead = Нашли для вас: заявка { $lead }, { $issue }. Клиент выбирает время из вашего календаря.
pro-found-nothing = Сейчас нет заявок по вашей специальности и району.
pro-today-none = Сегодня у вас нет визитов.
pro-today-header = Ваши визиты сегодня: { $count }
pro-today-visit =
    { $time } · работа { $lead }: { $issue }
    { $name }, { $phone }
    { $address }
    { $link }
pro-history-none = Завершённых работ пока нет.
pro-history-header = Последние работы:
pro-history-done = выполнена
pro-history-cancelled = отменена
pro-history-closed = закрыта
pro-stats-header = Ваши цифры:
pro-stats-this-month = Этот месяц
pro-stats-last-month = Прошлый месяц
pro-stats-month = { $month }: выполнено { $count }, доход: { $revenue }, комиссия: { $commission }
pro-stats-acceptance = Принято предложений: { $percent }%
pro-stats-no-offers = Предложений пока не было.
pro-stats-no-shows = Клиентов не было на месте: { $count }
pro-reviews-none = Отзывов пока нет.
pro-hours-header = Ваши рабочие часы:
pro-hours-how = Чтобы изменить, напишите, например: воскресенье-четверг 08:00-18:00, пятница закрыто
pro-hours-closed = закрыто
pro-hours-confirm = Такими будут часы. Сохранить? *да* или *нет*.
pro-hours-saved = Часы сохранены. Уже назначенные визиты остаются.
pro-block-unclear = Не удалось понять когда. Например: заблокировать завтра 10-12 или заблокировать 24.12
pro-blocked = Занято в календаре: { $time }. Новых визитов тогда не будет.
pro-blocked-visit = Обратите внимание: на это время уже стоит работа { $lead } ({ $slot }), она остаётся.
pro-blocked-header = Занято в вашем календаре:
pro-block-how = Чтобы занять время, напишите, например: заблокировать завтра 10-12. Освободить: *разблокировать*.
pro-nothing-blocked = Нет занятого времени, которое можно освободить.
pro-unblocked = Освобождено: { $count }
pro-sign-up-approved = Поздравляем! { $business } вас приняли. Заказы будут приходить сюда. Все команды: *меню*.
pro-sign-up-declined = Спасибо за заявку. { $business } сейчас не могут вас принять.

## What their customers read

customer-reason = Причина: { $reason }
customer-pro-cancelled = К сожалению, визит { $pro } ({ $slot }) отменён. Мы уже ищем замену.
customer-team-cancelled = К сожалению, визит { $pro } ({ $slot }) отменён. Чтобы договориться о другом, напишите нам здесь.
customer-pro-moved = Визит { $pro } перенесён: вместо { $previous } теперь { $slot }. Не подходит? Напишите *перенести*.
customer-found-pro-times = Мы нашли мастера: { $pro }, цена: { $price }. Свободное время:
customer-closed-by-team = К сожалению, мы никого не нашли, и заявка закрыта. Вы всегда можете написать снова.
