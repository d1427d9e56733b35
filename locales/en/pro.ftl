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
pro-menu-commands = *approve* · *reject* · *done* · *vacation* · *available* · *pause* · *resume* · *customer*
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
pro-menu-no-rating = No rating yet
