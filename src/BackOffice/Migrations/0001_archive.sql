-- Who a stay's revisions are about. A holder's subject is random: what is append-only names nobody once its row here is gone.
-- content: the first 8 bytes of the SHA-256 of the holder's timeline as it was drained last.
-- hidden_at: when the holder was erased; nothing of them is shown since then.
CREATE TABLE subjects (
  holder {bigint} PRIMARY KEY,
  subject TEXT NOT NULL UNIQUE,
  content {bigint} NOT NULL,
  hidden_at {bigint}
) {strict};

-- Each stay as it is now: an open one only here, an ended one as its last revision has it.
-- stay: 32 hexadecimal digits, made of its public name under a key. event: its first event. plate: an HMAC.
-- began_at: its entry; if nobody saw it, its exit. revision: the last one, 0 for none. state: from 5 on it is no stay any more.
-- unaccounted_at: when it was found that its events are gone although it is not old.
CREATE TABLE stays (
  stay TEXT PRIMARY KEY,
  holder {bigint} NOT NULL REFERENCES subjects,
  vehicle {bigint} NOT NULL,
  event {bytes} NOT NULL,
  plate {bytes},
  facility TEXT NOT NULL,
  entry_gate TEXT,
  exit_gate TEXT,
  began_at {bigint} NOT NULL,
  entered_at {bigint},
  ended_at {bigint},
  ending {bigint} NOT NULL,
  state {bigint} NOT NULL,
  doubts {bigint} NOT NULL,
  revision {bigint} NOT NULL,
  facts {bytes} NOT NULL,
  unaccounted_at {bigint}
) {strict};
CREATE INDEX stays_by_holder ON stays (holder, ended_at);
CREATE INDEX stays_by_plate ON stays (plate, began_at, stay) WHERE plate IS NOT NULL;
CREATE INDEX stays_by_facility ON stays (facility, began_at, stay);
CREATE INDEX stays_by_state ON stays (facility, state, began_at, stay);
CREATE INDEX stays_by_entry ON stays (entry_gate, entered_at, stay) WHERE entry_gate IS NOT NULL;
CREATE INDEX stays_by_exit ON stays (exit_gate, ended_at, stay) WHERE exit_gate IS NOT NULL;
CREATE INDEX stays_open ON stays (facility, began_at, stay) WHERE ending = 0 AND state < 5;
CREATE INDEX stays_unaccounted ON stays (unaccounted_at, stay) WHERE unaccounted_at IS NOT NULL;

-- What was known of a stay since its end, revision by revision. facts: the hash of what a revision is made for.
-- tariff_hash, calendar_hash: names in price_sources. lines, entitlements: JSON.
CREATE TABLE stay_revisions (
  stay TEXT NOT NULL,
  revision {bigint} NOT NULL CHECK (revision > 0),
  subject TEXT NOT NULL,
  recorded_at {bigint} NOT NULL,
  facts {bytes} NOT NULL,
  facility TEXT NOT NULL,
  entry_gate TEXT,
  exit_gate TEXT,
  entered_at {bigint},
  earliest_entry {bigint},
  ended_at {bigint},
  latest_exit {bigint},
  ending {bigint} NOT NULL,
  state {bigint} NOT NULL,
  doubts {bigint} NOT NULL,
  superseded_by TEXT,
  tariff_version {bigint},
  vehicle_class {bigint},
  occupancy_percent {bigint},
  entitlements TEXT,
  displayed {bigint},
  displayed_currency TEXT,
  total {bigint},
  currency TEXT,
  lines TEXT,
  tariff_hash TEXT,
  calendar_hash TEXT,
  time_zones TEXT,
  PRIMARY KEY (stay, revision)
) {strict};
APPEND ONLY stay_revisions;

-- The tariffs and calendars by which stays were priced, by their SHA-256.
CREATE TABLE price_sources (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  content TEXT NOT NULL
) {strict};
APPEND ONLY price_sources;

-- How far each partition of the live store is drained: the number and token of its last batch, and in which epoch of the live store all
-- its timelines were gone through last.
CREATE TABLE drain_heads (
  partition_number {bigint} PRIMARY KEY,
  number {bigint} NOT NULL,
  token {bigint} NOT NULL,
  epoch TEXT NOT NULL
) {strict};

-- The last batches of each partition: the live store must have acknowledged one of them.
CREATE TABLE drain_batches (
  partition_number {bigint} NOT NULL,
  number {bigint} NOT NULL,
  token {bigint} NOT NULL,
  PRIMARY KEY (partition_number, number)
) {strict};

-- Timelines that cannot be read. They are tried again.
CREATE TABLE quarantine (
  holder {bigint} PRIMARY KEY,
  reason TEXT NOT NULL,
  since {bigint} NOT NULL
) {strict};
