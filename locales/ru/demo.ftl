### The words of the demo's page. See the Hebrew file.

## The page

demo-title = Fixi: два телефона
demo-tagline = Что пишет клиент, что получает мастер и что происходит между ними
demo-language = Язык страницы
demo-views = Что показано
demo-tab-customer = Клиент
demo-tab-inside = Внутри
demo-tab-pro = Мастер
demo-offline = Связь прервалась, пробуем снова…
demo-not-sent = Сообщение не отправлено. Попробуйте ещё раз.

## The phones

demo-phone-customer = Телефон клиента
demo-phone-pro = Телефон мастера
demo-choose-customer = Какой клиент
demo-choose-pro = Какой мастер
demo-new-customer = Новый клиент
demo-new-customer-hint = Начать заново с новым клиентом
demo-new-names = Анна Левина, Игорь Басов, Мария Шапиро, Олег Гуревич, Ольга Коган, Павел Резник
demo-stranger = Клиент { $number }
demo-messages = Чат с Fixi
demo-online = Всегда на связи
demo-typing = печатает…
demo-write = Напишите сообщение
demo-send = Отправить
demo-replies = Быстрые ответы
demo-suggestions = Варианты сообщений
demo-suggest-customer = У меня течёт на кухне; Кондиционер не холодит, я в Хайфе; Захлопнулась дверь в Рамат-Гане; Сколько стоит заменить кран?
demo-suggest-pro = меню; доступен; отпуск
demo-empty-customer = Пишите здесь так, как писал бы клиент.
demo-empty-pro = Здесь появятся предложения работы.
demo-unread = Непрочитанных сообщений: { $count }
demo-elsewhere = Новое сообщение: { $name }
demo-quote = Ответить на сообщение
demo-stop-quoting = Не отвечать на него
demo-tick-sent = Отправлено
demo-tick-delivered = Доставлено
demo-tick-read = Прочитано
demo-tick-failed = Не доставлено
demo-today = Сегодня

## What happened inside

demo-inside = Что произошло внутри
demo-inside-hint = Каждое сообщение проходит одни и те же шаги. Строки раскрываются.
demo-strip-empty = Пока ничего не написано. Отправьте сообщение с телефона клиента и следите за ним здесь.
demo-turn-lead = Заявка { $number }
demo-turn-customer = Сообщение клиента
demo-turn-pro = Сообщение мастера
demo-turn-timer = Сработал таймер
demo-milliseconds = { $count } мс
demo-seconds = { $count } с
demo-step-received = Принято
demo-step-understood = Понято
demo-step-routed = Направлено
demo-step-decided = Решено
demo-step-committed = Записано
demo-step-delivered = Доставлено
demo-step-failed = Не вышло
demo-step-note = Событие
demo-received-customer = Сообщений от клиента: { $count }
demo-received-pro = Сообщений от мастера: { $count }
demo-decided-line = Ответов: { $replies }, таймеров: { $timers }
demo-committed-line = Всё записано сразу, или ничего
demo-committed-again = Записано с попытки { $attempts }, после новой проверки
demo-delivered-customer = Клиенту
demo-delivered-pro = Мастеру
demo-routed-line = Выбран: { $pro }
demo-routed-nobody = Подходящего не нашлось
demo-ruled-out = не подходит
demo-conversation = Чат
demo-at = Время

## Facts, by key

demo-fact-trade = Профиль
demo-fact-city = Город
demo-fact-intent = Намерение
demo-fact-by = Прочитали
demo-fact-address = есть адрес
demo-fact-name = есть имя
demo-fact-emergency = срочно
demo-fact-pro = Мастер
demo-fact-number = Номер
demo-fact-round = Круг
demo-fact-why = Причина
demo-fact-reason = Причина
demo-fact-stars = Звёзды
demo-fact-count = Сколько
demo-fact-from = От кого
demo-fact-to = Кому
demo-fact-state = Состояние
demo-fact-replies = Ответы
demo-fact-timers = Таймеры
demo-fact-attempts = Попытки
demo-fact-key = Событие
demo-fact-slots = Время
demo-fact-attempt = Попытка
demo-value-customer = клиент
demo-value-pro = мастер
demo-value-rules = правила
demo-value-model = модель
demo-value-auto = автоматически
demo-value-sent = отправлено
demo-value-delivered = доставлено
demo-value-read = прочитано
demo-value-failed = ошибка
demo-value-asked_for_human = попросили человека
demo-value-no_pro_in_area = нет мастера в районе
demo-value-no_pro_left = мастеров не осталось
demo-value-no_free_slots = нет свободного времени
demo-value-not_understood = не понято
demo-intent-service_request = заявка
demo-intent-booking_change = перенос
demo-intent-cancellation = отмена
demo-intent-status = статус
demo-intent-human = поговорить с человеком
demo-intent-question = вопрос
demo-intent-complaint = жалоба
demo-intent-small_talk = беседа
demo-intent-off_topic = не по теме
demo-note-opted_out = Отказ от сообщений
demo-note-opted_in = Снова согласны на сообщения
demo-note-consented = Согласились продолжить
demo-note-reviewed = Поставили оценку
demo-note-review_words = Написали отзыв
demo-note-needs_human = Нужен человек
demo-note-emergency = Отмечено как срочное
demo-note-lead_opened = Открыта заявка
demo-note-address_changed = Адрес изменён
demo-note-rescheduled = Время перенесено
demo-note-persona_refused = Текст модели отклонён, взят безопасный
demo-note-offered = Мастера спросили
demo-note-booked = Визит назначен
demo-note-completed = Работа выполнена
demo-note-cancelled = Заявка отменена
demo-note-declined = Мастер отказался
demo-note-slot_taken = Время уже занято

## Leads

demo-leads = Заявки
demo-leads-empty = Заявок пока нет.
demo-lead-number = Номер
demo-lead-status = Статус
demo-lead-slot = Время
demo-lead-pro = Мастер
demo-status-contacted = в разговоре
demo-status-new = ждёт ответа
demo-status-booked = назначено
demo-status-completed = выполнено
demo-status-closed = закрыто
demo-status-rejected = отклонено
demo-status-cancelled = отменено
demo-status-pending_admin_review = у сотрудника
