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

## Keys of lists
console-key-open = open
console-key-mark = mark
console-key-unmark = unmark all
console-key-copy = copy
console-key-left = left
console-key-right = right
console-key-page-down = a page down
console-key-page-up = a page up
console-key-first = to the first
console-key-last = to the last
console-yes = yes

## Leads
console-leads-title = Lead { $number }
console-leads-number = no.
console-leads-state = status
console-leads-state-since = { $state } for { $since }
console-leads-since = for
console-leads-customer = customer
console-leads-phone = phone
console-leads-issue = issue
console-leads-city = town
console-leads-address = address
console-leads-with = pro
console-leads-visit = visit
console-leads-trade = trade
console-leads-why = why look
console-leads-emergency = emergency
console-leads-quote = quote
console-leads-paid = paid
console-leads-commission = commission
console-leads-moves = moved on
console-leads-stars = stars
console-leads-review = review
console-leads-ranked = Who could take it
console-leads-ruled-out = ruled out
console-leads-timeline = What happened
console-leads-words = What was said
console-leads-assign = assign
console-leads-status = status
console-leads-note = note
console-leads-chat = chat
console-leads-pro = pro
console-leads-board = board or table
console-leads-human = only those that wait for a person
console-leads-next = next lead
console-leads-previous = previous lead
console-leads-word-lead = a lead by its number
console-leads-csv = the rows that are loaded, as CSV
console-leads-assign-one = one lead at a time is assigned
console-leads-no-pro = no such pro on the list: { $name }
console-leads-not-ranked = this lead was not routed yet
console-leads-assign-whom = Whom to offer lead { $number }?
console-leads-assign-sure = Offer lead { $number } to { $name }?
console-leads-assign-follows = The pro is asked on WhatsApp; an earlier offer ends.
console-leads-assigned = lead { $number } was offered to { $name }
console-leads-status-final = it can go nowhere from here
console-leads-status-which = { $leads }: which status?
console-leads-status-why = Why? It is kept in the history; may be empty
console-leads-status-sure = { $leads }: change to “{ $state }”?
console-leads-status-done = lead { $number }: { $state }
console-leads-reason = reason
console-leads-note-title = A note on { $leads }; only operators see it
console-leads-noted = noted on lead { $number }
console-by-person = customer
console-by-bot = bot
console-by-operator = operator
console-moment-note = note
console-moment-lead-assign = assigned
console-moment-lead-status = status changed
console-moment-lead-note = note

## Why a person must look
console-why-asked_for_human = asked for a person
console-why-business_paused = business paused
console-why-call_wanted = wants a call
console-why-complaint = complaint
console-why-delivery_failed = not delivered
console-why-new_times_needed = new times needed
console-why-no_free_slots = no free times
console-why-no_pro_left = no pro left
console-why-no_time_fits = no time fits
console-why-nobody_is_asked = nobody is asked
console-why-not_understood = not understood
console-why-partial_intake = partial details
console-why-pro_is_gone = the pro is gone
console-why-reminder_held = reminder held
console-why-stuck = stuck
console-why-turn_failed = the bot failed
console-why-visit_unclear = visit unclear

## Fields of things, for a conflict
console-field-status = status
console-field-pro = pro
console-field-pro_name = name of the pro
console-field-visit_from = visit from
console-field-visit_to = visit to
console-field-needs_human = why look
console-field-answering = who answers
console-field-paused_until = bot silent until
console-field-last_words = last words
console-field-last_inbound_at = last wrote
console-field-window_until = window until
