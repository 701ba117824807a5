import type { AspectRatio } from "@/shared/image";
import type { Some } from "./chance";

/** A conversation: questions and their answers, in turn. */
export type Topic = Some<[question: string, answer: string]>;

/** What people talk about. */
export const TOPICS: Some<Topic> = [
  [
    [
      "How do I keep basil alive on a windowsill?",
      "Three things decide it:\n\n1. **Light.** Six hours of sun, or the brightest sill you have.\n2. **Water from below.** Stand the pot in a saucer for ten minutes, then pour off the rest.\n3. **Pinching.** Cut above a pair of leaves once a week; the plant answers with two shoots.\n\nSupermarket pots hold a dozen seedlings. Divide them into three or four pots and they live for months.",
    ],
    [
      "The leaves are turning yellow at the bottom.",
      "Yellow from the bottom up is nearly always too much water. Let the top two centimetres dry out before the next drink, and check that the pot can drain. If the new leaves are pale too, it is hungry: half-strength feed every two weeks.",
    ],
  ],
  [
    [
      "Explain the difference between a process and a thread.",
      "A **process** owns memory; a **thread** is a line of execution inside one.\n\n| | process | thread |\n| --- | --- | --- |\n| memory | its own | shared |\n| start | slow | fast |\n| a crash | ends itself | ends all of them |\n\nTwo processes talk by messages. Two threads talk by reading the same memory, which is quicker and the source of most trouble.",
    ],
    [
      "When would I choose processes, then?",
      "When you want a wall between parts: untrusted code, a leak you cannot find, or a language whose threads do not run side by side. You pay with memory and with copying whatever crosses the wall.",
    ],
    [
      "And how do threads get into a deadlock?",
      "Each holds what the other wants. Thread A holds lock 1 and waits for 2; thread B holds 2 and waits for 1. The usual cure is an order: whoever needs both takes 1 first, always.",
    ],
  ],
  [
    [
      "Write a short poem about rain on a tin roof.",
      "> A thousand small hands,\n> none of them in a hurry,\n> counting the night down.\n>\n> The gutter keeps score;\n> by morning it forgets all\n> but the shape of pouring.",
    ],
    [
      "Can you make it rhyme?",
      "> The rain has come to count the roof,\n> a tap for every tile;\n> it asks the gutter for a proof\n> and waits for it a while.",
    ],
  ],
  [
    [
      "What can I cook from lentils, two carrots and a lemon?",
      "A warm salad, twenty-five minutes:\n\n- Simmer 200 g of lentils with a bay leaf until just soft.\n- Roast the carrots in coins at 220 °C, oil and salt, fifteen minutes.\n- Dress the hot lentils with lemon zest, the juice, four spoons of oil, pepper.\n- Carrots on top. Anything green makes it better.",
    ],
    [
      "I have no oven today.",
      "Then fry the carrots in a wide pan: cut sides down, medium heat, lid on for five minutes, off for five. They brown just as well, and you wash one thing less.",
    ],
  ],
  [
    [
      "Plan three days in a coastal town by train, no car.",
      "**Day 1**: arrive before noon, leave the bag, walk the harbour to its end and back. Early supper.\n\n**Day 2**: the first bus to the headland, the cliff path home (about 11 km), a swim where the sand starts.\n\n**Day 3**: market, museum if it rains, the long train home on the side with the water.\n\nBook the room near the station: you will be glad of it twice.",
    ],
    [
      "What should I pack for changeable weather?",
      "Layers that dry overnight: a wool shirt, a light fleece, a shell with a hood, shoes that have been wet before. One spare pair of socks a day. A small bag for the walk, so that the large one can stay in the room.",
    ],
  ],
  [
    [
      "How do I write a regular expression for a date like 2026-03-31?",
      "For the shape alone:\n\n```js\nconst isDate = /^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$/;\n```\n\nIt accepts the 31st of February. If that matters, parse it and compare what comes back:\n\n```js\nconst time = new Date(text + 'T00:00:00Z');\nconst isReal = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);\n```",
    ],
    [
      "Why the Z at the end?",
      "Without it the text is read as local time, and west of Greenwich the same instant is still the day before in UTC. The `Z` says UTC on both ends, so the day you get back is the day you wrote.",
    ],
  ],
  [
    [
      "Summarise the causes of the first crop rotations.",
      "Fields wore out. A cereal year after year takes nitrogen and leaves its own pests waiting. Resting the field restored it, but a third of the land fed nobody. Growing **legumes** or **roots** in that year fed animals, whose dung came back to the field, and the fallow shrank from a third to nothing within a few generations.",
    ],
    [
      "What did people lose by it?",
      "Mostly freedom: the rotation had to be kept by a whole village at once, because animals grazed the stubble of all its fields. Whoever wanted to sow something else had to persuade the neighbours first.",
    ],
  ],
  [
    [
      "Help me tell a colleague that their report is late, kindly but clearly.",
      "> I planned Thursday around your report and do not have it yet. What stands in the way, and when can I count on it? If it helps, send me the figures first and the text later.\n\nIt says what happened, what it does to you, and offers a way that is easier than silence.",
    ],
  ],
  [
    [
      "What is the integral of x² from 0 to 3, step by step?",
      "$$\\int_0^3 x^2\\,dx = \\left[\\frac{x^3}{3}\\right]_0^3 = \\frac{27}{3} - 0 = 9$$\n\nThe power rule raises the exponent by one and divides by it; the bounds are put in from above, then from below.",
    ],
    [
      "And if the upper bound is a?",
      "Then nothing changes but the number: $$\\int_0^a x^2\\,dx = \\frac{a^3}{3}$$ For $a = 3$ that is 9 again, which is a good check.",
    ],
  ],
  [
    [
      "Name a few plants for a north-facing balcony.",
      "Ferns, ivy, heuchera and hostas like it; hydrangeas bloom there if you never let them dry. For the kitchen: mint, parsley, chives and lettuce. Avoid anything grey-leaved or Mediterranean.",
    ],
    [
      "Which of them survive a winter with frost?",
      "Ivy, heuchera and most ferns stay outside as they are. Hostas die back and return. Wrap the *pots* rather than the plants: roots in a box of earth freeze from all sides.",
    ],
  ],
  [
    [
      "How does a heat pump work?",
      "It moves heat instead of making it. A liquid evaporates in the cold part and takes heat up, even from air at −10 °C; a compressor squeezes the vapour so that it gets hot; it condenses indoors and gives the heat away. For each unit of electricity you get about three of heat.",
    ],
  ],
  [
    [
      "Give me a CSS grid with a sidebar that moves below on phones.",
      "```css\n.page {\n  display: grid;\n  gap: 1.5rem;\n}\n\n@media (min-width: 48rem) {\n  .page {\n    grid-template-columns: minmax(0, 1fr) 16rem;\n  }\n}\n```\n\nOne column is the default, so nothing has to be undone on small screens. `minmax(0, 1fr)` keeps a wide table from pushing the sidebar out.",
    ],
    [
      "How do I keep the sidebar in view while scrolling?",
      "```css\n.sidebar {\n  position: sticky;\n  top: 1rem;\n  align-self: start;\n}\n```\n\n`align-self: start` matters: a stretched grid item is as tall as its row and has nowhere to stick.",
    ],
  ],
  [
    [
      "Suggest names for a small bookbinding workshop.",
      "- **Fold & Thread**\n- **The Signature**, after a folded sheet\n- **Bone Folder**\n- **Spine Street**\n- **Second Binding**, if you repair\n\nSay each aloud as you would answer a telephone. The one that you do not tire of is the right one.",
    ],
  ],
  [
    [
      "Why do cats knead?",
      "As kittens they press the mother's belly to make milk flow; grown, they keep the movement for moments that feel as safe. It also leaves scent from the pads. A towel on your lap spares the trousers.",
    ],
  ],
  [
    [
      "Explain compound interest to a twelve-year-old.",
      "Put 100 away at 5 % a year. After one year you have 105. In the second year you earn interest on the 105, not on the 100, so you get 5.25. It seems like nothing, but the small extra earns extras of its own: after 30 years the 100 have become about 432.",
    ],
    [
      "Does the same happen with debts?",
      "Exactly the same, only against you. That is why the dearest debt is paid first: it grows fastest.",
    ],
  ],
  [
    [
      "What is the best way to learn a poem by heart?",
      "Aloud, a line at a time, and from the end. Learn the last line, then the last two, and so on: you always walk into what you know better. Sleep on it once before you call it learned.",
    ],
  ],
  [
    [
      "Draft a packing list for a week of hut walking.",
      "**Wear**: boots, two shirts, trousers, shell.\n**Carry**: sleeping-bag liner, warm layer, hat, gloves, sun cream, water for two litres, map, headlamp, small first aid, ear plugs.\n**Leave**: the second pair of trousers and half of what you were about to add.",
    ],
    [
      "What weight should I aim for?",
      "Seven to eight kilograms with a litre of water. Weigh it at home and take out the heaviest thing that you did not use the last time.",
    ],
  ],
  [
    [
      "How do I read a nutrition label without being fooled?",
      "Look at the *per 100 g* column; portions are chosen by the seller. The list of ingredients is ordered by weight, so the first three tell most of it. Several kinds of sugar spread over the list are one kind of sugar.",
    ],
  ],
  [
    [
      "Write a SQL query for each customer's latest order.",
      "```sql\nselect distinct on (customer_id) customer_id, id, placed_at\nfrom orders\norder by customer_id, placed_at desc;\n```\n\nThat is PostgreSQL. Elsewhere number the rows and keep the first:\n\n```sql\nselect customer_id, id, placed_at\nfrom (\n  select *, row_number() over (partition by customer_id order by placed_at desc) as place\n  from orders\n) ranked\nwhere place = 1;\n```",
    ],
    [
      "It is slow on two million rows.",
      "Add the index that has the order already: `create index on orders (customer_id, placed_at desc)`. Then the first row of each customer is read and the rest is skipped. Check with `explain analyze` that no sort is left.",
    ],
  ],
  [
    [
      "What should I ask at a flat viewing?",
      "How old the windows and the boiler are, what heating cost last winter, who lives above, when the bins are emptied under the bedroom, and why the last people left. Open a tap and flush while you are there.",
    ],
  ],
  [
    [
      "Give me a warm-up for a choir, ten minutes.",
      "1. Shoulders up, drop, breathe out on *fff*, twice.\n2. Hum a slow slide down a fifth, lips loose.\n3. *mee – meh – mah – moh – moo* on one note, up by semitones.\n4. Five notes up and down on *no*, light and quick.\n5. One round you all know, softly.",
    ],
  ],
  [
    [
      "How do tides work?",
      "The moon pulls the near side of the earth more than its centre, and the centre more than the far side. So the water stands a little higher on both, and a coast turns through two of those hills each day. When sun and moon pull in line, at new and full moon, the hills are highest: spring tides.",
    ],
    [
      "Why is the interval a bit more than twelve hours?",
      "While the earth turns once, the moon moves on by a twenty-seventh of its circle. The coast needs about fifty minutes more to catch up with it, twenty-five for each of the two hills.",
    ],
  ],
  [
    [
      "Turn this into a headline: our library lends tools now.",
      "**Borrow a book. Borrow a drill.**\n\nOr plainer: **The library now lends tools.** The second tells everything; the first is the one people repeat.",
    ],
  ],
  [
    [
      "Compare cast iron and carbon steel pans in a table.",
      "| | cast iron | carbon steel |\n| --- | --- | --- |\n| weight | heavy | half of it |\n| heats up | slowly | quickly |\n| holds heat | long | less |\n| shape | fixed, short handle | thin, sloped sides |\n| good for | searing, baking | eggs, tossing |\n\nBoth want oil and no soaking.",
    ],
  ],
];

/** What people have drawn, and in which shape. */
export const PICTURES: Some<[prompt: string, shape: AspectRatio]> = [
  ["A lighthouse in heavy weather, ink and wash", "3:4"],
  ["A fox asleep in a teapot, storybook illustration", "1:1"],
  ["Terraced hills at dawn, woodblock print", "16:9"],
  ["A harbour at night with lanterns on the water", "16:9"],
  ["The moon over a frozen lake, long exposure", "1:1"],
  ["A brass telescope on a windowsill, still life", "1:1"],
  ["Bamboo in the wind, a few brush strokes", "2:3"],
  ["A city of glass seen through fog", "1:1"],
  ["Wild flowers in a jam jar, watercolour", "1:1"],
  ["A desert road at sunset, wide and empty", "16:9"],
  ["An old globe and a cup of coffee, warm light", "1:1"],
  ["Whales below a small boat, from above", "3:2"],
  ["A woven pattern of rivers and fields", "1:1"],
  ["A greenhouse in the snow, lit from inside", "1:1"],
  ["Planets on strings above a child's bed", "1:1"],
  ["A market in the rain, umbrellas from above", "1:1"],
  ["A stone bridge in autumn, oil painting", "3:2"],
  ["Letters falling like leaves, abstract", "1:1"],
  ["A cat on a stack of books, pencil sketch", "1:1"],
  ["Dunes under a sky full of stars", "16:9"],
  ["A kitchen garden in June, gouache", "1:1"],
  ["Clouds as a mountain range, monochrome", "1:1"],
  ["A tram in winter light, film grain", "3:2"],
  ["Pebbles in clear water, close up", "1:1"],
];
