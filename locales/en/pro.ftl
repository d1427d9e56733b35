### What a professional reads. See the Hebrew file for the meaning of variables.

## Leads and offers

pro-new-lead =
    Request { $lead } was opened with you: { $issue }, { $city }.
    Nothing to do for now. We'll tell you when a time is set.
pro-offer =
    New job { $lead } 🔔
    Problem: { $issue }
    Customer: { $name }
    Address: { $address }
    When: { $slot }
    Price quoted: { $price }
    Navigate: { $link }
    Answer *approve* or *reject* (or *1* / *2*). With several offers: approve { $lead }.
pro-offer-address-changed = Request { $lead }: the address is now { $address }.
pro-offer-moved = Job { $lead } went to another professional, since no answer came in time. No need to reply.
pro-approved =
    Great, job { $lead } is booked ✅
    { $name }, { $phone }
    { $address }
    { $slot }
pro-rejected = Got it, job { $lead } is off your list.
pro-slot-taken = The time of job { $lead } is already taken in your calendar, so it was not booked.
pro-approve-blocked = Job { $lead } ({ $slot }) is in a time that you blocked: { $time }. The time is kept meanwhile. One tap frees it and approves; or write *unblock* and then *approve { $lead }*, or *reject { $lead }*.
pro-approve-blocked-by-business = Job { $lead } ({ $slot }) is in a time that the business blocked in your calendar: { $time }. The time is kept meanwhile. Ask the business to free it and then write *approve { $lead }*; if not, *reject { $lead }*.
pro-approve-closed = Job { $lead } ({ $slot }) is no longer within your working hours. The time is kept meanwhile. To change them write *hours* and then *approve { $lead }*; if not, *reject { $lead }*.
pro-approve-day-full = On the day of job { $lead } ({ $slot }) you already have as many visits as a day may have. The time is kept meanwhile. If a visit goes away write *approve { $lead }*; if not, *reject { $lead }*.
pro-approve-too-near = Job { $lead } ({ $slot }) is too close to another visit: no time for the pause or the way. The time is kept meanwhile. If the other visit moves write *approve { $lead }*; if not, *reject { $lead }*.
pro-no-open-offers = No offers are waiting for your answer.
pro-no-such-offer = There is no open offer with the number { $lead }.
pro-emergency = 🚨 Urgent request { $lead }: { $issue }. Place: { $address }.

## Jobs

pro-done = Job { $lead } is marked as done. Well done!
pro-ask-price = How much was paid for job { $lead } in the end? Digits only.
pro-price-saved = Saved: job { $lead }, { $price }.
pro-price-invalid = We couldn't read that amount. Just a number, for example 450.
pro-which-job-header = Which job is it? Send its number:
pro-no-open-jobs = You have no open jobs.
pro-customer-cancelled = Job { $lead } was cancelled by the customer: { $address }, { $slot }. The time is free again.
pro-customer-rescheduled = Job { $lead } was moved by the customer: { $previous } → { $slot }.
pro-customer-needs-human = The customer of job { $lead } asked for a person: { $name }, { $phone }.
pro-customer-added = Job { $lead }, the customer added: { $added }.

## Menu and state

pro-menu-header = Hello { $name }, here is how things stand:
pro-menu-offers = { $count ->
    [one] { $count } offer waiting for your answer
   *[other] { $count } offers waiting for your answer
    }
pro-menu-jobs = { $count ->
    [one] { $count } booked job
   *[other] { $count } booked jobs
    }
pro-menu-rating = Rating: { $rating } (reviews: { $count })
pro-menu-state-available = 🟢 Taking new jobs
pro-menu-state-vacation = 🔴 Not taking new jobs
pro-menu-commands = *approve* · *reject* · *done* · *offers* · *today* · *jobs* · *move* · *cancel* · *no show* · *history* · *stats* · *reviews* · *hours* · *block* · *find* · *vacation* · *available* · *pause* · *resume* · *customer*
pro-vacation = Noted: no new jobs will be sent. To come back: *available*.
pro-available = Welcome back! New jobs will be sent to you.
pro-paused = The assistant is silent in the chat with { $name }. To bring it back: *resume*.
pro-resumed = The assistant is back in the chat with { $name }.
pro-booked-notice =
    Job { $lead } is booked for you ✅
    Problem: { $issue }
    Customer: { $name }, { $phone }
    Address: { $address }
    When: { $slot }
    Price quoted: { $price }
    Navigate: { $link }
pro-media-count =
    { $count ->
        [one] { $count } file from the customer
       *[other] { $count } files from the customer
    }
pro-offer-gone = That offer is not open any more; nothing has changed.
pro-which-line = { $lead }: { $issue }
button-approve = Approve
button-reject = Reject
button-free-and-approve = Free and approve
pro-menu-no-rating = No rating yet

## At the desk

pro-left-as-it-was = All right, nothing has changed.
pro-ask-intent = Do you need a professional yourself? *1*: yes, open a request. *2*: no, stay at my desk.
pro-ask-intent-again = I did not get that. *1*: a request of your own. *2*: stay at your desk.
pro-stays-pro = All right, back to work. All commands: *menu*.
pro-customer-mode = You are now served like any customer. What needs fixing, and where? To come back: *done*.
pro-back-at-desk = You are back at your desk.
pro-no-begun-jobs = No booked job has begun yet.
pro-ask-cancel-reason = Cancel job { $lead } ({ $slot })? What is the reason? The customer will be told. Without one: *skip*. To keep it: *no*.
pro-job-cancelled = Job { $lead } is cancelled and the time is free. The customer was told and gets another offer.
pro-no-other-times = Your calendar has no other free time for job { $lead }. The time stays.
pro-move-header = To which time should job { $lead } move? Send its number, or *no* to keep it.
pro-job-moved = Job { $lead } moved to { $slot }. The customer was told.
pro-find-wait = You can search again in { $minutes } min.
pro-found-lead = Found for you: request { $lead }, { $issue }. The customer is choosing a time from your calendar.
pro-found-nothing = No request is waiting in your trade and area.
pro-today-none = You have no visits today.
pro-today-header = Your visits today: { $count }
pro-today-visit =
    { $time } · job { $lead }: { $issue }
    { $name }, { $phone }
    { $address }
    { $link }
pro-history-none = No job has ended yet.
pro-history-header = Your last jobs:
pro-history-done = done
pro-history-cancelled = cancelled
pro-history-closed = closed
pro-stats-header = Your figures:
pro-stats-this-month = This month
pro-stats-last-month = Last month
pro-stats-month = { $month }: jobs done { $count }, revenue: { $revenue }, commission: { $commission }
pro-stats-acceptance = Offers accepted: { $percent }%
pro-stats-no-offers = No offers yet.
pro-stats-no-shows = Customers who were not there: { $count }
pro-reviews-none = No reviews from customers yet.
pro-hours-header = Your working hours:
pro-hours-how = To change them, write for example: Sunday-Thursday 08:00-18:00, Friday closed
pro-hours-closed = closed
pro-hours-confirm = These would be your hours. Save them? *yes* or *no*.
pro-hours-saved = Saved. Visits that are booked already stay.
pro-block-unclear = I could not tell when. For example: block tomorrow 10-12, or block 24.12
pro-blocked = Blocked in your calendar: { $time }. No new visits then.
pro-blocked-visit = Note: job { $lead } is already set then ({ $slot }) and stays.
pro-blocked-header = Blocked in your calendar:
pro-block-how = To block a time, write for example: block tomorrow 10-12. To free it: *unblock*.
pro-nothing-blocked = There is no blocked time to free.
pro-unblocked = Blocked times freed: { $count }
pro-sign-up-approved = Congratulations! { $business } has approved you. Jobs will be sent to you here. All commands: *menu*.
pro-sign-up-declined = Thank you for asking. { $business } cannot take you on for now.

## What their customers read

customer-reason = The reason: { $reason }
customer-pro-cancelled = Unfortunately the visit of { $pro } ({ $slot }) was cancelled. We are already looking for another solution.
customer-pro-moved = The visit of { $pro } was moved: instead of { $previous }, { $slot }. Does not suit you? Write *reschedule*.
customer-found-pro-times = We found a professional for you: { $pro }, price: { $price }. These times are free:
customer-closed-by-team = Unfortunately we found nobody for your request, and it was closed. You can always write to us again.
