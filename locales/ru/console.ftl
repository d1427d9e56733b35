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
