### What an owner reads, and whoever wants to work with the business.

owner-left-as-it-was = All right, nothing has changed.
owner-no-choice = That is not one of the choices. A number from the list, or *cancel*.
owner-commands = Commands of { $business }: *business today* · *tomorrow* · *stuck* · *manage* · *applicants* · *figures* · *pause bot* · *resume bot*
owner-bot-paused = The bot is silent towards customers. What they write is kept. To resume: *resume bot*.
owner-bot-resumed = The bot answers customers again.
owner-bot-is-paused = ⏸ The bot is paused
owner-no-visits = { $business } has no visits ({ $day }).
owner-visits = { $day }: visits { $count } = urgent { $emergencies } + standard { $standard }
owner-visit = { $time } · request { $lead }: { $name }, { $issue }, with { $pro }
owner-stuck-line = request { $lead }: { $issue }, { $city } (waiting { $minutes } min)
owner-nothing-stuck = No request is stuck 👍
owner-stuck = Requests that wait for a person: { $count }. To decide: *manage*.
owner-week = { $business }, the last seven days:
owner-week-leads = Requests: { $count }
owner-week-booked = Booked: { $count }
owner-week-completed = Completed: { $count }
owner-week-revenue = Revenue: { $revenue }, commission: { $commission }
owner-week-approval = Average minutes to approval: { $minutes }
owner-week-stuck = Waiting for a person: { $count }
owner-week-more = All commands: *commands*
owner-pick-lead = Which request? A number, or *cancel*.
owner-lead-is-gone = That request does not wait any more; nothing has changed.
owner-lead-action =
    { $line }
    { $name }, { $phone }
    What is to be done?
    1. Close it
    2. Give it to a professional
    3. Leave it
owner-ask-close = Close request { $lead }? The customer will be told. *yes* or *no*.
owner-no-pros = No active professional does this trade.
owner-pick-pro = Who takes request { $lead }? A number, or *cancel*.
owner-why-jobs = open jobs { $jobs }
owner-why-vacation = on vacation
owner-why-busy = no free time
owner-why-overloaded = fully loaded
owner-why-fits = fits
owner-why-far = outside the area
owner-ask-assign = { $pro } does not fit by the rules. Give them request { $lead } all the same? *yes* or *no*.
owner-closed = Request { $lead } is closed and the customer was told.
owner-assigned = Request { $lead } was offered to { $pro }.
owner-assigned-times = Request { $lead } is with { $pro }. The customer is choosing a time.
owner-assign-impossible = Request { $lead } cannot go to { $pro }: no free time, or the customer is busy with another request.
owner-sign-up = A new professional wants to join. Approve? Also under *applicants*.
owner-applicant =
    { $name }, { $phone }
    Trades: { $trades }
    Areas: { $areas }
    Prices: { $prices }
owner-no-applicants = Nobody is waiting to join.
owner-applicants = Who wants to join? A number, or *cancel*.
owner-applicant-is-gone = That application does not wait any more; nothing has changed.
owner-ask-applicant =
    1. Approve
    2. Decline
owner-applicant-taken = { $name } is in. They were told, and will get jobs from now on.
owner-applicant-declined = The application of { $name } was declined, and they were told.
sign-up-hello = Great that you want to work with { $business }! A few short questions. To stop at any step: *cancel*.
sign-up-again = I did not get that.
sign-up-name = What name should customers see?
sign-up-trade = What do you do? A number from the list, or several with commas:
sign-up-areas = In which towns? With commas between them.
sign-up-prices = Prices? One line per job, for example: leak repair 250-450. Without prices: *skip*.
sign-up-confirm =
    This is what we have:
    Name: { $name }
    Trades: { $trades }
    Areas: { $areas }
    Prices: { $prices }
    To send it: *approve*. To stop: *cancel*.
sign-up-done = Thank you! Your application was sent. We will tell you here as soon as there is an answer.
sign-up-left = All right, nothing was kept. You can begin again at any time.
sign-up-waiting = Your application is with us already and waits for approval.
sign-up-needs-phone = To join, please write to us from a visible phone number.
sign-up-no-prices = none given
