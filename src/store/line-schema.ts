/** The tables of `line.sqlite` (spec/store.md). Nothing private is ever written here. */
import type { Schema } from "./sqlite.ts";

const VERSION_1 = `
CREATE TABLE identity (one INTEGER PRIMARY KEY CHECK (one = 1), line TEXT NOT NULL, party TEXT NOT NULL) STRICT;

CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL UNIQUE,
  party TEXT NOT NULL,
  generation INTEGER NOT NULL,
  size INTEGER NOT NULL DEFAULT 0,
  split INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The hash of every complete subtree; level 0 is the leaves.
CREATE TABLE node (
  log INTEGER NOT NULL REFERENCES log (id),
  level INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (log, level, idx)
) STRICT, WITHOUT ROWID;

-- type is null until the entry was looked at; cause says why an entry stays unopened or counts for nothing.
CREATE TABLE entry (
  log INTEGER NOT NULL REFERENCES log (id),
  idx INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  stored_at INTEGER NOT NULL,
  type TEXT CHECK (type IN ('message', 'notice', 'roster', 'charter', 'unopened')),
  cause TEXT,
  PRIMARY KEY (log, idx)
) STRICT;
CREATE INDEX entry_to_open ON entry (log, idx) WHERE type IS NULL;
CREATE INDEX entry_unopened ON entry (log, idx) WHERE type = 'unopened';

CREATE TABLE checkpoint (
  log INTEGER NOT NULL REFERENCES log (id),
  size INTEGER NOT NULL,
  root BLOB NOT NULL CHECK (length(root) = 32),
  note TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
  log INTEGER NOT NULL REFERENCES log (id),
  party TEXT NOT NULL,
  size INTEGER NOT NULL,
  signed_at INTEGER NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (log, party, size)
) STRICT, WITHOUT ROWID;

-- What was handed to a peer, and when: each row is a larger size than the one before.
CREATE TABLE sent (
  log INTEGER NOT NULL REFERENCES log (id),
  party TEXT NOT NULL,
  size INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (log, party, size)
) STRICT, WITHOUT ROWID;

CREATE TABLE message (
  seq INTEGER PRIMARY KEY,
  log INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  hash TEXT NOT NULL,
  party TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  relation TEXT,
  re TEXT,
  list TEXT,
  at INTEGER NOT NULL,
  expires INTEGER,
  stored_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  drafted BLOB,
  released BLOB NOT NULL,
  drafter TEXT,
  releaser TEXT,
  fault TEXT,
  UNIQUE (log, idx),
  FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT;
CREATE UNIQUE INDEX message_once ON message (party, id) WHERE fault IS NULL;
CREATE UNIQUE INDEX message_hash ON message (hash) WHERE fault IS NULL;
CREATE INDEX message_any_hash ON message (hash);
CREATE INDEX message_re ON message (re) WHERE re IS NOT NULL;
CREATE INDEX message_list ON message (list) WHERE list IS NOT NULL;
CREATE INDEX message_kind ON message (kind);

CREATE TABLE notice (
  log INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  party TEXT NOT NULL,
  stored_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (log, idx),
  FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT, WITHOUT ROWID;

-- Ranges of a log's entries that a party's node says it has opened.
CREATE TABLE opening (
  log INTEGER NOT NULL REFERENCES log (id),
  party TEXT NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  at INTEGER NOT NULL,
  code TEXT,
  notice INTEGER NOT NULL,
  PRIMARY KEY (log, party, first, last)
) STRICT, WITHOUT ROWID;

CREATE TABLE roster (
  log INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  party TEXT NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (log, idx),
  FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT, WITHOUT ROWID;

CREATE TABLE split (
  id INTEGER PRIMARY KEY,
  log INTEGER NOT NULL REFERENCES log (id),
  seen_at INTEGER NOT NULL,
  evidence BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE draft (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('unsigned', 'signed', 'released', 'refused')),
  created_at INTEGER NOT NULL,
  drafted_by TEXT NOT NULL,
  needs INTEGER NOT NULL CHECK (needs IN (1, 2)),
  list_name TEXT,
  sole_reason TEXT,
  refused_by TEXT,
  refused_at INTEGER,
  refused_reason TEXT
) STRICT;

CREATE TABLE draft_item (
  draft INTEGER NOT NULL REFERENCES draft (seq) ON DELETE CASCADE,
  idx INTEGER NOT NULL,
  hash TEXT NOT NULL,
  bytes BLOB NOT NULL,
  findings TEXT NOT NULL,
  drafted BLOB,
  PRIMARY KEY (draft, idx)
) STRICT, WITHOUT ROWID;
`;

const VERSION_2 = `
-- The words of each opened message, folded for searching; rowid is message.seq. They are taken up in that order.
CREATE VIRTUAL TABLE message_words USING fts5 (
  words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- What an officer has begun to write: the form's own fields, as JSON.
CREATE TABLE scratch (
  officer TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  form TEXT NOT NULL,
  PRIMARY KEY (officer, id)
) STRICT, WITHOUT ROWID;
`;

/** Which carrier brought an entry or a receipt (null: this node's own, or from before), and which one took what was sent. */
const CARRIERS = `
ALTER TABLE entry ADD COLUMN carrier TEXT;
ALTER TABLE receipt ADD COLUMN carrier TEXT;

CREATE TABLE sent_by (
  log INTEGER NOT NULL REFERENCES log (id),
  party TEXT NOT NULL,
  carrier TEXT NOT NULL,
  size INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (log, party, carrier, size)
) STRICT, WITHOUT ROWID;
INSERT INTO sent_by SELECT log, party, 'direct', size, at FROM sent;
DROP TABLE sent;
ALTER TABLE sent_by RENAME TO sent;
`;

const SEEN = `
-- When this node first saw the receipt; of older rows only the signer's claim is known.
ALTER TABLE receipt ADD COLUMN seen_at INTEGER;
`;

/** The term in which each party's node writes its log, as it said last (spec/parcel.md). */
const TERMS = `
CREATE TABLE term (party TEXT PRIMARY KEY, term INTEGER NOT NULL CHECK (term >= 0)) STRICT, WITHOUT ROWID;
`;

/** Closed generations. A notice stands in a log of its own party: which one, where that has had several (null: the first). */
const CLOSINGS = `
CREATE TABLE closing (
  id INTEGER PRIMARY KEY,
  party TEXT NOT NULL,
  next INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  roster BLOB NOT NULL,
  roster_signature BLOB NOT NULL,
  UNIQUE (party, next)
) STRICT;
ALTER TABLE opening ADD COLUMN notice_log INTEGER REFERENCES log (id);
`;

/** What waits for the message that it refers to: whoever takes up a message asks for it, and mostly there is none. */
const WAITING = `
CREATE INDEX message_waiting ON message (re) WHERE fault = 'unknown-target';
`;

/** How many bytes of each other party's log came on each UTC day, by this node's clock: the charter's quota is a day's. */
const TAKEN = `
CREATE TABLE taken (
  log INTEGER NOT NULL REFERENCES log (id),
  day INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (log, day)
) STRICT, WITHOUT ROWID;
`;

/**
 * What came over a narrow link ahead of its log: opened, checked, and not yet told. And whose node said that it holds an
 * alert of this one's so.
 */
const HELD = `
CREATE TABLE held (
  log INTEGER NOT NULL REFERENCES log (id),
  idx INTEGER NOT NULL,
  hash TEXT NOT NULL,
  party TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  relation TEXT,
  re TEXT,
  list TEXT,
  at INTEGER NOT NULL,
  expires INTEGER,
  stored_at INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  drafted BLOB,
  released BLOB NOT NULL,
  drafter TEXT,
  releaser TEXT,
  entry BLOB NOT NULL,
  proof TEXT,
  PRIMARY KEY (log, idx)
) STRICT;
CREATE INDEX held_hash ON held (hash);

CREATE TABLE held_by (
  log INTEGER NOT NULL REFERENCES log (id),
  idx INTEGER NOT NULL,
  party TEXT NOT NULL,
  at INTEGER NOT NULL,
  known_at INTEGER NOT NULL,
  PRIMARY KEY (log, idx, party)
) STRICT, WITHOUT ROWID;
`;

/**
 * What parties declare. The check on entry.type is older than declarations and cannot be changed where it stands: they
 * bear the type of what they are most like there, and their own beside it. A message whose officer was revoked has still
 * used its id.
 */
const DECLARATIONS = `
ALTER TABLE entry ADD COLUMN later_type TEXT CHECK (later_type IN ('declaration'));

CREATE TABLE declaration (
  log INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  party TEXT NOT NULL,
  bytes BLOB NOT NULL,
  signature BLOB NOT NULL,
  PRIMARY KEY (log, idx),
  FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_revoked ON message (party, id) WHERE fault = 'officer-revoked';
`;

/**
 * What each party's node last said that it understands, this node's own under its own name; and what this one does not
 * understand, and has said so of.
 */
const UNDERSTOOD = `
CREATE TABLE understood (party TEXT PRIMARY KEY, features TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX entry_newer ON entry (log, idx) WHERE cause = 'newer-version';
CREATE INDEX opening_newer ON opening (party) WHERE code = 'newer-version';
`;

/** The newest notices are looked for all the time: health, test calls, what the peers hold. */
const NEWEST_NOTICES = `
CREATE INDEX notice_newest ON notice (stored_at, log, idx);
`;

/**
 * That a message counts once is seen to by its party's id for it, which its hash is over. A third index in an order of
 * chance made a catch-up write a page more for every message.
 */
const COUNTED_ONCE = `
DROP INDEX IF EXISTS message_hash;
`;

/** What came with a closing and leads to its signer's key (spec/closing.md): the log in which it stands may not be held. */
const SUCCESSIONS = `
CREATE TABLE closing_succession (
  party TEXT NOT NULL,
  next INTEGER NOT NULL,
  place INTEGER NOT NULL,
  naming BLOB NOT NULL,
  naming_signature BLOB NOT NULL,
  succession BLOB NOT NULL,
  succession_signature BLOB NOT NULL,
  PRIMARY KEY (party, next, place),
  FOREIGN KEY (party, next) REFERENCES closing (party, next)
) STRICT, WITHOUT ROWID;
`;

/**
 * What an entry turned out to be, apart from its bytes: beside them, writing a word down made the page of them be written
 * a second time. Nothing is written for an entry until then: what a log has beyond the last row here is to be opened, and
 * so is a row without a type. The columns of `entry` stay as they were left, and nobody reads them: to take them out
 * would write every entry anew.
 */
const LOOKED = `
-- type is null where the entry is to be looked at again; cause says why it stays unopened or counts for nothing.
CREATE TABLE looked (
  log INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  type TEXT CHECK (type IN ('message', 'notice', 'roster', 'charter', 'declaration', 'unopened')),
  cause TEXT,
  PRIMARY KEY (log, idx),
  FOREIGN KEY (log, idx) REFERENCES entry (log, idx)
) STRICT, WITHOUT ROWID;
INSERT INTO looked SELECT entry.log, idx, coalesce(later_type, type), cause FROM entry
  JOIN (SELECT log, max(idx) AS last FROM entry WHERE type IS NOT NULL GROUP BY log) AS known ON known.log = entry.log
  WHERE idx <= last ORDER BY entry.log, idx;
DROP INDEX entry_to_open;
DROP INDEX entry_unopened;
DROP INDEX entry_newer;
CREATE INDEX looked_again ON looked (log, idx) WHERE type IS NULL;
CREATE INDEX looked_unopened ON looked (log, idx) WHERE type = 'unopened';
CREATE INDEX looked_newer ON looked (log, idx) WHERE cause = 'newer-version';
`;

export const LINE_SCHEMA: Schema = {
  applicationId: 0x5061726c,
  migrations: [
    VERSION_1,
    VERSION_2,
    CARRIERS,
    SEEN,
    TERMS,
    CLOSINGS,
    WAITING,
    TAKEN,
    HELD,
    DECLARATIONS,
    UNDERSTOOD,
    NEWEST_NOTICES,
    COUNTED_ONCE,
    SUCCESSIONS,
    LOOKED,
  ],
};
