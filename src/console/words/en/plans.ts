/** Plans and holdings: what this side intends and has not told. */
export const plans = {
  title: "Plans and holdings",
  add: "Add a plan",
  "nothing-close": "Nothing too close",
  "too-close": "Too close: {$count :integer}",
  "nothing-nearer": "No plan or holding comes nearer than the rules allow to anything that this node has been told.",
  plans: "Plans",
  holdings: "Holdings",
  remove: "Remove",
  "remove-one": "Remove {$name}",
  "left-out":
    ".input {$count :integer} .match $count one {{One more is not shown here; every one of them is checked.}} * {{{$count} more are not shown here; every one of them is checked.}}",
  new: "New plan",
  number: "Number",
  "number-hint": "Your own, such as MSN-0412",
  name: "Name",
  category: "Category",
  "category-hint": "Rules go by this word: {$words}. Of any other only what is asked of anything is asked.",
  remarks: "Remarks",
  standing: "In a place",
  moving: "Along a route, with times",
  keep: "Keep and check",
} as const;
