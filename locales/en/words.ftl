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
word-offers = offers | open offers
word-today = today | agenda
word-jobs = jobs | my jobs | open jobs
word-cancel-job = cancel | cancel job | cancel a job
word-move-job = move | move job | reschedule
word-no-show = no show | no-show | nobody home | customer was not there
word-another-visit = another visit | one more visit | follow-up visit
word-history = history | past jobs
word-stats = stats | statistics | my figures
word-reviews = reviews | my reviews
word-find = find | find work | search
word-hours = hours | working hours | my hours
word-block = block
word-unblock = unblock

## A customer

word-status = status | what's the status | any news | any update
word-human = human | agent | person | representative | talk to a human | real person | operator
word-cancel = cancel | cancel it | cancel appointment | cancel my appointment
word-reschedule = reschedule | change time | another time | move appointment
word-reset = restart | reset | start over
word-help = help | info
word-tell-if-free = tell me | let me know | waitlist | waiting list | tell me if something opens up | let me know if something opens up
word-sign-up = join as a pro | i am a pro | i'm a pro | become a pro | register as a pro

## An owner

word-office = office | commands | owner
word-office-today = business today | today in the business
word-tomorrow = tomorrow | business tomorrow
word-stuck = stuck | stuck requests
word-manage = manage | admin
word-applicants = applicants | sign-ups
word-week = figures | week | report | weekly report
word-pause-bot = pause bot | pause all | stop bot
word-resume-bot = resume bot | resume all | start bot

## Everybody

word-stop = stop | unsubscribe | stop all | opt out | opt-out | remove me
word-start = start | subscribe | unstop | opt in | opt-in
word-yes = yes | yes please | y | yep | yeah | sure | ok | okay | of course
word-no = no | no thanks | no thank you | n | nope | nah
word-skip = skip
