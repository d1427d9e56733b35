### What an owner reads, and whoever wants to work with the business.

owner-left-as-it-was = Хорошо, ничего не изменилось.
owner-no-choice = Такого варианта нет. Номер из списка или *отмена*.
owner-commands = Команды { $business }: *бизнес сегодня* · *завтра* · *застряли* · *управление* · *кандидаты* · *цифры* · *остановить бота* · *включить бота*
owner-bot-paused = Бот молчит с клиентами. Их сообщения сохраняются. Включить: *включить бота*.
owner-bot-resumed = Бот снова отвечает клиентам.
owner-bot-is-paused = ⏸ Бот на паузе
owner-no-visits = У { $business } нет визитов ({ $day }).
owner-visits = { $day }: визитов { $count } = срочных { $emergencies } + обычных { $standard }
owner-visit = { $time } · заявка { $lead }: { $name }, { $issue }, мастер { $pro }
owner-stuck-line = заявка { $lead }: { $issue }, { $city } (ждёт { $minutes } мин)
owner-nothing-stuck = Застрявших заявок нет 👍
owner-stuck = Заявок ждут решения: { $count }. Решить: *управление*.
owner-week = { $business }, последние семь дней:
owner-week-leads = Заявки: { $count }
owner-week-booked = Назначено: { $count }
owner-week-completed = Выполнено: { $count }
owner-week-revenue = Доход: { $revenue }, комиссия: { $commission }
owner-week-approval = Минут до подтверждения в среднем: { $minutes }
owner-week-stuck = Ждут решения: { $count }
owner-week-more = Все команды: *команды*
owner-pick-lead = Какая заявка? Номер или *отмена*.
owner-lead-is-gone = Заявка больше не ждёт, ничего не изменилось.
owner-lead-action =
    { $line }
    { $name }, { $phone }
    Что сделать?
    1. Закрыть
    2. Передать мастеру
    3. Оставить
owner-ask-close = Закрыть заявку { $lead }? Клиенту сообщат. *да* или *нет*.
owner-no-pros = Нет активного мастера этой специальности.
owner-pick-pro = Кому передать заявку { $lead }? Номер или *отмена*.
owner-why-jobs = открытых работ { $jobs }
owner-why-vacation = в отпуске
owner-why-busy = нет свободного времени
owner-why-overloaded = полная загрузка
owner-why-fits = подходит
owner-why-far = вне района
owner-ask-assign = { $pro } не подходит по правилам. Всё равно передать заявку { $lead }? *да* или *нет*.
owner-closed = Заявка { $lead } закрыта, клиент предупреждён.
owner-assigned = Заявка { $lead } предложена: { $pro }.
owner-assigned-times = Заявка { $lead } у мастера { $pro }. Клиент выбирает время.
owner-assign-impossible = Заявку { $lead } нельзя передать: { $pro }. Нет времени, или клиент занят другой заявкой.
owner-sign-up = Новый мастер хочет присоединиться. Принять? Также через *кандидаты*.
owner-applicant =
    { $name }, { $phone }
    Специальности: { $trades }
    Районы: { $areas }
    Цены: { $prices }
owner-no-applicants = Никто не ждёт приёма.
owner-applicants = Кто хочет присоединиться? Номер или *отмена*.
owner-applicant-is-gone = Эта заявка больше не ждёт, ничего не изменилось.
owner-ask-applicant =
    1. Принять
    2. Отклонить
owner-applicant-taken = { $name } принят. Сообщение отправлено, заказы будут приходить.
owner-applicant-declined = Заявка { $name } отклонена, сообщение отправлено.
sign-up-hello = Здорово, что вы хотите работать с { $business }! Несколько коротких вопросов. Остановиться можно в любой момент: *отмена*.
sign-up-again = Не удалось понять.
sign-up-name = Какое имя увидят клиенты?
sign-up-trade = Чем вы занимаетесь? Номер из списка или несколько через запятую:
sign-up-areas = В каких городах? Через запятую.
sign-up-prices = Цены? По строке на работу, например: устранение протечки 250-450. Без цен: *пропустить*.
sign-up-confirm =
    Вот что мы записали:
    Имя: { $name }
    Специальности: { $trades }
    Районы: { $areas }
    Цены: { $prices }
    Отправить: *подтвердить*. Остановиться: *отмена*.
sign-up-done = Спасибо! Заявка отправлена. Ответ придёт сюда.
sign-up-left = Хорошо, ничего не сохранено. Начать снова можно в любой момент.
sign-up-waiting = Ваша заявка уже у нас и ждёт решения.
sign-up-needs-phone = Чтобы присоединиться, напишите нам с видимого номера телефона.
sign-up-no-prices = не указаны
