/** The keyboard: what each key does. */
export const keys = {
  title: "Keyboard shortcuts",
  button: "Keys",
  note: "Single keys work where no field has the focus. Tab and Shift+Tab reach everything else.",
  key: "Key",
  does: "What it does",
  help: "Show this list",
  "go-to": "Go to: {$page}",
  next: "Next item of the list",
  previous: "Previous item of the list",
  back: "Back to the page before",
  main: "To the start of the page",
  print: "Print this page",
  write: "Write something new",
  alert: "Write an alert",
  close: "Close what stands over the page",
  "and-then": "then",
} as const;
