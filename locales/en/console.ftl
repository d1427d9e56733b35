### What operators read in the console. Kept short: most of it stands in a line of a terminal.

## Time, shortly
console-seconds = { $count }s
console-minutes = { $count }m
console-hours = { $count }h
console-days = { $count }d

## Screens
console-screen-dashboard = Dashboard
console-screen-leads = Leads
console-screen-conversations = Chats
console-screen-pros = Pros
console-screen-schedule = Schedule
console-screen-contacts = Contacts
console-screen-jobs = Jobs
console-screen-templates = Templates
console-screen-settings = Settings
console-screen-users = Users
console-screen-audit = Audit
console-screen-analytics = Analytics

## Roles
console-role-system_admin = system admin
console-role-owner = owner
console-role-admin = admin
console-role-agent = agent

## Keys that are the same everywhere
console-key-help = help
console-key-palette = command
console-key-filter = filter
console-key-undo = undo
console-key-next-screen = next screen
console-key-previous-screen = previous screen
console-key-refresh = refresh
console-key-back = back
console-key-quit = quit
console-key-down = down
console-key-up = up
console-key-yes = yes
console-key-no = no
console-key-take = take
console-key-close = close
console-key-digits = the screen of that number

## Words of the `:` line
console-word-lang = language of the console: he en ar ru
console-word-theme = colours: dark light mono
console-word-bidi = who orders right-to-left text: app terminal
console-word-readonly = refuse every change from now on
console-word-business = another business
console-word-signout = sign out
console-no-such-word = no such command, or several: { $word }
console-no-such-value = { $word }: one of { $values }
console-no-such-screen = this user may not see that screen
console-nothing-to-undo = nothing to undo
console-nothing = nothing here
console-too-small = the window is too small
console-opening = one moment…
console-help = Help
console-help-everywhere = Everywhere

## Signing in
console-sign-in = Sign in
console-sign-in-name = name
console-sign-in-password = password
console-sign-in-hint = Enter signs in, Esc quits
console-session-not-kept = the session cannot be kept in a file

## Asking first
console-confirm = Sure?
console-confirm-word = to confirm, type: { $word }
console-conflict = Somebody else was faster
console-conflict-lead = It changed since you saw it. Keep it as it is now, or change it all the same?
console-conflict-keep = keep theirs
console-conflict-mine = change it all the same
console-readonly = read only
console-readonly-refused = read only: nothing was changed
console-forbidden = this user may not do that
console-copied = copied
console-browsing = opened in the browser
console-no-opener = { $about } cannot be started
console-saved = saved: { $about }
console-not-saved = not saved (the file may be there already): { $about }

## The server
console-link-lost = server lost for { $span }
console-link-again = the server is back
console-failure-address = that is no address of a server; one looks like https://bot.example.com
console-failure-insecure = plain http to another machine shows the session to others; use https or an ssh tunnel
console-failure-no-certificates = the certificates of this machine cannot be loaded
console-failure-certificate = the server's certificate is not trusted here; check the address and the clock
console-failure-no-tls = the server there does not speak https; check the port
console-failure-unreachable = nothing answers at that address; is the bot running?
console-failure-timeout = no answer in time
console-failure-lost = the connection was lost
console-failure-not-fixi = what answers there ({ $status }) is no bot with a console; check the address, or update the bot
console-failure-old = the bot is of version { $version }, older than this program; update the bot
console-failure-unreadable = an answer that cannot be read; the bot and this program differ in version
console-problem-sign-in-again = sign in again
console-problem-wrong-password = wrong name or password
console-problem-locked-out = too many failures; try again in { $wait }
console-problem-not-found = there is no such thing in this business
console-problem-conflict = somebody else changed it meanwhile
console-problem-not-now = not now: { $why }
console-problem-invalid = that value does not do: { $why }
console-problem-unavailable = the server cannot reach its store just now; try again in a moment
console-problem-broken = a defect of the server; in its log under { $request }

## The dashboard
console-dashboard-open = the visit's lead
console-dashboard-funnel = Leads by status
console-dashboard-waiting = wait for a person: { $count }
console-dashboard-pace = Pace
console-dashboard-answer = answer time, 24 hours
console-dashboard-per-day = leads a day, 14 days
console-dashboard-today = Visits today: { $count }
console-dashboard-no-visits = no visits today
console-dashboard-health = Health
console-dashboard-queue = queue: { $ready } ready, { $running } running
console-dashboard-dead = gave up: { $dead }, unsettled: { $unsettled }
console-dashboard-cost = models today: { $cost }
console-dashboard-cost-unknown = cost of models is not known
console-dashboard-paused = the bot is silent towards customers
console-provider-store = store

## Where a lead stands
console-status-contacted = contacted
console-status-new = offered
console-status-booked = booked
console-status-completed = completed
console-status-closed = closed
console-status-rejected = declined
console-status-cancelled = cancelled
console-status-pending_admin_review = in review
