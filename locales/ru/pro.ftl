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
pro-offer-media = Фото и записи от клиента: { $link }
pro-offer-address-changed = Заявка { $lead }: новый адрес — { $address }.
pro-nudge = { $minutes ->
    [one] Напоминаем: работа { $lead } ждёт ответа уже { $minutes } минуту. *принять* или *отклонить*?
    [few] Напоминаем: работа { $lead } ждёт ответа уже { $minutes } минуты. *принять* или *отклонить*?
    [many] Напоминаем: работа { $lead } ждёт ответа уже { $minutes } минут. *принять* или *отклонить*?
   *[other] Напоминаем: работа { $lead } ждёт ответа уже { $minutes } минуты. *принять* или *отклонить*?
    }
pro-offer-moved = Работа { $lead } ушла другому мастеру: ответ не пришёл вовремя. Отвечать не нужно.
pro-approved =
    Отлично, работа { $lead } назначена ✅
    { $name }, { $phone }
    { $address }
    { $slot }
pro-rejected = Принято, работы { $lead } больше нет в вашем списке.
pro-slot-taken = Время работы { $lead } уже занято в вашем календаре, поэтому она не назначена.
pro-which-offer-header = У вас несколько открытых предложений. Какое вы имели в виду? Напишите, например: принять { $lead }
pro-offer-line = { $lead }: { $issue }, { $city }, { $slot }
pro-no-open-offers = Сейчас нет предложений, которые ждут ответа.
pro-no-such-offer = Нет открытого предложения с номером { $lead }.
pro-emergency = 🚨 Срочная заявка { $lead }: { $issue }. Место: { $address }.

## Jobs

pro-done = Работа { $lead } отмечена как выполненная. Отличная работа!
pro-ask-price = Сколько в итоге заплатили за работу { $lead }? Только цифры.
pro-price-saved = Сохранено: работа { $lead }, { $price }.
pro-price-saved-commission = Сохранено: работа { $lead }, { $price }. Комиссия: { $commission }.
pro-price-invalid = Не удалось прочитать сумму. Только число, например 450.
pro-which-job-header = О какой работе речь? Пришлите номер:
pro-job-line = { $number }. { $name }, { $address }, { $slot }
pro-no-open-jobs = Открытых работ сейчас нет.
pro-cancel-question = Отменить работу (клиент: { $name }, { $slot })? *да* или *нет*.
pro-cancelled = Работа отменена, клиент уведомлён: { $name }.
pro-customer-cancelled = Клиент отменил работу { $lead }: { $address }, { $slot }. Время в календаре освободилось.
pro-customer-rescheduled = Клиент перенёс работу { $lead }: { $previous } → { $slot }.
pro-customer-needs-human = Клиент по работе { $lead } просит связаться с человеком: { $name }, { $phone }.

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
pro-menu-completed = { $count ->
    [one] { $count } работа выполнена в этом месяце
    [few] { $count } работы выполнены в этом месяце
    [many] { $count } работ выполнено в этом месяце
   *[other] { $count } работы выполнено в этом месяце
    }
pro-menu-rating = Рейтинг: { $rating } (отзывов: { $count })
pro-menu-state-available = 🟢 Вы получаете новые работы
pro-menu-state-vacation = 🔴 Вы не получаете новых работ
pro-menu-commands = *принять* · *отклонить* · *готово* · *отпуск* · *доступен* · *пауза* · *продолжить* · *клиент*
pro-vacation = Записали: новых работ не будет. Чтобы вернуться: *доступен*.
pro-available = С возвращением! Новые работы снова будут приходить.
pro-paused = Помощник молчит в чате с клиентом ({ $name }). Чтобы вернуть его: *продолжить*.
pro-resumed = Помощник снова отвечает в чате с клиентом ({ $name }).
pro-which-chat = О каком чате речь? Пришлите номер заявки:
pro-no-chat = Сейчас нет открытого чата с клиентом.
pro-customer-mode = Теперь мы обслуживаем вас как клиента. Чтобы вернуться: *готово*.
pro-mode = Вы снова в режиме мастера.
pro-intent-question =
    Вам нужен мастер для себя?
    1. Да, нужна услуга
    2. Нет
pro-not-understood = Непонятно. Напишите *меню*, чтобы увидеть, что можно сделать.
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
