/** What intake takes at most. Size caps come before anything is parsed. */
const MIB = 1024 * 1024;

export const LIMITS = {
  /** Bytes of a file that is read at once, to be drafted. */
  file_bytes: 32 * MIB,
  /** Bytes of a file whose format cannot be read piece by piece. */
  whole_bytes: 32 * MIB,
  /** Characters of a file of YAML, of which each may be an element: ten times the airspaces of a country. */
  yaml: 2 * MIB,
  /** Bytes of a file that is only looked at, row by row. */
  stream_bytes: 4096 * MIB,
  /** Rows or features of a file that is read at once. */
  rows: 50_000,
  /** Rows that are looked at together where a file is read piece by piece. */
  part_rows: 20_000,
  /** Or so many bytes of the file, where its rows are long: what is looked at together is what is held. */
  part_bytes: 3 * MIB,
  columns: 500,
  /** Fields of one row of a table: a row of so many more than the header has is no row. */
  fields: 5000,
  /** Characters of one field. */
  field: 8000,
  /** Characters of one shape that is written as text in a field. */
  shape: 256 * 1024,
  /** Characters of one row or feature. */
  record: 4 * MIB,
  /** Positions of one geometry. */
  positions: 5000,
  /** Bytes of all that an archive holds, unpacked. */
  unpacked_bytes: 256 * MIB,
  /** Entries of an archive. */
  entries: 2000,
  /** Bytes of a gazetteer's file. */
  gazetteer_bytes: 1024 * MIB,
  /** Places and areas of one gazetteer. */
  gazetteer_places: 600_000,
  /** Corners of all boundaries of one gazetteer. */
  gazetteer_corners: 4_000_000,
  /** Levels of nested elements or values. */
  depth: 100,
  /** Elements of an XML file. */
  elements: 2_000_000,
} as const;
