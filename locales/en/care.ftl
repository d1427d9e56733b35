### What is said unasked: reminders, questions after a visit, a word to who fell silent, and what operators are told.

## While a pro is silent

pro-offer-nudge = Reminder: job { $lead } ({ $slot }, price: { $price }) is waiting for your answer. Reply *approve { $lead }* or *reject { $lead }*.
customer-another-pro-question = { $pro } has not answered yet. Shall we try another pro? Write *1* to try another, *2* to keep waiting.
button-another-pro = Try another
button-keep-waiting = Keep waiting
customer-callback-promised = We asked several pros and none has answered. Someone from our team has taken over and will call you.

## Reminders and the day

customer-reminder = Reminder of the visit of { $pro }: { $slot }, { $address }. All good?
button-confirm = Confirm
button-move = Another time
button-cancel = Cancel
button-yes = Yes
button-no = No
customer-visit-gone = That visit no longer stands, and nothing was changed.
pro-agenda-header =
    { $count ->
        [one] Good morning! One visit today:
       *[other] Good morning! { $count } visits today:
    }
pro-agenda-line = { $slot } · { $lead } · { $name } · { $address } · { $issue }

## A time that became free

customer-wait-noted = Noted. If an earlier time opens up with { $pro }, we will tell you here at once.
customer-wait-nothing = To tell you about a time that opens up we first need an open request with an address. What needs fixing?
customer-wait-hint = Shall we tell you if a better time opens up? Write *tell me*.
button-tell-if-free = Tell me if it opens
customer-earlier-instead =
    { $minutes ->
        [one] An earlier time opened up with { $pro }: { $slot }, instead of { $previous }. Shall we move you there? It is kept for you for a minute.
       *[other] An earlier time opened up with { $pro }: { $slot }, instead of { $previous }. Shall we move you there? It is kept for you for { $minutes } minutes.
    }
customer-earlier-free =
    { $minutes ->
        [one] A time opened up with { $pro }: { $slot }. Shall we book it? It is kept for you for a minute.
       *[other] A time opened up with { $pro }: { $slot }. Shall we book it? It is kept for you for { $minutes } minutes.
    }
button-take-earlier = Yes, take it
button-leave-earlier = No, thanks
customer-earlier-again = Will you take the time that opened up? Write *yes* or *no*.
customer-earlier-gone = That time is no longer free, and nothing was changed.
customer-earlier-taken = Great, moved forward: { $pro } comes { $slot } instead of { $previous }.

## Another visit

pro-another-visit-how = For another visit write the time, up to two weeks ahead. For example: another visit tomorrow 10:00
pro-another-visit-not-free = { $slot } is not free in your calendar for another visit of job { $lead }. Free times near it:
pro-another-visit-asked = We asked the customer of job { $lead } whether another visit suits: { $slot }. The time is kept until they answer.
pro-another-visit-unreachable = The customer of job { $lead } cannot be written to now. Phone: { $phone }. No time was kept.
pro-another-visit-agreed = Another visit is set ✅ job { $lead }, { $slot }.
pro-another-visit-refused = { $slot } does not suit the customer of job { $lead }. For another time: another visit { $lead } tomorrow 10:00
pro-another-visit-silent = The customer of job { $lead } did not answer about another visit ({ $slot }). The time is free again.
pro-visit-done-next = A visit of job { $lead } is marked as done. The next one: { $slot }.
pro-visit-cancelled = The customer cancelled one visit of job { $lead }: { $slot }. The time is free again.
pro-visit-missed = Noted: nobody was there for the visit of job { $lead }. A person of the team will look.
customer-another-visit-question = { $pro } suggests another visit for “{ $issue }”: { $slot }. Does it suit you?
customer-another-visit-agreed = Another visit is set ✅ { $pro }, { $slot }. Phone: { $phone }.
customer-another-visit-refused = All right, we told { $pro } that the time does not suit.
customer-another-visit-again = Does the other visit suit you? Write *yes* or *no*.
customer-further-visit = Another visit: { $slot }.
customer-visit-cancelled = The visit ({ $slot }) is cancelled.
customer-visit-moved = The visit was moved: { $pro } comes { $slot } instead of { $previous }.

## After the visit

pro-visit-done-question = Job { $lead } ({ $slot }): is it done?
button-visit-done = Done
button-visit-not-yet = Not yet
button-visit-not-there = Customer not there
pro-visit-not-yet = All right. When job { $lead } is finished: *done*.
pro-customer-not-there = Noted: nobody was there for job { $lead }. We offered the customer other times.
customer-was-not-there = { $pro } came and found nobody there. Shall we book again? Price: { $price }. These times are free:
customer-visit-done-again = Just so we know: was the work done? Write *yes* or *no*.
customer-visit-done-question = The visit of { $pro } ({ $slot }): was the work done?
customer-visit-settled = Thank you for letting us know.
customer-visit-not-done = Thank you for telling us. Someone from our team will find out what happened and get back to you.

## Silence

customer-follow-up = Just checking: your request “{ $issue }” is still open. Shall we go on? Simply answer here.
customer-follow-up-plain = Just checking: your request is still open. Shall we go on? Simply answer here.
customer-call-offer = Nobody has got back to you here yet. Shall we call you? Answer *yes* or *no*, or go on with me.

## What the operator reads

operator-escalated =
    { $count ->
        [one] Request { $lead } was moved once and nobody answered. The customer was promised a call.
       *[other] Request { $lead } was moved { $count } times and nobody answered. The customer was promised a call.
    }
operator-report-header =
    { $count ->
        [one] One request is waiting for a person:
       *[other] { $count } requests are waiting for a person:
    }
operator-report-line = { $reason }: { $numbers }
operator-report-chats =
    { $count ->
        [one] { $reason }: one chat without a request
       *[other] { $reason }: { $count } chats without a request
    }
operator-emergency = 🚨 Urgent request: { $issue }. Place: { $address }.
operator-human-wanted = A customer asked for a person (request { $lead }).
operator-models-down = The models have not answered for a minute. The bot goes on by rules alone.
operator-report-failed =
    The report could not be sent by WhatsApp:
    { $report }
owner-budget-used = Today's budget for models is used up. Until midnight the bot goes on by rules alone; what they do not understand waits for a person.
operator-account-stopped = 🚨 Nothing leaves through { $channel }: { $reason }. Messages wait and are sent once the account works again.

## Why a person must look
concern-all_busy = everybody near is busy
concern-all_declined = everybody near declined
concern-asked_by_team = asked by the team
concern-asked_for_human = asked for a person
concern-budget_used = models’ budget used up
concern-business_paused = business paused
concern-call_wanted = wants a call
concern-chat_is_gone = the chat is gone
concern-complaint = complaint
concern-customer_not_there = customer was not there
concern-delivery_failed = not delivered
concern-delivery_unknown = perhaps not delivered
concern-left_rejected = left declined
concern-moved_too_often = one pro after the other was silent
concern-new_times_needed = new times needed
concern-no_free_slots = no free times
concern-no_pro_in_area = no pro in the area
concern-no_pro_left = no pro left
concern-no_pro_of_trade = no pro of this trade
concern-no_time_fits = no time fits
concern-nobody_is_asked = nobody is asked
concern-not_understood = not understood
concern-opted_out = opted out, and something was to be told
concern-partial_intake = partial details
concern-place_unknown = place unknown
concern-pro_is_gone = the pro is gone
concern-reminder_held = reminder held
concern-stuck = stuck
concern-timer_failed = a timer failed
concern-turn_failed = the bot failed
concern-visit_unclear = visit unclear
concern-work_not_done = the work was not done
