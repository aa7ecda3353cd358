/** Line drawings of our own, decorative only: the word stands beside each. */
const PATHS = {
  watch: "M12 5a7 7 0 1 0 .01 0M12 9v4l3 2M5 3 2.5 5.5M19 3l2.5 2.5",
  inbox: "M3 5h18v14H3zM3 14h5l2 3h4l2-3h5",
  map: "M9 4 3 6v14l6-2 6 2 6-2V4l-6 2zM9 4v14M15 6v14",
  drafts: "M5 3h10l4 4v14H5zM15 3v4h4M8 12h8M8 16h6",
  lists: "M8 6h13M8 12h13M8 18h13M3 6h1M3 12h1M3 18h1",
  plans: "M12 3 4 6v6c0 4.5 3.4 7.6 8 9 4.6-1.4 8-4.5 8-9V6zM9 12l2 2 4-4",
  table: "M3 8h18M6 8v11M18 8v11M8 4h8v4H8z",
  knows: "M4 4h16v16H4zM4 9h16M4 14h16M10 4v16",
  line: "M8 3v18M16 3v18M8 8h8M8 16h8M8 12h8",
  settings: "M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5",
  "sign-out": "M14 4H5v16h9M10 12h11M17.5 8.5 21 12l-3.5 3.5",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
