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
pro-menu-commands = *принять* · *отклонить* · *готово* · *отпуск* · *доступен* · *пауза* · *продолжить* · *клиент*
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
