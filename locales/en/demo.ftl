### The words of the demo's page. See the Hebrew file.

## The page

demo-title = Fixi: two phones
demo-tagline = What the customer writes, what the professional gets, and what happens in between
demo-language = Language of the page
demo-views = What is shown
demo-tab-customer = Customer
demo-tab-inside = Inside
demo-tab-pro = Professional
demo-offline = The connection was lost, trying again…
demo-not-sent = The message was not sent. Please try again.

## The phones

demo-phone-customer = The customer’s phone
demo-phone-pro = The professional’s phone
demo-choose-customer = Which customer
demo-choose-pro = Which professional
demo-new-customer = New customer
demo-new-customer-hint = Start over with a new customer
demo-new-names = Noa Barak, Jonathan Segev, Michal Edri, Omer Peled, Tamar Golan, Itay Rosen
demo-stranger = Customer { $number }
demo-messages = The chat with Fixi
demo-online = Always available
demo-typing = typing…
demo-write = Write a message
demo-send = Send
demo-replies = Quick replies
demo-suggestions = Suggested messages
demo-suggest-customer = There is a leak in my kitchen; My AC is not cooling, I am in Haifa; I am locked out in Ramat Gan; How much is a new tap?
demo-suggest-pro = menu; available; vacation
demo-empty-customer = Write here as a customer would.
demo-empty-pro = Offers of work will appear here.
demo-unread = Unread messages: { $count }
demo-elsewhere = A new message for { $name }
demo-quote = Reply to this message
demo-stop-quoting = Do not reply to it
demo-tick-sent = Sent
demo-tick-delivered = Delivered
demo-tick-read = Read
demo-tick-failed = Not delivered
demo-today = Today

## What happened inside

demo-inside = What happened inside
demo-inside-hint = Every message takes the same steps. Each line opens.
demo-strip-empty = Nothing was written yet. Send a message from the customer’s phone and follow it here.
demo-turn-lead = Lead { $number }
demo-turn-customer = A customer wrote
demo-turn-pro = A professional wrote
demo-turn-timer = A timer rang
demo-milliseconds = { $count } ms
demo-seconds = { $count } s
demo-step-received = Received
demo-step-understood = Understood
demo-step-routed = Routed
demo-step-decided = Decided
demo-step-committed = Committed
demo-step-delivered = Delivered
demo-step-failed = Did not work
demo-step-note = Happened
demo-received-customer = Messages from the customer: { $count }
demo-received-pro = Messages from the professional: { $count }
demo-decided-line = Replies: { $replies }, timers: { $timers }
demo-committed-line = All of it was written at once, or none
demo-committed-again = Written on attempt { $attempts }, after looking again
demo-delivered-customer = To the customer
demo-delivered-pro = To the professional
demo-routed-line = Chosen: { $pro }
demo-routed-nobody = Nobody was suitable
demo-ruled-out = ruled out
demo-conversation = Chat
demo-at = Time

## Facts, by key

demo-fact-trade = Trade
demo-fact-city = City
demo-fact-intent = Intent
demo-fact-by = Read by
demo-fact-address = has an address
demo-fact-name = has a name
demo-fact-emergency = emergency
demo-fact-pro = Professional
demo-fact-number = Number
demo-fact-round = Round
demo-fact-why = Reason
demo-fact-reason = Reason
demo-fact-stars = Stars
demo-fact-count = How many
demo-fact-from = From
demo-fact-to = To
demo-fact-state = State
demo-fact-replies = Replies
demo-fact-timers = Timers
demo-fact-attempts = Attempts
demo-fact-key = Event
demo-fact-slots = Times
demo-fact-attempt = Attempt
demo-value-customer = customer
demo-value-pro = professional
demo-value-rules = rules
demo-value-model = model
demo-value-auto = automatic
demo-value-sent = sent
demo-value-delivered = delivered
demo-value-read = read
demo-value-failed = failed
demo-value-asked_for_human = asked for a person
demo-value-no_pro_in_area = no professional in the area
demo-value-no_pro_left = no professional left
demo-value-no_free_slots = no free times
demo-value-not_understood = not understood
demo-intent-service_request = service request
demo-intent-booking_change = change of time
demo-intent-cancellation = cancellation
demo-intent-status = status
demo-intent-human = talk to a person
demo-intent-question = question
demo-intent-complaint = complaint
demo-intent-small_talk = small talk
demo-intent-off_topic = off topic
demo-note-opted_out = Opted out of messages
demo-note-opted_in = Opted back in
demo-note-consented = Agreed to go on
demo-note-reviewed = Gave a rating
demo-note-review_words = Wrote a review
demo-note-needs_human = A person is needed
demo-note-emergency = Marked as an emergency
demo-note-lead_opened = A lead was opened
demo-note-address_changed = The address was changed
demo-note-rescheduled = The time was moved
demo-note-persona_refused = The model’s wording was refused, a safe one was used
demo-note-offered = The professional was asked
demo-note-booked = The visit is booked
demo-note-completed = The job is done
demo-note-cancelled = The lead was cancelled
demo-note-declined = The professional declined
demo-note-slot_taken = The time was already taken

## Leads

demo-leads = Leads
demo-leads-empty = There are no leads yet.
demo-lead-number = Number
demo-lead-status = Status
demo-lead-slot = Time
demo-lead-pro = Professional
demo-status-contacted = in conversation
demo-status-new = waiting for a yes
demo-status-booked = booked
demo-status-completed = completed
demo-status-closed = closed
demo-status-rejected = rejected
demo-status-cancelled = cancelled
demo-status-pending_admin_review = with a person
