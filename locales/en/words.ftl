### What people may type as a whole message, separated by `|`. See the Hebrew file for the rules.

## A professional

word-approve = approve | accept | approved | take it | i'll take it
word-reject = reject | decline | pass | rejected
word-done = done | finished | completed | job done
word-pause = pause
word-resume = resume | continue
word-vacation = vacation | away | unavailable | on break | break
word-available = available | i'm back | back
word-menu = menu | dashboard
word-customer-mode = customer | customer mode

## A customer

word-status = status | what's the status | any news | any update
word-human = human | agent | person | representative | talk to a human | real person | operator
word-cancel = cancel | cancel it | cancel appointment | cancel my appointment
word-reschedule = reschedule | change time | another time | move appointment
word-reset = restart | reset | start over
word-help = help | info

## Everybody

word-stop = stop | unsubscribe | stop all | opt out | opt-out | remove me
word-start = start | subscribe | unstop | opt in | opt-in
word-yes = yes | yes please | y | yep | yeah | sure | ok | okay | of course
word-no = no | no thanks | no thank you | n | nope | nah
