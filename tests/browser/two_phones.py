#!/usr/bin/env python3
"""Plays the demo's page in a headless Chromium: a customer asks for help, a pro approves, the customer sees it booked.

It uses the page as a person does, by typing, tapping and reading bubbles, and nothing but the page's own markup. It
needs Python's standard library and a Chromium; it never starts the demo itself.

    cargo run &
    tests/browser/two_phones.py --url http://127.0.0.1:8080/ --screenshot two-phones.png

Exit status: 0 when the booking was seen, 1 with the reason when not, 2 for wrong arguments.
"""

import argparse
import re
import sys
import time

from chromium import Chromium, PageError

# What the bot may ask, by words of its question, and what the customer answers, in turn. The question that stands
# last in the bot's newest bubbles counts, since a bubble may quote an address or a city before it asks.
QUESTIONS = [
    ("city", r"באיזו עיר|יישוב|which (town|city)", ["תל אביב", "תל אביב-יפו"]),
    ("address", r"מה הכתובת|רחוב ומספר בית|what is the address|חסר רק:.*(רחוב|מספר בית)", ["הרצל 10", "רחוב הרצל 10, תל אביב"]),
    ("house number", r"מה מספר הבית|house number on", ["10"]),
    ("floor", r"באיזו קומה|which floor|חסר רק: (קומה|דירה)", ["קומה 2 דירה 5", "קומה 2, דירה 5"]),
    ("name", r"על שם מי|איך לקרוא|what name|call you", ["דנה לוי", "דנה"]),
    ("time", r"מתי נוח|איזה יום ובאיזו שעה|when would suit", ["מחר אחרי הצהריים", "מחר ב-14:00"]),
    ("slot", r"מספר המועד|אחד מהמספרים|send the number", ["1"]),
    ("emergency", r"מצב חירום.*\?|is this an emergency", ["לא"]),
    ("consent", r"זה בסדר\?|is that all right", ["כן"]),
    ("same address", r"להגיע שוב|come to .* again", ["כן"]),
    ("issue", r"מה התקלה\?|מה צריך לתקן|what needs fixing", ["יש לי נזילה במטבח", "הברז במטבח נוזל ויש מים על הרצפה"]),
    ("yes or no", r"תשובה קצרה", ["לא"]),
]

# The bubbles of a phone: what it says, which buttons it has and whether one of them was tapped.
READ_PHONE = """(side => [...document.querySelectorAll(`[data-side="${side}"] [data-message]`)].map(each => ({
    id: each.dataset.message,
    mine: each.dataset.from === 'person',
    text: each.querySelector('.words').innerText,
    buttons: [...each.querySelectorAll('.reply')].map(reply => reply.dataset.title),
    tapped: each.querySelector('.reply.chosen') !== null,
})))"""

TYPE_AND_SEND = """((side, text) => {
    const input = document.querySelector(`[data-side="${side}"] textarea`);
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    return true;
})"""

TAP = """((side, message, index) => {
    const bubble = [...document.querySelectorAll(`[data-side="${side}"] [data-message]`)]
        .find(each => each.dataset.message === message);
    const reply = bubble.querySelectorAll('.reply')[index];
    reply.focus();
    reply.click();
    return true;
})"""

# The pro whom the bot asked and who has not answered: the page's own list of pros and their screens.
FIND_OFFER = """(async pattern => {
    const { pros } = await (await fetch('/demo/people')).json();
    for (const { channel, phone } of pros) {
        const query = new URLSearchParams({ channel, phone });
        const { messages } = await (await fetch(`/demo/screen?${query}`)).json();
        const unanswered = messages.slice(messages.findLastIndex(each => each.from_me) + 1);
        if (unanswered.some(each => new RegExp(pattern).test([each.text, ...each.buttons.map(each => each.title)].join(' '))))
            return `${channel}/${phone}`;
    }
    return null;
})"""

LOOK_AT = """(side => {
    const input = document.querySelector(`[data-side="${side}"] textarea`);
    input.focus();
    input.blur();
})"""

# No unread badge, and nothing that still moves.
HAS_BEEN_SEEN = """(side => document.querySelector(`[data-side="${side}"] .side-head .badge`).hidden
    && document.getAnimations().length === 0)"""

SHOW_PERSON = """((side, person) => {
    const select = document.querySelector(`[data-side="${side}"] .person`);
    if (select.value === person) return true;
    select.value = person;
    select.dispatchEvent(new Event('change'));
    return false;
})"""


class Failed(Exception):
    """The story did not come to its end; the message says where."""


class Story:
    def __init__(self, page, arguments):
        self.page = page
        self.arguments = arguments
        self.asked = {}
        self.before = 0

    def until(self, what, condition, seconds=None):
        """Asks again and again until there is an answer that is true."""
        deadline = time.monotonic() + (seconds or self.arguments.step_seconds)
        while True:
            answer = condition()
            if answer:
                return answer
            if time.monotonic() > deadline:
                raise Failed(f"{what} did not happen within {seconds or self.arguments.step_seconds} s\n{self.transcript()}")
            self.page.breathe()

    def phone(self, side):
        return self.page.call(READ_PHONE, side)

    def from_bot(self, side):
        return [bubble for bubble in self.phone(side) if not bubble["mine"]]

    def write(self, side, text):
        say(f"{side}> {text}")
        before = len(self.phone(side))
        self.page.call(TYPE_AND_SEND, side, text)
        self.until(f"the {side}'s own message on the {side}'s phone", lambda: len(self.phone(side)) > before)

    def tap(self, side, bubble, index):
        say(f"{side}> [{bubble['buttons'][index]}]")
        self.page.call(TAP, side, bubble["id"], index)
        self.until(
            f"the tap on “{bubble['buttons'][index]}”",
            lambda: any(each["id"] == bubble["id"] and each["tapped"] for each in self.phone(side)),
        )

    def customer_reaches_waiting(self):
        """True when a pro was asked, false when it was booked without asking anybody."""
        waiting, booked = re.compile(self.arguments.waiting), re.compile(self.arguments.booked)
        # The phone may hold an older story.
        self.before = answered = len(self.from_bot("customer"))
        self.write("customer", self.arguments.first)
        for _ in range(self.arguments.most_turns):
            self.until("an answer of the bot", lambda: len(self.from_bot("customer")) > answered)
            bubbles = self.settled("customer")
            fresh, answered = bubbles[answered:], len(bubbles)
            for bubble in fresh:
                say(f"bot<  {bubble['text']}" + (f"  {bubble['buttons']}" if bubble["buttons"] else ""))
            text = "\n".join(bubble["text"] for bubble in fresh)
            if booked.search(text):
                return False
            if waiting.search(text):
                return True
            self.answer(fresh, text)
        raise Failed(f"the bot still asks after {self.arguments.most_turns} turns\n{self.transcript()}")

    def answer(self, fresh, text):
        for bubble in reversed(fresh):
            times = [index for index, label in enumerate(bubble["buttons"]) if re.search(r"\d{1,2}:\d\d", label)]
            if times:
                return self.tap("customer", bubble, times[0])
        found = []
        for name, pattern, answers in QUESTIONS:
            matches = list(re.finditer(pattern, text, re.IGNORECASE))
            if matches:
                found.append((matches[-1].start(), name, answers))
        if not found:
            # A remark that asks nothing, such as a price: the question comes in another bubble.
            return None
        _, name, answers = max(found)
        turn = self.asked.get(name, 0)
        if turn >= self.arguments.most_repeats:
            raise Failed(f"the bot asked for the {name} {turn + 1} times\n{self.transcript()}")
        self.asked[name] = turn + 1
        return self.write("customer", answers[min(turn, len(answers) - 1)])

    def settled(self, side):
        """The bot's bubbles once no more of them come for a moment and it no longer types."""
        typing = "side => document.querySelector(`[data-side=\"${side}\"] .typing`) !== null"
        last, since = None, time.monotonic()
        while True:
            bubbles = self.from_bot(side)
            if len(bubbles) != last or self.page.call(f"({typing})", side):
                last, since = len(bubbles), max(since, time.monotonic())
            if time.monotonic() - since > self.arguments.quiet_seconds:
                return bubbles
            self.page.breathe()

    def pro_approves(self):
        approve = re.compile(self.arguments.approve)
        person = self.until("an offer on a pro's phone", lambda: self.page.call(FIND_OFFER, self.arguments.approve))
        self.until("the pro's phone on the page", lambda: self.page.call(SHOW_PERSON, "pro", person))
        offer = self.until(
            "the offer's bubble",
            lambda: next((each for each in reversed(self.from_bot("pro")) if approve.search(" ".join([each["text"], *each["buttons"]]))), None),
        )
        say(f"pro<  {offer['text']}  {offer['buttons']}")
        labels = [index for index, label in enumerate(offer["buttons"]) if approve.search(label)]
        if labels:
            self.tap("pro", offer, labels[0])
        else:
            self.write("pro", "אשר")

    def customer_sees_booking(self):
        booked = re.compile(self.arguments.booked)
        bubble = self.until(
            "the booking on the customer's phone",
            lambda: next((each for each in self.from_bot("customer")[self.before:] if booked.search(each["text"])), None),
        )
        say(f"bot<  {bubble['text']}")
        self.settled("pro")
        self.page.call(LOOK_AT, "customer")
        self.until("reading the booking", lambda: self.page.call(HAS_BEEN_SEEN, "customer"))

    def transcript(self):
        lines = []
        for side in ("customer", "pro"):
            lines.append(f"--- {side}")
            for bubble in self.phone(side):
                buttons = f"  {bubble['buttons']}" if bubble["buttons"] else ""
                lines.append(f"{'> ' if bubble['mine'] else '< '}{bubble['text']}{buttons}")
        return "\n".join(lines)


def say(line):
    print(line.replace("\n", " / "), flush=True)


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", default="http://127.0.0.1:8080/", help="the running demo")
    parser.add_argument("--screenshot", help="where to write a PNG of the page, also when the story fails")
    parser.add_argument("--size", default="1440x900", help="of the window")
    parser.add_argument("--dark", action="store_true", help="with the dark colours")
    parser.add_argument("--lang", default="he", help="language of the page, not of the chat")
    parser.add_argument("--chromium", help="the browser; otherwise the first that is found on PATH")
    parser.add_argument("--fresh", action="store_true", help="start with a new customer instead of the first of the list")
    parser.add_argument("--first", default="יש לי נזילה במטבח", help="the customer's first message")
    parser.add_argument("--waiting", default="תשובה תגיע|עדיין מחכים לתשובה|have an answer within", help="pattern: the pro was asked")
    parser.add_argument("--booked", default="נקבע!|You're booked", help="pattern: it is booked")
    parser.add_argument("--approve", default="(^|[^א-ת])אשר([^א-ת]|$)|approve", help="pattern: the offer and its button")
    parser.add_argument("--step-seconds", type=float, default=30, help="how long any one thing may take")
    parser.add_argument("--quiet-seconds", type=float, default=0.6, help="how long the bot must be silent to have finished")
    parser.add_argument("--most-turns", type=int, default=20, help="how many answers of the bot until the pro is asked")
    parser.add_argument("--most-repeats", type=int, default=3, help="how often the bot may ask the same")
    return parser.parse_args()


def play(page, arguments):
    page.open(f"{arguments.url.rstrip('/')}/?lang={arguments.lang}")
    story = Story(page, arguments)
    story.until("the page's start", lambda: page.call("(() => document.documentElement.dataset.ready === 'yes')"))
    if arguments.fresh:
        page.call("""(() => document.querySelector('[data-side="customer"] .fresh').click())""")
        story.until("an empty phone", lambda: not story.phone("customer"))
    if story.customer_reaches_waiting():
        story.pro_approves()
    story.customer_sees_booking()
    errors = page.errors()
    if errors:
        raise Failed("the page reported errors:\n" + "\n".join(errors))


def main():
    arguments = read_arguments()
    try:
        with Chromium(arguments.chromium, arguments.size, arguments.dark) as page:
            try:
                play(page, arguments)
            finally:
                if arguments.screenshot:
                    page.screenshot(arguments.screenshot)
    except (Failed, PageError) as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1
    print("the customer saw the booking")
    return 0


if __name__ == "__main__":
    sys.exit(main())
