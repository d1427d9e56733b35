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
operator-emergency = 🚨 Urgent request: { $issue }. Place: { $address }.
operator-human-wanted = A customer asked for a person (request { $lead }).
operator-models-down = The models have not answered for a minute. The bot goes on by rules alone.
operator-report-failed =
    The report could not be sent by WhatsApp:
    { $report }
owner-budget-used = Today's budget for models is used up. Until midnight the bot goes on by rules alone; what they do not understand waits for a person.
operator-account-stopped = 🚨 Nothing leaves through { $channel }: { $reason }. Messages wait and are sent once the account works again.
