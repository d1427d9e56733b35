### What a customer reads. See the Hebrew file for the meaning of variables.

## First contact and consent

customer-disclosure = Hi 👋 You're chatting with the digital assistant of { $business }. Write *human* at any time to reach a person.
customer-greeting = Hi, this is { $business } 👋 How can we help?
customer-consent-request =
    Hi, this is the digital assistant of { $business }.
    To handle your request we keep what you write here and share it with the professional. Is that all right? Write *yes* or *no*.
    To reach a person: *human*.
customer-consent-refused = No problem, we keep nothing and stop here. If you change your mind, just write to us.
customer-help =
    This is { $business }: tell us what is wrong and where, and we arrange a professional.
    You can also write *status* to see where things stand, *reschedule* for another time, *cancel* to cancel, *human* for a person, *stop* for no more messages.

## Questions

customer-ask-issue = What needs fixing? You can write, send a voice note or a photo.
customer-ask-issue-again = I'm not sure yet what needs fixing. For example: “a leak under the sink” or “the AC isn't cooling”.
customer-ask-city = Which town or city are you in?
customer-ask-city-again = I didn't recognise that place. What is its full name?
customer-ask-address = What is the address? Street, house number, floor and apartment.
customer-ask-address-again = To get to you we need a street and a house number. For example: 10 Herzl St, floor 2, apartment 5.
customer-ask-address-missing = Almost there. Only missing: { $missing }.
customer-ask-street-number = What is the house number on { $street }?
customer-ask-floor-apartment = Which floor and apartment? If it's a house, write “house”.
customer-confirm-address = Come to { $address } again? Write *yes*, or send the new address.
customer-ask-name = What name should we put on the request?
customer-ask-name-again = What should we call you? A first name is enough.
customer-ask-time = When would suit you? For example “tomorrow afternoon”.
customer-ask-time-again = I couldn't work out the time. Which day, and around what hour?

## Names of the parts of an address, for lists

part-floor = floor
part-apartment = apartment

## Slots and prices

customer-slots-header = { $pro } is free at these times:
customer-slot-line = { $number }. { $slot }
customer-slots-footer = Send the number, or another time that suits you.
customer-slot-number-invalid = Please send one of the numbers in the list.
customer-no-slots = There is no free time soon. We passed your request to our team and will get back to you.
customer-price-quote = { $item }: { $price }. The final price is set on site.
customer-price-after-visit = For this kind of work a price can only be given after a look on site.

## Waiting, booking, moving on

customer-waiting-for-pro = { $minutes ->
    [one] Great! We sent { $pro } your request for { $slot }. You'll have an answer within { $minutes } minute.
   *[other] Great! We sent { $pro } your request for { $slot }. You'll have an answer within { $minutes } minutes.
    }
customer-still-waiting = Still waiting for { $pro } to answer. We'll tell you right away.
customer-booked =
    You're booked! ✅
    { $pro }, { $trade }
    When: { $slot }
    Address: { $address }
    Price: { $price }
    Phone: { $phone }
customer-next-pro = We found someone else for you: { $pro }, at the same time: { $slot }. Price: { $price }. We will write as soon as there is an answer. Does it not suit you? Write *cancel*.
customer-no-pro-left = We haven't found a free professional yet. Someone from our team is on it and will call you back.
customer-still-checking = Our team is still looking into your request. We'll write as soon as there's news.
customer-confirmed = Thank you, confirmed: { $slot }.
customer-nothing-to-confirm = We found no appointment waiting to be confirmed. How can we help?

## Status

customer-status-none = You have no open request. How can we help?
customer-status-contacted = Your request “{ $issue }” is open; a few details are missing before we can set a time.
customer-status-new = Your request is with { $pro }, waiting for a yes to { $slot }.
customer-status-booked = You're booked with { $pro } for { $slot }. Phone: { $phone }.
customer-status-completed = The job “{ $issue }” is done. Thank you!
customer-status-closed = The request “{ $issue }” is closed. For a new one, just tell us what you need.
customer-status-rejected = The professional isn't free, so we're finding someone else for you.
customer-status-cancelled = The request “{ $issue }” was cancelled.
customer-status-pending-admin-review = Someone from our team is looking into your request and will get back to you.

## Changing and cancelling

customer-cancel-question = Cancel the appointment ({ $slot })? Write *yes* or *no*.
customer-cancel-request-question = Cancel the request “{ $issue }”? Write *yes* or *no*.
customer-cancelled = Cancelled. We're here if you need anything.
customer-already-cancelled = That was already cancelled.
customer-nothing-to-cancel = There is no appointment or request to cancel.
customer-kept = All right, your appointment stays: { $slot }.
customer-request-kept = All right, we carry on with your request.
customer-reschedule-header = Your appointment: { $slot }. You can move it to one of these:
customer-reschedule-none = There is no other free time right now. Your appointment stays, and our team will get back to you.
customer-nothing-to-reschedule = There is no appointment to move.

## Rating

customer-rating-question = How was it with { $pro }? Rate from 1 to 5.
customer-rating-thanks = Thanks for the rating: { $rating } out of 5!
customer-review-question = Would you like to add a few words? You can also write *no*.
customer-review-thanks = Thank you, that really helps!

## People, limits, trouble

customer-human = We're passing you to a person. Your message is in and you'll be answered soon.
customer-stopped = You're unsubscribed. We won't write to you first any more. To come back: *start*.
customer-started = Welcome back. How can we help?
customer-reset-done = We've started over. How can we help?
customer-apology = Sorry, something went wrong on our side. Your message is saved and we'll get back to you. In an emergency call { $number }.
customer-emergency = Please note: we can't call emergency services for you. If anyone is in danger, call { $number } now.
customer-emergency-handled = We marked your request as urgent and alerted the professional at once.
customer-please-write-text = I couldn't make that out. What needs fixing? You can write it or send a voice note.
customer-media-received = Got it, thank you. What does it show and what needs fixing?
customer-off-topic = I can't help with that, but I'd be glad to arrange a professional. What needs fixing?
customer-area-not-served = We have no professional in { $city } yet. Our team is checking and will get back to you.
customer-ask-name-and-issue = What is your name, and what needs fixing?
customer-address-updated = The address is now { $address }; we passed it on to the professional.
customer-anything-else = Is there anything else we should know?
customer-area-served = Yes, we have professionals in { $city }.
customer-human-will-look = We also asked someone from our team to take a look.
customer-later = No problem, nothing was booked. Just write when you want to go on.
customer-media-added = Got it, we added it to your request.
customer-next-pro-times = The previous professional cannot come. { $pro } can, price: { $price }. These times are free:
customer-slot-single = { $pro } is free at this time. Shall we take it?
customer-slot-which = Great. Which of the times? Send the number.
customer-slots-instead = { $pro } is not free at the time you asked for. These are the nearest:
customer-slots-taken = Sorry, that time was taken just now. { $pro } is free at these times:
persona-introduction = We found you { $pro }.
persona-introduction-rated = We found you { $pro }, { $rating }.
customer-request-understood = Got it: { $issue }. Happy to help.
customer-request-received = Got it, happy to help.
customer-nice-to-meet = Nice to meet you, { $name }!
customer-ask-floor-apartment-again = So that nobody has to look for you: which floor and which apartment? For example “floor 3, apartment 12”, or “house”.
customer-ask-address-for-times = To look for free times we need the address: street and house number.
customer-slot-noted = Great, { $slot }.
customer-agreed-price = The price you were told: { $price }. The final price is set on site.
customer-you-are-welcome = You're welcome! We're here if you need anything else.
customer-you-are-welcome-waiting = You're welcome! We'll write as soon as { $pro } answers.
customer-voice-unheard = I couldn't listen to the recording. Could you write what needs fixing?
customer-location-received = We have your location, thank you. What needs fixing, and in which town?
customer-what-we-do = { $business } arranges professionals: { $trades }. Tell us what is wrong and where, and we find who can come and at what price. What needs fixing?
customer-trade-not-served = Sorry, we have no professional for this kind of work yet ({ $trade }). Our team is looking into it and will get back to you.
customer-issue-added = We added that too.
customer-area-not-yet = We have no professional in { $city } yet.
customer-emergency-understood = Got it, we are on it right away.
customer-price-depends = The price depends on the work; we'll tell you as soon as we know what is needed.
customer-i-am-an-assistant = I'm a digital assistant 🙂 To reach a person, write *human*.
customer-ask-the-pro = That is best asked of { $pro } directly: you'll have the phone number once the visit is booked.

## Choices between few answers

customer-slow-down = One moment, that was a lot of messages at once 🙂 We'll go on in a minute. What you wrote is kept.
customer-new-or-existing =
    You already have a visit for “{ $issue }”. What is this about?
    1. A new problem
    2. The visit that is set
customer-new-or-existing-again = Send *1* for a new problem or *2* for the visit that is set.
customer-added-to-visit = We added it to the visit and told { $pro }.
customer-same-pro =
    { $pro } again, as last time?
    1. Yes
    2. Someone else
customer-same-pro-again = Send *1* for the same professional or *2* for someone else.
customer-emergency-question = Is this an emergency that cannot wait? Write *yes* or *no*.
customer-another-pro-again = Send *1* and we pass it to another professional, or *2* to keep waiting.
customer-call-again = Shall we call you? Write *yes* or *no*.
customer-call-noted = Noted, you will get a call. You can go on writing here meanwhile.
customer-call-declined = All right, we go on here. How can we help?
customer-complaint = We're sorry to hear that. Someone from our team will look into it and get back to you.
customer-no-change = Your appointment is already at that time, { $slot }. Nothing changes.
customer-rating-invalid = Please send a number from 1 to 5.
customer-person-will-read = Thank you, somebody of our team will read this and answer you. Meanwhile you can write what is broken, the city and the address.
