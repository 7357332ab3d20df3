-- The audit: what operators did, each entry chained to the one before by its hash. docs/audit.md has the form of what is hashed.
-- kind: intent, before the act, or outcome, after it. target: the kind of what it was about, a colon, and its name; never a person.
-- intent: the entry whose outcome this is. source: names what must be entered once. Times are microseconds since 1970: at, when it
-- happened; recorded_at, when it was entered here. detail_hash: of what can be erased. Hashes are 64 hexadecimal digits.
CREATE TABLE audit_entries (
  sequence {bigint} PRIMARY KEY CHECK (sequence > 0),
  at {bigint} NOT NULL,
  recorded_at {bigint} NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('intent', 'outcome')),
  act TEXT NOT NULL,
  target TEXT NOT NULL,
  facility TEXT,
  staff TEXT NOT NULL,
  duty TEXT,
  result TEXT,
  intent {bigint},
  source TEXT UNIQUE,
  detail_hash TEXT,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
) {strict};
CREATE INDEX audit_by_facility ON audit_entries (facility, sequence) WHERE kind = 'intent';
CREATE INDEX audit_by_staff ON audit_entries (staff, sequence) WHERE kind = 'intent';
CREATE INDEX audit_by_act ON audit_entries (act, sequence) WHERE kind = 'intent';
CREATE INDEX audit_by_intent ON audit_entries (intent) WHERE intent IS NOT NULL;
APPEND ONLY audit_entries;

-- What of an entry can be erased: the text that detail_hash is made of, with its salt. stay: the archive's name of a stay that it is about.
-- Erased: neither salt nor content is left.
CREATE TABLE audit_details (
  sequence {bigint} PRIMARY KEY REFERENCES audit_entries,
  stay TEXT,
  salt TEXT,
  content TEXT,
  erased_at {bigint}
) {strict};
CREATE INDEX audit_details_by_stay ON audit_details (stay) WHERE stay IS NOT NULL;

-- The end of the chain. Whoever appends locks this row first.
CREATE TABLE audit_tail (
  one {bigint} PRIMARY KEY CHECK (one = 1),
  sequence {bigint} NOT NULL,
  hash TEXT NOT NULL
) {strict};
INSERT INTO audit_tail (one, sequence, hash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- Ends of the chain that the service has signed, as a compact JSON Web Signature. Copies lie in the log and in the live store.
CREATE TABLE audit_heads (
  sequence {bigint} PRIMARY KEY,
  head TEXT NOT NULL
) {strict};
APPEND ONLY audit_heads;
