### What operators read in the console. Kept short: most of it stands in a line of a terminal.

## Time, shortly
console-seconds = { $count }с
console-minutes = { $count }м
console-hours = { $count }ч
console-days = { $count }д

## Screens
console-screen-dashboard = Обзор
console-screen-leads = Заявки
console-screen-conversations = Чаты
console-screen-pros = Мастера
console-screen-schedule = Расписание
console-screen-contacts = Контакты
console-screen-jobs = Задачи
console-screen-templates = Шаблоны
console-screen-settings = Настройки
console-screen-users = Пользователи
console-screen-audit = Журнал
console-screen-analytics = Аналитика

## Roles
console-role-system_admin = админ системы
console-role-owner = владелец
console-role-admin = администратор
console-role-agent = оператор

## Keys that are the same everywhere
console-key-help = справка
console-key-palette = команда
console-key-filter = фильтр
console-key-undo = отменить
console-key-next-screen = следующий экран
console-key-previous-screen = предыдущий экран
console-key-refresh = обновить
console-key-back = назад
console-key-quit = выход
console-key-down = вниз
console-key-up = вверх
console-key-yes = да
console-key-no = нет
console-key-take = принять
console-key-close = закрыть
console-key-digits = экран с этим номером

## Words of the `:` line
console-word-lang = язык консоли: he en ar ru
console-word-theme = цвета: dark light mono
console-word-bidi = кто упорядочивает письмо справа налево: app terminal
console-word-readonly = отныне без изменений
console-word-business = другой бизнес
console-word-signout = выйти из учётной записи
console-no-such-word = нет такой команды или их несколько: { $word }
console-no-such-value = { $word }: возможно { $values }
console-no-such-screen = этот экран недоступен пользователю
console-nothing-to-undo = нечего отменять
console-nothing = здесь пусто
console-too-small = окно слишком мало
console-opening = минуту…
console-help = Справка
console-help-everywhere = Везде

## Signing in
console-sign-in = Вход
console-sign-in-name = имя
console-sign-in-password = пароль
console-sign-in-hint = Enter — войти, Esc — выйти
console-session-not-kept = сессию не удалось сохранить в файл

## Asking first
console-confirm = Точно?
console-confirm-word = для подтверждения введите: { $word }
console-conflict = Кто-то вас опередил
console-conflict-lead = Это изменилось с тех пор, как вы смотрели. Оставить как есть или всё же изменить?
console-conflict-keep = оставить
console-conflict-mine = всё же изменить
console-readonly = только чтение
console-readonly-refused = только чтение: ничего не изменено
console-forbidden = у пользователя нет на это прав
console-copied = скопировано
console-browsing = открыто в браузере
console-no-opener = не удалось запустить { $about }
console-saved = сохранено: { $about }
console-not-saved = не сохранено (возможно, файл уже есть): { $about }

## The server
console-link-lost = нет связи { $span }
console-link-again = связь восстановлена
console-failure-address = это не адрес сервера; адрес выглядит так: https://bot.example.com
console-failure-insecure = открытый http к другой машине выдаёт сессию; нужен https или туннель ssh
console-failure-no-certificates = сертификаты этой машины не загружаются
console-failure-certificate = сертификат сервера здесь не признан; проверьте адрес и часы
console-failure-no-tls = сервер там не говорит по https; проверьте порт
console-failure-unreachable = по этому адресу нет ответа; бот запущен?
console-failure-timeout = ответ не пришёл вовремя
console-failure-lost = соединение прервано
console-failure-not-fixi = там отвечает ({ $status }) не бот с консолью; проверьте адрес или обновите бот
console-failure-old = бот версии { $version }, старше этой программы; обновите бот
console-failure-unreadable = ответ не читается; версии бота и программы различаются
console-problem-sign-in-again = войдите снова
console-problem-wrong-password = неверное имя или пароль
console-problem-locked-out = слишком много попыток; повторите через { $wait }
console-problem-not-found = в этом бизнесе такого нет
console-problem-conflict = кто-то изменил это раньше
console-problem-not-now = сейчас нельзя: { $why }
console-problem-invalid = значение не подходит: { $why }
console-problem-unavailable = сервер сейчас не достаёт хранилище; повторите чуть позже
console-problem-broken = ошибка сервера; в его журнале под { $request }

## The dashboard
console-dashboard-open = заявка визита
console-dashboard-funnel = Заявки по состоянию
console-dashboard-waiting = ждут человека: { $count }
console-dashboard-pace = Темп
console-dashboard-answer = время ответа, 24 часа
console-dashboard-per-day = заявок в день, 14 дней
console-dashboard-today = Визиты сегодня: { $count }
console-dashboard-no-visits = сегодня визитов нет
console-dashboard-health = Состояние
console-dashboard-queue = очередь: { $ready } ждут, { $running } идут
console-dashboard-dead = сдались: { $dead }, неясно: { $unsettled }
console-dashboard-cost = модели сегодня: { $cost }
console-dashboard-cost-unknown = стоимость моделей неизвестна
console-dashboard-paused = бот молчит с клиентами
console-provider-store = хранилище

## Where a lead stands
console-status-contacted = на связи
console-status-new = предложена
console-status-booked = записана
console-status-completed = выполнена
console-status-closed = закрыта
console-status-rejected = отклонена
console-status-cancelled = отменена
console-status-pending_admin_review = на проверке

## Keys of lists
console-key-open = открыть
console-key-mark = отметить
console-key-unmark = снять отметки
console-key-copy = копировать
console-key-left = влево
console-key-right = вправо
console-key-page-down = страница вниз
console-key-page-up = страница вверх
console-key-first = в начало
console-key-last = в конец
console-yes = да

## Leads
console-leads-title = Заявка { $number }
console-leads-number = №
console-leads-state = состояние
console-leads-state-since = { $state } уже { $since }
console-leads-since = срок
console-leads-customer = клиент
console-leads-phone = телефон
console-leads-issue = проблема
console-leads-city = город
console-leads-address = адрес
console-leads-with = мастер
console-leads-visit = визит
console-leads-trade = профиль
console-leads-why = почему
console-leads-emergency = срочно
console-leads-quote = оценка цены
console-leads-paid = оплачено
console-leads-commission = комиссия
console-leads-moves = передач
console-leads-stars = звёзды
console-leads-review = отзыв
console-leads-ranked = Кто мог бы взять
console-leads-ruled-out = исключён
console-leads-timeline = Что было
console-leads-words = Что сказано
console-leads-assign = назначить
console-leads-status = состояние
console-leads-note = заметка
console-leads-chat = чат
console-leads-pro = мастер
console-leads-board = доска или таблица
console-leads-human = только ждущие человека
console-leads-next = следующая заявка
console-leads-previous = предыдущая заявка
console-leads-word-lead = заявка по номеру
console-leads-csv = загруженные строки в CSV
console-leads-assign-one = назначают по одной заявке
console-leads-no-pro = такого мастера в списке нет: { $name }
console-leads-not-ranked = заявку ещё не распределяли
console-leads-assign-whom = Кому предложить заявку { $number }?
console-leads-assign-sure = Предложить заявку { $number }: { $name }?
console-leads-assign-follows = Мастера спросят в WhatsApp; прежнее предложение отменится.
console-leads-assigned = заявка { $number } предложена: { $name }
console-leads-status-final = отсюда переходов нет
console-leads-status-which = { $leads }: какое состояние?
console-leads-status-why = Почему? Сохранится в истории; можно оставить пустым
console-leads-status-sure = { $leads }: изменить на «{ $state }»?
console-leads-status-done = заявка { $number }: { $state }
console-leads-reason = причина
console-leads-note-title = Заметка к { $leads }; видят только операторы
console-leads-noted = заметка к заявке { $number } добавлена
console-by-person = клиент
console-by-bot = бот
console-by-operator = оператор
console-moment-note = заметка
console-moment-lead-assign = назначение
console-moment-lead-status = смена состояния
console-moment-lead-note = заметка

## Why a person must look
console-why-asked_for_human = просит человека
console-why-business_paused = бизнес на паузе
console-why-call_wanted = просит позвонить
console-why-complaint = жалоба
console-why-delivery_failed = не доставлено
console-why-new_times_needed = нужно новое время
console-why-no_free_slots = нет свободного времени
console-why-no_pro_left = мастеров не осталось
console-why-no_time_fits = время не подходит
console-why-nobody_is_asked = никого не спросили
console-why-not_understood = не понято
console-why-partial_intake = не все данные
console-why-pro_is_gone = мастер ушёл
console-why-reminder_held = напоминание задержано
console-why-stuck = застряла
console-why-turn_failed = бот не справился
console-why-visit_unclear = визит неясен

## Fields of things, for a conflict
console-field-status = состояние
console-field-pro = мастер
console-field-pro_name = имя мастера
console-field-visit_from = начало визита
console-field-visit_to = конец визита
console-field-needs_human = почему
console-field-answering = кто отвечает
console-field-paused_until = бот молчит до
console-field-last_words = последние слова
console-field-last_inbound_at = писал
console-field-window_until = окно до
