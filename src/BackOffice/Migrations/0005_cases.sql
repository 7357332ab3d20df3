-- Cases: what a person has to look at and answer, each as it is now. Times are microseconds since 1970.
-- number: as people say it, without its check digit. version: how many steps were done. kind, state, reason: the numbers of CaseKind,
-- CaseState and DisputeReason. stay: names a row of stays, which alone knows the holder, and which goes some time after an erased holder.
-- assignee: for whom it is, as an operator wrote it. opened_by: an operator; null for the stay's holder. ended_at, ended_by: null while it
-- is open.
CREATE TABLE cases (
  number {bigint} PRIMARY KEY,
  version {bigint} NOT NULL CHECK (version > 0),
  kind {bigint} NOT NULL,
  stay TEXT NOT NULL,
  facility TEXT NOT NULL,
  state {bigint} NOT NULL,
  reason {bigint},
  assignee TEXT,
  opened_at {bigint} NOT NULL,
  opened_by TEXT,
  ended_at {bigint},
  ended_by TEXT
) {strict};
CREATE INDEX cases_by_stay ON cases (stay, number);
CREATE INDEX cases_by_facility ON cases (facility, number);
CREATE INDEX cases_by_assignee ON cases (assignee, number) WHERE assignee IS NOT NULL;
CREATE INDEX cases_open ON cases (number) WHERE state = 1;
CREATE UNIQUE INDEX cases_disputed ON cases (stay) WHERE kind = 2 AND state = 1;

-- What was done with cases, step by step. step: the client's name for it, a ULID. change, state: the numbers of CaseChange and CaseState;
-- the state after the change. staff: the operator who did it; null for the stay's holder.
CREATE TABLE case_history (
  number {bigint} NOT NULL,
  version {bigint} NOT NULL CHECK (version > 0),
  step TEXT NOT NULL UNIQUE,
  change {bigint} NOT NULL,
  state {bigint} NOT NULL,
  staff TEXT,
  changed_at {bigint} NOT NULL,
  PRIMARY KEY (number, version)
) {strict};
APPEND ONLY case_history;

-- What people wrote in a step, and only here. It goes when the stay's holder is erased.
CREATE TABLE case_texts (
  number {bigint} NOT NULL,
  version {bigint} NOT NULL,
  text TEXT,
  assignee TEXT,
  erased_at {bigint},
  PRIMARY KEY (number, version)
) {strict};

-- The last number that was given. Whoever opens a case locks this row.
CREATE TABLE case_numbers (
  one {bigint} PRIMARY KEY CHECK (one = 1),
  last {bigint} NOT NULL
) {strict};
INSERT INTO case_numbers (one, last) VALUES (1, 999);
