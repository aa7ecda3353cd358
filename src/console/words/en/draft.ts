/** One draft: who would receive it, what they would learn, and the decision. */
export const draft = {
  title: "Draft",
  "state-unsigned": "not yet signed",
  "state-signed": "waits for the second officer",
  "state-released": "released",
  "state-refused": "refused",
  "show-more":
    ".input {$count :integer} .match $count one {{Show more (one not shown)}} * {{Show more ({$count} not shown)}}",
  receivers: "Who receives it",
  "receivers-note":
    "Every party of the line, and nobody else. Once released it cannot be recalled, only superseded or withdrawn.",
  says: "What it says",
  "says-aside": "read in this page from the bytes to be signed",
  "finding-note": "Note:",
  "finding-warn": "Check:",
  "finding-refuse": "Refused:",
  "known-new": "new to them",
  "known-told": "told before",
  "known-public": "public",
  learn: "What they would newly learn",
  "learn-aside":
    ".input {$new :integer} .match $new one {{{$new} of {$all :integer} is new}} * {{{$new} of {$all :integer} are new}}",
  "learn-known": "How known",
  "learn-field": "Field",
  "learn-value": "What it says",
  since: "Since it was drafted",
  "since-ended":
    ".input {$count :integer} .match $count one {{What it answers or replaces is no longer in force.}} * {{{$count} of what it answers or replaces are no longer in force.}}",
  "since-conflicts":
    ".input {$count :integer} .match $count one {{One conflict is with what was told or planned since.}} * {{{$count} conflicts are with what was told or planned since.}}",
  "since-heard":
    ".input {$count :integer} .match $count one {{One message has come from others.}} * {{{$count} messages have come from others.}}",
  "take-up-again": "Write it again",
  "release-unchecked": "Release without entering it again",
  "re-key":
    ".input {$count :integer} .match $count one {{Enter place and time again from the source}} * {{Enter place and time of {$count} of them again from the source}}",
  "re-key-note": "From the source, not from this screen: it catches what was typed wrong.",
  "re-key-same": "The same as was drafted.",
  "re-key-different": "Not what was drafted. Enter it again, or refuse the draft with the reason.",
  "is-released": "Released.",
  "see-ladder": "See the message and its ladder",
  "refused-by": "Refused by {$officer}: {$reason}",
  "you-drafted": "You drafted this. Another officer must release it.",
  "waits-for-releaser": "It waits for an officer who may release it.",
  "sign-title": "Sign as its drafter",
  "sign-note":
    "Your signature says that you drafted these very words. It leaves nothing yet: a second officer releases it.",
  sign: "Sign draft",
  discard: "Throw away",
  "release-title": "Release",
  "release-note":
    ".input {$count :integer} .match $count one {{With your key you release this message to {$parties}.}} * {{With your key you release these {$count} messages to {$parties}.}}",
  confirm:
    ".input {$count :integer} .match $count one {{I have checked the finding against the source, and it is right as it stands.}} * {{I have checked the {$count} findings against the source, and it is right as it stands.}}",
  "why-refused": "Why it is refused",
  refuse: "Refuse…",
  "refuse-with-reason": "Refuse with this reason",
  list: "Released as one",
  "list-counts": "Added: {$added :integer}. Replaced: {$replaced :integer}. Withdrawn: {$withdrawn :integer}.",
  "list-first": "Look at these first: {$count :integer}",
  "list-rest": "Nothing was found against these: {$count :integer}",
  "item-added": "added",
  "item-supersedes": "replaces",
  "item-withdraws": "withdraws",
  "item-show": "Show all of it",
  "re-key-required":
    "This side releases nothing before place and time were entered again from the source, not from this screen.",
  "re-key-drafted": "Drafted",
  "re-key-entered": "Entered",
} as const;
